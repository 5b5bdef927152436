"""What a disk keeps: a folder is synced after the names in it, or a file may be there and not be found."""

from __future__ import annotations

import os
from pathlib import Path


def sync(folder: Path) -> None:
    """Put the names in a folder on disk. Raises OSError."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
