"""Forms of the room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luc.kernel.forms import RoomForm
from luc.portal.actions import LONGEST


class AskForm(forms.Form):
    """A question of anybody. `website` is a trap: only machines fill it in."""

    text = forms.CharField(
        label=_("Câu hỏi"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Câu hỏi chỉ được công khai sau khi cơ quan đầu mối trả lời. Xin đừng ghi thông tin cá nhân."
        ),
    )
    name = forms.CharField(
        label=_("Tên của bạn (không bắt buộc)"),
        max_length=120,
        required=False,
        help_text=_("Không được công khai."),
    )
    mail = forms.EmailField(
        label=_("Thư điện tử để nhận trả lời (không bắt buộc)"), required=False, max_length=254
    )
    agreed = forms.BooleanField(
        label=_("Tôi đồng ý cho giữ tên và địa chỉ thư đến khi trả lời được gửi đi, sau đó xóa"),
        required=False,
    )
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )


class PublishForm(forms.Form):
    """What is published with the plan."""

    note = forms.CharField(
        label=_("Lời gửi người đọc (không bắt buộc)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ví dụ: số liệu năm 2026 là ước thực hiện."),
    )


class ReasonForm(forms.Form):
    """Why something is not public (any more)."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(RoomForm):
    """The question as everybody will read it, and the answer."""

    shown = forms.CharField(
        label=_("Câu hỏi như sẽ công khai"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bỏ tên, số điện thoại, địa chỉ của cá nhân nếu có; giữ nguyên ý hỏi."),
    )
    text = forms.CharField(label=_("Trả lời"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
