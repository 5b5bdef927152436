"""Text as the pages and the database need it; the folding itself is vanban's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation

from vanban.folding import bare as search_key
from vanban.folding import folded, sort_key

__all__ = ["folded", "search_key", "sort_key", "written"]


@contextmanager
def written() -> Iterator[None]:
    """Words that are kept or issued are Vietnamese, whatever language the person reads the pages in."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
