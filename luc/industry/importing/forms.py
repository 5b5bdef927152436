"""Forms of an import: the file, and which column says what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from luc.industry.importing.columns import TARGETS
from luc.industry.models import Import
from luc.kernel.forms import RoomForm
from luc.papers.forms import SizedFileField


class BringForm(RoomForm):
    """A file and the agency that keeps its enterprises."""

    file = SizedFileField(
        label=lazy("Tệp Excel (.xlsx) hoặc CSV"),
        limit=10 * 1024 * 1024,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=lazy(
            "Dùng tệp đang có, không cần đổi tên cột. Mỗi dòng một doanh nghiệp hoặc một hàng hóa của nó."
        ),
        error_messages={"required": lazy("Hãy chọn tệp."), "empty": lazy("Tệp rỗng. Hãy chọn lại tệp.")},
    )
    keeper = forms.TypedChoiceField(label=lazy("Đơn vị theo dõi"), coerce=int)

    def __init__(self, keepers: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = keepers  # type: ignore[attr-defined]


class MatchForm(RoomForm):
    """Sheet and row of the headings, how numbers are written, and for each column what it says."""

    sheet = forms.ChoiceField(label=lazy("Trang"), required=False)
    head = forms.IntegerField(label=lazy("Dòng tiêu đề"), min_value=1, max_value=1000)
    numbers = forms.ChoiceField(label=lazy("Tệp viết số theo lối"), required=False)

    def __init__(self, row: Import, sheets: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name or _("Tệp CSV")) for name in sheets]  # type: ignore[attr-defined]
        self.fields["numbers"].choices = [  # type: ignore[attr-defined]
            ("", _("Chưa chọn (chỉ cần khi có số như 1.234)")),
            ("vi", _("1.234,5 (dấu chấm tách hàng nghìn)")),
            ("en", _("1,234.5 (dấu phẩy tách hàng nghìn)")),
        ]
        self.initial.update(sheet=row.sheet, head=row.head, numbers=row.numbers)
        choices = [("", _("không nhập")), *((one.name, one.title) for one in TARGETS)]
        for x, target in enumerate(row.columns):
            label = _("Cột %(name)s là") % {"name": xl_col_to_name(x)}
            self.fields[f"column_{x}"] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.initial[f"column_{x}"] = target
        self.count = len(row.columns)

    def clean(self) -> dict[str, Any]:
        """What the action takes."""
        typed: dict[str, Any] = super().clean() or {}
        columns = [typed.get(f"column_{x}", "") for x in range(self.count)]
        return {name: typed.get(name) for name in ("sheet", "head", "numbers")} | {"columns": columns}
