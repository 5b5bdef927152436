"""The form of a demand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as lazy

from luc.figures.numbers import parse
from luc.industry.models import Demand
from luc.industry.units import unit_choices
from luc.kernel.errors import Refused
from luc.kernel.forms import RoomForm
from luc.papers.forms import SizedFileField

Choices = Sequence[tuple[Any, str]]
_SUPPLY_HELP = lazy("Để trống thì cộng năng lực của hàng hóa đã xác minh trong danh bạ.")


class DemandForm(RoomForm):
    """What a field needs in a year, whence that is known, which indicator it feeds."""

    field = forms.ChoiceField(label=lazy("Lĩnh vực"))
    year = forms.IntegerField(label=lazy("Năm"), min_value=2000, max_value=2100)
    territory = forms.TypedChoiceField(label=lazy("Địa bàn"), coerce=int)
    amount = forms.CharField(label=lazy("Nhu cầu"), max_length=30)
    unit = forms.ChoiceField(label=lazy("Đơn vị"), choices=unit_choices)
    basis = forms.ChoiceField(
        label=lazy("Theo"), choices=[(value, capfirst(words)) for value, words in Demand.Basis.choices]
    )
    source = forms.CharField(label=lazy("Nguồn: khảo sát, văn bản nào"), max_length=300)
    paper = SizedFileField(label=lazy("Tệp minh chứng"), limit=10 * 1024 * 1024, required=False)
    indicator = forms.TypedChoiceField(label=lazy("Chỉ tiêu nhận kết quả"), coerce=int)
    stated = forms.CharField(
        label=lazy("Năng lực trong nước theo nguồn khác"),
        max_length=30,
        required=False,
        help_text=_SUPPLY_HELP,
    )
    stated_source = forms.CharField(label=lazy("Nguồn của năng lực ấy"), max_length=300, required=False)

    def __init__(
        self, fields: Choices, territories: Choices, indicators: Choices, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("field", fields), ("territory", territories), ("indicator", indicators)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_amount(self) -> Decimal:
        """The amount, as offices write numbers."""
        return _number(self.cleaned_data["amount"])

    def clean_stated(self) -> Decimal | None:
        """The stated supply in the unit of the demand; None where it is left to the registry."""
        words = self.cleaned_data.get("stated", "")
        return _number(words) if words else None


def _number(words: str) -> Decimal:
    try:
        return parse(words)
    except Refused as refused:
        raise forms.ValidationError(refused.message) from refused
