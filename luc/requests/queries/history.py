"""What was done with a request since it was sent, out of the one history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.models import Change
from luc.kernel.time import VIETNAM
from luc.requests.models import Question, Request


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, as the component `history` shows it."""

    when: datetime
    who: str
    what: str
    reason: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def history(row: Request) -> list[Entry]:
    """The acts on a sent request, newest first: three statements. `row` is one that the viewer may see."""
    questions = {str(one.pk): one for one in Question.objects.filter(request=row)}
    mine = Q(kind="requests.request", object_id=str(row.pk))
    mine |= Q(kind="rounds.cycle", object_id=str(row.cycle_id))
    mine |= Q(kind="requests.question", object_id__in=list(questions))
    lines = list(Change.objects.filter(mine, tenant=row.tenant_id).order_by("-pk")[:300])
    added = {pk for line in lines for pk in (line.after or {}).get("addressees", [])}
    names = dict(Party.objects.filter(pk__in=added).values_list("pk", "name"))
    return [entry for line in lines if (entry := _entry(line, names))]


def _entry(line: Change, names: Mapping[int, str]) -> Entry | None:
    told = _told(line.kind, line.before or {}, line.after or {}, names)
    if told is None:
        return None
    what, changes = told
    return Entry(line.at, line.actor_name, what, line.reason, changes)


def _told(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[int, str]
) -> tuple[str, list[tuple[str, str, str]]] | None:
    if kind == "requests.question":
        return _("Sửa câu hỏi"), [
            (label, before[name], after[name])
            for name, label in (("text", _("Câu hỏi")), ("help", _("Giải thích thêm")))
            if name in after
        ]
    if kind == "rounds.cycle" and "due_at" in before:
        return _("Đổi hạn"), [(_("Hạn"), _moment(before["due_at"]), _moment(after["due_at"]))]
    if kind == "rounds.cycle" and after.get("closed_at") and before:
        return _("Khép yêu cầu"), []
    if kind == "rounds.cycle" and before.get("closed_at"):
        return _("Mở lại yêu cầu"), []
    if kind == "requests.request" and after.get("sent_at"):
        return _("Gửi yêu cầu"), []
    if kind == "requests.request" and "addressees" in after:
        who = "; ".join(names.get(pk, "") for pk in after["addressees"])
        return _("Thêm đơn vị"), [(_("Đơn vị"), "", who)]
    return None


def _moment(kept: str) -> str:
    return f"{datetime.fromisoformat(kept).astimezone(VIETNAM):%H:%M %d/%m/%Y}"
