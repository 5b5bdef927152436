"""A Paper as plain values (JSON) and back.

A block is told by its first key: {"section": title, "blocks": [...]}, so are {"article": …} and {"division":
…, "word": "Chương"}; {"paragraph": text}, {"item": text}, {"table": {...}},
{"picture": {"png": base64, ...}}. A cell that is only words may
stand as a string.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from vanban.writing.paper import (
    Annex,
    Article,
    Block,
    Cell,
    Column,
    Copy,
    Division,
    IssueDate,
    Item,
    Paper,
    Paragraph,
    Picture,
    Run,
    Section,
    Signer,
    Table,
    Text,
)

Plain = Mapping[str, Any]
_PARTS: dict[str, type[Section | Article | Division]] = {
    "section": Section,
    "article": Article,
    "division": Division,
}


def paper_as_json(paper: Paper) -> dict[str, Any]:
    """Plain values that `paper_from_json` reads back; what is left at its default is left out."""
    out = _plain(paper)
    out["body"] = [_block_as_json(block) for block in paper.body]
    if paper.annexes:
        out["annexes"] = [
            {**_plain(annex), "blocks": [_block_as_json(block) for block in annex.blocks]}
            for annex in paper.annexes
        ]
    return out


def paper_from_json(data: Plain) -> Paper:
    """The paper of plain values. Raises KeyError or TypeError where a part is missing or unknown."""
    values = dict(data)
    copied = values.pop("copy", None)
    return Paper(
        body=_blocks(values.pop("body")),
        **_issued(values),
        copy=None if copied is None else _copy(copied),
        contact=tuple(values.pop("contact", ())),
        addressees=tuple(values.pop("addressees", ())),
        legal_bases=tuple(_text(base) for base in values.pop("legal_bases", ())),
        annexes=tuple(_annex(annex) for annex in values.pop("annexes", ())),
        **values,
    )


def _copy(data: Plain) -> Copy:
    values = dict(data)
    issued = _issued(values)
    return Copy(**issued, **values)


def _issued(values: dict[str, Any]) -> dict[str, Any]:
    """When, by whom and for whom a paper or a copy is issued, taken out of its values."""
    signer = dict(values.pop("signer"))
    return {
        "date": IssueDate(**values.pop("date")),
        "signer": Signer(authority=tuple(signer.pop("authority", ())), **signer),
        "recipients": tuple(values.pop("recipients")),
    }


def _annex(data: Plain) -> Annex:
    values = dict(data)
    return Annex(blocks=_blocks(values.pop("blocks")), **values)


def _blocks(data: list[Plain]) -> tuple[Block, ...]:
    return tuple(_block(block) for block in data)


def _block(data: Plain) -> Block:
    values = dict(data)
    for name, kind in _PARTS.items():
        if name in values:
            title = _text(values.pop(name))
            return kind(title=title, blocks=_blocks(values.pop("blocks", [])), **values)
    if "table" in values:
        return _table(values["table"])
    if "picture" in values:
        return _picture(values["picture"])
    if "item" in values:
        return Item(_text(values["item"]))
    return Paragraph(_text(values["paragraph"]))


def _table(data: Plain) -> Table:
    values = dict(data)
    return Table(
        columns=tuple(Column(**column) for column in values.pop("columns")),
        rows=_rows(values.pop("rows")),
        head=_rows(values.pop("head", [])),
        **values,
    )


def _picture(data: Plain) -> Picture:
    values = dict(data)
    png, note = b64decode(values.pop("png"), validate=True), _text(values.pop("note", ""))
    return Picture(png=png, note=note, **values)


def _rows(data: list[list[str | Plain]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(_cell(cell) for cell in row) for row in data)


def _cell(data: str | Plain) -> Cell:
    if isinstance(data, str):
        return Cell(data)
    return Cell(**{**data, "text": _text(data.get("text", ""))})


def _text(data: str | list[Plain]) -> Text:
    return data if isinstance(data, str) else tuple(Run(**run) for run in data)


def _plain(value: Any) -> dict[str, Any]:
    """The fields of a dataclass that are not at their default."""
    out = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if held != field.default:
            out[field.name] = _bare(held)
    return out


def _bare(held: Any) -> Any:
    if isinstance(held, tuple):
        return [_bare(part) for part in held]
    return _plain(held) if is_dataclass(held) else held


def _block_as_json(block: Block) -> dict[str, Any]:
    values = _plain(block)
    for name, kind in _PARTS.items():
        if isinstance(block, kind):
            rest = {key: value for key, value in values.items() if key not in {"title", "blocks"}}
            inner = [_block_as_json(part) for part in block.blocks]
            return {name: values["title"], **rest, **({"blocks": inner} if inner else {})}
    if isinstance(block, Table):
        return {"table": {**values, "rows": _rows_as_json(block.rows), "head": _rows_as_json(block.head)}}
    if isinstance(block, Picture):
        return {"picture": values | {"png": b64encode(block.png).decode()}}
    return {"item" if isinstance(block, Item) else "paragraph": values["text"]}


def _rows_as_json(rows: tuple[tuple[Cell, ...], ...]) -> list[list[Any]]:
    return [[_cell_as_json(cell) for cell in row] for row in rows]


def _cell_as_json(cell: Cell) -> Any:
    return cell.text if isinstance(cell.text, str) and cell == Cell(cell.text) else _plain(cell)
