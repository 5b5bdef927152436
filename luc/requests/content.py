"""A reply as it is frozen: plain values that can be shown for ever, whatever becomes of the request's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luc.requests.answering import Answer
from luc.requests.models import Kind, Reply
from luc.requests.values import shown_day, shown_number

Content = dict[str, Any]
FORM = 1  # number of this form of content; a new form gets a new number, old ones stay readable


def compose(reply: Reply, answers: Iterable[Answer]) -> Content:
    """The content of a draft: every question as it was asked, with its answer."""
    party = reply.obligation.party
    return {
        "form": FORM,
        "request": {"id": reply.request_id, "title": reply.request.title},
        "party": {"id": party.pk, "name": party.name},
        "rows": [_row(answer) for answer in answers],
    }


def _row(answer: Answer) -> Content:
    question = answer.question
    asked: Content = {"key": answer.key, "id": question.pk, "kind": question.kind, "text": question.text}
    if question.unit:
        asked["unit"] = question.unit
    if question.kind == Kind.TABLE:
        asked["columns"] = [
            {"id": column.pk, "text": column.text, "kind": column.kind, "unit": column.unit}
            for column in answer.columns
        ]
    return asked | {"nil": answer.is_nil} | ({} if answer.is_nil else _said(answer))


def _said(answer: Answer) -> Content:
    files = [
        {"file": one.file_id, "name": one.file.name, "size": one.file.size, "sha256": one.file.sha256}
        for one in answer.files
    ]
    said = {
        "value": answer.value,
        "choices": list(answer.chosen),
        "cells": [list(row) for row in answer.rows],
        "files": files,
    }
    return {name: value for name, value in said.items() if value}


def is_said(row: Mapping[str, Any]) -> bool:
    """Whether a frozen row answers its question with something."""
    return any(row.get(name) for name in ("value", "choices", "cells", "files"))


def printed(row: Mapping[str, Any]) -> str:
    """A frozen answer in words, on one or several lines; "" for none."""
    if row.get("nil"):
        return _("Không có")
    if row["kind"] in {Kind.NUMBER, Kind.DATE}:
        return cell_words(row["kind"], row.get("value", ""))
    if row["kind"] == Kind.CHOICE:
        return "; ".join(row.get("choices", []))
    if row["kind"] == Kind.FILE:
        return "; ".join(file["name"] for file in row.get("files", []))
    if row["kind"] == Kind.TABLE:
        columns = row["columns"]
        return "\n".join(
            "; ".join(
                f"{column['text']}: {cell_words(column['kind'], cell)}"
                for column, cell in zip(columns, cells, strict=True)
                if cell
            )
            for cells in row.get("cells", [])
        )
    return str(row.get("value", ""))


def cell_words(kind: str, kept: str) -> str:
    """A kept value as pages and papers write it."""
    if kind == Kind.NUMBER:
        return shown_number(kept)
    return shown_day(kept) if kind == Kind.DATE else kept


def grid(row: Mapping[str, Any]) -> list[list[tuple[str, str]]]:
    """The cells of a frozen table in words, each with the kind of its column."""
    return [
        [
            (cell_words(column["kind"], cell), column["kind"])
            for column, cell in zip(row["columns"], cells, strict=True)
        ]
        for cells in row.get("cells", [])
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that two versions say differently."""

    key: str
    title: str
    before: str
    after: str


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """What changed from one version to the next, in the order of the newer one."""
    before = {row["key"]: row for row in old["rows"]}
    found = []
    for row in new["rows"]:
        earlier = before.get(row["key"])
        was, now = printed(earlier) if earlier else "", printed(row)
        if was != now:
            found.append(Difference(row["key"], row["text"], was, now))
    return found
