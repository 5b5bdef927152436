"""What an officer does with the forms of all agencies: gives them out, takes the filled ones back in one act."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.agencies.issuing import short_name
from luc.agencies.queries import viewer_of
from luc.kernel import jobs
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.models import Job
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import VIETNAM, now
from luc.kernel.workbooks.reading import MAX_BYTES
from luc.papers.actions import store, take_in
from luc.papers.forms import too_large
from luc.papers.models import StoredFile
from luc.papers.queries import content
from luc.reporting import excel
from luc.reporting.many.bringing import Outcome, bring_file
from luc.reporting.models import Report
from luc.reporting.queries.reports import draft
from luc.rounds.models import Cycle, Obligation
from luc.rounds.queries import cycles

KIND, FORMS = "reporting.many", "reporting.forms"
MAX_FILES = 400
_ZIP = "application/zip"
_NOT_OURS = ("__MACOSX/", ".", "~$")  # what systems and Excel itself put into folders


def collected(viewer: Viewer, cycle: int) -> Cycle:
    """A cycle into whose drafts the viewer may enter. Raises Cycle.DoesNotExist for any other."""
    return cycles(viewer).get(pk=cycle, collector__in=viewer.parties_for("reporting.enter"))


def reports_of(cycle: Cycle) -> list[Report]:
    """The reports of a cycle, by party; those handed on to successors are left out."""
    rows = Report.objects.filter(obligation__cycle=cycle).exclude(
        obligation__state=Obligation.State.HANDED_ON
    )
    found = rows.select_related("obligation__party", "obligation__cycle__collector", "plan", "saved_by")
    return list(found.defer("plan__document").order_by("obligation__party__sort_key", "pk"))


def prepare_forms(viewer: Viewer, cycle: int) -> Job:
    """Ask for the forms of all who still write in one .zip; a job makes it. Raises NotAllowed."""
    row = collected(viewer, cycle)
    viewer.require("reporting.enter", tenant=row.tenant_id, party=row.collector_id)
    title = f"Lập biểu Excel: {row.title}"
    return jobs.start(viewer, FORMS, title, tenant=row.tenant_id, cycle=row.pk)


@jobs.job(FORMS)
def make_forms(running: jobs.Running) -> dict[str, Any]:
    """The forms as workbooks in one .zip, named by agency, kept. The one who asked must still hold the right."""
    asked_by = running.job.created_by_id
    assert asked_by is not None  # prepare_forms needs a person's right
    viewer = viewer_of(asked_by)
    row = collected(viewer, running.arguments["cycle"])
    count, data = _forms(running, row)
    name = f"bieu-ky-{row.pk}-{now().astimezone(VIETNAM):%Y%m%d-%H%M}.zip"
    kept = take_in(tenant=row.tenant_id, name=name, data=data)
    with action(viewer, "reporting.enter", tenant=row.tenant_id, party=row.collector_id) as acting:
        file = store(acting, kept, tenant=row.tenant_id, name=name, media_type=_ZIP)
    return {"address": reverse("reporting:many", args=[row.pk]), "file": file.pk, "count": count}


def _forms(running: jobs.Running, row: Cycle) -> tuple[int, bytes]:
    out, reports, count = io.BytesIO(), reports_of(row), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, report in enumerate(reports):
            title = short_name(report.obligation.party)
            running.progress(n, len(reports), title)
            whole = draft(report)
            if whole.is_writable:
                archive.writestr(f"{'-'.join(search_key(title).split())}-{report.pk}.xlsx", excel.form(whole))
                count += 1
    return count, out.getvalue()


def made_forms(viewer: Viewer, cycle: Cycle) -> Job | None:
    """The newest .zip of a cycle that this viewer asked for; None when there is none yet."""
    done = jobs.visible(viewer).filter(kind=FORMS, arguments__cycle=cycle.pk, state=Job.State.DONE)
    found: Job | None = done.order_by("-pk").first()
    return found


def bring(viewer: Viewer, cycle: int, *, files: Iterable[tuple[str, bytes]]) -> Job:
    """Keep filled forms (.xlsx, or .zip of them) and put their reading in the queue; its job says what became of each.

    Raises NotAllowed; Refused when there are none, too many, or too large ones.
    """
    row = collected(viewer, cycle)
    viewer.require("reporting.enter", tenant=row.tenant_id, party=row.collector_id)
    data = _packed([one for name, data in files for one in _unpacked(name, data)])
    kept = take_in(tenant=row.tenant_id, name="bieu.zip", data=data)
    with action(viewer, "reporting.enter", tenant=row.tenant_id, party=row.collector_id) as acting:
        file = store(acting, kept, tenant=row.tenant_id, name=f"bieu-ky-{row.pk}.zip", media_type=_ZIP)
        title = f"Nhận biểu Excel: {row.title}"
        return jobs.start(viewer, KIND, title, tenant=row.tenant_id, cycle=row.pk, file=file.pk)


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A workbook as it is; those in an archive one by one, never unpacked beyond what a workbook may have."""
    if not name.lower().endswith(".zip"):
        yield name, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [one for one in archive.infolist() if not one.is_dir() and _is_ours(one.filename)]
            if len(inside) > MAX_FILES:
                raise Refused(_too_many())
            for one in inside:
                with archive.open(one) as file:
                    yield one.filename.rpartition("/")[2], file.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        message = _("Tệp «%(name)s» bị hỏng hoặc có mật khẩu, không mở được.") % {"name": name}
        raise Refused(message, {"filled": message}) from error


def _is_ours(name: str) -> bool:
    return not name.startswith(_NOT_OURS) and not name.rpartition("/")[2].startswith(_NOT_OURS)


def _too_many() -> str:
    return _("Mỗi lần nhận không quá %(n)d tệp.") % {"n": MAX_FILES}


def _packed(files: list[tuple[str, bytes]]) -> bytes:
    """Filled forms as one archive to be kept. Raises Refused."""
    if not files:
        raise Refused(_("Không có tệp Excel nào."), {"filled": _("Không có tệp Excel nào.")})
    if len(files) > MAX_FILES:
        raise Refused(_too_many(), {"filled": _too_many()})
    if sum(len(data) for _name, data in files) > settings.MAX_UPLOAD:
        message = too_large(files[0][0], settings.MAX_UPLOAD)
        raise Refused(message, {"filled": message})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n, (name, data) in enumerate(files):
            archive.writestr(zipfile.ZipInfo(f"{n:04d}/{name}"), data)
    return out.getvalue()


@jobs.job(KIND)
def bring_all(running: jobs.Running) -> dict[str, Any]:
    """Bring every file, each in a transaction of its own. The one who asked must still hold the right."""
    asked_by = running.job.created_by_id
    assert asked_by is not None  # bring needs a person's right
    viewer = viewer_of(asked_by)
    cycle = collected(viewer, running.arguments["cycle"])
    file = StoredFile.objects.get(pk=running.arguments["file"])
    outcomes = list(_each(running, viewer, cycle, content(file)))
    address = reverse("reporting:many_result", args=[cycle.pk, running.job.pk])
    return {"address": address, "files": [one.as_json() for one in outcomes]}


def _each(running: jobs.Running, viewer: Viewer, cycle: Cycle, data: bytes) -> Iterator[Outcome]:
    by_token: Mapping[str, Report] = {excel.token(report.pk): report for report in reports_of(cycle)}
    taken: set[int] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        for n, name in enumerate(names):
            running.progress(n, len(names), name.partition("/")[2])
            yield bring_file(viewer, by_token, taken, name.partition("/")[2], archive.read(name))
