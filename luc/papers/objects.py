"""Files in an S3-compatible store: what storing.py asks of a storage, on obstore (requirements/s3.txt)."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from luc.kernel.health.outage import StoreGone

LONGEST = timedelta(seconds=30)  # a page waits for its file no longer than this, tries included


@deconstructible
class ObjectStorage(Storage):
    """Bytes in a bucket. A put that is acknowledged is durable; the path holds the hash: writing again is the same."""

    def __init__(self, **options: Any) -> None:
        """bucket, endpoint, region, access_key_id, secret_access_key, prefix."""
        self.prefix = options.pop("prefix", "")
        self.options = options

    @cached_property
    def client(self) -> Any:
        """Made at first use: after the web processes are forked."""
        from obstore.store import S3Store

        plain = self.options["endpoint"].startswith("http://")
        return S3Store(
            **self.options,
            prefix=self.prefix or None,
            virtual_hosted_style_request=False,
            client_options={"allow_http": plain, "timeout": LONGEST, "connect_timeout": timedelta(seconds=5)},
            retry_config={"max_retries": 3, "retry_timeout": LONGEST},
        )

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        """The whole file. Raises FileNotFoundError, StoreGone."""
        with _answering():
            return ContentFile(bytes(self.client.get(name).bytes()), name)

    def _save(self, name: str, content: File[Any]) -> str:
        """Put it where it is said, over what lies there. Raises StoreGone."""
        with _answering():
            self.client.put(name, content.read())
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: it is made of the hash of what it names."""
        return name

    def exists(self, name: str) -> bool:
        """Whether something lies there. Raises StoreGone."""
        try:
            with _answering():
                self.client.head(name)
        except FileNotFoundError:
            return False
        return True


@contextmanager
def _answering() -> Iterator[None]:
    """Turns what the client says into FileNotFoundError or StoreGone; what it says holds addresses, it is not kept."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError:  # obstore's NotFoundError is one
        raise
    except (BaseError, OSError) as error:
        raise StoreGone(errno.EIO, type(error).__name__) from error
