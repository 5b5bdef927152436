"""The file that comes in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luc.papers.forms import SizedFileField
from luc.reporting.actions.writing import MAX_EVIDENCE


class OwnPaperForm(forms.Form):
    """A report in the agency's own words."""

    file = SizedFileField(
        limit=MAX_EVIDENCE,
        label=_("Báo cáo của đơn vị (Word, PDF)"),
        help_text=_("Tệp .docx, .doc, PDF, ảnh quét hoặc bảng Excel; không quá 20 MB."),
        error_messages={"required": _("Hãy chọn tệp báo cáo."), "empty": _("Tệp rỗng. Hãy chọn lại tệp.")},
    )
