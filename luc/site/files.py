"""Where files are kept, from one setting: a folder, or a bucket of an S3-compatible store."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def storage(address: str) -> dict[str, Any]:
    """Django's description of the store at LUC_FILES: a folder, or `s3://key:secret@host[:port]/bucket[/prefix]`.

    `s3+http://` speaks without TLS; `?region=` names the region (us-east-1 without). Raises ValueError.
    """
    if "://" not in address:
        backend = "django.core.files.storage.FileSystemStorage"
        return {"BACKEND": backend, "OPTIONS": {"location": Path(address)}}
    found = urlsplit(address)
    bucket, _, prefix = found.path.strip("/").partition("/")
    if found.scheme not in {"s3", "s3+http"} or not (found.hostname and found.username and bucket):
        raise ValueError('"LUC_FILES": a folder, or s3://key:secret@host:port/bucket?region=...')
    host = found.hostname + (f":{found.port}" if found.port else "")
    options = {
        "endpoint": f"{'http' if found.scheme == 's3+http' else 'https'}://{host}",
        "bucket": bucket,
        "prefix": prefix,
        "region": parse_qs(found.query).get("region", ["us-east-1"])[0],
        "access_key_id": unquote(found.username),
        "secret_access_key": unquote(found.password or ""),
    }
    return {"BACKEND": "luc.papers.objects.ObjectStorage", "OPTIONS": options}
