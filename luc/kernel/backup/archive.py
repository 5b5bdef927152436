"""The archive: a ZIP of `tables/<name>.jsonl`, `files/<path>` and, written last, `manifest.json`.

FORMAT 1. A table's first line is its columns, each further one a row by key; the manifest counts and hashes them
(`Counted`), names the release by its migrations, the last key of each table, each chain of history, each file.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from luc.kernel.disk import sync
from luc.kernel.errors import Refused

FORMAT = 1
MANIFEST = "manifest.json"


@contextmanager
def written(target: Path) -> Iterator[zipfile.ZipFile]:
    """A new archive that is in its place when it is whole and on disk, and not before; for its owner's eyes only."""
    half = target.with_name(target.name + ".dang-ghi")
    try:
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        half.rename(target)
        sync(target.parent)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def say(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Write the manifest."""
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))


@contextmanager
def opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """An archive and its manifest. Raises Refused when it is none, is cut off, or of a format of later days."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise Refused("Bản sao này do bản Lục mới hơn làm. Hãy cài bản đó rồi khôi phục.")
            yield archive, manifest
    except FileNotFoundError as error:
        raise Refused(f"Không có tệp {source}.") from error
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise Refused(
            f"Tệp {source} không phải bản sao lưu còn nguyên của Lục. Hãy lấy một bản sao khác."
        ) from error


def text(archive: zipfile.ZipFile, member: str) -> Iterator[str]:
    """The lines of a member, without their ends."""
    with archive.open(member) as raw:
        for line in io.TextIOWrapper(raw, encoding="utf-8", newline="\n"):
            yield line.rstrip("\n")
