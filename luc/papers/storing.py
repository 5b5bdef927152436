"""Bytes on disk: written under their hash, synced, never changed. Keeps a folder for each tenant."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from luc.kernel.backup.stores import Lost
from luc.kernel.disk import sync
from luc.kernel.health.outage import DISK, StoreGone


class Damaged(Lost):
    """A stored file is missing or no longer what came in."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are on disk: their hash, length and path in the store."""

    sha256: str
    size: int
    path: str


def keep(tenant: int, data: bytes) -> Kept:
    """Write bytes durably under their hash; the same bytes again are written once. Raises OSError.

    What lies damaged under the hash is written anew.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    kept = Kept(sha256, len(data), f"{tenant}/{sha256[:2]}/{sha256}")
    put(kept.path, sha256, data)
    return kept


def put(path: str, sha256: str, data: bytes) -> None:
    """Write bytes durably under a path that is made of their hash, unless they lie there whole.

    Raises OSError: no room left, or StoreGone when the store does not take anything.
    """
    try:
        target = Path(default_storage.path(path))
    except NotImplementedError:  # an object store acknowledges what is durable
        if not _is_whole(path, sha256):
            default_storage.save(path, ContentFile(data))
        return
    with _answering():
        if not _is_whole(path, sha256):
            _write(target, data)
        sync(target.parent)  # also where somebody else has just put the same bytes there


@contextmanager
def _answering() -> Iterator[None]:
    """A folder that is not there any more, or takes nothing, is a store that is gone."""
    try:
        yield
    except OSError as error:
        if error.errno in DISK or isinstance(error, StoreGone):
            raise
        raise StoreGone(error.errno, type(error).__name__) from error


def _is_whole(path: str, sha256: str) -> bool:
    try:
        read(path, sha256)
    except Damaged:
        return False
    return True


def _write(target: Path, data: bytes) -> None:
    """Beside the target first and then in its place, so that a crash leaves no half file under a hash."""
    _make(target.parent)
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _make(folder: Path) -> None:
    """A folder with those above it, each on disk before something is put into it."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


def read(path: str, sha256: str) -> bytes:
    """The bytes under a path. Raises Damaged when they are missing or differ from their hash, StoreGone."""
    try:
        with default_storage.open(path) as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise Damaged(f"missing: {path}") from error
    except StoreGone:
        raise
    except OSError as error:
        raise StoreGone(errno.EIO, type(error).__name__) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(f"changed: {path}")
    return data
