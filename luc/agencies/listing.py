"""Lists of people from Excel: the sheet that goes out, and what a filled one says, checked cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from luc.agencies import queries
from luc.agencies.matching import Candidate, match
from luc.agencies.models import Invitation, Membership, Party, Role
from luc.kernel import workbooks
from luc.kernel.errors import Refused
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import today, valid_on
from luc.kernel.workbooks import Column, Fault, Filled, Row, Sheet

TOKEN = "people"  # noqa: S105 - what the workbook is of
SPARE = 150
MOST = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """One line of a list that can be invited; `known`: why there is nothing to do, "" when there is."""

    party: int
    party_name: str
    role: str
    full_name: str
    email: str
    known: str = ""

    @property
    def role_words(self) -> str:
        return str(Role(self.role).label)

    def as_plain(self) -> dict[str, str | int]:
        """What a form carries from the preview to the confirmation."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a filled list says: who would be invited, who is known already, and what is wrong at which cell."""

    people: list[Person]
    faults: list[Fault]

    @property
    def new(self) -> list[Person]:
        return [person for person in self.people if not person.known]

    @property
    def known(self) -> list[Person]:
        return [person for person in self.people if person.known]


def sheet(viewer: Viewer) -> bytes:
    """The empty list as a workbook, with the bodies and roles that this viewer may write into it beside it."""
    roles = [capfirst(str(role.label)) for role in queries.roles_offered(viewer)]
    columns = [
        Column("party", _("Cơ quan, đơn vị"), width=44, help=_("Chép tên từ trang «Cơ quan, đơn vị».")),
        Column("full_name", _("Họ và tên"), width=28),
        Column("role", _("Vai trò"), "choice", 26, choices=tuple(roles)),
        Column("email", _("Thư điện tử"), width=30, help=_("Để trống nếu không có: giấy mời sẽ được in ra.")),
    ]
    lines = [_("Mỗi người một dòng. Một người giữ hai vai trò thì ghi hai dòng.")]
    names = [name for _kind, parties in queries.party_offers(viewer, today()) for _pk, name in parties]
    return workbooks.write(
        [
            Sheet(_("Danh sách người dùng"), columns, [], lines, spare=SPARE),
            Sheet(
                _("Cơ quan, đơn vị"),
                [Column("name", _("Tên"), "fixed", 60)],
                [Row("-", {"name": name}) for name in names],
            ),
        ],
        TOKEN,
    )


def check(viewer: Viewer, data: bytes) -> Checked:
    """What a filled list says; nothing is written. Raises Refused for a file that is not such a list."""
    back = workbooks.read(data)
    if back.token != TOKEN:
        raise Refused(_("Đây không phải danh sách người dùng. Hãy tải mẫu ở trang này rồi điền."))
    rows = [row for row in back.rows if row.key != "-"]
    if len(rows) > MOST:
        raise Refused(_("Danh sách có hơn %(n)d người: hãy chia thành nhiều tệp.") % {"n": MOST})
    faults = list(back.faults)
    parties = _parties(viewer, {row.text("party") for row in rows if row.text("party")})
    roles = {search_key(str(role.label)): role for role in Role}
    found = [_person(viewer, row, parties, roles, faults) for row in rows]
    people = [(row, person) for row, person in zip(rows, found, strict=True) if person]
    faults += _twice(people)
    return Checked(_with_known([person for _row, person in people]), faults)


def _parties(viewer: Viewer, names: set[str]) -> dict[str, Party | list[Candidate]]:
    """For each written name its party, or what it is like when it is none for sure."""
    tenants = viewer.tenants_for("agencies.see_people")
    offered = {pk for _kind, rows in queries.party_offers(viewer, today()) for pk, _name in rows}
    rows = {row.pk: row for row in Party.objects.filter(pk__in=offered)}
    found: dict[str, Party | list[Candidate]] = {name: [] for name in names}
    for tenant in sorted(tenants):
        for name, candidates in match(tenant, names, today()).items():
            mine = [one for one in candidates if one.party in offered]
            if mine and mine[0].sure:
                found[name] = rows[mine[0].party]
            elif mine and isinstance(found[name], list):
                found[name] = mine
    return found


def _person(
    viewer: Viewer,
    row: Filled,
    parties: Mapping[str, Party | list[Candidate]],
    roles: Mapping[str, Role],
    faults: list[Fault],
) -> Person | None:
    wrong: list[tuple[str, str]] = []
    party = parties.get(row.text("party"), [])
    if not isinstance(party, Party):
        wrong.append(("party", _no_party(row.text("party"), party)))
    full_name = " ".join(row.text("full_name").split())
    if not full_name or len(full_name) > 120:
        wrong.append(("full_name", _("Hãy ghi họ và tên, không quá 120 ký tự.")))
    role = roles.get(search_key(row.text("role")))
    if role is None:
        wrong.append(("role", _("Vai trò phải là một trong danh sách.")))
    elif isinstance(party, Party) and role not in queries.roles_to_give(viewer, party):
        wrong.append(("role", _("Bạn không trao được vai trò này ở đơn vị này.")))
    email = row.text("email")
    if email and not _is_email(email):
        wrong.append(("email", _("«%(email)s» không phải địa chỉ thư.") % {"email": email}))
    faults += [Fault(row.sheet, row.address(name), words) for name, words in wrong]
    if wrong or not isinstance(party, Party) or role is None:
        return None
    return Person(party.pk, party.name, role.value, full_name, email)


def _no_party(name: str, like: list[Candidate]) -> str:
    if not name:
        return _("Hãy ghi tên cơ quan, đơn vị.")
    if like:
        nearest = " / ".join(dict.fromkeys(one.name for one in like[:3]))
        return _("Chưa chắc «%(name)s» là đơn vị nào. Gần nhất: %(nearest)s.") % {
            "name": name,
            "nearest": nearest,
        }
    return _("Không có đơn vị nào tên «%(name)s» mà bạn được mời người vào.") % {"name": name}


def _is_email(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True


def _twice(people: list[tuple[Filled, Person]]) -> list[Fault]:
    seen: dict[tuple[int, str, str], int] = {}
    faults = []
    for row, person in people:
        key = (person.party, person.role, search_key(person.full_name))
        if key in seen:
            words = _("Trùng với dòng %(row)d.") % {"row": seen[key]}
            faults.append(Fault(row.sheet, row.address("full_name"), words))
        seen.setdefault(key, row.number)
    return faults


def _with_known(people: list[Person]) -> list[Person]:
    """The people, each with why there is nothing to do for it: it holds the role, or an invitation waits."""
    parties = {person.party for person in people}
    held = Membership.objects.filter(valid_on(today()), party__in=parties)
    holding = {
        (party, role, search_key(name))
        for party, role, name in held.values_list("party", "role", "user__full_name")
    }
    waits = queries.waiting(Invitation.objects.filter(party__in=parties))
    invited = {
        (party, role, search_key(name))
        for party, role, name in waits.values_list("party", "role", "full_name")
    }
    out = []
    for person in people:
        key = (person.party, person.role, search_key(person.full_name))
        known = (
            _("đang giữ vai trò này")
            if key in holding
            else _("đã có lời mời đang chờ")
            if key in invited
            else ""
        )
        out.append(
            Person(person.party, person.party_name, person.role, person.full_name, person.email, known)
        )
    return out
