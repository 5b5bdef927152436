"""What a reader of files says when it cannot read one."""

from __future__ import annotations


class UnreadableFile(ValueError):
    """A file that cannot be read; the message is Vietnamese and says what to do."""
