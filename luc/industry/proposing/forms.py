"""Forms of proposals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as lazy

from luc.industry.models import Proposal
from luc.kernel.forms import RoomForm
from luc.papers.forms import SizedFileField

_MOST = 20 * 1024 * 1024


def _file(label: Any) -> SizedFileField:
    return SizedFileField(
        label=label,
        limit=_MOST,
        required=False,
        error_messages={"empty": lazy("Tệp rỗng. Hãy chọn lại tệp.")},
    )


class ProposalForm(RoomForm):
    """What is proposed, to which list, why."""

    party = forms.TypedChoiceField(label=lazy("Đơn vị đề xuất"), coerce=int)
    catalogue = forms.TypedChoiceField(label=lazy("Danh mục"), coerce=int, required=False, empty_value=None)
    list_name = forms.CharField(
        label=lazy("Tên danh mục, nếu chưa có ở trên"), max_length=300, required=False
    )
    name = forms.CharField(label=lazy("Tên mục đề nghị bổ sung"), max_length=500)
    reason = forms.CharField(label=lazy("Lý do"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    goods = forms.CharField(
        label=lazy("Cho hàng hóa nào"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Mỗi dòng một mục."),
    )
    file = _file(lazy("Tài liệu kèm theo"))

    def __init__(
        self,
        parties: Sequence[tuple[int, str]] | None,
        lists: Sequence[tuple[int, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["catalogue"].choices = [("", "—"), *lists]  # type: ignore[attr-defined]
        if parties is None:  # a draft stays its agency's
            del self.fields["party"]
        else:
            self.fields["party"].choices = parties  # type: ignore[attr-defined]


class StepForm(RoomForm):
    """What became of a proposal."""

    state = forms.ChoiceField(label=lazy("Bước tiếp theo"))
    letter = forms.CharField(label=lazy("Số, ký hiệu công văn"), max_length=60, required=False)
    on = forms.DateField(label=lazy("Ngày công văn"), required=False, help_text=lazy("Ví dụ: 22/08/2026"))
    words = forms.CharField(
        label=lazy("Nội dung, lý do"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    item = forms.TypedChoiceField(
        label=lazy("Mục của danh mục, khi đã vào danh mục"), coerce=int, required=False, empty_value=None
    )
    file = _file(lazy("Công văn"))

    def __init__(
        self, onward: Sequence[str], items: Sequence[tuple[int, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = dict(Proposal.State.choices)
        self.fields["state"].choices = [(one, capfirst(named[one])) for one in onward]  # type: ignore[attr-defined]
        self.fields["item"].choices = [("", "—"), *items]  # type: ignore[attr-defined]
        if not items:
            del self.fields["item"]


class FollowForm(RoomForm):
    """When to be asked again."""

    remind_on = forms.DateField(label=lazy("Nhắc tôi hỏi lại từ ngày"), required=False)
