"""Forms of the room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from luc.issuing.heads import FORMS, MARKS, URGENCIES
from luc.issuing.models import Opinion, OpinionRemark
from luc.kernel.errors import Refused


class RefusableForm(forms.Form):
    """A form that shows what an action refused at its places."""

    def add_refusal(self, refusal: Refused) -> None:
        """Put each field's words at it, the rest at the top."""
        known = {name: words for name, words in refusal.fields.items() if name in self.fields}
        for name, words in known.items():
            self.add_error(name, words)
        if not known:
            self.add_error(None, refusal.message)


class HeadForm(RefusableForm):
    """Head and foot of a paper; lists one a line."""

    title = forms.CharField(label=_("Trích yếu"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=60, help_text=_("Phần sau số: BC-SCT."))
    place = forms.CharField(label=_("Địa danh"), max_length=100)
    addressees = forms.CharField(
        label=_("Kính gửi"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi nơi một dòng."),
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi nơi một dòng; dòng cuối là nơi lưu."),
    )
    urgency = forms.ChoiceField(label=_("Mức độ khẩn"), required=False, choices=list(URGENCIES.items()))
    mark = forms.ChoiceField(
        label=_("Phạm vi lưu hành"),
        required=False,
        choices=list(MARKS.items()),
        help_text=_("Dấu chỉ độ mật đóng bằng tay; văn bản mật không soạn trên máy nối mạng."),
    )
    signer_collective = forms.CharField(
        label=_("TM. (ký thay mặt tập thể)"),
        max_length=250,
        required=False,
        help_text=_("Tên tập thể, ví dụ: Ủy ban nhân dân. Để trống khi không ký thay mặt."),
    )
    signer_form = forms.ChoiceField(label=_("Thẩm quyền ký"), required=False, choices=list(FORMS.items()))
    signer_head = forms.CharField(
        label=_("Chức vụ người đứng đầu"),
        max_length=250,
        required=False,
        help_text=_("Khi ký thay, thừa lệnh, thừa ủy quyền: Giám đốc, Chủ tịch …"),
    )
    signer_title = forms.CharField(label=_("Chức vụ người ký"), max_length=250)
    signer_name = forms.CharField(label=_("Người ký"), max_length=250, required=False)


class AskForm(RefusableForm):
    """Which agencies are asked for their opinion, until when."""

    last_day = forms.DateField(label=_("Góp ý đến hết ngày"))
    parties = forms.TypedMultipleChoiceField(
        label=_("Đơn vị"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, parties: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parties"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = parties


class OpinionForm(RefusableForm):
    """What an agency answers; remarks by block stand beside the blocks."""

    state = forms.ChoiceField(
        label=_("Trả lời"),
        choices=[
            (value, capfirst(words)) for value, words in Opinion.State.choices if value != Opinion.State.ASKED
        ],
        widget=forms.RadioSelect,
    )
    general = forms.CharField(
        label=_("Ý kiến chung"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SettleForm(RefusableForm):
    """What is done with a remark."""

    taken = forms.ChoiceField(
        label=_("Xử lý"),
        choices=[
            (value, capfirst(words))
            for value, words in OpinionRemark.Taken.choices
            if value != OpinionRemark.Taken.WAITING
        ],
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label=_("Giải trình, cách tiếp thu"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
