"""A draft is written: row by row, as far as it is well-formed; what is wrong is named and nothing else is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from luc.figures.models import Figure
from luc.figures.units import read
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM, now
from luc.papers.actions import store, take_in
from luc.papers.kinds import must_be_known
from luc.plans.models import Progress
from luc.reporting.asked import Row
from luc.reporting.cut import OF_ROWS
from luc.reporting.models import Answer, Evidence, Report
from luc.reporting.money import AMOUNTS, Source
from luc.reporting.queries.plans import plan_ids
from luc.reporting.queries.reports import (
    answers_of,
    draft,
    key_of,
    locked,
    money_unit,
    own_draft,
    reports,
    rows_of,
)
from luc.rounds.actions import joined, must_be_writable

Typed = Mapping[str, Mapping[str, str]]
LISTED = frozenset({Answer.Section.OBSTACLE, Answer.Section.MONEY})  # rows that are no rows of a plan
_LIMITS = {"addressee": 250, "title": 600}
MAX_EVIDENCE = 20 * 1024 * 1024
_STATES = {state.value for state in Progress.State} - {Progress.State.NIL, Progress.State.TOOK_PART}
NUMBERS = ("value", "estimate", "final", *AMOUNTS)
_TEXTS = ("result", "title", "obstacle", "proposal", "addressee")


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save: the draft's version now, and what could not be kept, by field of the form."""

    version: int
    problems: dict[str, str] = field(default_factory=dict)


def save_draft(
    viewer: Viewer,
    report: int,
    *,
    version: int,
    rows: Typed,
    is_nil: bool | None = None,
    rest_nil: bool | None = None,
) -> Saved:
    """Keep what was typed into rows ("part-12": {"state": ..., "result": ...}); rows not given stay as they are.

    `rest_nil`: whether all coordinated tasks that are not ticked as taken part in have nothing to report; None
    leaves them. A cell that cannot be read stays as it was and is named in `problems`; the others are kept. Raises
    NotAllowed, Refused when the report is not open for writing, Conflict when somebody saved after `version` was
    shown.
    """
    found = own_draft(viewer, report)
    by = ("reporting.write", found.obligation.answerer_id)
    return keep(viewer, found, by, version=version, rows=rows, is_nil=is_nil, rest_nil=rest_nil)


def keep(
    viewer: Viewer,
    found: Report,
    by: tuple[str, int],
    *,
    version: int,
    rows: Typed,
    is_nil: bool | None = None,
    rest_nil: bool | None = None,
    only_whole: bool = False,
) -> Saved:
    """Keep rows in a draft by an act of a party (`by`), as `save_draft` does; raises as it.

    `only_whole`: where a cell cannot be read nothing is kept.
    """
    asked = {row.key: row for row in rows_of(found)}
    before = {key_of(answer): answer for answer in answers_of(found)}
    if rest_nil is not None:
        rows = _with_rest(rows, asked.values(), before, nil=rest_nil)
    changes, problems = _read(found, asked, before, rows)
    nil = found.is_nil if is_nil is None else is_nil
    if (not changes and nil == found.is_nil) or (problems and only_whole):
        return Saved(found.version, problems)
    act, party = by
    with action(viewer, act, tenant=found.tenant_id, party=party) as acting:
        row = _open(found, version)
        acting.log(row, *_difference(before, changes))
        _write([change for change in changes if change.pk], [change for change in changes if not change.pk])
        acting.change(row, is_nil=nil)
        # version and saved_at are the guard of the draft itself; what was said is in the line above
        row.version, row.saved_at, row.saved_by_id = row.version + 1, now(), viewer.user
        row.save(update_fields=["version", "saved_at", "saved_by"])
    return Saved(row.version, problems)


def _with_rest(rows: Typed, asked: Iterable[Row], before: Mapping[str, Answer], *, nil: bool) -> Typed:
    """The same with each coordinated task: ticked it is not nil, not ticked it is or is still open."""
    out: dict[str, Mapping[str, str]] = dict(rows)
    for row in asked:
        if row.is_coordinated:
            kept = before.get(row.key)
            took = rows.get(row.key, {}).get("state", kept.state if kept else "")
            out[row.key] = {**rows.get(row.key, {}), "nil": "1" if nil and not took else ""}
    return out


def _open(found: Report, version: int) -> Report:
    """The draft, locked after its cycle and obligation. Raises Refused or Conflict when it is not to be written."""
    row = joined(found.obligation_id, found.obligation.party)
    must_be_writable(row, row.cycle)
    report = locked(found.pk)
    report.obligation = row
    if report.version != version:
        at = report.saved_at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y") if report.saved_at else ""
        raise Conflict(
            _("%(who)s đã lưu báo cáo này lúc %(at)s, sau khi bạn mở trang. Chưa có gì bị ghi đè.")
            % {"who": report.saved_by or _("Người khác"), "at": at}
        )
    return report


def _read(
    report: Report, asked: Mapping[str, Row], before: Mapping[str, Answer], rows: Typed
) -> tuple[list[Answer], dict[str, str]]:
    """The answers that differ from what is kept, and the fields that could not be read."""
    changes: list[Answer] = []
    problems: dict[str, str] = {}
    unit = money_unit(report.obligation.cycle)
    for key, typed in rows.items():
        answer = before.get(key) or _new_answer(report, asked, key)
        if answer is None:
            continue
        row = asked.get(key)
        values, wrong = _values(typed, row, row.unit if row else unit)
        if _section_of(key) == Answer.Section.MONEY and "plan" in typed:
            values["plan_id"] = next(
                (pk for pk in plan_ids(report.obligation.cycle) if str(pk) == typed["plan"]), None
            )
        problems |= {f"{key}-{name}": message for name, message in wrong.items()}
        kept = before.get(key)
        if any(getattr(answer, name) != value for name, value in values.items()):
            changed = answer if kept is None else _copy(kept)
            for name, value in values.items():
                setattr(changed, name, value)
            changes.append(changed)
    return changes, problems


def _section_of(key: str) -> str:
    """The section of a row, out of its key."""
    return key.partition("-")[0]


def _copy(answer: Answer) -> Answer:
    values = {f.attname: getattr(answer, f.attname) for f in Answer._meta.concrete_fields}
    return Answer(**values)


def _new_answer(report: Report, asked: Mapping[str, Row], key: str) -> Answer | None:
    """A first answer to a row; None for a row that this report is not asked."""
    section, _dash, number = key.partition("-")
    answer = Answer(tenant_id=report.tenant_id, report=report, section=section)
    if section in LISTED and number.isdecimal() and int(number) < 100:
        answer.order = int(number)
        return answer
    if key not in asked:
        return None
    column = {"part": "part_id", "duty": "duty_id", "figure": "target_id"}[section]
    setattr(answer, column, asked[key].id)
    return answer


def _values(typed: Mapping[str, str], row: Row | None, unit: str) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed as values of the answer; what is not typed stays."""
    values: dict[str, Any] = {name: _text(typed[name]) for name in _TEXTS if name in typed}
    wrong: dict[str, str] = {}
    values |= {name: values[name][:limit] for name, limit in _LIMITS.items() if name in values}
    if typed.get("source") in {"", *Source.values}:
        values["source"] = typed["source"]
    if "nil" in typed:
        values["is_nil"] = typed["nil"] == "1"
    if typed.get("state") == "" or typed.get("state") in _STATES | {Progress.State.TOOK_PART}:
        values["state"] = _state(typed["state"], row)
    if typed.get("kind") in Figure.Kind.values:
        values["kind"] = typed["kind"]
    for name in NUMBERS:
        if name in typed:
            try:
                values[name] = _number(typed[name], unit)
            except Refused as refused:
                wrong[name] = refused.message
    return values, wrong


def _state(typed: str, row: Row | None) -> str:
    """Who works along took part or not; how far a task is is said by its lead alone."""
    if row is not None and row.is_coordinated:
        return str(Progress.State.TOOK_PART) if typed else ""
    return typed if typed in _STATES else ""


def _text(typed: str) -> str:
    """As typed, but spaces that do not break (out of Word, out of web pages) are spaces."""
    return typed.replace("\r\n", "\n").replace("\u00a0", " ").replace("\u202f", " ").strip()


def _number(typed: str, unit: str) -> Decimal | None:
    return read(typed, unit) if typed.strip() else None


_LOGGED = (
    "is_nil",
    "state",
    "result",
    "title",
    "source",
    "plan_id",
    *NUMBERS,
    "kind",
    "obstacle",
    "proposal",
    "addressee",
)


def _difference(before: Mapping[str, Answer], changes: list[Answer]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after of the cells that changed, by row."""
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for answer in changes:
        key = key_of(answer)
        kept = before.get(key) or Answer()
        names = [name for name in _LOGGED if getattr(kept, name) != getattr(answer, name)]
        old[key] = {name: getattr(kept, name) for name in names}
        new[key] = {name: getattr(answer, name) for name in names}
    return old, new


def _write(changed: list[Answer], new: list[Answer]) -> None:
    Answer.objects.bulk_create(new)
    Answer.objects.bulk_update(changed, list(_LOGGED), batch_size=50)


def say_nil(viewer: Viewer, report: int, *, version: int) -> Saved:
    """Say that there is nothing to report at all. Raises as `save_draft`; Refused when there are words already."""
    if draft(reports(viewer).get(pk=report)).has_words:
        message = _("Báo cáo đã có nội dung; hãy mở báo cáo, xóa nội dung hoặc gửi như đã ghi.")
        raise Refused(message, {"report-nil": message})
    return save_draft(viewer, report, version=version, rows={}, is_nil=True)


def nil_section(viewer: Viewer, report: int, *, version: int, section: str) -> Saved:
    """Mark the rows of a section (cut.Section) that say nothing yet as nil. Raises as `save_draft`."""
    lines = draft(reports(viewer).get(pk=report)).section(section)
    empty = {line.row.key: {"nil": "1"} for line in lines if not line.is_nil and not line.has_words}
    return save_draft(viewer, report, version=version, rows=empty)


def add_evidence(
    viewer: Viewer, report: int, *, name: str, data: bytes, media_type: str, row: str = ""
) -> Evidence:
    """Add a file that proves the report, or one of its rows or sections (`row`: its key, its name).

    Raises NotAllowed; Refused when it is empty, too large, by its content no picture, PDF, Word or Excel, or when
    the report is not open.
    """
    found = reports(viewer).get(pk=report)
    limit = min(MAX_EVIDENCE, settings.MAX_UPLOAD)
    if len(data) > limit:
        message = _("Tệp «%(name)s» lớn hơn %(limit)s MB.") % {"name": name, "limit": limit // 1024 // 1024}
        raise Refused(message, {"file": message})
    must_be_known(name, data)
    obligation = found.obligation
    viewer.require("reporting.write", tenant=found.tenant_id, party=obligation.answerer_id)
    proved = row if row in {one.key for one in rows_of(found)} | set(OF_ROWS) else ""
    kept = take_in(tenant=found.tenant_id, name=name, data=data)
    with action(viewer, "reporting.write", tenant=found.tenant_id, party=obligation.answerer_id) as acting:
        _move_on(found)
        file = store(acting, kept, tenant=found.tenant_id, name=name, media_type=media_type)
        there = Evidence.objects.filter(report=found, file=file, row=proved, removed_at=None).first()
        return there or acting.create(
            Evidence(tenant_id=found.tenant_id, report=found, file=file, row=proved)
        )


def _move_on(report: Report) -> None:
    """Lock a draft that is open, and let its version go on: whoever looks at an older one is told before sending."""
    obligation = joined(report.obligation_id)
    must_be_writable(obligation, obligation.cycle)
    Report.objects.filter(pk=report.pk).update(version=F("version") + 1)


def remove_evidence(viewer: Viewer, evidence: int) -> Evidence:
    """Take a file out of a draft; what was handed in with it keeps it. Raises NotAllowed, Refused."""
    row = Evidence.objects.select_related("report__obligation__cycle").get(
        pk=evidence, report__in=reports(viewer), removed_at=None
    )
    obligation = row.report.obligation
    with action(viewer, "reporting.write", tenant=row.tenant_id, party=obligation.answerer_id) as acting:
        _move_on(row.report)
        return acting.change(row, removed_at=now())
