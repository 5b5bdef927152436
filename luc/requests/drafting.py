"""A request as it is typed, and what it asks: nothing typed is lost, what cannot be sent yet is named by its field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from luc.figures.numbers import parse, show
from luc.kernel.errors import Refused
from luc.kernel.time import now
from luc.requests.models import Kind, Question, Request
from luc.requests.values import lines, numbers, plain, read_moment

Typed = dict[str, Any]
MOST_QUESTIONS, MOST_COLUMNS, MOST_CHOICES = 60, 12, 60
COLUMN_KINDS = (Kind.TEXT, Kind.NUMBER, Kind.DATE)
_FIELD = re.compile(
    r"q(?P<at>\d{1,2})-(?P<name>kind|text|help|required|unit|lowest|highest|choices|several)", re.ASCII
)
_COLUMN = re.compile(r"q(?P<at>\d{1,2})-c(?P<column>\d{1,2})-(?P<name>text|kind|unit)", re.ASCII)
_LONGEST = {"title": 300, "words": 10_000, "due_day": 40, "due_time": 20}


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column that a table question asks for."""

    text: str
    kind: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that can be sent."""

    kind: str
    text: str
    help: str = ""
    is_required: bool = True
    unit: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    choices: tuple[str, ...] = ()
    takes_several: bool = False
    columns: tuple[AskedColumn, ...] = ()

    def fields(self) -> dict[str, Any]:
        """As a Question keeps it; columns are rows of their own."""
        kept = {name: getattr(self, name) for name in self.__slots__ if name != "columns"}
        return kept | {"choices": list(self.choices)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft asks, of whom, by when; `problems` by field of the form say why it cannot be sent yet."""

    title: str
    words: str
    questions: tuple[AskedQuestion, ...]
    parties: tuple[int, ...]
    due_at: datetime | None
    problems: dict[str, str] = field(default_factory=dict)


def blank(kind: str = Kind.TEXT, text: str = "", unit: str = "", choices: str = "") -> Typed:
    """A question that nobody has typed into."""
    return {
        "kind": kind,
        "text": text,
        "help": "",
        "required": "1",
        "unit": unit,
        "lowest": "",
        "highest": "",
        "choices": choices,
        "several": "",
        "columns": [],
    }


def fresh(on: date) -> Typed:
    """A new draft: one question, due at five in the afternoon of the third working day from now."""
    day, left = on, 3
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    due = {"due_day": f"{day:%d/%m/%Y}", "due_time": "17:00"}
    return {"title": "", "words": "", "parties": [], "questions": [blank()]} | due


def as_typed(row: Request, on: date) -> Typed:
    """A draft that asks again what a request asked: its words, questions, addressees; the due moment is new."""
    if row.sent_at is None:
        return {**fresh(on), **row.typed}
    questions = row.questions.order_by("order").prefetch_related("columns")
    return fresh(on) | {
        "title": row.title,
        "words": row.words,
        "parties": [one.party_id for one in row.addressees.order_by("pk")],
        "questions": [_question_as_typed(question) for question in questions],
    }


def _question_as_typed(row: Question) -> Typed:
    bounds = {name: getattr(row, name) for name in ("lowest", "highest")}
    columns = sorted(row.columns.all(), key=lambda column: column.order)
    return {
        "kind": row.kind,
        "text": row.text,
        "help": row.help,
        "required": "1" if row.is_required else "",
        "unit": row.unit,
        "choices": "\n".join(row.choices),
        "several": "1" if row.takes_several else "",
        "columns": [{"text": one.text, "kind": one.kind, "unit": one.unit} for one in columns],
        **{name: "" if value is None else show(value) for name, value in bounds.items()},
    }


def from_post(post: QueryDict) -> Typed:
    """A draft as a form sends it."""
    questions: dict[int, Typed] = {}
    columns: dict[int, dict[int, dict[str, str]]] = {}
    for name in post:
        text = plain(str(post[name]))[:10_000]
        if match := _FIELD.fullmatch(name):
            questions.setdefault(int(match["at"]), {})[match["name"]] = text
        elif match := _COLUMN.fullmatch(name):
            rows = columns.setdefault(int(match["at"]), {})
            rows.setdefault(int(match["column"]), {})[match["name"]] = text[:300]
    return {
        **{name: plain(post.get(name, ""))[:most] for name, most in _LONGEST.items()},
        "parties": sorted(set(numbers(post.getlist("party")))),
        "questions": [
            blank() | questions[at] | {"columns": _filled(columns.get(at, {}))} for at in sorted(questions)
        ][:MOST_QUESTIONS],
    }


def _filled(columns: Mapping[int, dict[str, str]]) -> list[dict[str, str]]:
    rows = [columns[at] for at in sorted(columns) if columns[at].get("text")]
    return [{"text": "", "kind": Kind.TEXT.value, "unit": ""} | row for row in rows][:MOST_COLUMNS]


def understand(typed: Mapping[str, Any]) -> Asked:
    """What a draft asks; the problems name the fields that keep it from being sent."""
    problems: dict[str, str] = {}
    if not typed.get("title"):
        problems["title"] = _("Chưa có tên yêu cầu.")
    questions = []
    for at, row in enumerate(typed.get("questions", [])):
        if any(row.get(name) for name in ("text", "help", "unit", "choices", "columns")):
            questions.append(_question(f"q{at}", row, problems))
    if not questions:
        problems["q0-text"] = _("Chưa có câu hỏi nào.")
    if not typed.get("parties"):
        problems["party"] = _("Chưa chọn đơn vị nào.")
    return Asked(
        title=str(typed.get("title", "")),
        words=str(typed.get("words", "")),
        questions=tuple(questions),
        parties=tuple(typed.get("parties", [])),
        due_at=_due(typed, problems),
        problems=problems,
    )


def _due(typed: Mapping[str, Any], problems: dict[str, str]) -> datetime | None:
    day = str(typed.get("due_day", ""))
    if not day:
        problems["due_day"] = _("Chưa có hạn trả lời.")
        return None
    try:
        due = read_moment(day, str(typed.get("due_time", "")))
    except Refused as refusal:
        problems["due_time" if "due_time" in refusal.fields else "due_day"] = refusal.message
        return None
    if due <= now():
        problems["due_day"] = _("Hạn này đã qua.")
    return due


def _question(key: str, row: Mapping[str, Any], problems: dict[str, str]) -> AskedQuestion:
    kind = row["kind"] if row["kind"] in Kind.values else Kind.TEXT.value
    if not row["text"]:
        problems[f"{key}-text"] = _("Chưa ghi câu hỏi.")
    elif len(row["text"]) > 1000:
        problems[f"{key}-text"] = _("Câu hỏi dài quá 1000 chữ cái.")
    asked: Typed = {"kind": kind, "text": row["text"], "help": row["help"][:1000]}
    asked["is_required"] = row["required"] == "1"
    if kind == Kind.NUMBER:
        asked |= {"unit": row["unit"][:60]} | _bounds(key, row, problems)
    elif kind == Kind.CHOICE:
        asked["choices"] = tuple(one[:200] for one in lines(row["choices"]))
        asked["takes_several"] = row["several"] == "1"
        if not 2 <= len(asked["choices"]) <= MOST_CHOICES:
            problems[f"{key}-choices"] = _("Ghi từ 2 đến %(most)d lựa chọn, mỗi dòng một lựa chọn.") % {
                "most": MOST_CHOICES
            }
    elif kind == Kind.TABLE:
        asked["columns"] = _columns(row["columns"])
        if not asked["columns"]:
            problems[f"{key}-c0-text"] = _("Chưa đặt tên cột nào cho bảng.")
    return AskedQuestion(**asked)


def _bounds(key: str, row: Mapping[str, Any], problems: dict[str, str]) -> dict[str, Decimal | None]:
    bounds: dict[str, Decimal | None] = {"lowest": None, "highest": None}
    for name in bounds:
        try:
            bounds[name] = parse(row[name], row["unit"]) if row[name] else None
        except Refused as refusal:
            problems[f"{key}-{name}"] = refusal.message
    low, high = bounds["lowest"], bounds["highest"]
    if low is not None and high is not None and low > high:
        problems[f"{key}-highest"] = _("Số lớn nhất nhỏ hơn số nhỏ nhất.")
    return bounds


def _columns(rows: Sequence[Mapping[str, str]]) -> tuple[AskedColumn, ...]:
    return tuple(
        AskedColumn(
            text=row["text"][:200],
            kind=row["kind"] if row["kind"] in COLUMN_KINDS else Kind.TEXT.value,
            unit=row["unit"][:60] if row["kind"] == Kind.NUMBER else "",
        )
        for row in rows
        if row["text"]
    )
