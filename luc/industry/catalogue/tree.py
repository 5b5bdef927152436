"""The tree of a list, by the order and the numbers of its lines, and what is wrong in it, named by place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from luc.industry.catalogue.reading import LONGEST, ROLES, kind_of, where
from luc.kernel.text import folded
from vanban import markers

_BELOW = {"letter": 1, "small": 2, "dash": 3, "plus": 4, "bullet": 5}  # kinds that part an item, not the list
_HS = re.compile(r"\d{2}(?:\d{2}){0,4}")
_BETWEEN = re.compile(r"[;,\n]|\s+(?:và|hoặc)\s+|(?<=\d)\s+(?=\d{4})")


@dataclass(slots=True)
class Node:
    """A line in its place of the tree; `wrong`: what must be mended, `doubts`: what should be looked at."""

    row: Mapping[str, Any]
    parent: Node | None = None
    depth: int = 0
    has_children: bool = False
    wrong: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.row["key"])

    @property
    def is_branch(self) -> bool:
        return bool(self.row["branch"]) or self.has_children

    @property
    def where(self) -> str:
        return where(self.row)


def tree(rows: Iterable[Mapping[str, Any]]) -> list[Node]:
    """The lines that are not left out, in order, each below its branch, with what is wrong."""
    found = _placed([row for row in rows if not row["dropped"]])
    for node in found:
        node.wrong += _wrong(node)
    _twice(found)
    _gaps(found)
    return found


def _placed(rows: Sequence[Mapping[str, Any]]) -> list[Node]:
    stack: list[tuple[str, Node]] = []
    out: list[Node] = []
    last_capital = ""
    for row in rows:
        node, kind = Node(row), _kind(row, last_capital)
        last_capital = row["number"].strip(" .)/") if kind == "capital" else last_capital
        stack = _above(stack, node, kind)
        if stack:
            node.parent, node.depth = stack[-1][1], stack[-1][1].depth + 1
            node.parent.has_children = True
        stack = [*stack, (kind, node)]
        out.append(node)
    return out


def _kind(row: Mapping[str, Any], last_capital: str) -> str:
    kind = kind_of(row["number"])
    core = row["number"].strip(" .)/")
    letters = "ABCDĐEGHIKLMNOPQRSTUVXY"
    if kind == "roman" and len(core) == 1 and last_capital:
        follows = letters.find(last_capital) + 1 == letters.find(core) or chr(ord(last_capital) + 1) == core
        kind = "capital" if follows else kind
    return f"{kind}/" if row["branch"] else kind


def _above(stack: list[tuple[str, Node]], node: Node, kind: str) -> list[tuple[str, Node]]:
    """What stays of the branches above when a line comes: its own kind and all below it are over."""
    core = node.row["number"].strip(" .)/")
    prefix = core.rpartition(".")[0]
    for n in range(len(stack) - 1, -1, -1):
        there = stack[n][1].row["number"].strip(" .)/")
        if prefix and there == prefix:
            return stack[: n + 1]
    for n, (other, _node) in enumerate(stack):
        if other == kind:
            return stack[:n]
    rank = 0 if node.row["branch"] else _BELOW.get(kind, 0)
    while stack and not stack[-1][0].endswith("/") and _BELOW.get(stack[-1][0], 0) >= rank:
        stack = stack[:-1]
    return stack


def _wrong(node: Node) -> Iterator[str]:
    row = node.row
    if not row["name"]:
        yield _("Chưa có tên.")
    for role, longest in LONGEST.items():
        if len(row[role]) > longest:
            told = {"column": ROLES[role], "n": len(row[role]), "most": longest}
            yield _("%(column)s dài %(n)d ký tự, quá %(most)d.") % told
    for code in filter(None, map(str.strip, _BETWEEN.split(row["hs"]))):
        if not _HS.fullmatch(re.sub(r"[.\s]", "", code)):
            yield _("«%(code)s» không phải mã HS (2, 4, 6, 8 hoặc 10 chữ số).") % {"code": code}


def hs_codes(text: str) -> list[str]:
    """The HS codes of a cell as bare digits, those that are none left out."""
    codes = (re.sub(r"[.\s]", "", part) for part in _BETWEEN.split(text))
    return [code for code in codes if _HS.fullmatch(code)]


def _twice(found: Sequence[Node]) -> None:
    """Lines of one branch with the same name or number; of a whole list with the same code."""
    first: dict[tuple[str, str, str], Node] = {}
    for node in found:
        above = node.parent.key if node.parent else ""
        for role, key in (("name", above), ("number", above), ("code", "*")):
            value = folded(node.row[role])
            if not value:
                continue
            slot = (role, key, value)
            if slot in first:
                words = _("%(column)s «%(value)s» đã có ở: %(where)s.")
                told = {"column": ROLES[role], "value": node.row[role][:80], "where": first[slot].where}
                (node.doubts if role == "number" else node.wrong).append(words % told)
            first.setdefault(slot, node)


def _gaps(found: Sequence[Node]) -> None:
    """Numbers that leap: the line between may have been lost in reading."""
    before: dict[tuple[str, str], int] = {}
    for node in found:
        kind = kind_of(node.row["number"])
        value = markers.value(node.row["number"]) if kind else None
        if value is None:
            continue
        slot = (node.parent.key if node.parent else "", kind)
        if slot in before and value > before[slot] + 1:
            told = {"before": before[slot], "now": value}
            node.doubts.append(_("Sau số %(before)s là số %(now)s: có thể thiếu dòng.") % told)
        before[slot] = value
