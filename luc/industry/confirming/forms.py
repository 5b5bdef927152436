"""The form that opens a round of confirmation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy

from luc.kernel.forms import RoomForm


class OpenForm(RoomForm):
    """Which year is confirmed, and by which day."""

    year = forms.IntegerField(label=lazy("Năm"), min_value=2020, max_value=2100)
    last_day = forms.DateField(
        label=lazy("Xác nhận đến hết ngày"),
        help_text=lazy("Ví dụ: 31/03/2027. Xác nhận sau ngày này vẫn được nhận, và được ghi là muộn."),
    )
