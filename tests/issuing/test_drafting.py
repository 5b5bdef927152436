"""A draft out of a consolidation: its outline, its chips, what is typed into it, what moves beneath it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from luc.issuing import actions, queries
from luc.issuing.actions.refreshing import offered
from luc.issuing.bare import bare
from luc.issuing.content import as_marks, chips, words
from luc.issuing.models import Block, Outline, Version
from luc.issuing.outlines import Heading, default
from luc.issuing.ready import ready_to_issue
from luc.issuing.standing import known, now_of
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.plans.models import Regime
from luc.reporting import actions as reporting
from luc.rounds.models import Cycle, Submission
from tests.cast import Cast, Side
from tests.issuing.life import block_at, blocks_of, drafted, refresh, reported, wrong
from tests.reporting.life import accept, draft_of, full_answers, hand_in, open_cycle, report, write


def _submission(side: Side, party: str) -> Submission:
    return Submission.objects.filter(obligation__party=side.parties[party]).order_by("-version")[0]


def _again(side: Side, party: str, value: str = "75") -> Submission:
    """A report is opened again, corrected and accepted."""
    reporting.reopen(side.viewer("officer"), _submission(side, party).pk, reason="nhầm số liệu")
    write(side, party, full_answers(draft_of(side, party), "Đã hoàn thành bước hai", value))
    made = hand_in(side, party)
    accept(side, made)
    return made


def test_the_outline_is_followed(here: Side) -> None:
    rows = blocks_of(drafted(here))
    titles = [words(row.content) for row in rows if row.kind == Block.Kind.SECTION and row.level == 1]
    assert titles == [
        "Tình hình chung",
        "Kết quả thực hiện",
        "Đánh giá",
        "Nhiệm vụ trọng tâm kỳ tới",
        "Kiến nghị, đề xuất",
    ]
    assert next(row.content["title"] for row in rows if row.kind == Block.Kind.ANNEX).endswith("nhiệm vụ")
    assert words(rows[0].content).startswith("Thực hiện Kế hoạch số 15/KH-UBND ngày 10/02/2026")


def test_numbers_are_chips_and_nothing_is_wrong_at_first(here: Side) -> None:
    draft = drafted(here)
    assert wrong(draft) == []
    coverage = block_at(draft, "coverage", "coverage")
    assert words(coverage.content).startswith("Đến thời điểm tổng hợp có 2/")
    assert next(chips(coverage.content)) == {"cell": "don-vi-da-bao-cao", "shown": "2"}
    table = block_at(draft, "targets", "table")
    assert "72,5%" in words(table.content)
    assert {chip["shown"] for chip in chips(table.content)} == {"72,5"}


def test_words_of_reports_and_plans_vouch_for_their_figures(here: Side) -> None:
    draft = drafted(here)
    slow = block_at(draft, "slow")
    assert "Thiếu 12 định mức" in words(slow.content)
    assert bare(slow.content) == []
    row = actions.save_block(
        here.viewer("officer"), slow.pk, version=0, text=words(slow.content).replace("12", "13")
    )
    assert [span.text for span in bare(row.content)] == ["13"]


def test_a_figure_typed_by_hand_is_flagged_then_bound_or_vouched_for(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    row = block_at(draft, "opening")
    text = f"{as_marks(row.content['runs'])} Đạt 72,5% và mở 14 lớp trong 6 tháng đầu năm 2026."
    row = actions.save_block(officer, row.pk, version=0, text=text)
    assert [(one.kind, one.shown) for one in wrong(draft)] == [("bare", "72,5"), ("bare", "14")]
    cell = next(key for key, (shown, _title) in draft.cells.items() if shown == "72,5")
    row = actions.bind_figure(officer, row.pk, version=row.version, number=0, cell=cell)
    with pytest.raises(Refused, match="lấy từ đâu"):
        actions.confirm_figure(officer, row.pk, version=row.version, number=0, source=" ")
    row = actions.confirm_figure(officer, row.pk, version=row.version, number=0, source="Sổ theo dõi lớp học")
    assert wrong(draft) == []
    assert f"[[{cell}:72,5]]" in as_marks(row.content["runs"])
    assert "[[go-tay:14|Sổ theo dõi lớp học]]" in as_marks(row.content["runs"])
    assert "mở 14 lớp" in words(row.content)


@pytest.mark.parametrize("text", ["", "có [[khong-co-ma:5]]", "có [[chi-tieu", "[[go-tay:5]] lớp"])
def test_what_cannot_be_read_is_refused(here: Side, text: str) -> None:
    draft = drafted(here)
    with pytest.raises(Refused):
        actions.save_block(here.viewer("officer"), block_at(draft, "opening").pk, version=0, text=text)
    assert block_at(draft, "opening").version == 0


def test_two_people_on_one_block(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    first, second = block_at(draft, "opening"), block_at(draft, "closing")
    actions.save_block(officer, first.pk, version=0, text="Một câu.")
    with pytest.raises(Conflict):
        actions.save_block(here.viewer("focal_head"), first.pk, version=0, text="Một câu khác.")
    actions.save_block(here.viewer("focal_head"), second.pk, version=0, text="Câu cuối.")
    assert words(block_at(draft, "opening").content) == "Một câu."


def test_a_returned_report_makes_its_sentences_stale_until_they_are_taken_anew(here: Side) -> None:
    draft = drafted(here)
    reporting.reopen(here.viewer("officer"), _submission(here, "environment").pk, reason="nhầm số liệu")
    found = wrong(draft)
    assert {one.kind for one in found} == {"number", "gone", "report"}
    assert "đã được mở lại" in next(one.why for one in found if one.kind == "report")
    write(here, "environment", full_answers(draft_of(here, "environment"), "Đã xong bước hai", "75"))
    accept(here, hand_in(here, "environment"))
    found = wrong(draft)
    assert {(one.shown, one.known) for one in found if one.kind == "number"} == {("72,5", "75")}
    assert refresh(here, draft) > 2
    assert wrong(draft) == []
    assert "75%" in words(block_at(draft, "targets", "table").content)


def test_words_a_person_changed_stay_and_their_figures_are_renewed(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    task = next(
        row for row in blocks_of(draft) if row.producer == "tasks" and "bước một" in words(row.content)
    )
    cell = next(key for key, (shown, _title) in draft.cells.items() if shown == "72,5")
    row = actions.save_block(officer, task.pk, version=0, text=f"Việc này đã đạt [[{cell}]]%.")
    assert words(row.content) == "Việc này đã đạt 72,5%."
    _again(here, "environment")
    draft.refresh_from_db()
    (one,) = (one for one in offered(draft)[0] if one.block and one.block.pk == task.pk)
    assert (one.kind, one.numbers) == ("edited", [("72,5", "75")])
    refresh(here, draft, {one.key})
    task.refresh_from_db()
    assert words(task.content) == "Việc này đã đạt 75%."
    assert task.is_edited
    assert [found for found in wrong(draft) if found.block == task.pk] == []
    refresh(here, draft)
    assert wrong(draft) == []


def test_a_figure_of_a_replaced_report_in_changed_words_has_to_be_vouched_for_again(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    row = block_at(draft, "slow")
    actions.save_block(officer, row.pk, version=0, text="Việc này chậm vì thiếu 12 định mức.")
    assert wrong(draft) == []
    reporting.reopen(officer, _submission(here, "finance").pk, reason="nhầm")
    rows = full_answers(draft_of(here, "finance"), "Đã cân đối")
    lead = next(line.row.key for line in draft_of(here, "finance").lines if line.row.role == "lead")
    rows[lead] = {"state": "behind", "result": "Mới xong", "obstacle": "Thiếu 9 định mức", "proposal": ""}
    write(here, "finance", rows)
    accept(here, hand_in(here, "finance"))
    refresh(here, draft)
    assert [(one.kind, one.shown) for one in wrong(draft)] == [("bare", "12")]


def test_changed_words_that_no_report_says_any_more_are_taken_out(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    row = block_at(draft, "slow")
    actions.save_block(officer, row.pk, version=0, text="Việc này chậm.")
    reporting.reopen(officer, _submission(here, "finance").pk, reason="nhầm")
    refresh(here, draft)
    assert row.pk not in {one.pk for one in blocks_of(draft)}
    assert wrong(draft) == []


def test_a_cell_that_is_new_since_the_draft_can_be_put_into_a_sentence(here: Side) -> None:
    draft = drafted(here, open_cycle(here))
    accept(here, *report(here, "environment"))
    row = block_at(draft, "opening")
    cell = next(key for key, (shown, _title) in known(draft).items() if shown == "72,5")
    row = actions.save_block(here.viewer("officer"), row.pk, version=0, text=f"Đạt [[{cell}]]%.")
    assert words(row.content) == "Đạt 72,5%."
    assert [one for one in wrong(draft) if one.block == row.pk] == []


def test_single_differences_are_taken_alone(here: Side) -> None:
    draft = drafted(here)
    _again(here, "environment")
    draft.refresh_from_db()
    table = block_at(draft, "targets", "table")
    assert refresh(here, draft, {f"b{table.pk}"}) == 1
    assert "75%" in words(block_at(draft, "targets", "table").content)
    left = {one.block for one in wrong(draft)}
    assert left
    assert table.pk not in left


def test_what_moved_since_it_was_shown_is_not_taken(here: Side) -> None:
    draft = drafted(here)
    with pytest.raises(Conflict):
        actions.refresh(here.viewer("officer"), draft.pk, seen="cũ", take=None)
    with pytest.raises(Refused, match="Không có gì khác"):
        refresh(here, draft)


def test_what_is_told_for_the_first_time_is_offered_and_put_beside_its_neighbour(here: Side) -> None:
    draft = drafted(here, open_cycle(here))
    before = {(row.producer, row.place) for row in blocks_of(draft)}
    accept(here, *report(here, "science"))
    refresh(here, draft)
    rows = blocks_of(draft)
    added = [row for row in rows if row.producer == "tasks" and (row.producer, row.place) not in before]
    assert added
    groups = [n for n, row in enumerate(rows) if row.producer == "tasks" and row.kind == Block.Kind.SECTION]
    assert groups[0] < rows.index(added[0])
    assert rows.index(added[-1]) < next(n for n, row in enumerate(rows) if row.place == "danh-gia")
    assert wrong(draft) == []


def test_what_was_taken_out_is_not_offered_again(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    row = block_at(draft, "next")
    actions.remove_block(officer, row.pk, version=0)
    draft.refresh_from_db()
    assert offered(draft)[0] == []
    assert row.pk not in {one.pk for one in blocks_of(draft)}


def test_blocks_are_added_and_moved(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    first = blocks_of(draft)[0]
    made = actions.add_block(officer, draft.pk, after=first.pk, kind="item", text="Thêm một ý.")
    assert [row.pk for row in blocks_of(draft)][:2] == [first.pk, made.pk]
    actions.move_block(officer, made.pk, version=0, up=True)
    assert [row.pk for row in blocks_of(draft)][:2] == [made.pk, first.pk]
    with pytest.raises(Refused):
        actions.add_block(officer, draft.pk, after=None, kind="table", text="bảng")


def test_the_outline_of_a_regime_is_the_officers_and_can_be_reset(here: Side) -> None:
    cycle, officer = reported(here), here.viewer("officer")
    regime = Regime.objects.get()
    headings = [Heading("Kết quả", 1, ("tasks",)), Heading("Bài học", 1)]
    actions.save_outline(officer, regime.pk, version=0, headings=headings)
    titles = [words(row.content) for row in blocks_of(drafted(here, cycle)) if row.producer == "outline"]
    assert titles == ["Kết quả", "Bài học"]
    with pytest.raises(Conflict):
        actions.reset_outline(officer, regime.pk, version=0)
    actions.reset_outline(officer, regime.pk, version=1)
    assert Outline.objects.get().sections is None
    assert len(blocks_of(drafted(here, cycle))) > 30


@pytest.mark.parametrize(
    "headings",
    [
        [],
        [Heading("Phụ lục", 0)],
        [Heading("Một", 1), Heading("Một", 1)],
        [Heading("Một", 1), Heading("Hai", 3)],
        [Heading("Một", 1, ("tasks",)), Heading("Hai", 1, ("tasks",))],
        [Heading("Một", 1, ("không có",))],
    ],
)
def test_an_outline_that_cannot_be_drafted_by_is_refused(here: Side, headings: list[Heading]) -> None:
    reported(here)
    with pytest.raises(Refused):
        actions.save_outline(here.viewer("officer"), Regime.objects.get().pk, version=0, headings=headings)


@pytest.mark.parametrize("frequency", Regime.Frequency.values)
def test_every_default_outline_is_good(here: Side, frequency: str) -> None:
    draft = drafted(here)
    draft.outline = [row.as_plain() for row in default(frequency)]
    assert offered(draft)[1].pieces


def test_only_the_agency_that_issues_writes_and_leaders_read(cast: Cast, here: Side) -> None:
    cycle = reported(here)
    with pytest.raises(Cycle.DoesNotExist):
        actions.start(here.viewer("clerk_finance"), cycle.pk, accepted_only=True)
    draft = drafted(here, cycle)
    row = block_at(draft, "opening")
    assert list(queries.drafts(here.viewer("leader"))) == [draft]
    with pytest.raises(NotAllowed):
        actions.save_block(here.viewer("leader"), row.pk, version=0, text="Sửa.")
    for person in ("clerk_finance", "head_finance", "administrator"):
        assert not queries.drafts(here.viewer(person)).exists()
    with pytest.raises(Block.DoesNotExist):
        actions.save_block(here.viewer("clerk_finance"), row.pk, version=0, text="Sửa.")
    assert not queries.drafts(cast.there.viewer("officer")).exists()


def test_comments_are_said_beside_a_block_and_settled(here: Side) -> None:
    draft = drafted(here)
    row = block_at(draft, "opening")
    said = actions.comment(here.viewer("leader"), row.pk, text="Nêu rõ căn cứ.")
    actions.resolve(here.viewer("officer"), said.pk)
    with pytest.raises(Refused):
        actions.resolve(here.viewer("officer"), said.pk)
    with pytest.raises(Refused):
        actions.comment(here.viewer("officer"), row.pk, text="  ")


def test_a_version_is_frozen_and_the_same_one_is_not_kept_twice(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    first = actions.keep(officer, draft.pk, note="trình lãnh đạo")
    assert actions.keep(officer, draft.pk) == first
    assert first.cells["don-vi-da-bao-cao"]["words"] == "2"
    rows = next(cell["rows"] for cell in first.cells.values() if cell["words"] == "72,5")
    assert rows == [[_submission(here, "environment").pk, rows[0][1]]]
    actions.save_block(officer, block_at(draft, "opening").pk, version=0, text="Một câu.")
    second = actions.keep(officer, draft.pk)
    assert (second.number, Version.objects.count()) == (2, 2)
    assert words(first.content["blocks"][0]["content"]) != "Một câu."


def test_a_figure_that_moved_blocks_issuing(here: Side) -> None:
    draft = drafted(here)
    version = actions.keep(here.viewer("officer"), draft.pk)
    assert ready_to_issue(version) == []
    _again(here, "environment")
    kinds = {reason.kind for reason in ready_to_issue(version)}
    assert {"number", "report"} <= kinds
    refresh(here, draft)
    assert {reason.kind for reason in ready_to_issue(version)} >= {"changed", "number"}
    draft.refresh_from_db()
    assert ready_to_issue(actions.keep(here.viewer("officer"), draft.pk)) == []


def test_a_figure_by_hand_and_an_empty_heading_block_issuing(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    row = block_at(draft, "closing")
    actions.save_block(officer, row.pk, version=0, text="Đã mở 14 lớp.")
    actions.add_block(officer, draft.pk, after=row.pk, kind="section", text="Bài học", level=1)
    reasons = ready_to_issue(actions.keep(officer, draft.pk))
    assert [(reason.kind, reason.near) for reason in reasons] == [
        ("bare", "Đã mở 14 lớp."),
        ("empty", "Bài học"),
    ]


def test_a_dropped_draft_is_written_no_more(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    version = actions.keep(officer, draft.pk)
    actions.drop(officer, draft.pk)
    with pytest.raises(Refused, match="đã bỏ"):
        actions.save_block(officer, block_at(draft, "opening").pk, version=0, text="Một câu.")
    version.draft.refresh_from_db()
    assert [reason.kind for reason in ready_to_issue(version)] == ["state"]


def test_what_is_kept_is_as_good_as_what_is_added_up(here: Side) -> None:
    """While the fingerprint is the same the kept cells are the ones of today."""
    draft = drafted(here)
    rows = blocks_of(draft)
    draft.refresh_from_db()
    kept = now_of(draft, rows)
    draft.cells_of = ""
    assert now_of(draft, rows) == replace(kept)


def test_every_drifted_chip_is_found(here: Side) -> None:
    """Each number of the paper alone, moved beneath it, keeps the version from being issued."""
    draft, officer = drafted(here), here.viewer("officer")
    version = actions.keep(officer, draft.pk)
    kinds: dict[str, Block] = {}
    for row in blocks_of(draft):
        for chip in chips(row.content):
            kinds.setdefault(chip["cell"].rstrip("0123456789-"), row)
    assert len(kinds) > 5
    for block in version.content["blocks"]:
        for chip in chips(block["content"]):
            was, chip["shown"] = chip["shown"], "999"
            found = [reason for reason in ready_to_issue(version) if reason.kind == "number"]
            assert [(one.block, was in one.words) for one in found] == [(block["id"], True)], chip
            chip["shown"] = was
