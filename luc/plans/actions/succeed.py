"""A plan that ends becomes the draft of the next: looked through and adopted by the same door as a paper."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.plans import queries
from luc.plans.building import Built
from luc.plans.models import Duty, Match, Plan, PlanRelation, Reading, Target, Task
from luc.plans.models.reading import unrelated
from luc.plans.standing import standing
from luc.plans.succeeding import Chosen, all_keys, as_read, successor

YEARS = range(2000, 2101)


def succeed(
    viewer: Viewer,
    plan: int,
    *,
    start: int,
    end: int | None,
    keys: Collection[str],
    coordinated: Collection[str],
) -> Reading:
    """Make the draft of the next period from chosen items of a plan; it waits to be looked through and adopted.

    `coordinated`: the keys of the tasks that keep who works along. Raises NotAllowed, Refused for a period that does
    not lie behind that of the plan, or when nothing was chosen.
    """
    row = queries.plans(viewer).defer(None).get(pk=plan)
    viewer.require("plans.succeed", tenant=row.tenant_id)
    _check(row, start, end)
    old = standing(row, today())
    known = frozenset(keys) & frozenset(all_keys(old))
    if not known:
        raise Refused(_("Hãy chọn ít nhất một chỉ tiêu, nhiệm vụ, trách nhiệm hoặc chế độ báo cáo."))
    made = successor(old, Chosen(known, frozenset(coordinated), start, end), today())
    with action(viewer, "plans.succeed", tenant=row.tenant_id) as acting:
        reading = Reading(
            tenant_id=row.tenant_id,
            file=row.file,
            state=Reading.State.REVIEW,
            document=row.document,
            as_read=as_read(made.content),
            content=made.content,
            choices=made.choices,
            relation=unrelated() | {"succeeds": row.pk, "came": made.came},
        )
        reading.save(force_insert=True)
        Match.objects.bulk_create(
            Match(
                tenant_id=row.tenant_id,
                reading=reading,
                printed=name,
                party_id=party,
                chosen=name not in made.renamed,
                likeness=1,
            )
            for name, party in made.parties.items()
        )
        acting.log(reading, None, {"succeeds": row.pk, "start": start, "end": end, "items": len(known)})
    return reading


def _check(plan: Plan, start: int, end: int | None) -> None:
    fields = {}
    if start not in YEARS or (plan.period_end is not None and start <= plan.period_end):
        fields["start"] = _("Giai đoạn sau phải bắt đầu sau năm %(year)s.") % {
            "year": plan.period_end or "1999"
        }
    if end is not None and (end not in YEARS or end < start):
        fields["end"] = _("Năm cuối phải từ năm đầu trở đi.")
    if fields:
        raise Refused(" ".join(fields.values()), fields)


def keep_bounds(reading: Reading, built: Built) -> None:
    """The figures of a new plan keep the bounds of those that they come from, where the unit is the same."""
    came = {old: new for old, (new, *_more) in _became(reading, built).items() if isinstance(new, Target)}
    numbers = [old.partition("-")[2] for old in came]
    before = Target.objects.filter(pk__in=numbers).select_related("indicator") if came else []
    for row in before:
        new = came[row.key]
        if row.unit == new.unit:
            new.indicator.lowest, new.indicator.highest = row.indicator.lowest, row.indicator.highest


def _became(reading: Reading, built: Built) -> dict[str, list[Target | Task | Duty]]:
    """The rows of a new plan by row of the old one, of items that are still there."""
    found: dict[str, list[Target | Task | Duty]] = {}
    for key, rows in reading.relation.get("came", {}).items():
        new = built.made.get(key, [])
        # of a duty one row a body: each goes on in the one at its place, where they are as many
        found |= {row: [new[n]] if len(rows) == len(new) else new for n, row in enumerate(rows) if new}
    return found


def succeeds(reading: Reading, built: Built) -> PlanRelation | None:
    """The row that says which plan a new one succeeds, as a step of its adoption; None when it succeeds none."""
    old, plan = reading.relation.get("succeeds"), built.plan
    if not old:
        return None
    items = {
        row: [f"{row.partition('-')[0]}-{one.pk}" for one in new]
        for row, new in _became(reading, built).items()
    }
    return PlanRelation.objects.create(
        tenant_id=plan.tenant_id, plan=plan, to_id=old, kind=PlanRelation.Kind.SUCCEEDS, items=items
    )
