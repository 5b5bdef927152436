"""Saying who is meant and who answers: the machine proposes, a person accepts or chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies.actions import adding
from luc.agencies.models import Party
from luc.kernel.errors import Refused
from luc.kernel.history import Acting
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import today, valid_on
from luc.plans import queries
from luc.plans.actions.reviewing import keep, reviewing
from luc.plans.gaps import gaps
from luc.plans.models import Match, Programme, Reading
from luc.plans.queries.readings import Review, review_of
from luc.plans.suggest import choice
from luc.territory.queries import tenant_units
from vanban import agencies

CHOSEN = ("leads", "answering", "collectors", "reporters")
_KINDS = {str(kind.value) for kind in Party.Kind} - {"group", "province"}
# bodies of the province: they answer for themselves
_ANSWERING = {"department", "board", "commune", "district"}


def choose_meaning(viewer: Viewer, reading: int, *, printed: str, party: int) -> None:
    """Say which party a printed name means (accepting the suggested one is choosing it).

    Raises Refused for a party that is not the tenant's or a name that is not in the reading.
    """
    with reviewing(viewer, reading) as (acting, row):
        _mean(acting, row, printed, _own_party(row, party))


def create_party(
    viewer: Viewer, reading: int, *, printed: str, kind: str, name: str, reports_through: int | None = None
) -> Party:
    """Put a body into the register that is not there yet, and say that a printed name means it.

    Raises Refused for an empty name, an unknown kind, or who reports for it not being the tenant's.
    """
    with reviewing(viewer, reading) as (acting, row):
        through = _own_party(row, reports_through) if reports_through else None
        party = adding.party(acting, tenant=row.tenant_id, kind=kind, name=name, reports_through=through)
        _mean(acting, row, printed, party)
    return party


def report_through_focal(viewer: Viewer, reading: int, *, party: int) -> Party:
    """Say that the focal agency reports in the place of a body of the paper for which nobody answers today.

    Raises Refused when somebody answers for it, or no focal agency is accepted yet.
    """
    review = queries.review(viewer, reading)
    nobody = {gap.party for gap in gaps(review)}
    with reviewing(viewer, reading) as (acting, row):
        body = _own_party(row, party)
        if body.pk not in nobody or not review.focal or body.pk == review.focal:
            raise Refused(_("Đơn vị này đã có người trả lời, hoặc chưa rõ cơ quan đầu mối."))
        acting.change(body, reports_through_id=review.focal)
        keep(acting, row, {}, {"party": body.name, "through": review.name_of(review.focal)})
    return body


def create_missing(viewer: Viewer, reading: int) -> int:
    """Put every printed name into the register that no party there is like; returns how many names have one now.

    A department, board or commune answers for itself, "các sở" for its members; whoever the province cannot oblige
    (central bodies, associations, enterprises, other generic bodies) reports through the focal agency until
    somebody chooses otherwise.
    """
    review = queries.review(viewer, reading)
    missing = [name for name in review.names if review.meant(name) is None]
    if not missing:
        raise Refused(_("Mọi tên cơ quan đều đã có đơn vị tương ứng."))
    focal_name = review.choices["focal"]["name"]
    with reviewing(viewer, reading) as (acting, row):
        focal = _own_party(row, review.focal) if review.focal else None
        # the focal agency first: others report through it
        for name in sorted(missing, key=lambda name: name != focal_name):
            party = _same_name(row, name) or _add_like(acting, row, name, focal)
            _mean(acting, row, name, party)
            focal = focal or (party if name == focal_name else None)
    return len(missing)


def _same_name(row: Reading, name: str) -> Party | None:
    return Party.objects.filter(tenant=row.tenant_id, search_key=search_key(name), valid_to=None).first()


def _add_like(acting: Acting, row: Reading, name: str, focal: Party | None) -> Party:
    kind = kind_of(name)
    members = {agencies.kind(name)} & _ANSWERING if kind == Party.Kind.GROUP else set()
    existing = Party.objects.filter(valid_on(today()), tenant=row.tenant_id, kind__in=members)
    # a group of bodies that are no more (districts) has nobody of its own to answer
    through = None if kind in _ANSWERING or existing.exists() else focal
    return adding.party(
        acting,
        tenant=row.tenant_id,
        kind=kind,
        name=name[:250],
        reports_through=through,
        member_kinds=members,
    )


def choose_party(viewer: Viewer, reading: int, *, kind: str, key: str, party: int | None) -> None:
    """Choose who leads a task, answers for a target, collects or gives the reports of a regime.

    Without a party the suggestion is accepted. Raises Refused where nothing is to be chosen.
    """
    with reviewing(viewer, reading) as (acting, row):
        if kind not in CHOSEN or key not in row.choices.get(kind, {}):
            raise Refused(_("Mục này không cần chọn đơn vị."))
        old = row.choices[kind][key]
        new = {**old, "accepted": True}
        if party is not None:
            new = {**choice(), "party": _own_party(row, party).pk, "accepted": True}
        _choose(acting, row, {kind: {**row.choices[kind], key: new}}, {key: old}, {key: new})


def choose_covered(viewer: Viewer, reading: int, *, key: str, row_key: str) -> None:
    """Say that an item of the body is a row of the appendix ("" : no, it is a task of its own)."""
    with reviewing(viewer, reading) as (acting, row):
        content = row.content or {}
        if key not in row.choices.get("covered", {}):
            raise Refused(_("Mục này không thuộc phần thân văn bản."))
        if row_key and row_key not in {task["key"] for task in content["tasks"]}:
            raise Refused(_("Không có nhiệm vụ này trong phụ lục."), {"row": _("Hãy chọn lại.")})
        old = row.choices["covered"][key]
        new = {**old, "row": row_key, "accepted": True}
        _choose(acting, row, {"covered": {**row.choices["covered"], key: new}}, {key: old}, {key: new})


def choose_frame(viewer: Viewer, reading: int, *, focal: int, programme: int | None, territory: int) -> None:
    """Choose the focal agency, the programme and the territory of the plan. Raises Refused for what is not known."""
    with reviewing(viewer, reading) as (acting, row):
        party = _own_party(row, focal)
        if programme is not None and not Programme.objects.filter(pk=programme).exists():
            raise Refused(_("Không có chương trình này."), {"programme": _("Hãy chọn lại.")})
        if not tenant_units(row.tenant_id).filter(pk=territory).exists():
            raise Refused(_("Địa bàn không thuộc tỉnh của mình."), {"territory": _("Hãy chọn lại.")})
        new = {
            "focal": {**choice(), "party": party.pk, "accepted": True},
            "programme": programme,
            "territory": territory,
        }
        _choose(acting, row, new, {name: row.choices.get(name) for name in new}, new)


def accept_suggestions(viewer: Viewer, reading: int, *, kinds: frozenset[str] | None = None) -> int:
    """Accept every open suggestion (of some kinds: meanings, focal, leads, answering, ...); returns how many."""
    with reviewing(viewer, reading) as (acting, row):
        review = review_of(row)
        names = _accept_meanings(review) if kinds is None or "meanings" in kinds else []
        new, changed = _accepted(row, kinds)
        if not names and not changed:
            raise Refused(_("Không còn gợi ý nào chờ chấp nhận."))
        row.choices = {**row.choices, **new}
        keep(acting, row, {}, {"accepted": changed, "meanings": names}, "choices")
    return len(names) + len(changed)


def _accepted(row: Reading, kinds: frozenset[str] | None) -> tuple[dict[str, Any], list[str]]:
    new: dict[str, Any] = {}
    changed = []
    if (kinds is None or "focal" in kinds) and not row.choices["focal"]["accepted"]:
        new["focal"] = {**row.choices["focal"], "accepted": True}
        changed.append("focal")
    for kind in (*CHOSEN, "covered"):
        if kinds is None or kind in kinds:
            entries = row.choices.get(kind, {})
            changed += [key for key, made in entries.items() if not made["accepted"]]
            new[kind] = {key: {**made, "accepted": True} for key, made in entries.items()}
    return new, changed


def _accept_meanings(review: Review) -> list[str]:
    used = [m for m in review.matches.values() if m.printed in review.names]
    open_ = [match for match in used if match.party_id and not match.is_settled]
    for match in open_:
        match.chosen = True
    Match.objects.bulk_update(open_, ["chosen"])
    return [match.printed for match in open_]


def kind_of(name: str) -> str:
    """The kind of party that a printed name suggests."""
    if agencies.is_generic(name):
        return Party.Kind.GROUP
    found = agencies.kind(name)
    return found if found in _KINDS else Party.Kind.OTHER


def _own_party(row: Reading, party: int) -> Party:
    found = Party.objects.filter(tenant=row.tenant_id, pk=party).first()
    if found is None:
        raise Refused(_("Đơn vị này không có trong danh mục của tỉnh."), {"party": _("Hãy chọn lại.")})
    return found


def _mean(acting: Acting, row: Reading, printed: str, party: Party) -> None:
    match = Match.objects.filter(reading=row, printed=printed).select_related("party").first()
    if match is None:
        raise Refused(_("Tên này không có trong bản rà soát."))
    acting.change(match, party_id=party.pk, chosen=True)
    keep(acting, row, {}, {"meant": printed, "party": party.name})


def _choose(
    acting: Acting, row: Reading, new: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    row.choices = {**row.choices, **new}
    keep(acting, row, before, after, "choices")
