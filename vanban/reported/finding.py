"""All that a report says on what is asked, in the order of the paper; what it says twice differently is to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vanban.document import Document
from vanban.reported import prose, saying, tabular
from vanban.reported.matching import Matcher
from vanban.reported.values import GENERAL, Item, Passage, Said

_DIFFERS = "Báo cáo nói khác nhau ở hai chỗ."


def find(document: Document, items: Iterable[Item]) -> list[Passage]:
    """The passages of a report that answer the items, and rows that answer something else (`item` None)."""
    matcher = Matcher(items)
    once = _once([*tabular.find(document, matcher), *prose.find(document, matcher)])
    return sorted(once, key=lambda passage: [(p.block, p.row or 0, p.start) for p in passage.places[:1]])


def _once(found: list[Passage]) -> list[Passage]:
    """Without what is said again; values that differ from place to place are doubted at each."""
    said: dict[tuple[str, str], list[Said]] = {}
    for passage in found:
        if passage.item not in {None, GENERAL}:
            for one in passage.said:
                said.setdefault((passage.item or "", one.field), []).append(one)
    out: list[Passage] = []
    told: set[tuple[str, str, str]] = set()
    for passage in found:
        kept: list[Said] = []
        for one in passage.said:
            key = (passage.item or "", one.field, saying.plain(one.value))
            if passage.item in {None, GENERAL}:
                kept.append(one)
            elif key not in told:
                told.add(key)
                others = said[passage.item or "", one.field]
                same = all(saying.same_words(one.value, other.value) for other in others)
                kept.append(one if same else one.doubted(_DIFFERS))
        if kept:
            out.append(replace(passage, said=tuple(kept)))
    return out
