"""The trust list of this installation: a folder of certificates and revocation lists (LUC_TRUST)."""

from __future__ import annotations

from pathlib import Path

ENDINGS = {".pem", ".crt", ".cer", ".der", ".crl"}


class BadTrustList(RuntimeError):
    """A file in the folder is neither a certificate nor a revocation list."""


def files(folder: Path | None) -> list[bytes]:
    """The files of the folder, by name; none where none is configured. Raises BadTrustList where it cannot be read."""
    if folder is None:
        return []
    try:
        found = sorted(one for one in folder.iterdir() if one.suffix.lower() in ENDINGS)
        return [one.read_bytes() for one in found]
    except OSError as error:
        raise BadTrustList(f"LUC_TRUST: {error}") from error
