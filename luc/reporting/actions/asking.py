"""What a running cycle asks is changed for those who have not begun."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.reporting import cut
from luc.reporting.asked import Row, Thing
from luc.reporting.cut import Sections
from luc.reporting.models import CycleForm, Evidence, Report
from luc.reporting.queries.asking import Reporter, reporters
from luc.reporting.queries.plans import plans_of
from luc.rounds.models import Cycle, Obligation
from luc.rounds.queries import cycles


def ask_otherwise(
    viewer: Viewer, cycle: int, *, sections: Sections, without: bool = False
) -> tuple[int, int]:
    """Change what kinds of parties answer, for those who have not begun; gives how many changed, how many have begun.

    `sections`: of the kinds that are given; others stay as they are. Raises NotAllowed; Refused in a closed cycle,
    when nothing changes, or when something would be asked of nobody any more (unless `without`); Conflict for a
    cycle that was opened before this could be chosen.
    """
    row = cycles(viewer).get(pk=cycle)
    with action(viewer, "reporting.open", tenant=row.tenant_id, party=row.collector_id) as acting:
        now = Cycle.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if now.closed_at is not None:
            raise Refused(_("Kỳ báo cáo đã khép lại."))
        form = CycleForm.objects.filter(cycle=row).first()
        if form is None:
            raise Conflict(_("Kỳ báo cáo này mở trước khi có thể chọn nội dung cho từng loại đơn vị."))
        changed = _changed(form, sections)
        found = reporters(row, plans_of([row]).get(row.pk, []))
        concerned = [one for one in found if one.audience in changed]
        untouched = _untouched(concerned)
        free = {one.report.pk: changed[one.audience] for one in concerned if one.report.pk in untouched}
        if not without:
            _must_be_asked(found, free)
        _ask([one.report for one in concerned if one.report.pk in free], free)
        acting.change(form, sections=form.sections | changed)
    return len(free), len(concerned) - len(free)


def _changed(form: CycleForm, sections: Sections) -> dict[str, list[str]]:
    changed = {
        kind: cut.ordered(chosen)
        for kind, chosen in sections.items()
        if kind in form.sections and cut.ordered(chosen) != form.sections[kind]
    }
    if not changed:
        raise Refused(_("Nội dung phải trả lời không thay đổi."))
    return changed


def _untouched(found: Iterable[Reporter]) -> set[int]:
    """The reports that nobody has begun: never saved, no file, never handed in."""
    never = [one.report for one in found if one.report.saved_at is None and not one.obligation.version]
    fresh = {report.pk for report in never if report.obligation.state == Obligation.State.OPEN}
    return fresh - set(Evidence.objects.filter(report__in=fresh).values_list("report", flat=True))


def _must_be_asked(found: Collection[Reporter], free: Mapping[int, Collection[str]]) -> None:
    """Raise Refused when a task led, a duty or a figure that is asked now would be asked of nobody."""
    before = {_what(row): row for one in found for row in one.asked()}
    after = {_what(row) for one in found for row in one.asked(free.get(one.report.pk))}
    lost = [row for what, row in before.items() if what not in after and not row.is_coordinated]
    if lost:
        message = _("Nếu đổi, %(count)d nội dung không còn hỏi đơn vị nào, như «%(first)s».")
        words = message % {"count": len(lost), "first": lost[0].text[:80]}
        raise Refused(words, {"de-lai": words})


def _what(row: Row) -> tuple[Thing, str]:
    return row.thing, row.asked_in


def _ask(reports: Collection[Report], sections: Mapping[int, Collection[str]]) -> None:
    """Set the sections; the version goes up, so that a page which is open cannot be saved over it."""
    for report in reports:
        report.sections = list(sections[report.pk])
        report.version += 1
    Report.objects.bulk_update(reports, ["sections", "version"], batch_size=200)
