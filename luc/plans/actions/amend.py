"""What was accepted of a signed or an amending paper becomes the plan: one transaction, both papers stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from luc.figures.models import Indicator
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today
from luc.plans import queries, relating
from luc.plans.actions.adopt import NotReady
from luc.plans.actions.reviewing import keep, reviewing
from luc.plans.amending import Amending, carry_over, move_places, refuse
from luc.plans.models import (
    Amendment,
    AmendmentItem,
    Duty,
    Part,
    Plan,
    Reading,
    Regime,
    RegimeParty,
    Target,
    Task,
    TaskGroup,
)
from luc.plans.queries.comparison import Comparison, compared, hindrances


def apply(viewer: Viewer, reading: int) -> Amendment:
    """Carry what was accepted of a paper over to its plan; rows keep their identity, what falls away is ended.

    Raises NotReady while something is undecided or half known; Conflict when the reading or the plan changed
    meanwhile; Refused for a reading that is not set against a plan.
    """
    _must_be_related(viewer, reading)
    with written():  # what is kept of each item is Vietnamese
        found = compared(viewer, reading)
    viewer.require("plans.amend", tenant=found.plan.tenant_id)
    if hindering := hindrances(found):
        raise NotReady(hindering)
    amending = prepared(found)
    with reviewing(viewer, reading, "plans.amend") as (acting, row):
        plan = _locked(found)
        if row.version != found.review.reading.version:
            raise Conflict(_("Bản rà soát vừa được người khác sửa. Hãy xem lại rồi áp dụng."))
        made = _amendment(viewer, found, amending.on)
        if amending.is_replaced:
            made.replaced_file, made.replaced_document = plan.file, plan.document
            amending.set(amending.plan, file=row.file, document=row.document)
        write(acting, amending, made)
        row.state = Reading.State.ADOPTED
        keep(acting, row, {"state": Reading.State.REVIEW}, {"state": row.state}, "state")
    return made


def _must_be_related(viewer: Viewer, reading: int) -> None:
    """Raise Refused when nobody said to which plan a reading belongs, or it is applied already."""
    row = queries.readings(viewer).get(pk=reading)
    if row.state != Reading.State.REVIEW:
        raise Refused(_("Bản này %(state)s nên không sửa được nữa.") % {"state": row.get_state_display()})
    if not row.relation["accepted"] or not row.relation["plan"]:
        raise Refused(_("Chưa xác nhận văn bản này ký hoặc sửa kế hoạch nào."))


def prepared(found: Comparison) -> Amending:
    """The rows that would change, none of them written."""
    review = found.review
    signed = found.kind == relating.SIGNED
    amending = Amending(
        found.standing, _from(review.content["header"]["date"]), review.settled, review, signed
    )
    if signed:
        move_places(amending, found.all)
    for one in found.changes:
        if one.is_accepted:
            carry_over(amending, one)
        else:
            refuse(amending, one)
    return amending


def _from(printed: str) -> date:
    """From when on the plan says so: the date of the paper; of one without, today."""
    try:
        return date.fromisoformat(printed)
    except ValueError:
        return today()


def _locked(found: Comparison) -> Plan:
    plan = Plan.objects.select_for_update().get(pk=found.plan.pk)
    last = Amendment.objects.filter(plan=plan).order_by("-pk").values_list("pk", flat=True).first() or 0
    if last != found.last:
        raise Conflict(_("Kế hoạch vừa được sửa đổi. Hãy xem lại trang so sánh rồi áp dụng."))
    return plan


def _amendment(viewer: Viewer, found: Comparison, on: date) -> Amendment:
    header = found.review.content["header"]
    return Amendment(
        tenant_id=found.plan.tenant_id,
        plan=found.plan,
        kind=found.kind,
        reading=found.review.reading,
        number=header["number"],
        date=date.fromisoformat(header["date"]) if header["date"] else None,
        title=header["title"],
        valid_from=on,
        at=now(),
        by_id=viewer.user,
        by_name=viewer.name[:120],
    )


# parents before children
_NEW: tuple[tuple[str, type[Model]], ...] = (
    ("indicators", Indicator),
    ("targets", Target),
    ("groups", TaskGroup),
    ("tasks", Task),
    ("parts", Part),
    ("duties", Duty),
    ("regimes", Regime),
    ("bound", RegimeParty),
)


def write(acting: Acting, amending: Amending, made: Amendment) -> None:
    """All rows of an amendment: new ones, changed ones, what was decided of each item; with their history."""
    made.save(force_insert=True)
    counts = dict.fromkeys(("added", "changed", "dropped", "refused"), 0)
    for name, model in _NEW:
        fresh = [row for row in getattr(amending.built, name) if row.pk is None]
        model._default_manager.bulk_create(fresh)
    _update(acting, amending)
    for item, row in amending.rows:
        item.item_id = row.pk
    for item in amending.items:
        item.amendment = made
        counts[item.what if item.is_accepted else "refused"] += 1
    AmendmentItem.objects.bulk_create(amending.items)
    for item, row in amending.rows:
        if item.is_accepted and item.what == AmendmentItem.What.ADDED:
            acting.log(row, None, {"text": str(row), "amendment": made.pk})
    acting.log(made, None, {"plan": amending.plan.pk, "kind": made.kind, "reason": made.reason, **counts})


def _update(acting: Acting, amending: Amending) -> None:
    """The changed columns of each row; rows with the same columns go in one statement."""
    together: dict[tuple[type[Model], tuple[str, ...]], list[Any]] = {}
    for row, names in amending.changed.items():
        together.setdefault((type(row), tuple(sorted(names))), []).append(row)
    for (model, columns), rows in together.items():
        _save(model, columns, rows)
    for row, before in amending.before.items():
        told = [name for name in before if name not in _NOT_TOLD]
        if told:
            acting.log(
                row, {name: before[name] for name in told}, {name: getattr(row, name) for name in told}
            )


# where words stand, and whole papers, are no news by themselves; both papers are kept
_NOT_TOLD = {"places", "document", "header"}


def _save(model: type[Model], columns: Iterable[str], rows: list[Any]) -> None:
    names = [name.removesuffix("_id") for name in columns]
    if len(rows) == 1:
        rows[0].save(update_fields=names)
    else:
        model._default_manager.bulk_update(rows, names, batch_size=200)
