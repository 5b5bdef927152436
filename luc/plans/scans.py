"""What was read from pictures of pages: every item of it is to be checked until somebody has looked at it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from luc.plans.intake import Item, items

if TYPE_CHECKING:
    from luc.plans.queries.readings import Review

# what vanban.reading.scan says of a paper, or of pages of it ("trang 2, 3 đọc bằng OCR, cần kiểm tra")
TO_BE_CHECKED = "cần kiểm tra"
_PAGES = re.compile(r"^trang ([\d, ]+)")


def remarks(document: dict[str, Any] | None) -> list[str]:
    """What the reader of the file had to say about it."""
    return list((document or {}).get("remarks") or [])


def is_scan(document: dict[str, Any] | None) -> bool:
    """Whether a paper, or some pages of it, were read from pictures."""
    return any(TO_BE_CHECKED in one for one in remarks(document))


def unchecked(review: Review) -> set[str]:
    """The keys of the items that were read from a picture and that nobody has looked at yet."""
    said = [one for one in remarks(review.reading.document) if TO_BE_CHECKED in one]
    if not said:
        return set()
    pages = _pages(said)
    done = set(review.choices.get("checked", ()))
    return {
        item["key"]
        for _section, item in items(review.content)
        if item["key"] not in done and not item["changed"] and _stands_on(item, pages)
    }


def _pages(said: Iterable[str]) -> set[int] | None:
    """The pages that are pictures; None for all."""
    found = [_PAGES.match(one) for one in said]
    if not all(found):
        return None
    return {int(number) for match in found if match for number in re.findall(r"\d+", match[1])}


def _stands_on(item: Item, pages: set[int] | None) -> bool:
    places = item.get("places") or []
    return pages is None or not places or any(place.get("page") in pages for place in places)


def can_be_read() -> bool:
    """Whether this machine reads pictures at all."""
    from vanban.reading import scan

    return scan.is_installed()
