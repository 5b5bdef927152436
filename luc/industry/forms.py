"""Forms of the room: one for each part of an entry, made from its fields; values are plain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from rapidfuzz import process

from luc.figures.numbers import parse
from luc.industry.fields import LISTS, Axes, Spec, Values
from luc.industry.models import Branch, Enterprise, Park
from luc.industry.units import per_year, unit_choices
from luc.kernel.errors import Refused
from luc.kernel.forms import RoomForm
from luc.kernel.models import Tenant
from luc.kernel.text import search_key
from luc.kernel.time import today, valid_on
from luc.papers.forms import SizedFileField
from luc.territory.models import Unit

_NONE = [("", "—")]
_LINES = 20  # of a list
Input = Callable[[Spec, Any], dict[str, tuple[forms.Field, Any]]]


class PartForm(RoomForm):
    """Some fields of an entry, filled with what is said of them; `values` gives them back as plain JSON."""

    def __init__(self, specs: Sequence[Spec], told: Values, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.specs = specs
        for spec in specs:
            for name, (field, value) in _INPUTS.get(spec.name, _line)(spec, told.get(spec.name)).items():
                self.fields[name] = field
                self.initial[name] = value

    def clean(self) -> dict[str, Any]:
        """The values by field under "values", besides what was typed."""
        typed: dict[str, Any] = super().clean() or {}
        found = {}
        for spec in self.specs:
            try:
                found[spec.name] = _READ.get(spec.name, _as_typed)(spec.name, typed)
            except Refused as refused:
                for name, words in refused.fields.items():
                    self.add_error(name if name in self.fields else None, words)
        return typed | {"values": found}


def _as_typed(name: str, typed: Mapping[str, Any]) -> Any:
    value = typed.get(name)
    if name in LISTS:
        return [line.strip()[:200] for line in (value or "").splitlines() if line.strip()][:_LINES]
    return value if value not in ("", None) else (None if name in {"founded", "field", "kind"} else "")


def _line(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    return {spec.name: (forms.CharField(label=spec.title, max_length=250, required=spec.needed), value)}


def _short(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    return {spec.name: (forms.CharField(label=spec.title, max_length=120, required=False), value)}


def _text(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    area = forms.Textarea(attrs={"rows": 5})
    field = forms.CharField(label=spec.title, max_length=4000, required=spec.needed, widget=area)
    return {spec.name: (field, value)}


def _lines(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    area = forms.Textarea(attrs={"rows": 3})
    words = lazy("Mỗi dòng một mục.")
    field = forms.CharField(label=spec.title, max_length=4000, required=False, widget=area, help_text=words)
    return {spec.name: (field, "\n".join(value or []))}


def _choice(spec: Spec, value: Any, choices: Sequence[tuple[Any, Any]]) -> dict[str, tuple[forms.Field, Any]]:
    return {spec.name: (forms.ChoiceField(label=spec.title, choices=choices, required=spec.needed), value)}


def _size(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    return _choice(spec, value, _NONE + [(one, capfirst(words)) for one, words in Enterprise.Size.choices])


def _axis(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    return _choice(spec, value, _NONE + [(code, str(row)) for code, row in Axes().of(spec.name).items()])


def _branch(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    rows = Branch.objects.filter(level__gte=4).order_by("code")
    return _choice(spec, value, _NONE + [(row.code, str(row)) for row in rows])


def _park(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    rows = Park.objects.filter(valid_on(today())).order_by("sort_key")
    return _choice(
        spec, value, [("", _("Không nằm trong khu, cụm công nghiệp"))] + [(r.pk, r.name) for r in rows]
    )


def _founded(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    field = forms.IntegerField(label=spec.title, min_value=1850, max_value=today().year, required=False)
    return {spec.name: (field, value)}


def _website(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    field = forms.URLField(label=spec.title, max_length=200, required=False, assume_scheme="https")
    return {spec.name: (field, value)}


def _hs(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    words = lazy("4, 6 hoặc 8 chữ số theo Danh mục hàng hóa xuất khẩu, nhập khẩu.")
    wrong = lazy("Mã HS gồm 4, 6 hoặc 8 chữ số.")
    field = forms.RegexField(
        r"^(?:\d{4}|\d{6}|\d{8})$",
        label=spec.title,
        required=False,
        help_text=words,
        error_messages={"invalid": wrong},
    )
    return {spec.name: (field, value)}


def _capacity(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    told = value or {"amount": "", "unit": ""}
    units = _NONE + unit_choices()
    amount = str(told["amount"]).replace(".", ",")
    return {
        "capacity": (forms.CharField(label=spec.title, max_length=30, required=False), amount),
        "capacity_unit": (forms.ChoiceField(label=_("Đơn vị"), choices=units, required=False), told["unit"]),
    }


def _ecolabel(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    told = value or {"name": "", "until": ""}
    label = forms.CharField(
        label=spec.title, max_length=120, required=False, help_text=lazy("Tên nhãn và số chứng nhận, nếu có.")
    )
    until = forms.DateField(label=_("Nhãn có hiệu lực đến ngày"), required=False)
    return {"ecolabel": (label, told["name"]), "ecolabel_until": (until, told["until"] or None)}


def _address(_spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    told = value or {"street": "", "unit": None}
    unit = Unit.objects.filter(pk=told["unit"]).select_related("parent").first() if told["unit"] else None
    provinces = Unit.objects.filter(valid_on(today()), level=Unit.Level.PROVINCE).order_by("sort_key")
    choices = _NONE + [(str(row.pk), row.full_name) for row in provinces]
    return {
        "province": (
            forms.ChoiceField(label=_("Tỉnh, thành phố"), choices=choices),
            unit.parent_id if unit else "",
        ),
        "commune": (
            forms.CharField(
                label=_("Xã, phường, đặc khu"), max_length=120, help_text=lazy("Ví dụ: Phường Cái Răng")
            ),
            unit.full_name if unit else "",
        ),
        "street": (
            forms.CharField(label=_("Số nhà, đường, ấp, lô đất"), max_length=250, required=False),
            told["street"],
        ),
    }


def _point(spec: Spec, value: Any) -> dict[str, tuple[forms.Field, Any]]:
    words = lazy("Vĩ độ, kinh độ để vẽ trên bản đồ, nếu biết. Ví dụ: 10,0341; 105,7881")
    field = forms.CharField(label=spec.title, max_length=60, required=False, help_text=words)
    return {spec.name: (field, "; ".join(value).replace(".", ",") if value else "")}


_INPUTS: dict[str, Input] = {
    "short": _short,
    "size": _size,
    "branch": _branch,
    "founded": _founded,
    "address": _address,
    "park": _park,
    "point": _point,
    "about": _text,
    "website": _website,
    "field": _axis,
    "kind": _axis,
    "capacity": _capacity,
    "ecolabel": _ecolabel,
    "hs_code": _hs,
    **dict.fromkeys(LISTS, _lines),
}


def _read_address(_name: str, typed: Mapping[str, Any]) -> Any:
    """The commune that the words mean, in the province that was chosen. Raises Refused with the nearest ones."""
    province, words = typed.get("province"), search_key(typed.get("commune") or "")
    if not province or not words:
        return None  # the fields say so themselves
    rows = Unit.objects.filter(valid_on(today()), level=Unit.Level.COMMUNE, parent=province)
    by_name = {row.search_key: row for row in rows} | {search_key(row.name): row for row in rows}
    if words in by_name:
        return {"street": typed.get("street", ""), "unit": by_name[words].pk}
    near = [by_name[key].full_name for key, *_rest in process.extract(words, list(by_name), limit=3)]
    refusal = _("Không thấy xã, phường này trong tỉnh đã chọn. Có phải: %(names)s?")
    message = refusal % {"names": ", ".join(dict.fromkeys(near)) or "—"}
    raise Refused(message, {"commune": message})


def _read_point(name: str, typed: Mapping[str, Any]) -> Any:
    words = (typed.get(name) or "").strip()
    if not words:
        return None
    wrong = _("Hãy ghi vĩ độ (từ 6 đến 24) rồi kinh độ (từ 102 đến 118), cách nhau bằng dấu chấm phẩy.")
    try:
        lat, lon = (Decimal(part.strip().replace(",", ".")) for part in words.split(";"))
    except (ValueError, ArithmeticError) as error:
        raise Refused(wrong, {name: wrong}) from error
    if not (6 <= lat <= 24 and 102 <= lon <= 118):  # NaN is neither
        raise Refused(wrong, {name: wrong})
    return [f"{lat:.5f}", f"{lon:.5f}"]


def _read_park(name: str, typed: Mapping[str, Any]) -> Any:
    return int(typed[name]) if typed.get(name) else None


def _read_capacity(name: str, typed: Mapping[str, Any]) -> Any:
    words, unit = typed.get(name) or "", typed.get("capacity_unit") or ""
    if not words:
        return None
    if not unit:
        raise Refused("", {"capacity_unit": _("Hãy chọn đơn vị.")})
    try:
        amount = parse(words)
    except Refused as refused:
        raise Refused(refused.message, {name: refused.message}) from refused
    if not 0 <= amount < 10**12:
        raise Refused("", {name: _("Năng lực phải là số không âm.")})
    per_year(amount, unit)
    return {"amount": str(amount), "unit": unit}


def _read_ecolabel(name: str, typed: Mapping[str, Any]) -> Any:
    until = typed.get("ecolabel_until")
    return {"name": typed[name], "until": until.isoformat() if until else ""} if typed.get(name) else None


_READ: dict[str, Callable[[str, Mapping[str, Any]], Any]] = {
    "address": _read_address,
    "point": _read_point,
    "park": _read_park,
    "capacity": _read_capacity,
    "ecolabel": _read_ecolabel,
}


def _province_choices() -> list[tuple[int, str]]:
    return list(Tenant.objects.order_by("name").values_list("pk", "name"))


class RegisterForm(RoomForm):
    """A mail address and a tax code; the tenant where there are several."""

    mail = forms.EmailField(label=lazy("Thư điện tử của bạn"), max_length=254)
    tax_code = forms.CharField(
        label=lazy("Mã số thuế"),
        max_length=20,
        help_text=lazy("10 số; chi nhánh thêm 3 số; hộ kinh doanh 12 số."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    tenant = forms.TypedChoiceField(label=lazy("Đăng ký tại"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _province_choices()
        self.fields["tenant"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["tenant"].widget = forms.HiddenInput()
            self.initial["tenant"] = choices[0][0]


class NameForm(RoomForm):
    """The name of an enterprise, for who has an account."""

    name = forms.CharField(label=lazy("Tên doanh nghiệp"), max_length=250)


class BeginForm(NameForm):
    """The name of an enterprise and the account of its person."""

    full_name = forms.CharField(label=lazy("Họ và tên của bạn"), max_length=120)
    password = forms.CharField(
        label=lazy("Đặt mật khẩu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy("Ít nhất 10 ký tự. Lần sau đăng nhập bằng thư điện tử và mật khẩu này."),
    )


class OfferForm(RoomForm):
    """The name of a new offer."""

    name = forms.CharField(label=lazy("Tên hàng hóa, dịch vụ"), max_length=250)


class PictureForm(RoomForm):
    """A picture from the phone."""

    file = SizedFileField(
        label=lazy("Ảnh"),
        limit=12 * 1024 * 1024,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": lazy("Hãy chọn ảnh."), "empty": lazy("Tệp rỗng. Hãy chọn lại tệp.")},
    )
    words = forms.CharField(label=lazy("Ảnh cho thấy gì"), max_length=200, required=False)


class SheetForm(RoomForm):
    """A data sheet."""

    file = SizedFileField(
        label=lazy("Tài liệu kỹ thuật (PDF)"),
        limit=10 * 1024 * 1024,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": lazy("Hãy chọn tệp PDF."), "empty": lazy("Tệp rỗng. Hãy chọn lại tệp.")},
    )


class ContactForm(RoomForm):
    """Whom to write to, with consent."""

    name = forms.CharField(label=lazy("Họ và tên"), max_length=120)
    position = forms.CharField(label=lazy("Chức vụ"), max_length=120, required=False)
    phone = forms.CharField(label=lazy("Điện thoại"), max_length=30, required=False)
    mail = forms.EmailField(label=lazy("Thư điện tử"), required=False)
    agreed = forms.BooleanField(label=lazy("Tôi đồng ý công khai như trên"), required=False)


class AddForm(RoomForm):
    """An enterprise that an agency enters."""

    tax_code = forms.CharField(label=lazy("Mã số thuế"), max_length=20)
    name = forms.CharField(label=lazy("Tên doanh nghiệp"), max_length=250)
    keeper = forms.TypedChoiceField(label=lazy("Đơn vị theo dõi"), coerce=int)

    def __init__(self, keepers: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = keepers  # type: ignore[attr-defined]


class ParkForm(RoomForm):
    """A park or cluster and its board."""

    kind = forms.ChoiceField(
        label=lazy("Loại"), choices=[(value, capfirst(words)) for value, words in Park.Kind.choices]
    )
    name = forms.CharField(label=lazy("Tên khu, cụm công nghiệp"), max_length=200)
    board = forms.TypedChoiceField(label=lazy("Đơn vị quản lý"), coerce=int, required=False, empty_value=None)
    source = forms.CharField(label=lazy("Theo văn bản"), max_length=200, required=False)

    def __init__(self, boards: Sequence[tuple[Any, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = [*_NONE, *boards]  # type: ignore[attr-defined]


class MergeForm(RoomForm):
    """Into which entry another is merged, and why."""

    into = forms.TypedChoiceField(label=lazy("Gộp vào hồ sơ"), coerce=int)
    reason = forms.CharField(label=lazy("Lý do"), max_length=300)

    def __init__(self, choices: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = choices  # type: ignore[attr-defined]


class SuggestForm(RoomForm):
    """What is wrong or missing, and where."""

    field = forms.ChoiceField(label=lazy("Mục"), required=False)
    text = forms.CharField(
        label=lazy("Chỗ sai hoặc thiếu"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, specs: Sequence[Spec], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = [("", _("Cả hồ sơ"))]
        self.fields["field"].choices = whole + [(one.name, one.title) for one in specs]  # type: ignore[attr-defined]
