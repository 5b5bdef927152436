"""What is typed when a signed paper comes back and is issued."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luc.issuing.issued import queries as papers
from luc.issuing.issued.models import Issued
from luc.issuing.signed.models import SignedFile
from luc.kernel.errors import Refused
from luc.kernel.rights import Viewer
from luc.papers.forms import SizedFileField


class SignedForm(forms.Form):
    """A signed paper."""

    file = SizedFileField(
        label=_("Bản đã ký"),
        help_text=_("PDF ký số là tốt nhất; cũng nhận PDF hoặc ảnh quét của bản ký giấy, tệp Word."),
        error_messages={"required": _("Hãy chọn tệp."), "empty": _("Tệp rỗng. Hãy chọn lại tệp.")},
    )


class IssueForm(forms.Form):
    """Number and day as they stand on the paper, and the paper it corrects."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    date = forms.DateField(label=_("Ngày văn bản"))
    vouched = forms.BooleanField(required=False)
    unseen = forms.CharField(
        label=_("Đã đối chiếu những chỗ này bằng cách nào"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: đã so từng số với bản gốc trên giấy, hai người cùng xem."),
    )
    corrects: forms.ModelChoiceField[Issued] = forms.ModelChoiceField(
        label=_("Đính chính, thay thế văn bản"),
        queryset=None,
        required=False,
        empty_label=_("Không, đây là văn bản mới"),
    )
    reason = forms.CharField(
        label=_("Lý do đính chính"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, viewer: Viewer, signed: SignedFile, words: str, *args: Any, **kwargs: Any) -> None:
        """`words`: what a person vouches for about the signature; "" where nothing is to be vouched for."""
        super().__init__(*args, **kwargs)
        corrects = self.fields["corrects"]
        assert isinstance(corrects, forms.ModelChoiceField)
        corrects.queryset = papers.correctable(viewer, signed.version.draft.party_id)
        self.fields["vouched"].label = words
        if not words:
            del self.fields["vouched"]

    def add_refusal(self, refused: Refused) -> None:
        """What an action refused, at its field where it has one."""
        self.add_error(None, refused.message)
        for name, message in refused.fields.items():
            if name in self.fields and message != refused.message:
                self.add_error(name, message)
