"""Forms of reminders: what people type, nothing of what it does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luc.kernel.forms import RoomForm
from luc.rounds.reminders.models import Policy, Preference


class DaysField(forms.CharField):
    """Days as an office writes them: "14, 7, 3, 1"."""

    def clean(self, value: Any) -> list[int]:
        """The days as numbers."""
        text = super().clean(value)
        try:
            days = [int(part) for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
        except ValueError:
            raise forms.ValidationError(
                _("Ghi các số ngày cách nhau bằng dấu phẩy, ví dụ: 14, 7, 3, 1.")
            ) from None
        if any(not 1 <= day <= 90 for day in days):
            raise forms.ValidationError(_("Mỗi số từ 1 đến 90."))
        return days


class PolicyForm(RoomForm):
    """When to remind."""

    is_on = forms.BooleanField(label=_("Tự động nhắc"), required=False)
    before = DaysField(
        label=_("Trước hạn, số ngày"),
        required=False,
        max_length=100,
        help_text=_("Cách nhau bằng dấu phẩy, ví dụ: 14, 7, 3, 1"),
    )
    on_day = forms.BooleanField(label=_("Nhắc vào ngày cuối còn trong hạn"), required=False)
    after = DaysField(
        label=_("Quá hạn, số ngày"), required=False, max_length=100, help_text=_("Ví dụ: 1, 3, 7")
    )
    head_from = forms.IntegerField(
        label=_("Nhắc cả thủ trưởng đơn vị khi quá hạn từ (ngày)"), min_value=1, max_value=90
    )
    officer_from = forms.IntegerField(
        label=_("Báo cả cơ quan đầu mối khi quá hạn từ (ngày)"), min_value=1, max_value=90
    )

    @staticmethod
    def initial_of(policy: Policy) -> dict[str, Any]:
        """What stands in the form before anything is typed."""
        return {
            "is_on": policy.is_on,
            "before": ", ".join(str(-day) for day in sorted(policy.days) if day < 0),
            "on_day": 0 in policy.days,
            "after": ", ".join(str(day) for day in sorted(policy.days) if day > 0),
            "head_from": policy.head_from,
            "officer_from": policy.officer_from,
        }

    @staticmethod
    def values_of(cleaned: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        days = [-day for day in cleaned["before"]] + cleaned["after"] + ([0] if cleaned["on_day"] else [])
        return {
            "days": days,
            "is_on": cleaned["is_on"],
            "head_from": cleaned["head_from"],
            "officer_from": cleaned["officer_from"],
        }


class HoursForm(RoomForm):
    """From when to when mails go out."""

    opens = forms.TimeField(
        label=_("Gửi thư từ"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    closes = forms.TimeField(
        label=_("đến trước"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )


class DayForm(RoomForm):
    """A day that is off or worked."""

    day = forms.DateField(label=_("Ngày"), help_text=_("Ví dụ: 24/11/2026"))
    works = forms.TypedChoiceField(
        label=_("Ngày này"),
        choices=[("0", _("nghỉ")), ("1", _("làm việc, kể cả thứ Bảy, Chủ nhật"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="0",
    )
    name = forms.CharField(
        label=_("Lý do"), max_length=200, help_text=_("Ví dụ: hoán đổi theo thông báo số …, ngày …")
    )


class ChoiceForm(RoomForm):
    """How a person wants to be reminded."""

    way = forms.ChoiceField(
        label=_("Cách nhận nhắc"), choices=Preference.Way.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Thư viết bằng"),
        choices=[("vi", "Tiếng Việt"), ("en", "English")],
        widget=forms.RadioSelect,
    )


class WordsForm(forms.Form):
    """What the officer adds to a reminder."""

    words = forms.CharField(
        label=_("Lời nhắn thêm"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Không bắt buộc. Máy đã ghi tên báo cáo, hạn và đường dẫn."),
    )
