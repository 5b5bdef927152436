"""Bytes on disk: written under their hash, synced, never changed. Keeps a folder for each tenant."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


class Damaged(RuntimeError):
    """A stored file is missing or no longer what came in."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are on disk: their hash, length and path in the store."""

    sha256: str
    size: int
    path: str


def keep(tenant: int, data: bytes) -> Kept:
    """Write bytes durably under their hash; the same bytes again are written once. Raises OSError.

    Call it before a long file's action opens, so that the transaction stays short.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    kept = Kept(sha256, len(data), f"{tenant}/{sha256[:2]}/{sha256}")
    if default_storage.exists(kept.path) and default_storage.size(kept.path) == kept.size:
        return kept
    try:
        target = Path(default_storage.path(kept.path))
    except NotImplementedError:  # an object store acknowledges what is durable
        default_storage.save(kept.path, ContentFile(data))
    else:
        _write(target, data)
    return kept


def _write(target: Path, data: bytes) -> None:
    """Beside the target first and then in its place, so that a crash leaves no half file under a hash."""
    target.parent.mkdir(parents=True, exist_ok=True)
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
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(path: str, sha256: str) -> bytes:
    """The bytes under a path. Raises Damaged when they are missing or differ from their hash."""
    try:
        with default_storage.open(path) as file:
            data: bytes = file.read()
    except OSError as error:
        raise Damaged(f"missing: {path}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(f"changed: {path}")
    return data
