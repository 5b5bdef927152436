"""What people do with a file: bring it, match its columns, put it in, undo it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.agencies.queries import existing, viewer_of
from luc.industry.importing import queries
from luc.industry.importing.columns import BY_NAME, head_of
from luc.industry.importing.judging import MOST_ROWS
from luc.industry.importing.looking import look, summary, table_of
from luc.industry.importing.putting import Pace, portions, put_in
from luc.industry.importing.undoing import take_out
from luc.industry.models import Import, ImportedEntry
from luc.kernel import jobs
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.models import Job
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today
from luc.kernel.workbooks.foreign import tables
from luc.papers.actions import store, take_in

PUT_IN, TAKE_OUT = "industry.import", "industry.undo"
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


def bring(viewer: Viewer, *, keeper: int, name: str, data: bytes) -> Import:
    """Take a file in for an agency, with its columns matched as far as their headings say; nothing else is written.

    Raises Party.DoesNotExist, NotAllowed, Refused (no .xlsx or .csv, broken, locked, macros, too large, no table).
    """
    party = existing(viewer, today()).get(pk=keeper, pk__in=viewer.parties_for("industry.keep"))
    viewer.require("industry.keep", tenant=party.tenant_id, party=party.pk)
    found = [(table, *head_of(table)) for table in tables(name, data, most=MOST_ROWS)]
    table, head, matched = max(found, key=lambda one: sum(bool(each.target) for each in one[2]))
    if len(table.rows) <= head + 1:
        raise Refused(_("Tệp chỉ có dòng tiêu đề, chưa có dòng nào để nhập."))
    kept = take_in(tenant=party.tenant_id, name=name, data=data)
    with action(viewer, "industry.keep", tenant=party.tenant_id, party=party.pk) as acting:
        media = _TYPES.get(name.lower().rpartition(".")[2], "application/octet-stream")
        file = store(acting, kept, tenant=party.tenant_id, name=name, media_type=media)
        row = Import(tenant_id=party.tenant_id, keeper=party, file=file, sheet=table.name[:60], head=head + 1)
        row.columns, row.at, row.by_id = [each.target for each in matched], now(), viewer.user or 0
        return acting.create(row)


def match(viewer: Viewer, pk: int, *, sheet: str, head: int, columns: Sequence[str], numbers: str) -> Import:
    """Say which column says what and how the file writes numbers; then every row is judged for the preview.

    Another sheet or row of headings takes the columns as their headings say. Raises Import.DoesNotExist, NotAllowed,
    Refused (a target twice, no tax code).
    """
    row = queries.imports(viewer).get(pk=pk)
    viewer.require("industry.keep", tenant=row.tenant_id, party=row.keeper_id)
    _must_be(row, Import.State.MATCHING)
    moved = (sheet, head) != (row.sheet, row.head)
    row.sheet, row.head, row.numbers = sheet, head, numbers
    table = table_of(row)
    if not 0 < head < len(table.rows):
        raise Refused(_("Trang này không có dòng %(n)d.") % {"n": head}, {"head": _("Không có dòng này.")})
    row.columns = _headings(table.rows[head - 1]) if moved else _checked(columns)
    with written():  # what is kept is Vietnamese
        row.looked = None if moved else summary(viewer, row, look(viewer, row))
    with action(viewer, "industry.keep", tenant=row.tenant_id, party=row.keeper_id) as acting:
        _must_be(Import.objects.select_for_update().get(pk=pk), Import.State.MATCHING)
        row.save(update_fields=["sheet", "head", "numbers", "columns", "looked"])
        acting.log(row, None, {"sheet": sheet, "head": head, "columns": row.columns, "numbers": numbers})
    return row


def _headings(cells: Sequence[Any]) -> list[str]:
    from luc.industry.importing.columns import match as proposed

    return [each.target for each in proposed(cells)]


def _checked(columns: Sequence[str]) -> list[str]:
    said = [name for name in columns if name]
    twice = {name for name in said if said.count(name) > 1}
    if twice:
        titles = ", ".join(str(BY_NAME[name].title) for name in sorted(twice))
        raise Refused(_("Hai cột cùng được chọn là: %(titles)s. Hãy để trống một cột.") % {"titles": titles})
    if "tax_code" not in said:
        raise Refused(_("Hãy chỉ ra cột mã số thuế: nhờ nó mà biết doanh nghiệp nào."))
    return list(columns)


def _must_be(row: Import, state: str) -> None:
    if row.state != state:
        raise Refused(_("Tệp này %(state)s rồi.") % {"state": row.get_state_display()})


def confirm(viewer: Viewer, pk: int, *, only_good: bool) -> Job:
    """Put the rows in that were shown as good, in a job. `only_good`: although others are wrong.

    Raises Import.DoesNotExist, NotAllowed, Refused (not looked at, wrong rows that were not left out, none is good).
    """
    row = queries.imports(viewer).get(pk=pk)
    with action(viewer, "industry.keep", tenant=row.tenant_id, party=row.keeper_id) as acting:
        row = Import.objects.select_for_update().get(pk=pk)
        _must_be(row, Import.State.MATCHING)
        if not row.looked:
            raise Refused(_("Hãy xem trước rồi mới nhập."))
        if not row.looked["good"]:
            raise Refused(_("Không có dòng nào đúng để nhập."))
        if row.looked["wrong"] and not only_good:
            raise Refused(_("Còn dòng sai. Hãy chọn chỉ nhập các dòng đúng, hoặc sửa tệp rồi tải lại."))
        acting.change(row, state=Import.State.RUNNING)
        job = jobs.start(viewer, PUT_IN, f"Nhập tệp {row.file.name}", tenant=row.tenant_id, source=row.pk)
        acting.change(row, job_id=job.pk)
    return job


@jobs.job(PUT_IN)
def put_all_in(running: jobs.Running) -> dict[str, Any]:
    """Put a confirmed file in, portion by portion; a run that was lost goes on where it stopped."""
    viewer, row = _asked(running)
    found = look(viewer, row)
    done = 0
    for portion in portions(found.groups):
        running.progress(done, len(found.rows), _("Đang ghi"))
        put_in(viewer, row, portion)
        done += sum(len(group.rows) for group in portion)
    _ends(viewer, row, Import.State.DONE, summary(viewer, row, found)["wrong"])
    return {"address": reverse("industry:import", args=[row.pk])}


def _asked(running: jobs.Running) -> tuple[Viewer, Import]:
    """The one who asked, who must still hold the right, and the import."""
    asked_by = running.job.created_by_id
    assert asked_by is not None  # a person's right was needed
    viewer = viewer_of(asked_by)
    row = queries.imports(viewer).get(pk=running.arguments["source"])
    viewer.require("industry.keep", tenant=row.tenant_id, party=row.keeper_id)
    return viewer, row


def _ends(viewer: Viewer, row: Import, state: str, wrong: int = 0) -> None:
    entries = ImportedEntry.objects.filter(source=row)
    new, offers = Q(is_new=True), Q(is_offer=True)
    changed = Q(is_new=False) & ~Q(said={})
    counts = entries.aggregate(
        enterprises=Count("pk", filter=new & ~offers),
        offers=Count("pk", filter=new & offers),
        changed=Count("pk", filter=changed),
        undone=Count("pk", filter=Q(undone=True)),
        kept=Count("pk", filter=~Q(kept_because="")),
    )
    with action(viewer, "industry.keep", tenant=row.tenant_id, party=row.keeper_id) as acting:
        row = Import.objects.select_for_update().get(pk=row.pk)
        wrong = (row.result or {}).get("wrong", wrong)
        acting.change(row, state=state, ended_at=now(), result=counts | {"wrong": wrong})


def undo(viewer: Viewer, pk: int) -> Job:
    """Undo an import as a whole, in a job. Raises Import.DoesNotExist, NotAllowed, Refused (nothing was put in)."""
    row = queries.imports(viewer).get(pk=pk)
    with action(viewer, "industry.keep", tenant=row.tenant_id, party=row.keeper_id) as acting:
        row = Import.objects.select_for_update().get(pk=pk)
        if not queries.can_be_undone(row):
            raise Refused(_("Tệp này %(state)s, không có gì để bỏ.") % {"state": row.get_state_display()})
        acting.change(row, state=Import.State.UNDOING)
        job = jobs.start(
            viewer, TAKE_OUT, f"Bỏ lần nhập {row.file.name}", tenant=row.tenant_id, source=row.pk
        )
        acting.change(row, job_id=job.pk)
    return job


@jobs.job(TAKE_OUT)
def take_all_out(running: jobs.Running) -> dict[str, Any]:
    """Undo an import, portion by portion; a run that was lost goes on where it stopped."""
    viewer, row = _asked(running)
    total = ImportedEntry.objects.filter(source=row).count()
    done, pace = 0, Pace()
    for offers in (True, False):
        pace.starts()
        while some := take_out(viewer, row, offers=offers, most=pace.rows):
            pace.ends()
            done += some
            running.progress(min(done, total), total, _("Đang bỏ"))
            pace.starts()
    _ends(viewer, row, Import.State.UNDONE)
    return {"address": reverse("industry:import", args=[row.pk])}
