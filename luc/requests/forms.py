"""What comes in by the small forms of the room, as plain values; drafts and replies are read by their own modules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luc.papers.forms import SizedFileField
from luc.requests.actions.writing import MAX_FILE
from luc.rounds.forms import StepForm


class FileForm(StepForm):
    """A file beside a question."""

    file = SizedFileField(
        limit=MAX_FILE, label=_("Tệp"), help_text=_("Ảnh, PDF, Word, Excel; mỗi tệp không quá 20 MB.")
    )

    def upload(self) -> dict[str, Any]:
        """The file as plain values."""
        file = self.cleaned_data["file"]
        return {"name": file.name, "data": file.read(), "media_type": file.content_type or ""}


class PaperForm(FileForm):
    """The paper behind a request."""

    file = SizedFileField(
        limit=MAX_FILE, label=_("Văn bản"), help_text=_("Tệp .docx hoặc .pdf, không quá 20 MB.")
    )


class DueForm(StepForm):
    """A new due moment, and why."""

    due_day = forms.CharField(
        label=_("Hạn mới, trước ngày"), max_length=20, widget=forms.TextInput(attrs={"class": "short"})
    )
    due_time = forms.CharField(
        label=_("Giờ"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    reason = forms.CharField(label=_("Lý do"), max_length=1000)


class CorrectionForm(StepForm):
    """A question's words, and what was corrected."""

    text = forms.CharField(label=_("Câu hỏi"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    help = forms.CharField(
        label=_("Giải thích thêm"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(
        label=_("Đã sửa gì, vì sao"), max_length=500, help_text=_("Các đơn vị thấy lời này dưới câu hỏi.")
    )
