"""Opinions of agencies on a version, and the Word file that comes of one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luc.issuing import actions, queries
from luc.issuing.actions.files import keep_file
from luc.issuing.content import words
from luc.issuing.models import Opinion, OpinionRemark, Version
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.time import today
from luc.papers.queries import content as bytes_of
from tests.cast import Side
from tests.issuing.life import block_at, blocks_of, drafted
from vanban import header
from vanban.document import Table
from vanban.reading import read_file


def _asked(side: Side, *parties: str) -> tuple[Version, list[Opinion]]:
    officer = side.viewer("officer")
    version = actions.keep(officer, drafted(side).pk)
    asked = [side.parties[name].pk for name in parties or ("finance", "environment")]
    return version, actions.ask(officer, version.pk, parties=asked, last_day=today() + timedelta(days=5))


def _of(side: Side, person: str) -> Opinion:
    return queries.asked_of(side.viewer(person)).get()


def test_who_is_asked_sees_its_own_question_alone(here: Side) -> None:
    _asked(here)
    assert _of(here, "clerk_finance").party == here.parties["finance"]
    assert not queries.asked_of(here.viewer("clerk_science")).exists()
    assert not queries.drafts(here.viewer("clerk_finance")).exists()
    assert not queries.versions(here.viewer("clerk_finance")).exists()


def test_an_agency_answers_once_and_for_itself(here: Side) -> None:
    version, _ = _asked(here)
    clerk, block = here.viewer("clerk_finance"), version.content["blocks"][0]["id"]
    mine, other = _of(here, "clerk_finance").pk, _of(here, "clerk_environment").pk
    with pytest.raises(Opinion.DoesNotExist):
        actions.give(clerk, other, state="agreed")
    with pytest.raises(Refused):
        actions.give(clerk, mine, state="remarked")
    with pytest.raises(Refused):
        actions.give(clerk, mine, state="agreed", remarks={block: "Sửa câu này."})
    with pytest.raises(Refused):
        actions.give(clerk, mine, state="remarked", remarks={10**9: "Sửa câu này."})
    actions.give(clerk, mine, state="remarked", general="Thống nhất.", remarks={block: "Nêu rõ căn cứ."})
    with pytest.raises(Conflict):
        actions.give(clerk, mine, state="none")
    assert OpinionRemark.objects.count() == 2


@pytest.mark.parametrize(
    ("parties", "days"), [([], 5), (["industry"], 5), (["departments"], 5), (["finance"], -1)]
)
def test_a_question_to_nobody_or_for_yesterday_is_refused(here: Side, parties: list[str], days: int) -> None:
    officer = here.viewer("officer")
    version = actions.keep(officer, drafted(here).pk)
    asked = [here.parties[name].pk for name in parties]
    with pytest.raises(Refused):
        actions.ask(officer, version.pk, parties=asked, last_day=today() + timedelta(days=days))


def test_nobody_is_asked_twice_about_one_version(here: Side) -> None:
    version, _ = _asked(here, "finance")
    with pytest.raises(Refused):
        actions.ask(
            here.viewer("officer"), version.pk, parties=[here.parties["finance"].pk], last_day=today()
        )


def test_remarks_are_taken_over_or_explained_and_stand_in_the_paper(here: Side) -> None:
    version, _ = _asked(here)
    officer, block = here.viewer("officer"), version.content["blocks"][0]["id"]
    pk = _of(here, "clerk_finance").pk
    actions.give(here.viewer("clerk_finance"), pk, state="remarked", remarks={block: "Nêu rõ căn cứ."})
    remark = OpinionRemark.objects.get()
    with pytest.raises(OpinionRemark.DoesNotExist):
        actions.settle(here.viewer("clerk_finance"), remark.pk, taken="taken", explanation="")
    with pytest.raises(NotAllowed):
        actions.settle(here.viewer("leader"), remark.pk, taken="taken", explanation="")
    with pytest.raises(Refused):
        actions.settle(officer, remark.pk, taken="explained", explanation=" ")
    actions.settle(officer, remark.pk, taken="explained", explanation="Đã nêu ở phần mở đầu")
    draft = actions.write_opinions(officer, version.draft_id)
    table = words(block_at(draft, "opinions", "table").content)
    assert "Nêu rõ căn cứ." in table
    assert "Giải trình: Đã nêu ở phần mở đầu" in table
    assert "chưa góp ý" in table
    count = len(blocks_of(draft))
    actions.write_opinions(officer, draft.pk)
    assert len(blocks_of(draft)) == count


def test_the_word_file_says_what_the_version_says_and_knows_its_sources(here: Side) -> None:
    officer = here.viewer("officer")
    version = actions.keep(officer, drafted(here).pk)
    made = keep_file(officer, version.pk)
    assert keep_file(officer, version.pk) == made
    document = read_file(bytes_of(made.file), made.file.name)
    found = header.read(document)
    assert (found["number"], found["issuer"], found["kind"]) == (None, "Sở Công Thương", "BÁO CÁO")
    tables = [block for block in document.blocks if isinstance(block, Table)]
    said = [[cell.text for cell in row] for table in tables for row in table.rows]
    told = next(row for row in said if row[1].startswith("Nước thải sinh hoạt") and len(row) == 5)
    assert told[3] == "72,5%"
    bound = [line for line in made.sources if line["cell"]]
    assert {line["words"] for line in bound} >= {"2", "72,5"}
    assert all(line["rows"] for line in made.sources if not line["cell"])


def test_only_who_writes_makes_the_file(here: Side) -> None:
    version = actions.keep(here.viewer("officer"), drafted(here).pk)
    with pytest.raises(NotAllowed):
        actions.start_file(here.viewer("leader"), version.pk)
    with pytest.raises(Version.DoesNotExist):
        actions.start_file(here.viewer("clerk_finance"), version.pk)
