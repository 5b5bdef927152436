"""A letter begins: the draft of its kind with its blocks, out of what is known now or was at a moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.issuing import queries
from luc.issuing.cells import kept
from luc.issuing.drafting import Producer, block_of
from luc.issuing.letters import round_letters, wording
from luc.issuing.letters.assignments import assigned, assignment_cells, assignments, fields
from luc.issuing.letters.heads import head_of
from luc.issuing.letters.late import standing_at
from luc.issuing.letters.round_letters import asking, asking_fields, reminder, reminder_fields
from luc.issuing.letters.settling import of_cycle, of_plan
from luc.issuing.models import Block, Draft
from luc.issuing.standing import Maker, fingerprint
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, start_of
from luc.plans import queries as plans
from luc.rounds.models import Cycle, Obligation

PRODUCER = "letter"


@written()
def start_asking(viewer: Viewer, cycle: int, *, unit: str = "") -> Draft:
    """Draft the letter that asks for the reports of a round. Raises Cycle.DoesNotExist, NotAllowed."""
    row = queries.to_draft(viewer).get(pk=cycle)
    rows = Obligation.objects.filter(cycle=row).exclude(state=Obligation.State.HANDED_ON)
    parties = [one.party for one in rows.select_related("party").order_by("party__kind", "party__sort_key")]
    draft = _draft(viewer, row.collector, Draft.Kind.ASKING, cycle=row)
    draft.head = head_of(
        row.collector, addressees=wording.addressed(_others(parties, row.collector)), unit=unit
    )
    return _begin(viewer, draft, of_cycle(row, draft.kind), asking_fields(draft), asking)


@written()
def start_reminder(
    viewer: Viewer,
    cycle: int,
    *,
    as_of: datetime | None = None,
    until: date | None = None,
    unit: str = "",
) -> Draft:
    """Draft the reminder to who had no report at a moment (None: now, found anew when the draft is refreshed).

    `until` is the day before which they are asked to report. Raises Cycle.DoesNotExist, NotAllowed, Refused: a
    moment to come or before the round, a day that is over, nobody was missing.
    """
    row = queries.to_draft(viewer).get(pk=cycle)
    moment = as_of or now()
    _must_be_of_round(row, moment)
    if until is not None and start_of(until) <= now():
        message = _("Ngày đề nghị gửi phải sau hôm nay.")
        raise Refused(message, {"until": message})
    found = standing_at(row, moment)
    parties = [one.party for one in found.owing]
    if not parties:
        raise Refused(_("Đến thời điểm này mọi đơn vị đã có báo cáo, không còn ai để đôn đốc."))
    draft = _draft(viewer, row.collector, Draft.Kind.REMINDER, cycle=row)
    draft.head = head_of(
        row.collector,
        addressees=wording.addressed(_others(parties, row.collector)),
        unit=unit,
        as_of=as_of.isoformat() if as_of else None,
        until=start_of(until).isoformat() if until else None,
    )
    return _begin(viewer, draft, of_cycle(row, draft.kind), reminder_fields(draft, found), reminder)


@written()
def start_assignments(viewer: Viewer, plan: int, party: int, *, unit: str = "") -> Draft:
    """Draft the letter to an agency with what a plan assigns to it.

    Raises Plan.DoesNotExist, Party.DoesNotExist, NotAllowed, Refused: the plan assigns nothing to it.
    """
    row = plans.plans(viewer).defer(None).defer("document", "header").get(pk=plan)
    about = Party.objects.get(pk=party, tenant=row.tenant_id)
    focal = Party.objects.select_related("tenant").get(pk=row.focal_id)
    viewer.require("issuing.draft", tenant=row.tenant_id, party=focal.pk)
    found = assigned(row, about)
    if not (found.parts or found.targets or found.duties):
        raise Refused(_("Kế hoạch này không giao việc cho đơn vị."))
    draft = _draft(viewer, focal, Draft.Kind.ASSIGNMENTS, plan=row, about=about)
    draft.head = head_of(focal, addressees=[about.name], unit=unit)
    return _begin(viewer, draft, of_plan(row, draft.kind), fields(draft, found), assignments)


def _others(parties: list[Party], issuer: Party) -> list[Party]:
    """Nobody writes to himself, though the list says that he owes a report too; unless he alone does."""
    return [party for party in parties if party.pk != issuer.pk] or parties


def _must_be_of_round(cycle: Cycle, moment: datetime) -> None:
    if moment > now():
        message = _("Thời điểm tính phải đã qua.")
    elif moment < cycle.opened_at:
        message = _("Lúc đó kỳ báo cáo chưa mở.")
    else:
        return
    raise Refused(message, {"as_of_day": message})


def _draft(viewer: Viewer, issuer: Party, kind: Draft.Kind, **about: Any) -> Draft:
    return Draft(
        tenant_id=issuer.tenant_id,
        kind=kind,
        party=issuer,
        accepted_only=False,
        made_at=now(),
        made_by_id=viewer.user,
        **about,
    )


def _begin(
    viewer: Viewer, draft: Draft, letter: wording.Letter, said: wording.Fields, make: Producer
) -> Draft:
    """The draft by the words of a letter, which it keeps: when they are settled anew, it goes on by its own."""
    plain = letter.as_plain()
    draft.title, draft.outline = letter.titled(said), plain["blocks"]
    cells, pieces = make(draft)
    draft.cells, draft.cells_of = kept(cells), fingerprint(draft)
    with action(viewer, "issuing.draft", tenant=draft.tenant_id, party=draft.party_id) as acting:
        draft.save(force_insert=True)
        blocks = [block_of(draft, PRODUCER, piece, n) for n, piece in enumerate(pieces, 1)]
        Block.objects.bulk_create(blocks)
        about = {"cycle": draft.cycle_id, "plan": draft.plan_id, "about": draft.about_id}
        acting.log(draft, None, {"kind": draft.kind, "blocks": len(blocks), **about})
    return draft


MAKERS: dict[str, Producer] = {
    Draft.Kind.ASKING.value: round_letters.asking,
    Draft.Kind.REMINDER.value: round_letters.reminder,
    Draft.Kind.ASSIGNMENTS.value: assignments,
}

CELLS: dict[str, Maker] = {
    Draft.Kind.ASKING.value: round_letters.asking_cells,
    Draft.Kind.REMINDER.value: round_letters.reminder_cells,
    Draft.Kind.ASSIGNMENTS.value: assignment_cells,
}
