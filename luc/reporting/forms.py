"""What comes in by forms, as plain values."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luc.kernel.errors import Refused
from luc.papers.forms import SizedFileField
from luc.reporting.actions.writing import MAX_EVIDENCE

_CELL = re.compile(
    r"(?P<row>(?:part|duty|figure|obstacle)-\d{1,18})-(?P<name>nil|state|result|value|kind|obstacle|proposal|addressee)"
)
_EXPLAINED = re.compile(r"explain-figure-\d{1,18}")


def typed(post: QueryDict) -> dict[str, dict[str, str]]:
    """The cells of a report's form by row: {"part-12": {"state": "behind", ...}}."""
    rows: dict[str, dict[str, str]] = {}
    for name in post:
        match = _CELL.fullmatch(name)
        if match:
            rows.setdefault(match["row"], {})[match["name"]] = str(post[name])
    return rows


def explained(post: QueryDict) -> dict[str, str]:
    """The explanations of values that were asked back, by row: {"figure-12": "..."}."""
    names = [name for name in post if _EXPLAINED.fullmatch(name)]
    return {name.removeprefix("explain-"): str(post[name]) for name in names}


def numbers(values: list[str]) -> list[int]:
    """The ids among what was sent."""
    return [int(value) for value in values if value.isdecimal() and len(value) < 19]


def number(value: str | None, otherwise: int) -> int:
    """A number of an address, or what stands in for it."""
    return int(value) if value and value.isdecimal() and len(value) < 10 else otherwise


class OpeningForm(forms.Form):
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

    def add_refusal(self, refusal: Refused) -> None:
        """Show what an action refused at the fields it names, or above the form."""
        known = {name: text for name, text in refusal.fields.items() if name in self.fields}
        for name, text in known.items():
            self.add_error(name, text)
        if not known:
            self.add_error(None, refusal.message)


class VerdictForm(forms.Form):
    """Why a report goes back."""

    remarks = forms.CharField(
        label=_("Cần sửa, bổ sung gì"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )


class EvidenceForm(forms.Form):
    """A file that proves a report."""

    file = SizedFileField(
        limit=MAX_EVIDENCE,
        label=_("Tệp minh chứng"),
        help_text=_("Ảnh, PDF, Word, Excel; mỗi tệp không quá 20 MB."),
    )

    def upload(self) -> dict[str, Any]:
        """The file as plain values."""
        file = self.cleaned_data["file"]
        return {"name": file.name, "data": file.read(), "media_type": file.content_type or ""}
