"""The other papers of a round: what they say, of which moment, to whom; read back from their Word files."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django_scopes import scope

from luc.issuing.actions import keep, refresh
from luc.issuing.actions.refreshing import offered
from luc.issuing.bare import bare
from luc.issuing.content import words
from luc.issuing.letters import actions, agency_report
from luc.issuing.letters.late import standing_at
from luc.issuing.letters.wording import letter
from luc.issuing.models import Block, Draft
from luc.issuing.paper import paper_of
from luc.issuing.standing import findings, fingerprint, now_of
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import action
from luc.kernel.time import now, telling, today
from luc.plans.models import Plan
from luc.reporting import actions as reporting
from luc.rounds.changing import move_due
from luc.rounds.models import Cycle, Obligation, Submission
from tests.cast import Cast, Side
from tests.plan import make_plan
from tests.reporting import test_succession as succession
from tests.reporting.life import accept, open_cycle, report, report_of, write
from vanban import header
from vanban.conforming import check_layout
from vanban.document import Document, Table
from vanban.reading import read_file
from vanban.writing import write_docx


def texts(draft: Draft) -> list[str]:
    rows = Block.objects.filter(draft=draft, removed_at=None).order_by("order")
    return [words(row.content) for row in rows]


def document(side: Side, draft: Draft) -> Document:
    paper, _sources = paper_of(keep(side.viewer("officer"), draft.pk))
    data = write_docx(paper)
    assert [departure.message for departure in check_layout(data)] == []
    return read_file(data, "x.docx")


def annexes(found: Document) -> list[list[list[str]]]:
    tables = [block for block in found.blocks if isinstance(block, Table) and len(block.rows[0]) > 2]
    return [[[cell.text for cell in row if not cell.covered] for row in table.rows] for table in tables]


def not_right(draft: Draft) -> list[str]:
    rows = list(Block.objects.filter(draft=draft, removed_at=None).order_by("order"))
    return [one.words for one in findings(rows, now_of(draft, rows))]


def late_round(side: Side) -> Cycle:
    """A round of which finance reported and was accepted, environment was returned; it was due yesterday."""
    cycle = open_cycle(side)
    accept(side, *report(side, "finance"))
    (returned,) = report(side, "environment")
    reporting.give_back(side.viewer("officer"), returned.pk, remarks="Thiếu số liệu")
    return cycle


def bound(cycle: Cycle) -> int:
    return Obligation.objects.filter(cycle=cycle).exclude(state=Obligation.State.HANDED_ON).count()


@pytest.mark.parametrize("name", ["asking", "reminder", "assignments"])
def test_no_figure_stands_in_the_words_of_a_letter_but_as_a_mark(name: str) -> None:
    for block in letter(name).blocks:
        text = block.get("paragraph") or block.get("item") or ""
        assert bare({"runs": [text.split("[[")[0]]}) == []


def test_the_letter_that_asks_names_period_cutoff_due_moment_and_who_is_bound(here: Side) -> None:
    cycle = open_cycle(here)
    draft = actions.start_asking(here.viewer("officer"), cycle.pk, unit="QLCN")
    said = "\n".join(texts(draft))
    assert f"chốt đến ngày {cycle.cutoff:%d/%m/%Y}" in said
    assert "15/KH-UBND" in said
    assert f"Có {bound(cycle)} cơ quan, đơn vị" in said
    assert "Nhiệm vụ chủ trì" in said
    assert not_right(draft) == []
    read = document(here, draft)
    (listed,) = annexes(read)
    assert len(listed) == bound(cycle) + 1
    assert [row[1] for row in listed if row[1] == "Sở Tài chính"] == ["Sở Tài chính"]
    head = header.read(read)
    assert head["issuer"] == "Sở Công Thương"
    assert head["recipients"] == ["Như trên", "Lưu: VT, QLCN"]


def test_the_reminder_lists_who_is_missing_now_and_how(here: Side) -> None:
    cycle = late_round(here)
    with telling(cycle.due_at + timedelta(days=2, hours=3)):
        draft = actions.start_reminder(here.viewer("officer"), cycle.pk, until=today() + timedelta(days=5))
        said = "\n".join(texts(draft))
        missing = bound(cycle) - 1
        assert f"có 1/{bound(cycle)} cơ quan, đơn vị đã gửi báo cáo; còn {missing} cơ quan" in said
        assert f"Đã quá hạn: {missing} đơn vị." in said
        assert "Được trả lại để sửa, chưa gửi lại: 1 đơn vị." in said
        assert "Sở Công Thương" not in draft.head["addressees"]
        assert not_right(draft) == []
        (listed,) = annexes(document(here, draft))
    rows = {row[1]: row[3:] for row in listed[1:]}
    assert "Sở Tài chính" not in rows
    assert rows["Sở Nông nghiệp và Môi trường"] == ["Được trả lại, chưa gửi lại", "3"]
    assert rows["Sở Khoa học và Công nghệ"] == ["Chưa gửi", "3"]


def test_a_reminder_of_a_settled_moment_says_what_was_so_then(here: Side) -> None:
    cycle = open_cycle(here)
    before = now()
    report(here, "finance")
    draft = actions.start_reminder(here.viewer("officer"), cycle.pk, as_of=before)
    assert f"có 0/{bound(cycle)} cơ quan" in "\n".join(texts(draft))
    report(here, "environment")
    assert not_right(draft) == []


def test_a_reminder_of_now_is_found_out_of_date_when_somebody_reports(here: Side) -> None:
    cycle = open_cycle(here)
    draft = actions.start_reminder(here.viewer("officer"), cycle.pk)
    assert "Đã quá hạn" not in "\n".join(texts(draft))
    report(here, "finance")
    assert "Số 0 nay là 1." in not_right(draft)
    draft.refresh_from_db()
    found, _made, _known = offered(draft)
    assert any("Sở Tài chính" in one.old and "Sở Tài chính" not in one.new for one in found)
    taken = refresh(here.viewer("officer"), draft.pk, seen=fingerprint(draft), take=None)
    assert taken == len(found)
    draft.refresh_from_db()
    assert not_right(draft) == []
    assert "Sở Tài chính" not in "\n".join(texts(draft))


def test_the_standing_at_every_moment_is_what_it_was(here: Side) -> None:
    """Handed in, returned, handed in again, accepted, opened again: told afterwards as it was at the time."""
    cycle = open_cycle(here)
    finance = here.parties["finance"].pk
    seen: list[tuple[datetime, bool, bool]] = []

    def note(owes: bool, to_correct: bool) -> None:
        seen.append((now(), owes, to_correct))

    start = now()
    steps = iter(range(1, 9))

    def at(step: Any) -> Any:
        return telling(start + timedelta(minutes=step))

    with at(next(steps)):
        note(True, False)
    with at(next(steps)):
        (first,) = report(here, "finance")
        note(False, False)
    with at(next(steps)):
        reporting.give_back(here.viewer("officer"), first.pk, remarks="Sửa số")
        note(True, True)
    with at(next(steps)):
        (second,) = report(here, "finance")
        note(False, False)
    with at(next(steps)):
        accept(here, second)
        note(False, False)
    with at(next(steps)):
        reporting.reopen(here.viewer("officer"), second.pk, reason="Sai đơn vị tính")
        note(True, True)
    for moment, owes, to_correct in seen:
        owing = {one.party.pk: one for one in standing_at(cycle, moment).owing}
        assert (finance in owing, finance in owing and owing[finance].to_correct) == (owes, to_correct)


def test_who_was_bound_at_a_moment_is_who_was_bound_then(here: Side) -> None:
    """Agencies merge, one more comes, the due moment moves: a past moment is told with the agencies of then."""
    cycle, start = open_cycle(here), now()
    due = cycle.due_at
    before = {one.party.name: one.due_at for one in standing_at(cycle, start).owing}
    with telling(start + timedelta(minutes=10)):
        succession.end(here, "science", succession.newcomer(here, "Sở Mới"))
    with telling(start + timedelta(minutes=20)):
        succession.end(here, "environment", "finance")
    with (
        telling(start + timedelta(minutes=30)),
        action(here.viewer("officer"), "rounds.collect", tenant=here.tenant.pk) as acting,
    ):
        move_due(acting, cycle.pk, due + timedelta(days=3))
    cycle.refresh_from_db()
    told = {
        minutes: {
            one.party.name: one.due_at for one in standing_at(cycle, start + timedelta(minutes=minutes)).owing
        }
        for minutes in (5, 15, 25, 35)
    }
    science, environment = here.parties["science"].name, here.parties["environment"].name
    assert told[5] == before
    assert set(told[15]) == set(before) - {science} | {"Sở Mới"}
    assert set(told[25]) == set(told[35]) == set(told[15]) - {environment}
    assert set(told[25].values()) == {due}
    assert set(told[35].values()) == {due + timedelta(days=3)}
    assert standing_at(cycle, start).bound == len(before)


def test_whom_nobody_can_be_reminded_of_is_refused(here: Side) -> None:
    cycle = open_cycle(here)
    officer = here.viewer("officer")
    with pytest.raises(Refused, match="đã qua"):
        actions.start_reminder(officer, cycle.pk, as_of=now() + timedelta(hours=1))
    with pytest.raises(Refused, match="chưa mở"):
        actions.start_reminder(officer, cycle.pk, as_of=cycle.opened_at - timedelta(days=1))
    with pytest.raises(Refused, match="sau hôm nay"):
        actions.start_reminder(officer, cycle.pk, until=today())


def test_a_letter_is_drafted_only_by_who_collects(cast: Cast, here: Side) -> None:
    cycle = open_cycle(here)
    for person in ("leader", "clerk_finance", "administrator"):
        with pytest.raises((NotAllowed, Cycle.DoesNotExist)):
            actions.start_reminder(here.viewer(person), cycle.pk)
    with scope(tenant=[cast.there.tenant.pk]), pytest.raises(Cycle.DoesNotExist):
        actions.start_asking(cast.there.viewer("officer"), cycle.pk)


def test_the_letter_of_assignments_lists_tasks_roles_and_time_of_one_agency(here: Side) -> None:
    plan = make_plan(here)
    finance = here.parties["finance"]
    draft = actions.start_assignments(here.viewer("officer"), plan.pk, finance.pk)
    said = "\n".join(texts(draft))
    assert "Cân đối kinh phí hằng năm" in said
    assert not_right(draft) == []
    tables = annexes(document(here, draft))
    roles = {row[1]: row[2] for row in tables[0][1:] if len(row) == 6}
    assert set(roles.values()) == {"Chủ trì", "Phối hợp"}
    led = [words for words, role in roles.items() if role == "Chủ trì"]
    assert f"{len(led)} nhiệm vụ chủ trì" in said
    others = {row[1]: row[3] for row in tables[0][1:] if len(row) == 6}
    assert all("(chủ trì)" in others[words] for words, role in roles.items() if role == "Phối hợp")


def test_who_has_nothing_in_a_plan_gets_no_letter(here: Side, there_party: int) -> None:
    plan = make_plan(here)
    with pytest.raises(Refused, match="không giao việc"):
        actions.start_assignments(here.viewer("officer"), plan.pk, here.parties["ministry"].pk)
    with pytest.raises(Plan.DoesNotExist):
        actions.start_assignments(here.viewer("officer"), 0, there_party)


@pytest.fixture
def there_party(cast: Cast) -> int:
    return cast.there.parties["finance"].pk


def own_paper(submission: Submission) -> Document:
    paper = agency_report.paper_of(submission)
    data = write_docx(paper)
    blank = {"ho_ten"} if not paper.signer.name else set()
    assert {departure.component for departure in check_layout(data)} == blank
    return read_file(data, "x.docx")


def test_the_report_of_an_agency_is_its_frozen_answer_in_its_own_head(here: Side) -> None:
    open_cycle(here)
    (sent,) = report(here, "finance")
    read = own_paper(sent)
    head = header.read(read)
    assert (head["issuer"], head["kind"]) == ("Sở Tài chính", "BÁO CÁO")
    assert agency_report.paper_of(sent).signer.name == here.people["head_finance"].full_name
    results = [row["result"] for row in sent.content["rows"] if row["section"] == "part"]
    said = "\n".join(b.text for b in read.blocks if not isinstance(b, Table))
    assert results
    assert results[0] in said
    assert len(annexes(read)[-1]) == len(results) + 1


def test_who_confirmed_signs_for_the_head(here: Side) -> None:
    open_cycle(here)
    write(here, "finance")
    row = report_of(here, "finance")
    presented = reporting.present(here.viewer("clerk_finance"), row.pk, version=row.version)
    sent = reporting.confirm(here.viewer("approver_finance"), presented.pk)
    signer = agency_report.paper_of(sent).signer
    assert (signer.authority, signer.title) == (("KT. Giám đốc",), "Phó Giám đốc")
    assert signer.name == here.people["approver_finance"].full_name


def test_a_commune_writes_from_its_own_seat_in_the_name_of_its_committee(here: Side) -> None:
    open_cycle(here)
    (sent,) = report(here, "commune_1")
    paper = agency_report.paper_of(sent)
    assert (paper.place, paper.symbol) == ("An Bình", "BC-UBND")
    assert paper.signer.authority == ("TM. Ủy ban nhân dân",)
    own_paper(sent)


def test_nothing_to_report_is_said_in_one_sentence(here: Side) -> None:
    open_cycle(here)
    row = next(iter(Obligation.objects.filter(party=here.parties["commune_1"])))
    clerk = here.viewer("clerk_commune")
    reporting.say_nil(clerk, row.report.pk, version=row.report.version)
    row.report.refresh_from_db()
    sent = reporting.submit(clerk, row.report.pk, version=row.report.version)
    paper = agency_report.paper_of(sent)
    assert paper.annexes == ()
    assert "không có nội dung phát sinh" in "\n".join(
        b.text for b in own_paper(sent).blocks if not isinstance(b, Table)
    )
