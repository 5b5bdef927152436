"""A party ends while a cycle runs: what it owes goes to its successors, with the words, and everybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from luc.agencies import actions as agencies
from luc.agencies.ending import left_behind
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.models import Change
from luc.kernel.time import today
from luc.kernel.writing import writing
from luc.reporting import actions
from luc.reporting.models import Report
from luc.rounds import queries as rounds
from luc.rounds.models import Obligation, Stands
from luc.rounds.words import due_words
from tests.cast import Side
from tests.reporting import life

SignIn = Callable[..., Client]


def end(side: Side, party: str, *successors: str, later: int = 0) -> None:
    agencies.end_party(
        side.viewer("administrator"),
        side.parties[party].pk,
        on=today() + timedelta(days=later),
        successors=[side.parties[name].pk for name in successors],
        note="Nghị quyết số 9",
    )


def newcomer(side: Side, name: str) -> str:
    """A department that came after the cycle was opened, so it owes nothing in it."""
    row = agencies.add_party(
        side.viewer("administrator"), tenant=side.tenant.pk, kind="department", name=name
    )
    side.parties[name] = row
    return name


def keys(side: Side, party: str) -> set[str]:
    return {line.row.key for line in life.draft_of(side, party).lines}


def tasks(side: Side, *parties: str) -> set[object]:
    """What parties are asked: by task, of which a party leads or works along, else by row."""
    return {line.row.task or line.row.key for party in parties for line in life.draft_of(side, party).lines}


def owing(side: Side) -> Collection[str]:
    rows = rounds.overseen_obligations(side.viewer("officer"))
    return set(rows.values_list("party__name", flat=True))


def test_a_successor_without_a_report_takes_it_with_its_words(here: Side) -> None:
    cycle = life.open_cycle(here)
    life.write(here, "science")
    asked, report = keys(here, "science"), life.report_of(here, "science")
    bound = cycle.obligations.count()
    end(here, "science", newcomer(here, "Sở Công nghệ"))
    taken = life.draft_of(here, "Sở Công nghệ")
    assert taken.report.pk == report.pk
    assert {line.row.key for line in taken.lines} == asked
    assert taken.open_count == 0
    assert all("kế thừa Sở Khoa học và Công nghệ" in line.row.why for line in taken.lines)
    assert cycle.obligations.count() == bound
    assert "Sở Khoa học và Công nghệ" not in owing(here)
    line = Stands.objects.get(bound=here.parties["science"], obligation=report.obligation_id)
    assert line.why == "successor"
    assert line.note.startswith("kế thừa Sở Khoa học và Công nghệ")
    assert Change.objects.filter(kind="rounds.obligation", reason="Nghị quyết số 9").count() == 1
    assert broken_links(here.tenant.pk) == []


def test_who_has_a_report_of_its_own_answers_there(here: Side) -> None:
    cycle = life.open_cycle(here)
    typed = life.full_answers(life.draft_of(here, "science"), "Sở Khoa học đã làm")
    life.write(here, "science", typed)
    before, more = keys(here, "finance"), keys(here, "science")
    counts = rounds.completeness(here.viewer("officer"), [cycle.pk])[cycle.pk]
    end(here, "science", "finance")
    assert keys(here, "finance") == before | more
    draft = life.draft_of(here, "finance")
    words = {line.row.key: line.values.get("result") for line in draft.lines if line.row.section == "part"}
    assert words.keys() & more
    assert {words[key] for key in words.keys() & more} == {"Sở Khoa học đã làm"}
    handed = Obligation.objects.get(party=here.parties["science"])
    assert handed.state == Obligation.State.HANDED_ON
    after = rounds.completeness(here.viewer("officer"), [cycle.pk])[cycle.pk]
    assert after.bound == counts.bound - 1
    life.write(here, "finance")
    submission = life.hand_in(here, "finance")
    assert {row["key"] for row in submission.content["rows"]} >= before | more


def test_own_words_are_never_written_over(here: Side) -> None:
    life.open_cycle(here)
    shared = keys(here, "finance") & keys(here, "science")
    assert shared
    life.write(here, "finance", {key: {"result": "của Sở Tài chính"} for key in shared})
    life.write(here, "science", {key: {"result": "của Sở Khoa học"} for key in shared})
    end(here, "science", "finance")
    lines = {line.row.key: line for line in life.draft_of(here, "finance").lines}
    assert {lines[key].values["result"] for key in shared} == {"của Sở Tài chính"}


def test_obstacles_follow_those_that_are_there(here: Side) -> None:
    life.open_cycle(here)
    life.write(here, "finance", {"obstacle-0": {"obstacle": "thiếu vốn"}})
    life.write(
        here, "science", {"obstacle-0": {"obstacle": "thiếu người"}, "obstacle-1": {"obstacle": "đất"}}
    )
    end(here, "science", "finance")
    said = [one["obstacle"] for one in life.draft_of(here, "finance").obstacles]
    assert said == ["thiếu vốn", "thiếu người", "đất"]


def test_every_successor_is_asked(here: Side) -> None:
    cycle = life.open_cycle(here)
    life.write(here, "science")
    asked, own = keys(here, "science"), keys(here, "finance")
    first, second = newcomer(here, "Sở A"), newcomer(here, "Sở B")
    bound = cycle.obligations.count()
    end(here, "science", first, second, "finance")
    assert keys(here, first) == keys(here, second) == asked
    assert keys(here, "finance") == own | asked
    written = [life.draft_of(here, name).open_count == 0 for name in (first, second)]
    assert sorted(written) == [False, True]
    assert cycle.obligations.count() == bound + 1
    assert Stands.objects.filter(bound=here.parties["science"], why="successor").count() == 3


def test_two_parties_end_into_one(here: Side) -> None:
    life.open_cycle(here)
    asked = tasks(here, "science", "environment")
    one = newcomer(here, "Sở Hợp nhất")
    end(here, "science", one)
    end(here, "environment", one)
    assert tasks(here, one) == asked
    assert not {"Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Môi trường"} & set(owing(here))


def test_what_was_handed_on_is_handed_on_again(here: Side) -> None:
    life.open_cycle(here)
    asked = keys(here, "science")
    end(here, "science", newcomer(here, "Sở A"))
    end(here, "Sở A", newcomer(here, "Sở B"))
    assert keys(here, "Sở B") == asked
    bound = Stands.objects.filter(obligation__party=here.parties["Sở B"], why="successor")
    assert {row.bound.name for row in bound} == {"Sở Khoa học và Công nghệ", "Sở A"}


@pytest.mark.parametrize("accepted", [False, True])
def test_what_was_handed_in_stays(here: Side, accepted: bool) -> None:
    life.open_cycle(here)
    (submission,) = life.report(here, "science")
    if accepted:
        life.accept(here, submission)
    own = keys(here, "finance")
    end(here, "science", "finance")
    row = Obligation.objects.get(party=here.parties["science"])
    assert row.state == ("accepted" if accepted else "submitted")
    assert keys(here, "finance") == own


def test_what_nobody_can_take_yet_stays_and_is_handed_on_later(here: Side, signed_in: SignIn) -> None:
    cycle = life.open_cycle(here)
    (submission,) = life.report(here, "finance")
    asked = keys(here, "science")
    end(here, "science", "finance")
    viewer, science = here.viewer("administrator"), here.parties["science"]
    science.refresh_from_db()
    assert len(left_behind(viewer, science)) == 1
    page = signed_in("administrator").get(reverse("agencies:party", args=[science.pk])).content.decode()
    assert "Báo cáo chưa chuyển cho đơn vị kế thừa" in page
    board = signed_in("officer").get(reverse("reporting:board", args=[cycle.pk])).content.decode()
    assert f"đã kết thúc hoạt động từ {today():%d/%m/%Y}" in board
    with pytest.raises(Refused):
        agencies.hand_on(viewer, science.pk)
    with pytest.raises(NotAllowed):
        agencies.hand_on(here.viewer("officer"), science.pk)
    actions.give_back(here.viewer("officer"), submission.pk, remarks="thêm phần của Sở Khoa học và Công nghệ")
    address = reverse("agencies:hand_on", args=[science.pk])
    assert signed_in("administrator").post(address).status_code == 302
    assert keys(here, "finance") >= asked
    assert left_behind(viewer, science) == []


def test_an_end_to_come_moves_nothing_yet(here: Side) -> None:
    life.open_cycle(here)
    end(here, "science", newcomer(here, "Sở A"), later=5)
    assert "Sở Khoa học và Công nghệ" in owing(here)
    with pytest.raises(Refused):
        agencies.hand_on(here.viewer("administrator"), here.parties["science"].pk)


def test_without_successors_it_stays(here: Side) -> None:
    life.open_cycle(here)
    end(here, "science")
    assert "Sở Khoa học và Công nghệ" in owing(here)
    agencies.correct_end(
        here.viewer("administrator"),
        here.parties["science"].pk,
        on=today(),
        successors=[here.parties["finance"].pk],
        reason="bổ sung đơn vị kế thừa",
    )
    assert "Sở Khoa học và Công nghệ" not in owing(here)


def test_a_closed_cycle_is_left_as_it_was(here: Side) -> None:
    cycle = life.open_cycle(here)
    actions.close_cycle(here.viewer("officer"), cycle.pk)
    end(here, "science", "finance")
    assert "Sở Khoa học và Công nghệ" in owing(here)


def test_a_page_open_before_saves_nothing_over_it(here: Side) -> None:
    life.open_cycle(here)
    version = life.report_of(here, "finance").version
    end(here, "science", "finance")
    with pytest.raises(Conflict):
        life.write(here, "finance", version=version)


def test_a_report_found_out_each_time_is_settled(here: Side) -> None:
    life.open_cycle(here)
    asked, own = keys(here, "science"), keys(here, "finance")
    with writing():
        Report.objects.update(answers_for=None)
    end(here, "science", "finance")
    assert keys(here, "finance") == own | asked


def test_who_collects_is_succeeded_too(here: Side) -> None:
    cycle = life.open_cycle(here)
    end(here, "industry", "finance")
    cycle.refresh_from_db()
    assert cycle.collector_id == here.parties["finance"].pk


def test_the_page_of_an_end_says_what_will_move(here: Side, signed_in: SignIn) -> None:
    cycle = life.open_cycle(here)
    life.write(here, "science")
    client, science = signed_in("administrator"), here.parties["science"]
    address = reverse("agencies:end", args=[science.pk])
    page = client.get(address).content.decode()
    assert "Sẽ chuyển cho đơn vị kế thừa" in page
    assert f"{cycle.title}, {due_words(cycle)}: đã nhập một phần" in page
    typed = {"on": f"{today():%d/%m/%Y}", "successors": [here.parties["finance"].pk]}
    assert client.post(address, typed).status_code == 302
    board = signed_in("officer").get(reverse("reporting:board", args=[cycle.pk])).content.decode()
    assert "kế thừa Sở Khoa học và Công nghệ (từ" in board
    desk = signed_in("clerk_finance").get("/").content.decode()
    assert "kế thừa Sở Khoa học và Công nghệ (từ" in desk
    report = life.report_of(here, "finance")
    form = signed_in("clerk_finance").get(reverse("reporting:form", args=[report.pk])).content.decode()
    assert "kế thừa Sở Khoa học và Công nghệ (từ" in form
    theirs = life.report_of(here, "science")
    read = signed_in("clerk_science").get(reverse("reporting:form", args=[theirs.pk]))
    assert (read.status_code, read["Location"]) == (302, reverse("reporting:own"))
