"""Forms of the room: the upload, one item of a reading, and the choices about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luc.figures import numbers
from luc.kernel.errors import Refused
from luc.kernel.forms import RoomForm
from luc.papers.forms import SizedFileField
from luc.plans.fields import Field, Section
from luc.plans.intake import NAME_LIMIT, Item
from vanban.timeframes import days_of

Choices = Iterable[tuple[Any, Any]]


class UploadForm(forms.Form):
    """One file: the plan as it was signed, or its draft."""

    file = SizedFileField(
        label=_("Tệp văn bản"),
        help_text=_(
            "Tốt nhất là tệp Word (.docx); đọc được cả PDF có chữ và văn bản (.txt, .md)."
            " Tệp được giữ nguyên, không bị sửa."
        ),
        error_messages={"required": _("Hãy chọn tệp kế hoạch."), "empty": _("Tệp rỗng. Hãy chọn lại tệp.")},
    )


class NumberField(forms.Field):
    """A number as people write it, 1.234,5; one that could mean two things is asked back with both readings."""

    widget = forms.TextInput({"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return numbers.parse(str(value))
        except Refused as refused:
            raise ValidationError(refused.message) from None

    def prepare_value(self, value: Any) -> Any:
        return numbers.show(Decimal(str(value))) if isinstance(value, int | float | Decimal) else value


class ItemForm(forms.Form):
    """All fields of one item of a section, with the version of the reading that the person sees."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, section: Section, item: Item, groups: Sequence[str], *args: Any, **kwargs: Any
    ) -> None:
        kwargs.setdefault(
            "initial", {name: _shown(item.get(name)) for name in (f.name for f in section.fields)}
        )
        kwargs.setdefault("auto_id", f"{item.get('key') or 'moi'}-%s")
        super().__init__(*args, **kwargs)
        self.section = section
        self.groups = groups
        for field in section.fields:
            self.fields[field.name] = _field(field)

    def values(self) -> dict[str, Any]:
        """The cleaned values as the content keeps them."""
        return {field.name: _kept(field, self.cleaned_data[field.name]) for field in self.section.fields}

    def refuse(self, wrong: Mapping[str, str | Promise]) -> None:
        """Show the places that an action refused."""
        for name, message in wrong.items():
            self.add_error(name if name in self.fields else None, str(message))


def _field(field: Field) -> forms.Field:
    common: dict[str, Any] = {"label": field.label, "required": field.required, "help_text": field.help}
    if field.kind == "flag":
        return forms.BooleanField(label=field.label, required=False)
    if field.kind == "choice":
        return forms.ChoiceField(choices=field.choices, **common)
    if field.kind == "number":
        return NumberField(**common)
    if field.kind == "integer":
        return forms.IntegerField(min_value=1, max_value=field.limit or 2200, **common)
    if field.kind == "date":
        return forms.DateField(
            input_formats=["%d/%m/%Y", "%Y-%m-%d"], **common | {"help_text": _("dd/mm/yyyy")}
        )
    if field.kind in {"text", "names", "lines"}:
        rows = 3 if field.kind == "text" else 2
        return forms.CharField(
            widget=forms.Textarea({"rows": rows}), validators=_line_checks(field), **common
        )
    validators = [_partial_date] if field.name in {"start", "end"} else []
    attributes = {"list": "cac-nhom"} if field.kind == "group" else {}
    return forms.CharField(
        max_length=field.limit or None, validators=validators, widget=forms.TextInput(attributes), **common
    )


def _line_checks(field: Field) -> list[Any]:
    return [_short_names] if field.kind == "names" else []


def _short_names(text: str) -> None:
    if any(len(line.strip()) > NAME_LIMIT for line in text.splitlines()):
        raise ValidationError(_("Mỗi tên cơ quan viết trên một dòng, không quá 300 chữ."))


def _partial_date(text: str) -> None:
    if days_of(text.strip()) is None:
        raise ValidationError(
            _("Ghi năm, tháng, quý hoặc ngày có trong lịch: 2026, 2026-05, 2026-Q2, 2026-06-30.")
        )


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return value


def _kept(field: Field, value: Any) -> Any:
    if field.kind in {"names", "lines"}:
        return [line.strip() for line in value.splitlines() if line.strip()]
    if field.kind == "number" and value is not None:
        return int(value) if value == value.to_integral_value() else float(value)
    if field.kind == "date":
        return value.isoformat() if value else ""
    return value.strip() if isinstance(value, str) else value


class FrameForm(forms.Form):
    """Whose plan it is: focal agency, programme, territory."""

    focal = forms.TypedChoiceField(label=_("Cơ quan đầu mối"), coerce=int)
    programme = forms.TypedChoiceField(
        label=_("Thực hiện chương trình"), coerce=int, required=False, empty_value=None
    )
    territory = forms.TypedChoiceField(label=_("Địa bàn"), coerce=int)

    def __init__(
        self, parties: Choices, programmes: Choices, units: Choices, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("focal", parties), ("territory", units)):
            self.fields[name].choices = [("", _("- hãy chọn -")), *choices]  # type: ignore[attr-defined]
        self.fields["programme"].choices = [("", _("không")), *programmes]  # type: ignore[attr-defined]


class RelationForm(RoomForm):
    """What a paper is: a plan of its own, the signed paper of a draft, an amendment of a plan."""

    kind = forms.ChoiceField(
        label=_("Văn bản này là"),
        widget=forms.RadioSelect,
        choices=[
            ("", _("kế hoạch mới")),
            ("signed", _("bản đã ký của một dự thảo đã thông qua")),
            ("amends", _("văn bản sửa đổi, bổ sung một kế hoạch")),
        ],
        required=False,
    )
    plan = forms.TypedChoiceField(label=_("Kế hoạch"), coerce=int, required=False, empty_value=None)
    scope = forms.ChoiceField(
        label=_("Văn bản sửa đổi viết thế nào"),
        widget=forms.RadioSelect,
        choices=[
            ("named", _("chỉ nêu những chỗ sửa, bổ sung, bãi bỏ; chỗ khác giữ nguyên")),
            ("whole", _("viết lại toàn bộ; mục nào không còn nêu là bỏ")),
        ],
        required=False,
    )

    def __init__(self, plans: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [("", _("- hãy chọn -")), *plans]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why an adopted item is corrected; `seen` is its last amendment when it was shown."""

    reason = forms.CharField(
        label=_("Lý do đính chính"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Ví dụ: máy đọc nhầm “35 %” thành “85 %”."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class PartyForm(forms.Form):
    """One party of the register."""

    party = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)

    def __init__(self, parties: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [("", _("- hãy chọn -")), *parties]  # type: ignore[attr-defined]


class NewPartyForm(forms.Form):
    """A body that the register does not know yet."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=250)
    kind = forms.ChoiceField(label=_("Loại"))
    reports_through = forms.TypedChoiceField(
        label=_("Ai báo cáo thay"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_(
            "Chọn khi đơn vị này không có tài khoản: cơ quan trung ương, hội, doanh nghiệp, nhóm chung chung."
        ),
    )

    def __init__(self, kinds: Choices, parties: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["reports_through"].choices = [("", _("tự báo cáo")), *parties]  # type: ignore[attr-defined]


class CoveredForm(forms.Form):
    """The row of the appendix that says what an item of the body says."""

    row = forms.ChoiceField(label=_("Nhiệm vụ trong phụ lục"), required=False)

    def __init__(self, rows: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].choices = [("", _("không có, theo dõi như nhiệm vụ riêng")), *rows]  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """Whom to call about a plan."""

    contact = forms.CharField(
        label=_("Người liên hệ của đơn vị"), max_length=120, help_text=_("Họ tên, chức vụ nếu cần.")
    )
    phone = forms.CharField(label=_("Điện thoại cơ quan"), max_length=40, required=False)
    user = forms.TypedChoiceField(
        label=_("Người được nhắc báo cáo trước"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Thư nhắc về kế hoạch này đến người ấy trước; để trống thì đến mọi người làm báo cáo."),
    )

    def __init__(self, people: Sequence[tuple[int, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["user"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "---------"), *people]
