"""What is typed for a letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luc.kernel.forms import RoomForm
from luc.kernel.time import VIETNAM


class LetterForm(RoomForm):
    """Which unit drafts a letter."""

    unit = forms.RegexField(
        r"^[\w.]{1,12}$",
        label=_("Đơn vị soạn thảo (viết tắt)"),
        required=False,
        help_text=_("Đứng trong ký hiệu và dòng Lưu, ví dụ: QLCN. Để trống thì ghi sau."),
        error_messages={"invalid": _("Chỉ ghi chữ viết tắt, không có dấu cách.")},
    )


class ReminderForm(LetterForm):
    """Of which moment a reminder speaks, and by when reports are asked for."""

    field_order = ["until", "as_of_day", "as_of_hour", "unit"]
    until = forms.DateField(
        label=_("Đề nghị gửi trước ngày"), required=False, help_text=_("Ví dụ: 20/12/2026")
    )
    as_of_day = forms.DateField(
        label=_("Tính đến ngày"), required=False, help_text=_("Để trống: tính đến lúc này.")
    )
    as_of_hour = forms.TimeField(label=_("Lúc"), required=False, help_text=_("Ví dụ: 17:00"))

    def clean(self) -> dict[str, Any]:
        """An hour needs its day."""
        found = super().clean() or self.cleaned_data
        if found.get("as_of_hour") and not found.get("as_of_day") and "as_of_day" not in self.errors:
            self.add_error("as_of_day", _("Hãy ghi ngày của giờ này."))
        return found

    def moment(self) -> datetime | None:
        """The moment that was typed; a day without an hour is meant to its end, today to now."""
        day, hour = self.cleaned_data.get("as_of_day"), self.cleaned_data.get("as_of_hour")
        if day is None:
            return None
        given = datetime.combine(day, hour or datetime.max.time(), tzinfo=VIETNAM)
        return given.replace(microsecond=0)
