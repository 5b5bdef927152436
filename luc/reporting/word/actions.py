"""What people do with their own paper: bring it, take passages over into the draft, put it away."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from luc.figures.models import Figure
from luc.kernel import jobs
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.papers.actions import store, take_in
from luc.papers.forms import too_large
from luc.papers.kinds import must_be_known
from luc.plans.models import Progress
from luc.reporting.actions.writing import MAX_EVIDENCE, save_draft
from luc.reporting.models import Evidence, Report
from luc.reporting.queries.drafts import NO_OBSTACLES, Draft, Line
from luc.reporting.queries.reports import draft, reports
from luc.reporting.word.models import OwnPaper
from luc.reporting.word.queries import FIELDS, WORDS, Card, cards, next_orders, own_papers
from luc.reporting.word.reading import KIND
from vanban.reported import GENERAL

_READABLE = {"docx", "doc", "pdf", "xlsx", "jpeg", "png", "tiff"}


def upload(viewer: Viewer, report: int, *, name: str, data: bytes) -> OwnPaper:
    """Keep a paper and put its reading in the queue; its job says how far it is.

    Raises NotAllowed; Refused when the report is not open, or the file is empty, too large, or by its content neither
    Word, PDF, Excel nor a picture. What cannot be read fails in the job.
    """
    found = reports(viewer).get(pk=report)
    limit = min(MAX_EVIDENCE, settings.MAX_UPLOAD)
    if len(data) > limit:
        raise Refused(too_large(name, limit), {"file": too_large(name, limit)})
    _must_be_open(found)
    if data and must_be_known(name, data) not in _READABLE:
        message = _("Tệp «%(name)s» không phải là Word, PDF hay ảnh quét của báo cáo.") % {"name": name}
        raise Refused(message, {"file": message})
    party = found.obligation.answerer_id
    viewer.require("reporting.write", tenant=found.tenant_id, party=party)
    kept = take_in(tenant=found.tenant_id, name=name, data=data)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with action(viewer, "reporting.write", tenant=found.tenant_id, party=party) as acting:
        file = store(acting, kept, tenant=found.tenant_id, name=name, media_type=media_type)
        own = acting.create(OwnPaper(tenant_id=found.tenant_id, report=found, file=file))
        title = f"Đọc báo cáo: {file.name}"
        own.job = jobs.start(viewer, KIND, title, tenant=found.tenant_id, paper=own.pk)
        own.save(update_fields=["job"])
    own.refresh_from_db()
    return own


def _must_be_open(report: Report) -> None:
    if not report.obligation.is_writable:
        raise Refused(_("Báo cáo này không còn mở để sửa."))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage as a person settled it: the item it means, and the values by field; "nil" for nothing to report.

    `was_shown`: what stands in the draft was shown beside it, so that it may be replaced. Where a person picked the
    item, it was not: words are added to those that are there, a figure or state that is there is not touched.
    """

    item: str
    values: Mapping[str, str]
    was_shown: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: how many passages went into the draft, and what could not, in words."""

    count: int
    problems: list[str] = field(default_factory=list)


def take(viewer: Viewer, paper: int, *, version: int, chosen: Mapping[int, Chosen]) -> Taken:
    """Put chosen passages (by number) into the draft, and keep the file as evidence.

    Raises NotAllowed; Refused when the report is not open, a passage has no item or no value; Conflict when somebody
    saved the draft after `version` was shown. A value that cannot be read is named, and its passage stays open.
    """
    own = own_papers(viewer).select_related("report__obligation__cycle").get(pk=paper)
    whole = draft(reports(viewer).get(pk=own.report_id))
    rows: dict[str, dict[str, str]] = {}
    keys: dict[int, str] = {}
    free = next_orders(whole)
    for number, one in chosen.items():
        for key, typed in _rows(whole, one, free):
            rows.setdefault(key, {}).update(typed)
            keys.setdefault(number, key)
    saved = save_draft(viewer, own.report_id, version=version, rows=rows)
    wrong = {name.rpartition("-")[0] for name in saved.problems}
    done = [number for number, key in keys.items() if key not in wrong]
    if done:
        _mark(viewer, own, done)
    return Taken(len(done), list(saved.problems.values()))


def take_sure(viewer: Viewer, paper: int, *, version: int) -> Taken:
    """Put everything into the draft that is sure and stands where nothing was written yet. Raises as `take`."""
    own = own_papers(viewer).get(pk=paper)
    whole = draft(reports(viewer).get(pk=own.report_id))
    chosen = {card.number: _as_offered(card) for card in sure(cards(own, whole))}
    if not chosen:
        raise Refused(_("Không còn mục nào chắc chắn để ghi; hãy xem từng mục."))
    return take(viewer, paper, version=version, chosen=chosen)


def sure(found: Iterable[Card]) -> list[Card]:
    """The cards that may be taken over together."""
    return [card for card in found if card.is_sure and not card.is_done]


def _as_offered(card: Card) -> Chosen:
    values = {offer.name: offer.value for offer in card.offers}
    return Chosen(card.item, values or {"nil": "1"})


def _rows(whole: Draft, one: Chosen, free: Iterator[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """What a passage types into the rows of the form."""
    values = {name: value.strip() for name, value in one.values.items() if value.strip()}
    if not values:
        raise Refused(_("Mục này chưa có nội dung để ghi."))
    if one.item == GENERAL:
        yield from _general(values, free)
        return
    line = next((line for line in whole.lines if line.row.key == one.item), None)
    if line is None:
        raise Refused(_("Hãy chọn đoạn này thuộc mục nào của biểu."))
    fits = {name: values[name] for name in FIELDS[line.row.asked_in] if name in values}
    fits = fits if one.was_shown else _added(line, fits)
    rest: dict[str, str] = {
        name: values[name] for name in FIELDS[GENERAL] if name in values and name not in fits
    }
    if fits:
        yield one.item, _typed(line, fits)
    elif "nil" in values:
        yield one.item, {"nil": "1"}
    if rest:
        yield from _general(rest, free)


def _added(line: Line, fits: dict[str, str]) -> dict[str, str]:
    """Values beside those that a row has: words on a new line. Raises Refused for a second figure or state."""
    added: dict[str, str] = {}
    for name, value in fits.items():
        now = str(line.values.get(name) or "")
        if now and now != value and name not in WORDS:
            words = _(
                "Mục này trong biểu đã có «%(now)s». Hãy sửa ngay trong biểu nếu cần, hoặc xóa ô đó ở đây."
            )
            shown = str(Progress.State(now).label) if name == "state" else now
            raise Refused(words % {"now": shown})
        added[name] = f"{now}\n{value}" if now and value not in now.splitlines() else now or value
    return added


def _typed(line: Line, fits: dict[str, str]) -> dict[str, str]:
    """Values as the form of their row sends them."""
    typed = {"nil": ""} | fits
    if line.row.is_coordinated:
        typed["state"] = Progress.State.TOOK_PART.value
    if "estimate" in typed and not line.asks_estimate:
        typed["value"] = typed.get("value") or typed.pop("estimate")
        typed["kind"] = Figure.Kind.ESTIMATE.value
    return typed


def _general(values: Mapping[str, str], free: Iterator[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """An obstacle or proposal of the agency as a whole, in the next row that is free; or that there are none."""
    said = {name: values[name] for name in FIELDS[GENERAL] if name in values}
    if said:
        yield next(free), said
        yield NO_OBSTACLES, {"nil": ""}
    elif "nil" in values:
        yield NO_OBSTACLES, {"nil": "1"}


def _mark(viewer: Viewer, own: OwnPaper, done: list[int]) -> None:
    """Passages are done; the paper that they come from is among the report's evidence from now on."""
    party = own.report.obligation.answerer_id
    with action(viewer, "reporting.write", tenant=own.tenant_id, party=party) as acting:
        row = OwnPaper.objects.select_for_update().get(pk=own.pk)
        acting.change(row, taken=sorted({*row.taken, *done}))
        there = Evidence.objects.filter(report=own.report_id, file=own.file_id, removed_at=None)
        if not there.exists():
            acting.create(Evidence(tenant_id=own.tenant_id, report_id=own.report_id, file=own.file))
            Report.objects.filter(pk=own.report_id).update(version=F("version") + 1)


def put_aside(viewer: Viewer, paper: int, *, number: int) -> OwnPaper:
    """One passage needs nothing to be done: it is no longer asked. Raises NotAllowed, Refused."""
    own = own_papers(viewer).select_related("report__obligation__cycle").get(pk=paper)
    _must_be_open(own.report)
    if not 0 <= number < len(own.passages):
        raise Refused(_("Đoạn này không có trong bản đọc."))
    party = own.report.obligation.answerer_id
    with action(viewer, "reporting.write", tenant=own.tenant_id, party=party) as acting:
        row = OwnPaper.objects.select_for_update().get(pk=own.pk)
        return acting.change(row, taken=sorted({*row.taken, number}))


def drop(viewer: Viewer, paper: int) -> OwnPaper:
    """Put a paper away: what was taken from it stays in the draft. Raises NotAllowed, Refused."""
    own = own_papers(viewer).select_related("report__obligation__cycle").get(pk=paper)
    _must_be_open(own.report)
    party = own.report.obligation.answerer_id
    with action(viewer, "reporting.write", tenant=own.tenant_id, party=party) as acting:
        row = OwnPaper.objects.select_for_update().get(pk=own.pk)
        return acting.change(row, state=OwnPaper.State.DROPPED)
