"""Forms of official lists; values are plain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from luc.industry.catalogue.reading import LONGEST, ROLES
from luc.kernel.forms import RoomForm
from luc.papers.forms import SizedFileField

_FILES = ".docx,.pdf,.xlsx,.doc,.odt,.txt,.html"
_LONG = frozenset({"name", "standard", "note"})


class BringForm(RoomForm):
    """The paper of a list, and which list it is."""

    catalogue = forms.TypedChoiceField(
        label=lazy("Là bản mới của danh mục"), coerce=int, required=False, empty_value=None
    )
    name = forms.CharField(
        label=lazy("Hoặc tên danh mục mới"),
        max_length=300,
        required=False,
        help_text=lazy("Ghi theo quyết định ban hành, ví dụ: Danh mục công nghệ, thiết bị, sản phẩm."),
    )
    file = SizedFileField(
        label=lazy("Văn bản có danh mục"),
        limit=50 * 1024 * 1024,
        help_text=lazy("Word, PDF, Excel hoặc văn bản; máy tìm các bảng trong tệp."),
        widget=forms.FileInput(attrs={"accept": _FILES}),
        error_messages={"required": lazy("Hãy chọn tệp."), "empty": lazy("Tệp rỗng. Hãy chọn lại tệp.")},
    )

    def __init__(self, lists: Sequence[tuple[Any, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["catalogue"].choices = [("", "—"), *lists]  # type: ignore[attr-defined]


class LineForm(RoomForm):
    """One line of a list."""

    def __init__(self, row: Mapping[str, Any] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in LONGEST:
            area = forms.Textarea(attrs={"rows": 2}) if role in _LONG else None
            label, longest = ROLES[role], LONGEST[role]
            field = forms.CharField(label=label, max_length=longest, required=role == "name", widget=area)
            self.fields[role] = field
        words = lazy("Là tên nhóm (nhánh của danh mục), hàng hóa không đứng ở đây")
        self.fields["branch"] = forms.BooleanField(label=words, required=False)
        for name in self.fields:
            self.initial[name] = row[name] if row else ""


class ColumnsForm(RoomForm):
    """What each column of each table says, and which tables are meant."""

    def __init__(self, tables: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = tables
        choices = [("", lazy("— không dùng —")), *ROLES.items()]
        for t, table in enumerate(tables):
            self.fields[f"used_{t}"] = forms.BooleanField(label=_("Dùng bảng này"), required=False)
            self.initial[f"used_{t}"] = table["used"]
            for x in range(len(table["headings"])):
                name, label = f"role_{t}_{x}", _("Cột %(n)d") % {"n": x + 1}
                self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
                self.initial[name] = table["roles"][x]

    def said(self) -> dict[str, Any]:
        """`roles` by table and column, and which tables are `used`."""
        told = self.cleaned_data
        roles = [
            [told[f"role_{t}_{x}"] for x in range(len(table["headings"]))]
            for t, table in enumerate(self.tables)
        ]
        return {"roles": roles, "used": [told[f"used_{t}"] for t in range(len(self.tables))]}


class AdoptForm(RoomForm):
    """The paper by which a list was issued."""

    paper_number = forms.CharField(label=lazy("Số, ký hiệu"), max_length=60)
    paper_date = forms.DateField(label=lazy("Ngày"), help_text=lazy("Ví dụ: 22/08/2023"))
    issuer = forms.CharField(label=lazy("Cơ quan ban hành"), max_length=200, required=False)
