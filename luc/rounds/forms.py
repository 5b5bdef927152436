"""Forms of the steps that rooms above share: why an answer goes back, why something is done, remarks by row."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.forms import RoomForm
from luc.kernel.time import end_of

_REMARK = re.compile(r"remark-(?P<row>[a-z]+-?\d{1,18})")


class StepForm(RoomForm):
    """The form of a step: a conflict is for a page of its own and raised on."""

    def add_refusal(self, refusal: Refused) -> None:
        """Show a refusal. Raises Conflict."""
        if isinstance(refusal, Conflict):
            raise refusal
        super().add_refusal(refusal)


class VerdictForm(StepForm):
    """Why an answer goes back."""

    remarks = forms.CharField(
        label=_("Cần sửa, bổ sung gì"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )


class ReasonForm(StepForm):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )

    def __init__(self, *args: Any, label: str = "", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text = label or field.label, help_text


class UntilForm(ReasonForm):
    """Why something is opened, and to the end of which day."""

    field_order = ["last_day", "reason"]
    last_day = forms.DateField(
        label=_("Được gửi đến hết ngày"), help_text=_("Ví dụ: 20/12/2026"), required=False
    )

    def until(self) -> datetime | None:
        """The first moment after the day; None when none was given or it could not be read."""
        day = self.cleaned_data.get("last_day")
        return end_of(day) if day else None

    def add_refusal(self, refusal: Refused) -> None:
        """A refused moment is shown at its day."""
        fields = {("last_day" if name == "until" else name): text for name, text in refusal.fields.items()}
        super().add_refusal(type(refusal)(refusal.message, fields))


def remarked(post: QueryDict) -> dict[str, str]:
    """The remarks on single rows of a frozen answer, by row: {"part-12": "..."}."""
    found = {match["row"]: str(post[name]) for name in post if (match := _REMARK.fullmatch(name))}
    return {key: words.replace("\r\n", "\n").strip()[:2000] for key, words in found.items() if words.strip()}
