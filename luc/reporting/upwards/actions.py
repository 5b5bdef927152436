"""Pairing the items of two plans, and taking a round's accepted consolidation into the report upwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today
from luc.plans.models import Plan, PlanRelation
from luc.reporting.actions.writing import Saved, save_draft
from luc.reporting.asked import Thing, rows_on
from luc.reporting.models import Report
from luc.reporting.money import NO_MONEY
from luc.reporting.queries.drafts import NO_OBSTACLES, Draft
from luc.reporting.queries.plans import plans_of
from luc.reporting.queries.reports import draft, reports, rows_of
from luc.reporting.upwards import pairing
from luc.reporting.upwards.listed import listed
from luc.reporting.upwards.models import Origin, Pairing
from luc.reporting.upwards.queries import CELLS, Below, Offer, below, offers, origin_of, own_cycles

Pairs = Mapping[Thing, Collection[Thing]]


def pair(viewer: Viewer, report: int, *, plan: int, pairs: Pairs) -> int:
    """Keep which items of an own plan answer the items that a report is asked; returns how many pairs hold.

    What was confirmed with this plan and is not given any more ends; pairs with other plans stay. Raises NotAllowed,
    Plan.DoesNotExist for a plan that is not the province's or not the viewer's to see, Refused for items that are
    not of the two plans.
    """
    row = reports(viewer).get(pk=report)
    own = pairing.own_plans(viewer, row).get(pk=plan)
    below_items = pairing.items(rows_on([own], today()))
    above = pairing.items(rows_of(row))
    wanted = {(item, other) for item, others in pairs.items() for other in others}
    if any(item not in above or other not in below_items for item, other in wanted):
        raise Refused(_("Có mục không còn trong kế hoạch. Hãy tải lại trang rồi ghép lại."))
    obligation = row.obligation
    with action(viewer, "reporting.write", tenant=row.tenant_id, party=obligation.answerer_id) as acting:
        Party.objects.select_for_update().get(pk=obligation.party_id)  # two who pair come one after the other
        there = {
            ((line.kind, line.item), (line.own_kind, line.own_item)): line
            for line in pairing.held(obligation.party_id, list(below_items)).select_for_update()
            if (line.kind, line.item) in above
        }
        ended = [line.pk for key, line in there.items() if key not in wanted]
        Pairing.objects.filter(pk__in=ended).update(ended_at=now())
        new = [_pairing(row, acting.viewer.user, *key) for key in sorted(wanted - there.keys())]
        Pairing.objects.bulk_create(new)
        _relate(row, own)
        after = {"plan": own.pk, "pairs": [f"{k}-{n}={ok}-{on}" for (k, n), (ok, on) in sorted(wanted)]}
        acting.log(row, {"pairs": [str(key) for key in sorted(there)]}, after)
    return len(wanted)


def _pairing(report: Report, by: int | None, above: Thing, own: Thing) -> Pairing:
    return Pairing(
        tenant_id=report.tenant_id,
        party_id=report.obligation.party_id,
        kind=above[0],
        item=above[1],
        own_kind=own[0],
        own_item=own[1],
        at=now(),
        by_id=by,
    )


def _relate(report: Report, own: Plan) -> None:
    """The own plan carries out the plans above."""
    cycle = report.obligation.cycle
    for above in plans_of([cycle]).get(cycle.pk, [report.plan]):
        PlanRelation.objects.get_or_create(
            plan=own,
            to=above,
            kind=PlanRelation.Kind.CARRIES_OUT,
            defaults={"tenant_id": report.tenant_id},
        )


def take(viewer: Viewer, report: int, *, version: int, cycle: int, keys: Collection[str]) -> Saved:
    """Take what was accepted in a round of the province into rows of its report, each with where it comes from.

    Raises NotAllowed, Cycle.DoesNotExist for a round that the viewer may not read, Refused when nothing can be taken
    or the report is not open, Conflict when somebody saved after `version` was shown.
    """
    row = reports(viewer).get(pk=report)
    own = own_cycles(viewer, row).get(pk=cycle)
    with written():
        found = below(viewer, own)
        whole = draft(row)
        chosen = [
            one
            for one in (*offers(whole, found), *listed(whole, found))
            if one.name in keys and one.can_be_taken
        ]
    if not chosen:
        raise Refused(_("Chưa chọn mục nào có số liệu đã được chấp nhận."))
    typed = _beside(whole, {one.row.section for one in chosen}) | {one.row.key: _typed(one) for one in chosen}
    with transaction.atomic():
        saved = save_draft(viewer, row.pk, version=version, rows=typed)
        _keep_origins(viewer, row, found, chosen)
    return saved


def _typed(offer: Offer) -> dict[str, str]:
    """Every cell of the row: what is not said is emptied, so that nothing older stands beside it."""
    nil = () if offer.token else ("nil",)
    typed = {name: str(offer.said.get(name, "")) for name in (*nil, *CELLS[offer.row.section])}
    return {name: value for name, value in typed.items() if value or name != "kind"}


def _beside(whole: Draft, sections: Collection[str]) -> dict[str, dict[str, str]]:
    """What changes with it: "there is none" is said no more, money carried forward is kept with what is new."""
    typed: dict[str, dict[str, str]] = {}
    if "money" in sections:
        typed |= {NO_MONEY: {"nil": ""}} if whole.no_money else {}
        carried = (line for line in whole.money if line.is_carried)
        typed |= {
            line.key: {name: str(line.values.get(name) or "") for name in CELLS["money"]} for line in carried
        }
    if "obstacle" in sections and whole.no_obstacles:
        typed[NO_OBSTACLES] = {"nil": ""}
    return typed


def _keep_origins(viewer: Viewer, report: Report, found: Below, chosen: Collection[Offer]) -> None:
    obligation = report.obligation
    with action(viewer, "reporting.write", tenant=report.tenant_id, party=obligation.answerer_id) as acting:
        for one in chosen:
            Origin.objects.update_or_create(
                report=report,
                key=one.row.key,
                defaults={
                    "tenant_id": report.tenant_id,
                    "content": origin_of(found, one),
                    "at": now(),
                    "by_id": viewer.user,
                },
            )
        after = {"cycle": found.cycle.pk, "heard": found.heard, "bound": found.bound}
        acting.log(report, None, after | {"taken": {one.row.key: one.rows for one in chosen}})
