"""Many files in one field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luc.papers.forms import SizedFileField


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(SizedFileField):
    """Files one by one, each as large as one may be."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, at least one. Raises ValidationError for one that is too large or empty."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in given or [None]]


class ManyForm(forms.Form):
    """Filled forms of agencies."""

    filled = ManyFilesField(
        label=_("Các biểu đã điền (.xlsx, hoặc một tệp .zip)"),
        widget=ManyFilesInput(attrs={"accept": ".xlsx,.zip", "multiple": True}),
        error_messages={"required": _("Hãy chọn tệp Excel."), "empty": _("Tệp rỗng. Hãy chọn lại tệp.")},
    )
