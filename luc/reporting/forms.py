"""What comes in by forms, as plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luc.figures.actions import Bounds
from luc.figures.numbers import parse
from luc.kernel.errors import Refused
from luc.papers.forms import SizedFileField, WorkbookField
from luc.reporting.actions.writing import MAX_EVIDENCE
from luc.reporting.asked import Row
from luc.reporting.checks import Checks, Proof
from luc.rounds.forms import ReasonForm, StepForm

_CELL = re.compile(
    r"(?P<row>(?:part|duty|figure|money|obstacle)-\d{1,18})-(?P<name>title|source|plan|approved|planned|disbursed|cumulative|nil|state|result|value|estimate|final|kind|obstacle|proposal|addressee)"
)
_ASKED = re.compile(r"hoi-(?P<kind>[a-z]+)")
_EXPLAINED = re.compile(r"explain-(?:(?:part|duty|figure|money)-\d{1,18}|lead|coordinate|duty|figure)")


def typed(post: QueryDict) -> dict[str, dict[str, str]]:
    """The cells of a report's form by row: {"part-12": {"state": "behind", ...}}."""
    rows: dict[str, dict[str, str]] = {}
    for name in post:
        match = _CELL.fullmatch(name)
        if match:
            rows.setdefault(match["row"], {})[match["name"]] = str(post[name])
    return rows


def explained(post: QueryDict) -> dict[str, str]:
    """The explanations of what was asked back, by row or section: {"figure-12": "..."}."""
    names = [name for name in post if _EXPLAINED.fullmatch(name)]
    return {name.removeprefix("explain-"): str(post[name]) for name in names}


def checked(post: QueryDict) -> Checks:
    """What is checked in a cycle, as it was chosen row by row."""
    parts = {name.removeprefix("part-"): value for name, value in post.items() if name.startswith("part-")}
    proof = {name.removeprefix("proof-"): value for name, value in post.items() if name.startswith("proof-")}
    return Checks(
        {part: str(total) for part, total in parts.items() if total},
        frozenset(post.getlist("within")),
        {key: str(value) for key, value in proof.items() if value in Proof.values and value},
    )


def bounds(post: QueryDict, figures: Iterable[Row]) -> tuple[dict[int, Bounds], dict[str, str]]:
    """The bounds typed for figures, by indicator; and the fields that could not be read."""
    found: dict[int, Bounds] = {}
    wrong: dict[str, str] = {}
    for row in figures:
        if row.indicator is None or f"low-{row.key}" not in post:
            continue
        pair: list[Decimal | None] = []
        for name in (f"low-{row.key}", f"high-{row.key}"):
            typed = str(post.get(name, "")).strip()
            try:
                pair.append(parse(typed, row.unit) if typed else None)
            except Refused as refused:
                wrong[name] = refused.message
        if len(pair) == 2:
            found[row.indicator] = (pair[0], pair[1])
    return found, wrong


def rest_nil(post: QueryDict) -> bool | None:
    """Whether the coordinated tasks that are not ticked have nothing to report; None when the form does not ask."""
    return post["rest-nil"] == "1" if "rest-nil" in post else None


def sections(post: QueryDict) -> dict[str, list[str]] | None:
    """What each kind of party answers, as ticked ("hoi-commune": ["lead"]); None when the page had no such boxes."""
    found = {match["kind"]: name for name in post if (match := _ASKED.fullmatch(name))}
    return {kind: [value for value in post.getlist(name) if value] for kind, name in found.items()} or None


def numbers(values: list[str]) -> list[int]:
    """The ids among what was sent."""
    return [int(value) for value in values if value.isdecimal() and len(value) < 19]


def number(value: str | None, otherwise: int) -> int:
    """A number of an address, or what stands in for it."""
    return int(value) if value and value.isdecimal() and len(value) < 10 else otherwise


class OpeningForm(StepForm):
    """What an officer confirms before a cycle is opened."""

    title = forms.CharField(label=_("Tên kỳ báo cáo"), max_length=300)
    period_start = forms.DateField(label=_("Số liệu từ ngày"))
    last_day = forms.DateField(label=_("đến hết ngày"))
    cutoff = forms.DateField(
        label=_("Ngày chốt số liệu"), help_text=_("Phần còn lại của kỳ ghi số ước thực hiện.")
    )
    due_day = forms.DateField(label=_("Hạn gửi báo cáo"))
    includes_day = forms.TypedChoiceField(
        label=_("Hạn tính thế nào"),
        choices=[
            ("0", _("trước ngày này (gửi trong ngày là trễ)")),
            ("1", _("chậm nhất ngày này (tính cả ngày)")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )


class EvidenceForm(forms.Form):
    """A file that proves a report."""

    file = SizedFileField(
        limit=MAX_EVIDENCE,
        label=_("Tệp minh chứng"),
        help_text=_("Ảnh, PDF, Word, Excel; mỗi tệp không quá 20 MB."),
    )

    row = forms.ChoiceField(label=_("Minh chứng cho"), required=False)

    def __init__(self, *args: Any, rows: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["row"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("cả báo cáo")), *rows]

    def upload(self) -> dict[str, Any]:
        """The file as plain values, and what it proves."""
        file, row = self.cleaned_data["file"], self.cleaned_data["row"]
        return {
            "name": file.name,
            "data": file.read(),
            "media_type": file.content_type or "",
            "row": row,
        }


class StandInForm(ReasonForm):
    """Who answers in the place of another, and why."""

    field_order = ["party", "reason"]
    party = forms.TypedChoiceField(
        label=_("Đơn vị báo cáo thay"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, choices: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "—"), *choices]


class WorkbookForm(forms.Form):
    """A filled workbook."""

    file = WorkbookField()
