"""Every kind of paper that leaves the house, signed, is read back by vanban: the same head, words, figures, tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from luc.issuing.actions import keep
from luc.issuing.letters import actions, agency_report
from luc.issuing.models import Draft
from luc.issuing.paper import paper_of
from luc.reporting.models import Report
from luc.rounds.models import Cycle, Submission
from tests.cast import Side
from tests.issuing.life import drafted, reported
from tests.vanban.writing.test_properties import all_tables, grids
from vanban import header
from vanban.conforming import check_layout
from vanban.document import Table
from vanban.reading import read_file
from vanban.writing import IssueDate, Paper, write_docx
from vanban.writing.paper import Block, Item, Paragraph, Section
from vanban.writing.phrases import words


def _of(side: Side, draft: Draft) -> Paper:
    return paper_of(keep(side.viewer("officer"), draft.pk))[0]


def _report(side: Side, cycle: Cycle) -> Paper:
    return _of(side, drafted(side, cycle))


def _asking(side: Side, cycle: Cycle) -> Paper:
    return _of(side, actions.start_asking(side.viewer("officer"), cycle.pk, unit="QLCN"))


def _reminder(side: Side, cycle: Cycle) -> Paper:
    return _of(side, actions.start_reminder(side.viewer("officer"), cycle.pk))


def _assignments(side: Side, cycle: Cycle) -> Paper:
    report = Report.objects.filter(obligation__cycle=cycle).select_related("plan")[0]
    finance = side.parties["finance"].pk
    return _of(side, actions.start_assignments(side.viewer("officer"), report.plan_id, finance))


def _agency(side: Side, cycle: Cycle) -> Paper:
    sent = Submission.objects.get(obligation__cycle=cycle, obligation__party=side.parties["finance"])
    return agency_report.paper_of(sent)


@pytest.mark.parametrize("made", [_report, _asking, _reminder, _assignments, _agency])
def test_a_signed_paper_comes_back_as_it_went(here: Side, made: Callable[[Side, Cycle], Paper]) -> None:
    given = made(here, reported(here))
    signer = replace(given.signer, name="Nguyễn Văn Mẫu")
    paper = replace(given, number="7", date=IssueDate(2026, 12, 20), signer=signer)
    data = write_docx(paper)
    assert check_layout(data) == ()
    document = read_file(data, "x.docx")
    head = header.read(document)
    assert (head["number"], head["date"]) == (f"07/{paper.symbol}", "2026-12-20")
    assert head["issuer"].casefold() == paper.issuer.replace("\n", " ").casefold()
    assert (head["kind"], head["title"]) == (paper.kind.upper() if paper.kind else None, paper.title)
    assert head["signer"]["name"] == signer.name
    assert head["recipients"] == [line.rstrip(".;") for line in paper.recipients]
    blocks = [*paper.body, *(block for annex in paper.annexes for block in annex.blocks)]
    tables = [[[words(c.text) for c in row] for row in (*t.head, *t.rows)] for t in all_tables(tuple(blocks))]
    assert grids(document) == [table for table in tables if len(table[0]) > 2]
    said = [one for one in _sentences(blocks) if one]
    lines = [block.text for block in document.blocks if not isinstance(block, Table)]
    assert said
    assert [one for one in said if not any(one in line for line in lines)] == []


def _sentences(blocks: list[Block] | tuple[Block, ...]) -> list[str]:
    """The words of every paragraph and item, figures included."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph | Item):
            found.append(words(block.text).strip().rstrip(".;/"))
        elif isinstance(block, Section):
            found += _sentences(block.blocks)
    return found
