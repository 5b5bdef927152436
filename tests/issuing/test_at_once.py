"""The official report as a Word file at once: read back, it says what the consolidation says, and knows its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from luc.agencies.issuing import abbreviated, shortened
from luc.issuing.actions.at_once import keep_paper, start_paper, written_out
from luc.issuing.cells import cells
from luc.issuing.content import said
from luc.issuing.outlines import default
from luc.issuing.producers import produce
from luc.issuing.producers.pieces import Material
from luc.kernel.errors import NotAllowed
from luc.kernel.models import Change, Job
from luc.kernel.time import start_of, telling, today
from luc.kernel.writing import writing
from luc.papers.queries import content as bytes_of
from luc.plans.models import Regime, Task
from luc.reporting import actions
from luc.reporting.letterhead import letterhead
from luc.reporting.models import OfficialDraft
from luc.reporting.queries.consolidation import Voice, consolidate
from luc.reporting.queries.drafts import NO_OBSTACLES
from luc.rounds.models import Cycle
from tests.cast import Cast, Side
from tests.plan import make_plan
from tests.reporting.life import accept, draft_of, full_answers, hand_in, open_cycle, report, write
from vanban import header
from vanban.document import Document, Table
from vanban.reading import read_file
from vanban.writing import IssueDate, write_docx


def _reported(side: Side) -> Cycle:
    cycle = open_cycle(side)
    rows = full_answers(draft_of(side, "finance"), "Đã cân đối 1.234,5 tỷ đồng")
    lead = next(line.row.key for line in draft_of(side, "finance").lines if line.row.role == "lead")
    rows[lead] = {
        "state": "behind",
        "result": "Mới xong dự thảo",
        "obstacle": "Thiếu định mức",
        "proposal": "Ban hành định mức",
    }
    write(side, "finance", rows)
    hand_in(side, "finance")
    accept(side, *report(side, "environment"))
    return cycle


def _tables(document: Document) -> list[list[list[str]]]:
    tables = [block for block in document.blocks if isinstance(block, Table) and len(block.rows[0]) > 2]
    return [[[cell.text for cell in row if not cell.covered] for row in table.rows] for table in tables]


def _kept(side: Side, cycle: Cycle, **more: bool) -> tuple[OfficialDraft, Document]:
    draft = keep_paper(side.viewer("officer"), cycle.pk, accepted_only=more.get("accepted_only", False))
    return draft, read_file(bytes_of(draft.file), draft.file.name)


def test_the_head_comes_back(here: Side) -> None:
    cycle = _reported(here)
    paper, _sources, _told = written_out(here.viewer("officer"), cycle, accepted_only=False)
    signed = replace(paper, number="7", date=IssueDate(2026, 12, 20))
    found = header.read(read_file(write_docx(signed), "x.docx"))
    assert found["number"] == "07/BC-SCT"
    assert found["date"] == "2026-12-20"
    assert found["issuer"] == "Sở Công Thương"
    assert found["kind"] == "BÁO CÁO"
    assert found["title"] == (
        "Kết quả thực hiện Kế hoạch phát triển ngành công nghiệp môi trường giai đoạn 2026 - 2030 "
        f"({cycle.title.removeprefix('Báo cáo ')})"
    )
    assert found["recipients"] == ["Như trên", "Lưu: VT, SCT"]


def test_a_draft_has_no_number_and_no_day(here: Side) -> None:
    _draft, document = _kept(here, _reported(here))
    found = header.read(document)
    assert found["number"] is None
    assert found["date"] is None


def test_the_cells_come_back(here: Side) -> None:
    _draft, document = _kept(here, _reported(here))
    by_head = {tuple(table[0]): table for table in _tables(document)}
    targets = next(table for head, table in by_head.items() if "Mục tiêu" in head)
    tasks = next(table for head, table in by_head.items() if "Phối hợp" in head)
    missing = next(table for head, table in by_head.items() if head == ("STT", "Đơn vị", "Tình trạng"))
    assert targets[1] == [
        "1",
        "Nước thải sinh hoạt được xử lý đạt 70 - 80 %",
        "70 - 80% (năm 2030)",
        "72,5%",
        "Sở Nông nghiệp và Môi trường",
    ]
    assert targets[2][3:] == ["chưa có số liệu", "Sở Công Thương"]
    rows = {row[1]: row for row in tasks if len(row) == 6}
    second = rows["Nhiệm vụ số 2: xây dựng mô hình xử lý chất thải"]
    assert second[2:5] == ["Sở Tài chính", "chậm tiến độ", "Sở Tài chính: Mới xong dự thảo"]
    assert [row[0] for row in tasks if len(row) == 2] == ["I", "II"]
    assert [row[0] for row in tasks if len(row) == 6] == ["STT", *"123456"]
    assert len(missing) == 1 + 7
    assert missing[1][1] == "Văn phòng Ủy ban nhân dân" or "Sở Công Thương" in {row[1] for row in missing}


def test_many_parties_are_counted_with_all_their_sources(here: Side) -> None:
    plan = make_plan(here)
    cycle = open_cycle(here, plan)
    told = consolidate(here.viewer("officer"), cycle, accepted_only=False)
    line = told.tasks[0]
    row = {"key": "part-1", "role": "coordinate", "result": "đã làm", "state": "done", "nil": False}
    line.voices.extend(Voice(here.parties["board"], n, row) for n in range(7))
    pieces = produce(Material(told, cells(told)), default(Regime.Frequency.ANNUAL))
    told_of = [piece.content for _name, piece in pieces if piece.kind == "item"]
    (sentence,) = [
        one for one in told_of if said(one["runs"]).endswith("7 đơn vị báo cáo có kết quả (7 hoàn thành).")
    ]
    assert len(sentence["rests"]) == 7


def test_rows_run_through_and_name_the_plans_own_where_it_differs(here: Side) -> None:
    plan = make_plan(here)
    cycle = open_cycle(here, plan)
    tasks = list(Task.objects.filter(plan=plan).order_by("order"))
    with writing():
        for task, number in zip(tasks, ["4", "4", "3", "9", "", "6"], strict=True):
            Task.objects.filter(pk=task.pk).update(number=number)
    _draft, document = _kept(here, cycle)
    tasks = next(table for table in _tables(document) if "Phối hợp" in table[0])
    rows = [row for row in tasks if len(row) == 6][1:]
    assert [row[0] for row in rows] == list("123456")
    named = [row[1].partition(" (mục ")[2] for row in rows]
    assert named == ["", "", "", "9 của Kế hoạch)", "", ""]


def test_the_same_words_of_many_are_one_line(here: Side) -> None:
    cycle = open_cycle(here)
    parties = ["finance", "environment", "science", "commune_1", "commune_2"]
    for party in parties:
        same = {"obstacle": "Thiếu  định mức chi.", "proposal": f"Đề nghị {party}"}
        write(
            here, party, full_answers(draft_of(here, party)) | {NO_OBSTACLES: {"nil": ""}, "obstacle-0": same}
        )
        hand_in(here, party)
    draft, document = _kept(here, cycle)
    words = "\n".join(block.text for block in document.blocks if not isinstance(block, Table))
    assert words.count("Thiếu định mức chi (5 đơn vị: ") == words.count("Thiếu định mức chi") == 1
    sources = draft.content["sources"]
    (source,) = [one for one in sources if one["words"].startswith("Thiếu định mức chi (5 đơn vị: ")]
    assert len(source["rows"]) == 5


def test_a_round_that_runs_says_so(here: Side) -> None:
    cycle = open_cycle(here)
    report(here, "finance")
    _draft, document = _kept(here, cycle)
    words = "\n".join(block.text for block in document.blocks if not isinstance(block, Table))
    assert f"Số liệu tính đến ngày {today():%d/%m/%Y}; kỳ báo cáo chưa kết thúc" in words
    assert f"chốt đến ngày {cycle.cutoff:%d/%m/%Y}" not in words
    with telling(start_of(cycle.cutoff) + timedelta(days=1)):
        paper, _sources, _told = written_out(here.viewer("officer"), cycle, accepted_only=False)
    later = read_file(write_docx(paper), "x.docx")
    words = "\n".join(block.text for block in later.blocks if not isinstance(block, Table))
    assert f"Số liệu chốt đến ngày {cycle.cutoff:%d/%m/%Y}. Kỳ báo cáo chưa khép" in words


def test_coverage_is_said_in_words(here: Side) -> None:
    cycle = _reported(here)
    _draft, document = _kept(here, cycle)
    words = "\n".join(block.text for block in document.blocks if not isinstance(block, Table))
    assert "có 2/9 đơn vị có báo cáo đã gửi (22%)" in words
    assert "7 đơn vị chưa có trong tổng hợp này." in words
    assert "Ban hành định mức (Sở Tài chính)" in words
    assert "Thiếu định mức (Sở Tài chính)" in words
    _accepted, document = _kept(here, cycle, accepted_only=True)
    words = "\n".join(block.text for block in document.blocks if not isinstance(block, Table))
    assert "có 1/9 đơn vị có báo cáo đã được chấp nhận (11%)" in words
    assert "Thiếu định mức" not in words


def test_every_number_knows_its_submission(here: Side) -> None:
    draft, _document = _kept(here, _reported(here))
    sources = {one["words"]: one["rows"] for one in draft.content["sources"]}
    figure = draft_of(here, "environment").section("figure")[0].row.key
    submission = draft_of(here, "environment").obligation.submissions.get()
    assert sources["72,5"] == [[submission.pk, figure]]
    names = [one["bookmark"] for one in draft.content["sources"]]
    assert len(set(names)) == len(names)


def test_a_kept_draft_stays_as_it_was(here: Side) -> None:
    cycle = _reported(here)
    draft, _document = _kept(here, cycle)
    before = bytes_of(draft.file)
    report(here, "science")
    later, _document = _kept(here, cycle)
    assert (draft.answered, later.answered) == (2, 3)
    assert bytes_of(OfficialDraft.objects.get(pk=draft.pk).file) == before != bytes_of(later.file)
    lines = Change.objects.filter(kind="reporting.officialdraft").order_by("sequence")
    assert [line.after["coverage"] for line in lines] == ["2/9", "3/9"]


def test_the_job_makes_it(here: Side) -> None:
    cycle = _reported(here)
    job = start_paper(here.viewer("focal_head"), cycle.pk, accepted_only=True)
    row = Job.objects.get(pk=job.pk)
    assert (row.state, row.done, row.total) == ("done", 2, 2)
    assert row.result is not None
    assert row.result["address"] == f"/ky-bao-cao/{cycle.pk}/du-thao/"
    assert OfficialDraft.objects.get().made_by == here.people["focal_head"]


@pytest.mark.parametrize("person", ["leader", "secretariat", "administrator"])
def test_others_read_it_but_do_not_make_it(here: Side, signed_in: Callable[..., Client], person: str) -> None:
    cycle = _reported(here)
    draft, _document = _kept(here, cycle)
    with pytest.raises(NotAllowed):
        start_paper(here.viewer(person), cycle.pk, accepted_only=True)
    assert signed_in(person).get(f"/ky-bao-cao/du-thao/{draft.pk}/").status_code == 200
    assert signed_in(person).post(f"/ky-bao-cao/{cycle.pk}/du-thao/").status_code == 403


def test_no_other_province_and_no_clerk_gets_it(
    cast: Cast, here: Side, signed_in: Callable[..., Client]
) -> None:
    draft, _document = _kept(here, _reported(here))
    assert signed_in("officer", cast.there).get(f"/ky-bao-cao/du-thao/{draft.pk}/").status_code == 404
    assert signed_in("clerk_finance").get(f"/ky-bao-cao/du-thao/{draft.pk}/").status_code == 403


def test_it_goes_to_whom_the_regime_names(here: Side) -> None:
    plan = make_plan(here)
    cycle = open_cycle(here, plan)
    assert letterhead(cycle, plan).addressees == (here.tenant.name,)
    regime = Regime.objects.get(plan=plan)
    assert regime.addressees == [here.tenant.name]
    head = letterhead(cycle, plan)
    assert (head.parent, head.symbol, head.signer_title) == ("UBND thành phố Cần Thơ", "BC-SCT", "Giám đốc")
    assert head.signer_name == here.people["focal_head"].full_name


def test_names_are_shortened_as_in_a_head(here: Side) -> None:
    assert shortened(here.parties["environment"]) == "SNNMT"
    assert shortened(here.parties["finance"]) == "STC"
    assert shortened(here.parties["commune_1"]) == "UBND"
    assert abbreviated("Ủy ban nhân dân xã Mẫu") == "UBND xã Mẫu"


def test_an_empty_consolidation_is_a_paper_too(here: Side) -> None:
    draft, document = _kept(here, open_cycle(here))
    assert draft.answered == 0
    assert len(_tables(document)[-1]) == 10
    assert actions.close_cycle(here.viewer("officer"), draft.cycle_id).closed_at
