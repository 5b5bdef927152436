"""Forms of the room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luc.kernel.forms import RoomForm
from luc.threads.actions import MAX_TEXT
from luc.threads.models import Thread


class RaiseForm(RoomForm):
    """A new thread."""

    kind = forms.ChoiceField(label=_("Loại"), choices=Thread.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Tóm tắt trong một câu"), max_length=200)
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Vướng ở đâu, vì sao, đã làm gì, kiến nghị gì; hoặc câu hỏi."),
    )
    party = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)

    def __init__(self, parties: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = parties
        if len(parties) == 1:
            field.widget = forms.HiddenInput()
            field.initial = parties[0][0]


class SayForm(forms.Form):
    """Something said in a thread."""

    text = forms.CharField(label=_("Nội dung"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 5}))
