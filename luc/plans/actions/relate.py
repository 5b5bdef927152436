"""What a paper is to an adopted plan, and what is decided of each difference; the plan itself stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.plans import intake, queries, relating
from luc.plans.actions.reviewing import keep, reviewing
from luc.plans.comparing import Difference
from luc.plans.fields import BY_NAME, LISTS, empty_item
from luc.plans.models import Match, Plan, Reading
from luc.plans.queries.comparison import Comparison, compared
from luc.plans.queries.readings import paper_date
from luc.plans.reading_job import choices, matches
from luc.plans.standing import KIND_OF, standing
from vanban.document import Document

_FRAME = ("focal", "programme", "territory")


def relate(
    viewer: Viewer, reading: int, *, kind: str, plan: int | None = None, scope: str = relating.WHOLE
) -> None:
    """Say that a paper is the signed paper of a plan, amends one, or is a plan of its own ("").

    A paper that names its changes is read again against the plan. Raises Refused for a plan that is not the
    tenant's, or that is signed already.
    """
    row = queries.review(viewer, reading).reading
    against = row.against
    made = relating.relation(kind, plan, "", scope) | {"accepted": True}
    if kind == relating.NEW:
        made, against = relating.relation() | {"accepted": True}, None
    else:
        found = _plan(viewer, row, kind, plan)
        against, more = (
            _against(row, found) if (kind, scope) == (relating.AMENDS, relating.NAMED) else (None, {})
        )
        made |= more
    content = intake.content_of(against or row.as_read or {}) if against or row.against else None
    proposed = choices(row.tenant_id, content) if content else None
    names = matches(row, _unknown(row, content), paper_date(content)) if content else []
    with reviewing(viewer, reading) as (acting, locked):
        before = {"relation": {name: locked.relation[name] for name in ("kind", "plan", "scope")}}
        locked.relation, locked.against = made, against
        if content is not None and proposed is not None:
            frame = {name: locked.choices[name] for name in _FRAME}
            locked.content, locked.choices = content, proposed | frame
            Match.objects.bulk_create(names, ignore_conflicts=True)
        after = {"relation": {name: made[name] for name in ("kind", "plan", "scope")}}
        keep(acting, locked, before, after, "relation", "against", "content", "choices")


def _plan(viewer: Viewer, row: Reading, kind: str, plan: int | None) -> Plan:
    found = queries.plans(viewer).filter(pk=plan or 0, tenant=row.tenant_id).defer(None).first()
    if found is None or kind not in {relating.SIGNED, relating.AMENDS}:
        raise Refused(_("Hãy chọn kế hoạch."), {"plan": _("Không có kế hoạch này trong tỉnh.")})
    if kind == relating.SIGNED and found.number and found.date:
        message = _("Kế hoạch này đã có số và ngày, không còn là dự thảo: hãy chọn “sửa đổi, bổ sung”.")
        raise Refused(message, {"plan": message})
    return found


def _against(row: Reading, plan: Plan) -> tuple[dict[str, Any], dict[str, Any]]:
    """The paper read again, and what of it is kept in the relation."""
    named = relating.named(Document.from_json(row.document or {}), standing(plan, today()))
    read = {**(row.as_read or {}), **named.items, "body_tasks": []}
    return read, {"drops": named.drops, "unplaced": named.unplaced}


def _unknown(row: Reading, content: intake.Content | None) -> list[str]:
    known = set(Match.objects.filter(reading=row).values_list("printed", flat=True))
    return [name for name in intake.printed_names(content or {}) if name not in known]


def decide(viewer: Viewer, reading: int, *, keys: Collection[str], accept: bool | None) -> int:
    """Accept or refuse differences (None: leave them open again); returns how many.

    Raises Refused when none of them is there (any more): the paper was corrected meanwhile.
    """
    found = compared(viewer, reading)
    wanted = [one for one in found.changes if one.key in keys]
    if not wanted:
        raise Refused(_("Thay đổi này không còn: bản đọc vừa được sửa. Hãy xem lại trang so sánh."))
    with reviewing(viewer, reading) as (acting, row):
        _same_relation(found, row)
        decided = dict(row.relation.get("decided", {}))
        before = {one.key: one.is_accepted for one in wanted}
        for one in wanted:
            decided.pop(one.key, None)
            if accept is not None:
                decided[one.key] = {"accept": accept, "seal": one.seal}
        row.relation = {**row.relation, "decided": decided}
        keep(acting, row, {"decided": before}, {"decided": dict.fromkeys(before, accept)}, "relation")
    return len(wanted)


def pair(viewer: Viewer, reading: int, *, key: str, of: str) -> None:
    """Say which item of the plan an item of the paper changes ("": none, it is new). Raises Refused."""
    found = compared(viewer, reading)
    with reviewing(viewer, reading) as (acting, row):
        _same_relation(found, row)
        try:
            section, item = intake.find(row.content or {}, key)
        except KeyError:
            raise Refused(_("Mục này không còn trong bản rà soát.")) from None
        if of and (found.standing.item(of) is None or KIND_OF[_main(section.name)] != of.partition("-")[0]):
            raise Refused(_("Không có mục này trong kế hoạch."))
        before, item["of"] = item.get("of"), of
        keep(acting, row, {"key": key, "of": before}, {"key": key, "of": of}, "content")


def _main(section: str) -> str:
    return "tasks" if section == "body" else section


def place(viewer: Viewer, reading: int, *, sentence: str, of: str) -> str:
    """Deal with a sentence of the paper for which no item was found; returns the key of the item that it gives.

    `of`: the plan's item that it words anew ("task-12"), "drop:task-12" for one that falls away, "new:tasks" for
    a new item of a section, "" for nothing that is followed. Raises Refused for what is not there.
    """
    found = compared(viewer, reading)
    act, _colon, target = of.rpartition(":")
    with reviewing(viewer, reading) as (acting, row):
        _same_relation(found, row)
        listed = [dict(one) for one in row.relation.get("unplaced", ())]
        said = next((one for one in listed if one["key"] == sentence and not one.get("done")), None)
        if said is None:
            raise Refused(_("Câu này đã được xử lý."))
        said["done"] = True
        row.relation = {**row.relation, "unplaced": listed}
        key = _placed(found, row, said, act, target)
        keep(
            acting, row, {"sentence": said["text"]}, {"of": of, "key": key}, "relation", "content", "choices"
        )
    return key


def _placed(found: Comparison, row: Reading, said: Mapping[str, Any], act: str, target: str) -> str:
    if not target:
        return ""
    if act == "new" and target in {section.name for section in LISTS}:
        return _insert(row, target, {"text": said["text"], "quote": said["text"]}, said, None)
    item = found.standing.item(target)
    if item is None:
        raise Refused(_("Không có mục này trong kế hoạch."))
    if act == "drop":
        drops = [*row.relation.get("drops", ()), {"of": target, "places": said["places"]}]
        row.relation = {**row.relation, "drops": drops}
        return target
    return _insert(row, found.standing.section(target).name, {**item, "text": said["text"]}, said, target)


def _insert(
    row: Reading, section: str, values: Mapping[str, Any], said: Mapping[str, Any], of: str | None
) -> str:
    """A new item of the paper, with the sentence as its words."""
    kind, content = BY_NAME[section], row.content or {}
    blank = empty_item(kind)
    key = f"{kind.prefix}-them-{row.version + 1}"
    item = {**blank, **{name: values[name] for name in blank if name in values}}
    item |= {"key": key, "changed": row.version + 1, "places": said["places"]}
    item |= {"source": "appendix"} if section == "tasks" else {}
    content[section].append(item | ({"of": of} if of else {}))
    return key


def _same_relation(found: Comparison, row: Reading) -> None:
    seen = found.review.reading.relation
    if (row.relation["kind"], row.relation["plan"]) != (seen["kind"], seen["plan"]):
        raise Refused(_("Người khác vừa đổi kế hoạch được so sánh. Hãy mở lại trang."))


def what_is(found: Comparison, what: str) -> list[Difference]:
    """The differences of one kind that are still open: added, changed, dropped; "" for all."""
    return [one for one in found.open if not what or one.what == what]
