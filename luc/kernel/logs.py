"""What goes into the log: where a fault happened; never what people typed, who they are, or a link that is a key."""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

# the secrets in links of invitations and of new passwords
_SECRET = re.compile(r"(?<=/)[\w-]{20,}")


class Line(logging.Formatter):
    """One line a record. A fault shows its places and its kind: the message of an exception may hold values."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        return _SECRET.sub("…", super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The places of an exception and of those that led to it, the first one first."""
        shown, fault = [], ei[1]
        while fault is not None:
            places = "".join(traceback.format_tb(fault.__traceback__))
            shown.append(f"{places}{type(fault).__module__}.{type(fault).__qualname__}")
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(reversed(shown))
