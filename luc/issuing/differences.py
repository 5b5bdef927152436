"""What would change in a draft if its figures and sentences were taken anew, block by block.

A block that nobody touched becomes what is produced now. In one whose words a person changed the figures are renewed
and the words stay, unless the new words are asked for. What is told for the first time is offered behind its
neighbour; what nobody tells any more is offered to be taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from luc.issuing.content import Content, chips, rests, words
from luc.issuing.drafting import Fresh, Place
from luc.issuing.models import Block
from luc.issuing.producers.pieces import Piece
from luc.issuing.standing import Now, of_block

CHANGED, EDITED, NEW, GONE = "changed", "edited", "new", "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """One block that would change. `key` names it in a form; `numbers`: each figure old and new; `why`: what else is
    not right with it now. `place` and `after` say where a new one comes."""

    key: str
    kind: str
    block: Block | None
    piece: Piece | None
    place: Place
    numbers: list[tuple[str, str]] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    after: Place | None = None

    @property
    def old(self) -> str:
        return words(self.block.content) if self.block else ""

    @property
    def new(self) -> str:
        return words(self.piece.content) if self.piece else ""

    @property
    def label(self) -> str:
        """What a table or chart is called."""
        content = self.block.content if self.block else self.piece.content if self.piece else {}
        return str(content.get("title") or ", ".join(content.get("head", ())))

    @property
    def is_large(self) -> bool:
        """Whether it is a table or a chart, of which only the figures are shown."""
        kind = self.block.kind if self.block else self.piece.kind if self.piece else ""
        return kind in {Block.Kind.TABLE, Block.Kind.CHART}


def differences(blocks: Iterable[Block], fresh: Fresh, now: Now) -> list[Difference]:
    """What differs, in the order of the draft, what is new at the end. `blocks`: all, those taken out too."""
    rows = list(blocks)
    pieces = {(name, piece.place[:80]): piece for name, piece in fresh.pieces}
    found = [one for row in rows if not row.removed_at and (one := _of(row, pieces, now))]
    there = {(row.producer, row.place) for row in rows if row.producer}
    return [*found, *_new(pieces, there)]


def _of(row: Block, pieces: Mapping[Place, Piece], now: Now) -> Difference | None:
    place = (row.producer, row.place)
    piece = pieces.get(place) if row.producer else None
    wrong = of_block(row, now)
    why = [one.words for one in wrong if one.kind in {"gone", "report"}]
    numbers = list(dict.fromkeys((chip.shown, chip.known) for chip in wrong if chip.kind == "number"))
    if piece is None:
        rested = {submission for submission, _row in rests(row.content)}
        unsaid = bool(rested) and rested <= set(now.fallen)
        if row.producer and (unsaid or not row.is_edited):
            return Difference(f"b{row.pk}", GONE, row, None, place, why=why)
        return Difference(f"b{row.pk}", EDITED, row, None, place, numbers, why) if why or numbers else None
    if row.is_edited:
        return Difference(f"b{row.pk}", EDITED, row, piece, place, numbers, why) if why or numbers else None
    if _same(row.content, piece.content):
        return None
    return Difference(
        f"b{row.pk}", CHANGED, row, piece, place, numbers or _moved(row.content, piece.content), why
    )


def _same(old: Content, new: Content) -> bool:
    return words(old) == words(new) and rests(old) == rests(new)


def _moved(old: Content, new: Content) -> list[tuple[str, str]]:
    """The figures of the same cells that differ."""
    after = {chip["cell"]: chip["shown"] for chip in chips(new)}
    pairs = ((chip["shown"], after[chip["cell"]]) for chip in chips(old) if chip["cell"] in after)
    return list(dict.fromkeys((was, is_now) for was, is_now in pairs if was != is_now))


def _new(pieces: Mapping[Place, Piece], there: set[Place]) -> Iterator[Difference]:
    before: Place | None = None
    for place, piece in pieces.items():
        if place not in there:
            yield Difference(f"n{place[0]}/{place[1]}", NEW, None, piece, place, after=before)
        before = place


def renewed(one: Difference, now: Now, *, take_words: bool) -> Content:
    """The content of a block when its difference is taken. A figure whose cell is no more stays, to be mended by hand.

    Words that a person changed stay unless `take_words`; they rest from now on the reports of today, and only the
    figures of these are vouched for.
    """
    assert one.block is not None  # what is new or gone has no content to renew
    if one.piece and (one.kind == CHANGED or take_words):
        return one.piece.content
    content: dict[str, Any] = deepcopy(one.block.content)
    for chip in chips(content):
        if chip["cell"] in now.cells:
            chip["shown"] = now.cells[chip["cell"]][0]
    if "rests" in content:
        fresh = [list(row) for row in rests(one.piece.content)] if one.piece else []
        kept = [row for row in content["rests"] if row[0] not in now.fallen]
        content["rests"] = fresh or kept
        content["quotes"] = one.piece.content["quotes"] if one.piece else content["quotes"]
    return content
