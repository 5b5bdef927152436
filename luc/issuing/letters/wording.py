"""The sentences of the letters: data with names to fill in, marks of cells, lines by list, and tables by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from importlib import resources
from typing import Any

from luc.agencies.models import Party
from luc.issuing.cells import Cells
from luc.issuing.content import from_marks
from luc.issuing.models import Block
from luc.issuing.producers.pieces import Piece, has_digit
from luc.kernel.time import VIETNAM
from luc.plans.models import Plan
from vanban.writing.numbers import format_date

Fields = Mapping[str, str | Sequence[str]]
Table = Callable[[str], Piece]  # from the place of a table to its piece


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a kind of letter: its title (trích yếu) and its blocks in order."""

    title: str
    blocks: tuple[Mapping[str, Any], ...]

    def titled(self, fields: Fields) -> str:
        """Its title, filled in."""
        return self.title.format_map(dict(fields))[:600]

    def wanted(self, fields: Fields) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The blocks that it has with these fields, each with its number."""
        return ((n, block) for n, block in enumerate(self.blocks, 1) if _is_wanted(block, fields))

    def as_plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {"title": self.title, "blocks": [dict(block) for block in self.blocks]}

    @staticmethod
    def of(kept: Mapping[str, Any]) -> Letter:
        """As it was kept."""
        return Letter(kept["title"], tuple(kept["blocks"]))


@cache
def letter(name: str) -> Letter:
    """The words of `data/letters/<name>.json`: the default."""
    return Letter.of(_data(name))


@cache
def words() -> dict[str, Any]:
    """What all letters share."""
    return _data("words")


def _data(name: str) -> dict[str, Any]:
    path = resources.files("luc.issuing").joinpath(f"data/letters/{name}.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def pieces(of: Letter, fields: Fields, cells: Cells, tables: Mapping[str, Table]) -> list[Piece]:
    """The blocks of a letter. Raises KeyError for a name, cell or table that the words ask for and nobody gives."""
    found: list[Piece] = []
    for number, block in of.wanted(fields):
        place = f"{number}"
        if "table" in block:
            found.append(tables[block["table"]](place))
        elif "annex" in block:
            content = {"title": block["annex"], "landscape": bool(block.get("landscape"))}
            found.append(Piece(place, Block.Kind.ANNEX, content))
        else:
            found += _lines(place, block, fields, cells)
    return found


def _is_wanted(block: Mapping[str, Any], fields: Fields) -> bool:
    if "when" in block:
        return bool(fields[block["when"]])
    return not ("unless" in block and fields[block["unless"]])


def _lines(place: str, block: Mapping[str, Any], fields: Fields, cells: Cells) -> Iterator[Piece]:
    kind = Block.Kind.ITEM if "item" in block else Block.Kind.PARAGRAPH
    text = block.get("item") or block["paragraph"]
    each = block.get("each")
    for number, one in enumerate(fields[each] if each else [None], 1):
        given = {**fields, each: one} if each else dict(fields)
        yield Piece(f"{place}-{number}" if each else place, kind, _sentence(text, given, cells))


def filled(text: str, fields: Fields) -> str:
    """A sentence without cells, filled in."""
    return text.format_map(
        {name: _unmarked(value) for name, value in fields.items() if isinstance(value, str)}
    )


def _sentence(text: str, fields: Mapping[str, Any], cells: Cells) -> dict[str, Any]:
    known = {key: cell.words for key, cell in cells.items()}
    plain = {name: _unmarked(value) for name, value in fields.items() if isinstance(value, str)}
    used = [value for name, value in plain.items() if f"{{{name}}}" in text]
    runs = from_marks(text.format_map(plain), known)
    return {"runs": runs, "rests": [], "quotes": [value for value in used if has_digit(value)]}


def _unmarked(words: str) -> str:
    """Words that hold no mark of a cell."""
    return " ".join(words.replace("[[", "[ [").replace("]]", "] ]").split())


def addressed(parties: Sequence[Party]) -> list[str]:
    """Whom a letter goes to: few by name, many by their kinds with the list as annex."""
    if len(parties) <= words()["few"]:
        return [party.name for party in parties]
    kinds = dict.fromkeys(party.kind for party in parties)
    return [words()["listed"].format(group=words()["groups"][kind]) for kind in kinds]


def moment_words(at: datetime) -> str:
    """ "17 giờ 00 phút ngày 10 tháng 12 năm 2026"."""
    local = at.astimezone(VIETNAM)
    day = format_date(local.year, local.month, local.day)
    return str(words()["moment"].format(hour=f"{local:%H}", minute=f"{local:%M}", date=day))


def before_words(at: datetime) -> str:
    """ "trước ngày 10 tháng 12 năm 2026", with the hour where it is not midnight."""
    local = at.astimezone(VIETNAM)
    day = format_date(local.year, local.month, local.day)
    said = day if local.time() == time.min else moment_words(at)
    return str(words()["before"].format(moment=said))


def plan_words(plans: Sequence[Plan]) -> str:
    """Plans cited in full, as a paper cites another for the first time (NĐ 30/2020, Phụ lục I, II.6.b)."""
    return "; ".join(map(_cited, plans))


def _cited(plan: Plan) -> str:
    said = plan.kind.capitalize()
    said += f" số {plan.number}" if plan.number else ""
    if plan.date:
        said += f" {format_date(plan.date.year, plan.date.month, plan.date.day)}"
    title = plan.title[:1].lower() + plan.title[1:]
    return (
        f"{said} của {plan.issuer} về {title}"
        if not title.startswith("về ")
        else f"{said} của {plan.issuer} {title}"
    )


def plan_short(plans: Sequence[Plan]) -> str:
    """Plans by kind and number, as they are cited again; one without a number by its title."""
    return "; ".join(
        f"{plan.kind.capitalize()} số {plan.number}"
        if plan.number
        else f"{plan.kind.capitalize()} {plan.title[:1].lower()}{plan.title[1:]}"
        for plan in plans
    )
