"""How a draft stands against what is known now: figures that moved, reports that count no more, figures by hand.

Nothing is stored of it: it is found out each time, in a fixed number of statements. What is added up for it is kept
with the draft together with the fingerprint of the reports it was added up from, and added up anew when that differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from luc.issuing.bare import bare
from luc.issuing.cells import Cells, Kept, cells, kept
from luc.issuing.content import Content, chips, rests, words
from luc.issuing.models import Block, Draft
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.plans.models import Target, Task
from luc.reporting.queries.consolidation import Consolidation, consolidate
from luc.rounds.models import Obligation, Submission, Verdict

NUMBER, GONE, REPORT, BARE = "number", "gone", "report", "bare"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not right with a block. number: shown and known differ; gone: its cell is no more;
    report: it rests on a report that counts no more; bare: a figure that nobody vouches for."""

    kind: str
    block: int
    shown: str = ""
    known: str = ""
    cell: str = ""
    why: str = ""

    @property
    def words(self) -> str:
        """In a sentence."""
        if self.kind == NUMBER:
            return _("Số %(shown)s nay là %(known)s.") % {"shown": self.shown, "known": self.known}
        if self.kind == GONE:
            return _("Số %(shown)s không còn trong số liệu tổng hợp.") % {"shown": self.shown}
        if self.kind == REPORT:
            return self.why
        return _("Số %(shown)s gõ tay, chưa gắn với số liệu hoặc nguồn.") % {"shown": self.shown}


Retold = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Now:
    """What is known now: cells as words and title by key; of the reports a draft rests on, those that count no more
    and why; the words that produced tables have now, by producer and place."""

    cells: Kept
    fallen: Mapping[int, str] = field(default_factory=dict)
    retold: Retold = field(default_factory=dict)


# the cells of a paper as known at a moment (None: now), and when it was said, once it is issued
Maker = Callable[[Draft, datetime | None, datetime | None], Cells]
_makers: dict[str, Maker] = {}


def makes(kind: str, maker: Maker) -> None:
    """Say how the cells of a kind of paper are found; the report's are those of its consolidation."""
    _makers[kind] = maker


Teller = Callable[[Draft], Retold]
_tellers: dict[str, Teller] = {}


def retells(kind: str, teller: Teller) -> None:
    """Say what the tables of a kind of paper say now that rests on no round: nothing else tells that they are old."""
    _tellers[kind] = teller


def retold(draft: Draft) -> Retold:
    """The words of its tables as they would be produced now; nothing for papers whose round tells it."""
    return _tellers[draft.kind](draft) if draft.kind in _tellers else {}


def told_now(draft: Draft) -> Consolidation:
    """The consolidation of a report as it is now, the same whoever asks. Its draft was found through the viewer."""
    return _told(draft, None)


def _told(draft: Draft, at: datetime | None) -> Consolidation:
    assert draft.cycle is not None  # a report has its round
    system, only = Viewer.for_system(draft.tenant_id), draft.accepted_only
    with written():
        return consolidate(system, draft.cycle, accepted_only=only, plan=draft.plan_id, at=at)


def cells_now(draft: Draft) -> Cells:
    """Every cell of a draft as it is now, with the rows it comes from."""
    return cells_at(draft)


def cells_at(draft: Draft, at: datetime | None = None, said: datetime | None = None) -> Cells:
    """Every cell of a draft as it was known at a moment (None: now), added up again from what counted then.

    said: when the paper was said, once it is issued. Nothing is known before its round was opened.
    """
    if at is not None and draft.cycle is not None and at < draft.cycle.opened_at:
        return {}
    if draft.kind == Draft.Kind.REPORT:
        return cells(_told(draft, at))
    maker = _makers.get(draft.kind)
    return maker(draft, at, said) if maker else {}


def now_of(draft: Draft, blocks: Iterable[Block | Mapping[str, Any]]) -> Now:
    """What is known now of what blocks show and rest on."""
    return Now(known(draft), fallen(draft, blocks), retold(draft))


def known(draft: Draft) -> Kept:
    """The cells of today: as the draft keeps them while nothing moved, else added up anew."""
    if draft.kind in _tellers:
        return kept(cells_now(draft))
    return draft.cells if draft.cells_of == fingerprint(draft) else kept(cells_now(draft))


def fingerprint(draft: Draft) -> str:
    """Of which reports, and which rows of the plan, the cells of a draft are added up. Three statements."""
    if draft.cycle_id is None:
        return ""
    reports = Obligation.objects.filter(cycle=draft.cycle_id).order_by("pk")
    targets = Target.objects.filter(plan=draft.plan_id).order_by("pk")
    tasks = Task.objects.filter(plan=draft.plan_id).order_by("pk")
    rows = [
        [*reports.values_list("pk", "party", "state", "version", "is_nil")],
        [*targets.values_list("pk", "unit", "text", "valid_from", "valid_to")],
        [*tasks.values_list("pk", "group", "valid_from", "valid_to")],
        draft.accepted_only,
    ]
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


def fallen(draft: Draft, blocks: Iterable[Block | Mapping[str, Any]]) -> dict[int, str]:
    """Of the reports that blocks rest on those that count no more, with why; one statement."""
    rested = {submission for block in blocks for submission, _row in rests(content_of(block))}
    if not rested:
        return {}
    states = [Obligation.State.ACCEPTED]
    states += [] if draft.accepted_only else [Obligation.State.SUBMITTED]
    counting = Submission.objects.filter(obligation__cycle=draft.cycle_id, obligation__state__in=states)
    good = set(counting.filter(version=F("obligation__version")).values_list("pk", flat=True))
    gone = Submission.objects.filter(pk__in=rested - good).select_related(
        "obligation__party", "verdict", "reopening"
    )
    return {row.pk: _why(row) for row in gone.defer("content")}


def _why(row: Submission) -> str:
    party, verdict = {"party": row.obligation.party.name}, getattr(row, "verdict", None)
    if row.version != row.obligation.version:
        return _("%(party)s đã gửi bản khác thay báo cáo này.") % party
    if getattr(row, "reopening", None):
        return _("Báo cáo của %(party)s đã được mở lại để sửa.") % party
    if verdict is not None and verdict.kind == Verdict.Kind.RETURNED:
        return _("Báo cáo của %(party)s đã bị trả lại.") % party
    if verdict is not None and verdict.kind == Verdict.Kind.TAKEN_BACK:
        return _("%(party)s đã rút báo cáo.") % party
    return _("Báo cáo của %(party)s không còn được tính.") % party


def content_of(block: Block | Mapping[str, Any]) -> Content:
    """What stands in a block, or in a block of a frozen version."""
    content: Content = block.content if isinstance(block, Block) else block["content"]
    return content


def findings(blocks: Iterable[Block | Mapping[str, Any]], now: Now) -> list[Finding]:
    """All that is not right, block by block in their order."""
    return [found for block in blocks for found in of_block(block, now)]


def of_block(block: Block | Mapping[str, Any], now: Now) -> list[Finding]:
    """All that is not right with a block; each thing once."""
    pk, content = block.pk if isinstance(block, Block) else block["id"], content_of(block)
    found = [_moved(pk, chip, now.cells) for chip in chips(content)]
    found += [
        Finding(REPORT, pk, why=now.fallen[one])
        for one in dict.fromkeys(submission for submission, _row in rests(content))
        if one in now.fallen
    ]
    if _is_old(block, now):
        found.append(Finding(REPORT, pk, why=_("Kế hoạch nay giao khác; hãy lấy lại số liệu.")))
    found += [Finding(BARE, pk, shown=span.text) for span in bare(content)]
    return list(dict.fromkeys(one for one in found if one))


def _is_old(block: Block | Mapping[str, Any], now: Now) -> bool:
    if not now.retold:
        return False
    place = (block.producer, block.place) if isinstance(block, Block) else (block["producer"], block["place"])
    return place in now.retold and now.retold[place] != words(content_of(block))


def _moved(block: int, chip: Mapping[str, str], known: Kept) -> Finding | None:
    key, shown = chip["cell"], chip["shown"]
    if key not in known:
        return Finding(GONE, block, shown, cell=key)
    words = known[key][0]
    return None if words == shown else Finding(NUMBER, block, shown, words, key)
