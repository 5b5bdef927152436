"""The forms of all agencies given out as one .zip and taken back in one act: each file whole, or nothing of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luc.kernel.errors import Refused
from luc.kernel.models import Change, Job
from luc.kernel.writing import writing
from luc.papers.models import StoredFile
from luc.papers.queries import opened
from luc.plans.models import Duty, Part, Target
from luc.reporting.many import actions
from luc.reporting.models import Answer, Report
from luc.rounds.models import Cycle
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.filled import DUTY, Fault, faults, filled
from tests.reporting.life import draft_of, hand_in, open_cycle, report_of, write
from tests.workbook import cells_of

SignIn = Callable[..., Client]
FAULTS = list(faults())


@pytest.fixture
def cycle(here: Side) -> Cycle:
    """A cycle in which every commune leads a task, has a duty and a figure."""
    plan = make_plan(here)
    communes = here.parties["communes"]
    with writing():
        Part.objects.filter(task__plan=plan, task__order=1, role="lead").update(party=communes)
        Duty.objects.filter(plan=plan, order=1).update(party=communes)
        Target.objects.filter(plan=plan, order=1).update(answering=communes)
    return open_cycle(here, plan)


def forms(here: Side, cycle: Cycle) -> dict[int, bytes]:
    """The workbooks of the .zip, by report."""
    job = Job.objects.get(pk=actions.prepare_forms(here.viewer("officer"), cycle.pk).pk)
    assert job.result, job.error
    archive = zipfile.ZipFile(opened(StoredFile.objects.get(pk=job.result["file"])))
    assert len(archive.namelist()) == job.result["count"]
    return {int(name.rpartition("-")[2][:-5]): archive.read(name) for name in archive.namelist()}


def bring(here: Side, cycle: Cycle, *files: tuple[str, bytes]) -> list[dict[str, Any]]:
    job = actions.bring(here.viewer("officer"), cycle.pk, files=files)
    done = Job.objects.get(pk=job.pk)
    assert done.result, done.error
    found: list[dict[str, Any]] = done.result["files"]
    return found


def commune(here: Side, n: int = 1) -> Report:
    return report_of(here, f"commune_{n}")


def test_everybody_who_writes_gets_a_form_and_what_comes_back_stands_in_the_drafts(
    here: Side, cycle: Cycle
) -> None:
    given = forms(here, cycle)
    assert commune(here).pk in given
    (one, other) = bring(here, cycle, *((f"{n}.xlsx", filled(given[commune(here, n).pk])) for n in (1, 2)))
    assert not one["refused"]
    assert not one["faults"]
    assert one["party"] == here.parties["commune_1"].name
    assert other["count"] == one["count"] == 3
    whole = draft_of(here, "commune_1")
    assert {line.values.get("result") for line in whole.lines} >= {"Đã làm xong bước một"}
    assert Change.objects.filter(act="reporting.enter", object_id=str(commune(here).pk)).count() == 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_named_by_its_cell_and_nothing_of_its_file_is_kept(
    here: Side, cycle: Cycle, fault: Fault
) -> None:
    given = forms(here, cycle)
    wrong = fault.change(filled(given[commune(here).pk]))
    bad, good = bring(here, cycle, ("bad.xlsx", wrong), ("good.xlsx", filled(given[commune(here, 2).pk])))
    named = [one for one in bad["faults"] if fault.words in one["words"]]
    assert named, bad
    assert named[0]["address"]
    assert named[0]["sheet"]
    assert not Answer.objects.filter(report=commune(here)).exists()
    assert not good["faults"]
    assert good["count"] == 3


def test_a_missing_row_is_named_where_it_stood(here: Side, cycle: Cycle) -> None:
    form = filled(forms(here, cycle)[commune(here).pk])
    gone = next(fault for fault in FAULTS if fault.name == "row taken out")
    rows = cells_of(form, DUTY)
    stood = next(y for y, row in enumerate(rows, 1) if str(row[0]).startswith("duty-"))
    (told,) = bring(here, cycle, ("1.xlsx", gone.change(form)))
    (fault,) = told["faults"]
    assert fault["address"] == f"A{stood}"


def test_files_that_are_no_forms_of_the_cycle_are_refused_one_by_one(here: Side, cycle: Cycle) -> None:
    given = forms(here, cycle)
    form = filled(given[commune(here).pk])
    write(here, "environment")
    hand_in(here, "environment")
    late = given[report_of(here, "environment").pk]
    told = bring(
        here,
        cycle,
        ("1.xlsx", form),
        ("2.xlsx", form),
        ("3.docx", b"PK\x03\x04"),
        ("4.xlsx", late),
        ("5.xlsx", b""),
    )
    assert [bool(one["refused"]) for one in told] == [False, True, True, True, True]
    assert "hai tệp" in str(told[1]["refused"])
    assert "đã gửi báo cáo" in str(told[3]["refused"])


def test_what_others_wrote_meanwhile_is_not_overwritten(here: Side, cycle: Cycle) -> None:
    form = filled(forms(here, cycle)[commune(here).pk])
    key = next(line.row.key for line in draft_of(here, "commune_1").lines if line.row.section == "duty")
    write(here, "commune_1", {key: {"result": "Xã đã ghi"}})
    (told,) = bring(here, cycle, ("1.xlsx", form))
    assert "đã được sửa trên hệ thống" in str(told["faults"])
    assert [answer.result for answer in Answer.objects.filter(report=commune(here))] == ["Xã đã ghi"]


def test_a_zip_is_taken_and_a_broken_one_is_refused(here: Side, cycle: Cycle) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("các xã/xã 1.xlsx", filled(forms(here, cycle)[commune(here).pk]))
        archive.writestr("__MACOSX/._xã 1.xlsx", b"x")
        archive.writestr("các xã/~$xã 1.xlsx", b"x")
    (told,) = bring(here, cycle, ("bieu.zip", out.getvalue()))
    assert told["name"] == "xã 1.xlsx"
    assert told["count"] == 3
    with pytest.raises(Refused, match="bị hỏng"):
        bring(here, cycle, ("bieu.zip", out.getvalue()[:-30]))
    with pytest.raises(Refused, match="Không có tệp"):
        bring(here, cycle)


def test_through_the_pages_and_for_the_collector_alone(here: Side, cycle: Cycle, signed_in: SignIn) -> None:
    address = reverse("reporting:many", args=[cycle.pk])
    assert signed_in("clerk_finance").get(address).status_code == 403
    client = signed_in("officer")
    asked = client.post(reverse("reporting:many_forms", args=[cycle.pk]), follow=True)
    made = Job.objects.get(kind=actions.FORMS)
    ready = reverse("reporting:many_archive", args=[cycle.pk, made.pk])
    assert asked.redirect_chain[-1][0] == address
    assert f'href="{ready}"' in asked.content.decode()
    assert signed_in("clerk_finance").get(ready).status_code == 403
    assert client.get(reverse("reporting:many_archive", args=[cycle.pk, 0])).status_code == 404
    archive = b"".join(client.get(ready).streaming_content)  # type: ignore[attr-defined]
    assert client.post(address, {}).status_code == 422
    answer = client.post(address, {"filled": SimpleUploadedFile("bieu.zip", archive)}, follow=True)
    assert answer.status_code == 200
    assert "tệp" in answer.content.decode()
    job = Job.objects.get(kind=actions.KIND)
    stranger = signed_in("clerk_finance").get(reverse("reporting:many_result", args=[cycle.pk, job.pk]))
    assert stranger.status_code == 403
