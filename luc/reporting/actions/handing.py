"""A report is handed in: frozen for ever, its values written to the ledger as reported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies import approvals
from luc.agencies.models import Party
from luc.figures import actions as ledger
from luc.figures import queries as figures
from luc.figures.models import Figure
from luc.figures.numbers import parse
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.reporting import years
from luc.reporting.asked import Row
from luc.reporting.content import Content, compose, told
from luc.reporting.doubts import proofs, questions
from luc.reporting.models import Report
from luc.reporting.queries.drafts import NO_OBSTACLES, Draft
from luc.reporting.queries.reports import draft, locked, report_of
from luc.reporting.upwards.lineage import with_lineage
from luc.rounds import actions as rounds
from luc.rounds import presenting
from luc.rounds.models import Cycle, Obligation, Submission
from luc.territory.models import Unit

SOURCE = "reporting.submission"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft that is complete, as it will be frozen."""

    report: Report
    whole: Draft
    content: Content

    @property
    def obligation(self) -> Obligation:
        return self.report.obligation


def submit(
    viewer: Viewer, report: int, *, version: int, explanations: Mapping[str, str] | None = None
) -> Submission:
    """Hand in a report as it was shown (`version`), with explanations of the values that are asked back, by row.

    Raises NotAllowed; Refused with the rows that are not answered or not explained, when a nil report says something,
    or when an approver has to confirm it first; Conflict when it was changed since, or handed in already.
    """
    found = prepare(viewer, report, explanations)
    obligation = found.obligation
    if not sends_straight(viewer, obligation):
        raise Refused(_("Báo cáo của đơn vị phải được duyệt trước khi gửi: hãy trình duyệt."))
    with action(
        viewer, "reporting.submit", tenant=obligation.tenant_id, party=obligation.answerer_id
    ) as acting:
        held = still_as_shown(found, version)
        content, is_nil = found.content, found.report.is_nil
        submission = rounds.freeze_held(acting, held, content=content, is_nil=is_nil)
        presenting.void(acting, obligation, "đã gửi thẳng bản mới hơn")
        record(acting, rows_by_key(found.whole), submission)
    return submission


def sends_straight(viewer: Viewer, obligation: Obligation) -> bool:
    """Whether a viewer sends without presenting: nobody has to confirm, or the viewer does."""
    party, tenant = obligation.answerer_id, obligation.tenant_id
    return approvals.sends_straight(viewer, "reporting.approve", tenant=tenant, party=party)


def prepare(viewer: Viewer, report: int, explanations: Mapping[str, str] | None) -> Prepared:
    """A draft as it will be frozen. Raises Refused when something is not answered, not explained or contradicts."""
    found = report_of(viewer, report)
    with written():
        whole = draft(found)
        asked_back = _asked_back(whole, explanations or {})
        content = with_lineage(compose(whole, asked_back), found)
    _must_be_complete(whole)
    _must_be_proved(whole)
    _must_be_explained(whole, asked_back)
    return Prepared(found, whole, content)


def still_as_shown(found: Prepared, version: int) -> Obligation:
    """Lock the draft; gives its obligation, held. Raises Conflict when it is not the one that was shown."""
    held = rounds.joined(found.obligation.pk, found.obligation.party)
    now = locked(found.report.pk)
    if not now.version == found.report.version == version:
        raise Conflict(_("Báo cáo vừa được sửa; hãy xem lại rồi gửi."))
    return held


def _asked_back(whole: Draft, explanations: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    asked = questions(whole)
    return {key: (words, explanations.get(key, "").strip()[:1000]) for key, words in asked.items()}


def _must_be_explained(whole: Draft, asked_back: Mapping[str, tuple[str, str]]) -> None:
    fields = {
        f"explain-{key}": whole.title_of(key)[:120]
        for key, (_words, explained) in asked_back.items()
        if not explained
    }
    if fields:
        raise Refused(
            _("Còn %(count)d nội dung cần xác nhận và giải trình.") % {"count": len(fields)}, fields
        )


def _must_be_proved(whole: Draft) -> None:
    fields = {key: whole.title_of(key)[:120] for key in proofs.missing(whole)}
    if fields:
        message = _("Còn %(count)d nội dung phải kèm tệp minh chứng: %(first)s.")
        words = message % {"count": len(fields), "first": "; ".join(list(fields.values())[:3])}
        raise Refused(words, fields)


def _must_be_complete(whole: Draft) -> None:
    if whole.report.is_nil and whole.has_words:
        raise Refused(
            _("Báo cáo được đánh dấu «không phát sinh» nhưng đã có nội dung. Hãy bỏ dấu hoặc xóa nội dung."),
            {"report-nil": _("Trái với nội dung đã nhập.")},
        )
    fields = {line.row.key: line.row.text[:120] for line in whole.open_lines}
    if whole.obstacles_contradict:
        contrary = _("Đã chọn «không có» nhưng vẫn ghi vướng mắc, kiến nghị: hãy bỏ một trong hai.")
        fields |= {NO_OBSTACLES: contrary} | {f"obstacle-{row['order']}": contrary for row in whole.obstacles}
    elif whole.obstacles_open:
        fields[NO_OBSTACLES] = _("Vướng mắc, kiến nghị chung: ghi nội dung, hoặc chọn «không có»")
    fields |= dict(whole.money_lacks)
    if fields:
        raise Refused(_("Còn %(count)d mục chưa trả lời.") % {"count": len(fields)}, fields)


def rows_by_key(whole: Draft) -> dict[str, Row]:
    """The figures that a draft is asked, by row; also those of further plans that are answered with them."""
    lines = whole.section("figure")
    return {row.key: row for line in lines for row in (line.row, *line.row.also)}


def record(acting: Acting, rows: Mapping[str, Row], submission: Submission) -> None:
    """Write the values of a frozen content; each corrects what this report said before in its slot."""
    obligation = submission.obligation
    cycle, party = obligation.cycle, obligation.party
    earlier = _earlier(submission)
    new, told_already = [], set()
    countries = _countries(party, rows.values())
    for said in told(submission.content, "figure"):
        row = rows[said["key"]]
        assert row.indicator is not None
        assert row.territory is not None
        territory = _territory(party, row.territory, countries)
        for value in _values(said, cycle):
            slot = (row.indicator, territory, *value.period)
            if slot in told_already:
                continue
            told_already.add(slot)
            new.append(
                ledger.NewFigure(
                    indicator=row.indicator,
                    territory=territory,
                    period_start=value.period[0],
                    period_until=value.period[1],
                    party=party.pk,
                    value=parse(value.text),
                    unit=row.unit,
                    kind=value.kind,
                    source_kind=SOURCE,
                    source_id=submission.pk,
                    note=said.get("result", ""),
                    corrects=earlier.pop(slot, None),
                )
            )
    ledger.record(acting, new)
    ledger.withdraw(acting, list(earlier.values()), reason="không còn trong bản báo cáo mới")


@dataclass(frozen=True, slots=True)
class _Value:
    """One number of a frozen figure: as it is printed, of which kind, of what period."""

    text: str
    kind: str
    period: years.Period


def _values(said: Mapping[str, Any], cycle: Cycle) -> Iterator[_Value]:
    """What a frozen figure tells: done by the cut-off, estimated for the year, final of an earlier period."""
    estimate = said.get("estimate")
    if said.get("value"):
        period = years.done(cycle) if estimate else (cycle.period_start, cycle.period_until)
        yield _Value(said["value"], said["kind"], period)
    if estimate:
        yield _Value(estimate, Figure.Kind.ESTIMATE, years.estimated(cycle))
    if said.get("final"):
        yield _Value(said["final"], Figure.Kind.ACTUAL, years.Earlier.of(said["earlier"]).period)


def withdraw(acting: Acting, submission: int, reason: str) -> None:
    """What a submission told of figures counts no more."""
    rows = [figure.pk for figure in figures.of_source(SOURCE, [submission])]
    ledger.withdraw(acting, rows, reason=reason)


def _countries(party: Party, rows: Iterable[Row]) -> set[int]:
    """Of the territories of rows that a province answers, those that are the whole country."""
    if party.kind != Party.Kind.PROVINCE:
        return set()
    named = {row.territory for row in rows if row.territory is not None}
    return set(Unit.objects.filter(pk__in=named, level=Unit.Level.COUNTRY).values_list("pk", flat=True))


def _territory(party: Party, plan_territory: int, countries: Collection[int]) -> int:
    """A commune answers for its own territory, so does a province to a ministry; others for that of the target."""
    local = party.kind == Party.Kind.COMMUNE or plan_territory in countries
    return party.unit_id if local and party.unit_id else plan_territory


def _earlier(submission: Submission) -> dict[tuple[int, int, date, date], int]:
    """The last figures of this obligation's earlier submissions, by indicator, territory and period."""
    if submission.version == 1:
        return {}
    before = Submission.objects.filter(obligation=submission.obligation_id).exclude(pk=submission.pk)
    rows: Iterable[Figure] = figures.of_source(SOURCE, list(before.values_list("pk", flat=True)))
    return {(row.indicator_id, row.territory_id, row.period_start, row.period_until): row.pk for row in rows}
