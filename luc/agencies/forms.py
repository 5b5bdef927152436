"""Forms of the room: what people type, nothing of what it does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from luc.agencies import delegations, queries
from luc.agencies.models import Party
from luc.kernel.forms import RoomForm
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.papers.forms import WorkbookField

Choices = list[tuple[str, list[tuple[int, str]]]]
_NOBODY = ("", "—")
_KINDS = [(value, capfirst(label)) for value, label in Party.Kind.choices]
_MEMBER_KINDS = [(value, label) for value, label in _KINDS if value != Party.Kind.GROUP]


def _day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text or _("Ví dụ: 01/07/2025"))


class PartyForm(RoomForm):
    """What is known of a party besides its name and its end."""

    short = forms.CharField(
        label=_("Tên ngắn"),
        max_length=80,
        required=False,
        help_text=_("Ví dụ: Sở CT. Máy dùng để nhận ra tên trong văn bản."),
    )
    reports_through = forms.TypedChoiceField(
        label=_("Báo cáo qua"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Cho đơn vị không có tài khoản: đơn vị khác báo cáo thay."),
    )
    valid_from = _day(_("Hoạt động từ ngày"), help_text=_("Để trống nếu không rõ. Ví dụ: 01/03/2025"))
    sureness = forms.CharField(
        label=_("Cần xác nhận"),
        max_length=300,
        required=False,
        help_text=_("Điều chưa chắc; xóa đi khi đã kiểm tra."),
    )
    member_kinds = forms.MultipleChoiceField(
        label=_("Nhóm gồm mọi đơn vị loại"),
        choices=_MEMBER_KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Chỉ dùng cho nhóm. Đơn vị khác loại thì thêm từng đơn vị ở trang của nhóm."),
    )

    def __init__(self, viewer: Viewer, *args: Any, group: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["reports_through"]
        assert isinstance(choices, forms.TypedChoiceField)
        choices.choices = [_NOBODY, *queries.party_choices(viewer, today())]
        if not group:
            del self.fields["member_kinds"]


class NewPartyForm(PartyForm):
    """A party that is added."""

    field_order = ["name", "kind", "short"]
    name = forms.CharField(
        label=_("Tên"), max_length=250, help_text=_("Tên đầy đủ, như trong quyết định thành lập.")
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=_KINDS)


class NameForm(RoomForm):
    """Another name, or the corrected one."""

    name = forms.CharField(label=_("Tên"), max_length=250)


class RenameForm(NameForm):
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Ví dụ: sửa lỗi chính tả theo Quyết định số …")
    )


class EndForm(RoomForm):
    """The end of a party and who takes over."""

    on = _day(_("Không còn hoạt động từ ngày"), required=True)
    successors = forms.TypedMultipleChoiceField(
        label=_("Đơn vị kế thừa"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Có thể chọn nhiều đơn vị. Nhiệm vụ và báo cáo chuyển về đây."),
    )
    note = forms.CharField(label=_("Căn cứ, ghi chú"), max_length=300, required=False)
    sureness = forms.CharField(label=_("Cần xác nhận"), max_length=300, required=False)

    def __init__(self, viewer: Viewer, party: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successors"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (kind, [(pk, name) for pk, name in rows if pk != party.pk])
            for kind, rows in queries.party_choices(viewer, today())
        ]


class CorrectEndForm(EndForm):
    """What was recorded of the end of a party, corrected."""

    field_order = ["on", "successors", "sureness", "reason"]
    on = _day(_("Không còn hoạt động từ ngày"), help_text=_("Xóa trống nếu đơn vị không kết thúc."))
    note = None  # type: ignore[assignment]  # the reason says it
    reason = forms.CharField(label=_("Lý do sửa"), max_length=300)


class MemberForm(RoomForm):
    """A party that is put into a group by name."""

    party = forms.TypedChoiceField(label=_("Thêm đơn vị"), coerce=int)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [_NOBODY, *queries.party_choices(viewer, today())]


class AddressForm(RoomForm):
    """Another mail address for a person, or none."""

    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        help_text=_("Thư nhắc việc gửi đến đây, dùng ngay từ lần sau. Để trống nếu không có."),
    )


class InviteForm(RoomForm):
    """Who is invited to which role where."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        help_text=_("Để trống nếu không có: in giấy mời và trao tận tay."),
    )
    party = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    role = forms.ChoiceField(label=_("Vai trò"), widget=forms.RadioSelect)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = queries.party_offers(viewer, today())
        party, role = self.fields["party"], self.fields["role"]
        assert isinstance(party, forms.TypedChoiceField)
        assert isinstance(role, forms.ChoiceField)
        party.choices = offers if sum(len(rows) for _, rows in offers) == 1 else [_NOBODY, *offers]
        role.choices = [(role.value, capfirst(role.label)) for role in queries.roles_offered(viewer)]


class GrantForm(RoomForm):
    """Another role for a person who has an account."""

    user = forms.TypedChoiceField(label=_("Người"), coerce=int)
    party = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    role = forms.ChoiceField(label=_("Vai trò"), widget=forms.RadioSelect)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user, party, role = self.fields["user"], self.fields["party"], self.fields["role"]
        assert isinstance(user, forms.TypedChoiceField)
        assert isinstance(party, forms.TypedChoiceField)
        assert isinstance(role, forms.ChoiceField)
        people = queries.people(viewer).values_list("pk", "full_name", "username")
        user.choices = [_NOBODY, *((pk, f"{name} ({username})") for pk, name, username in people)]
        party.choices = [_NOBODY, *queries.party_offers(viewer, today())]
        role.choices = [(role.value, capfirst(role.label)) for role in queries.roles_offered(viewer)]


_CONFIRMED = _("Có: người duyệt hoặc thủ trưởng xác nhận rồi mới gửi")
_STRAIGHT = _("Không: người soạn gửi thẳng")


def _yes_no(value: str) -> bool | None:
    return {"1": True, "0": False}.get(value)


class ApprovalForm(RoomForm):
    """Whether reports are confirmed before they leave, or what the tenant says holds."""

    is_needed = forms.TypedChoiceField(
        label=_("Báo cáo của đơn vị có phải duyệt trước khi gửi không"),
        coerce=_yes_no,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Khi phải duyệt, chuyên viên bấm «Trình duyệt»; người duyệt hoặc thủ trưởng xác nhận rồi mới gửi đi."
        ),
    )

    def __init__(self, usual: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["is_needed"]
        assert isinstance(field, forms.TypedChoiceField)
        follows = (
            _("Theo quy định chung (hiện nay: phải duyệt)")
            if usual
            else _("Theo quy định chung (hiện nay: không phải duyệt)")
        )
        field.choices = [("", follows), ("1", _CONFIRMED), ("0", _STRAIGHT)]


class UsualApprovalForm(RoomForm):
    """What holds for the parties that say nothing themselves."""

    is_needed = forms.TypedChoiceField(
        label=_("Báo cáo của các đơn vị có phải duyệt trước khi gửi không"),
        coerce=_yes_no,
        choices=[("1", _CONFIRMED), ("0", _STRAIGHT)],
        widget=forms.RadioSelect,
        help_text=_("Thủ trưởng đơn vị có thể quy định khác ở trang của đơn vị mình."),
    )


class DelegationForm(RoomForm):
    """Who acts in whose place, from when to when."""

    membership = forms.TypedChoiceField(label=_("Thay mặt ai, với vai trò nào"), coerce=int)
    user = forms.TypedChoiceField(label=_("Người được ủy quyền"), coerce=int)
    valid_from = _day(_("Từ ngày"), required=True)
    last_day = _day(_("Đến hết ngày"), required=True)
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Ví dụ: đi công tác, Giấy ủy quyền số …")
    )

    def __init__(self, viewer: Viewer, party: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held, user = self.fields["membership"], self.fields["user"]
        assert isinstance(held, forms.TypedChoiceField)
        assert isinstance(user, forms.TypedChoiceField)
        held.choices = [
            _NOBODY,
            *(
                (row.pk, f"{row.user.full_name}: {capfirst(row.get_role_display())}")
                for row in delegations.delegable(viewer, party)
            ),
        ]
        people = delegations.delegates(viewer, party).values_list("pk", "full_name", "username")
        user.choices = [_NOBODY, *((pk, f"{name} ({username})") for pk, name, username in people)]


class ListForm(RoomForm):
    """A filled list of people."""

    file = WorkbookField()


class AcceptForm(RoomForm):
    """A stranger's user name and password."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu, số, dấu chấm. Ví dụ: nguyen.van.an"),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        help_text=_("Ít nhất 10 ký tự. Nên là vài từ không liên quan đến nhau, có dấu cách."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords must be the same."""
        values = super().clean() or {}
        if values.get("password") != values.get("again"):
            self.add_error("again", _("Hai lần nhập mật khẩu khác nhau."))
        return values
