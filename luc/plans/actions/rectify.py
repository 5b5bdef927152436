"""A misreading that is found after adoption: the item says again what the paper says; the reason stays with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies import queries as agencies
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today
from luc.plans import queries
from luc.plans.actions.amend import write
from luc.plans.amending import Amending, carry_over
from luc.plans.comparing import Difference, difference_of
from luc.plans.intake import Item
from luc.plans.models import Amendment, AmendmentItem, Plan
from luc.plans.standing import Standing, standing


def rectify(
    viewer: Viewer, plan: int, *, key: str, values: Mapping[str, Any], reason: str, seen: int
) -> Amendment:
    """Correct an item of an adopted plan ("task-12", "header"). `seen`: its last amendment when it was shown.

    Raises Plan.DoesNotExist for a stranger's; Refused without a reason, without a change, or for a name that means
    nobody; Conflict when the item was changed meanwhile.
    """
    row = queries.plans(viewer).defer(None).get(pk=plan)
    viewer.require("plans.amend", tenant=row.tenant_id)
    as_it_is = standing(row, today())
    with written():  # what is kept of the item is Vietnamese
        one = _corrected(as_it_is, key, values, reason)
    amending = Amending(as_it_is, today(), _meaning(row, one))
    carry_over(amending, one)
    with action(viewer, "plans.amend", tenant=row.tenant_id, reason=reason.strip()) as acting:
        Plan.objects.select_for_update().get(pk=row.pk)
        if last_amendment(row, key) != seen:
            raise Conflict(_("Người khác vừa sửa mục này. Hãy xem lại, chưa có gì bị ghi đè."))
        made = _amendment(viewer, row, reason.strip())
        write(acting, amending, made)
    return made


def last_amendment(plan: Plan, key: str) -> int:
    """The last amendment that touched an item of a plan; 0 for none."""
    kind, _dash, number = key.partition("-")
    items = AmendmentItem.objects.filter(amendment__plan=plan, item_kind=kind, is_accepted=True)
    items = items.filter(item_id=int(number)) if number.isdecimal() else items
    return items.order_by("-amendment").values_list("amendment", flat=True).first() or 0


def _corrected(as_it_is: Standing, key: str, values: Mapping[str, Any], reason: str) -> Difference:
    old = as_it_is.item(key)
    if old is None:
        raise Conflict(_("Mục này không còn trong kế hoạch."))
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do đính chính."), {"reason": _("Chưa có nội dung.")})
    section = as_it_is.section(key)
    new: Item = {**old, **values}
    one = difference_of(section, old, new, _meaning_of(as_it_is.plan, _names(section.fields, new)))
    if not one.lines:
        raise Refused(_("Chưa có gì khác với nội dung hiện nay."))
    return one


def _names(fields: Iterable[Any], item: Item) -> list[str]:
    listed = [name for field in fields if field.kind == "names" for name in item[field.name]]
    return [*listed, *([item["consolidator"]] if item.get("consolidator") else [])]


def _meaning(plan: Plan, one: Difference) -> Any:
    return _meaning_of(plan, _names(one.section.fields, one.new or {}))


def _meaning_of(plan: Plan, names: list[str]) -> Any:
    """Who is meant by each name: the register has to know it, nothing is guessed here."""
    on = plan.date or today()
    found = agencies.match(plan.tenant_id, names, on) if names else {}
    sure = {name: next((one.party for one in found.get(name, ()) if one.sure), None) for name in names}
    return sure.get


def _amendment(viewer: Viewer, plan: Plan, reason: str) -> Amendment:
    return Amendment(
        tenant_id=plan.tenant_id,
        plan=plan,
        kind=Amendment.Kind.CORRECTION,
        number=plan.number,
        date=plan.date,
        reason=reason,
        valid_from=today(),
        at=now(),
        by_id=viewer.user,
        by_name=viewer.name[:120],
    )
