"""A file in a form: its size is asked before anybody reads it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SizedFileField(forms.FileField):
    """A file of at most `limit` bytes and never more than the installation takes (LUC_MAX_UPLOAD_MB)."""

    def __init__(self, *, limit: int | None = None, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        """The file as it came, unread. Raises ValidationError when it is too large."""
        limit = min(self.limit or settings.MAX_UPLOAD, settings.MAX_UPLOAD)
        if data and (data.size or 0) > limit:
            raise ValidationError(too_large(data.name, limit))
        return super().to_python(data)


class WorkbookField(SizedFileField):
    """A filled workbook (.xlsx)."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Tệp Excel đã điền"),
            limit=10 * 1024 * 1024,
            widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
            error_messages={
                "required": _("Hãy chọn tệp Excel."),
                "empty": _("Tệp rỗng. Hãy chọn lại tệp."),
            },
        )


def too_large(name: str, limit: int) -> str:
    """The words for a file above a limit of bytes."""
    words = gettext("Tệp «%(name)s» lớn hơn %(limit)s MB. Hãy giảm dung lượng rồi gửi lại.")
    return words % {"name": name, "limit": limit // 1024 // 1024}
