"""Results at any moment: coverage, sums, counts, who is missing; as table, workbook, paper; in a few statements."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import docx
import pytest
import python_calamine as calamine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luc.agencies.models import Party
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.requests import actions, workbook
from luc.requests.content import compose
from luc.requests.models import Request
from luc.requests.queries.replies import draft
from luc.requests.queries.results import Results, results
from luc.requests.wording import coverage
from luc.rounds.actions import fingerprint
from luc.rounds.models import Obligation, Submission
from tests.cast import Side
from tests.requests import life

SignIn = Callable[..., Client]


def told(side: Side, row: Request, person: str = "officer", **more: Any) -> Results:
    from luc.requests.queries.requests import sent

    return results(side.viewer(person), sent(side.viewer(person)).get(pk=row.pk), **more)


def test_partial_results_say_so_with_moment_and_coverage(here: Side) -> None:
    row = life.send(here)
    life.answer(here, "commune_1", number="7")
    life.answer(here, "commune_2", number="3")
    found = told(here, row)
    number, choice, day, text, table, files = found.summaries
    assert number.sum is not None
    assert (number.sum.total, number.sum.average, number.sum.lowest) == (
        Decimal(10),
        Decimal("5.00"),
        Decimal(3),
    )
    assert choice.counts == [("Có", 2), ("Không", 0)]
    assert (day.first_day, day.last_day) == ("2026-11-20", "2026-11-20")
    assert [voice.words for voice in text.voices] == ["Thiếu kinh phí thu gom"] * 2
    ((words, said),) = text.alike
    assert (words, len(said)) == ("Thiếu kinh phí thu gom", 2)
    (area,) = table.column_sums
    assert area.sum is not None
    assert (table.row_count, area.sum.total) == (4, Decimal("3.5"))
    assert (len(files.voices), files.silent) == (0, 2)
    assert [line.party for line in found.missing] == [here.parties["commune_3"]]
    words = coverage(found)
    assert words.startswith("Kết quả chưa đầy đủ, tính đến")
    assert "2/3 đơn vị đã trả lời (66%)" in words


def test_the_sum_is_that_of_what_counts_whatever_the_order(here: Side) -> None:
    row = life.send(here)
    (one,) = life.answer(here, "commune_1", number="7")
    (two,) = life.answer(here, "commune_2", number="3")
    officer = here.viewer("officer")

    def total(**more: Any) -> Decimal | None:
        found = told(here, row, **more).summaries[0].sum
        return found.total if found else None

    assert (total(), total(accepted_only=True)) == (Decimal(10), None)
    actions.accept(officer, [two.pk])
    assert (total(), total(accepted_only=True)) == (Decimal(10), Decimal(3))
    actions.give_back(officer, one.pk, remarks="Kiểm lại")
    assert (total(), total(accepted_only=True)) == (Decimal(3), Decimal(3))
    life.answer(here, "commune_1", number="9")
    assert (total(), total(accepted_only=True)) == (Decimal(12), Decimal(3))
    assert len(actions.accept_all(officer, row.pk)) == 1
    assert total(accepted_only=True) == Decimal(12)
    with pytest.raises(Refused):
        actions.accept_all(officer, row.pk)
    with pytest.raises(Conflict):
        actions.give_back(officer, two.pk, remarks="Muộn rồi")


def test_shares_are_averaged_not_added(here: Side) -> None:
    row = life.send(here, [life.question("number", "Tỷ lệ thu gom", unit="%")])
    for party, value in (("commune_1", "80"), ("commune_2", "90,5")):
        (question,) = life.questions_of(row)
        life.write(here, party, {str(question.pk): {"value": value}})
        life.hand_in(here, party)
    found = told(here, row).summaries[0].sum
    assert found is not None
    assert (found.total, found.average) == (None, Decimal("85.25"))


def test_who_follows_sees_what_was_accepted_and_neighbours_nothing(here: Side, signed_in: SignIn) -> None:
    row = life.send(here)
    (one,) = life.answer(here, "commune_1")
    assert len(told(here, row, "ministry_reader").heard) == 0
    assert len(told(here, row, "leader").heard) == 1
    actions.accept(here.viewer("officer"), [one.pk])
    assert len(told(here, row, "ministry_reader").heard) == 1
    assert signed_in("clerk_commune").get(f"/yeu-cau/{row.pk}/").status_code == 403
    for path in ("", "bang/", "noi-dung/", "ket-qua.xlsx", "ket-qua.docx"):
        assert signed_in("leader").get(f"/yeu-cau/{row.pk}/{path}").status_code == 200
    with pytest.raises(NotAllowed):
        actions.accept(here.viewer("leader"), [one.pk])


def test_another_tenant_finds_nothing(cast: Any, here: Side, signed_in: SignIn) -> None:
    row = life.send(here)
    (one,) = life.answer(here, "commune_1")
    officer = signed_in("officer", cast.there)
    for path in (f"{row.pk}/", f"{row.pk}/bang/", f"{row.pk}/ket-qua.xlsx", f"da-gui/{one.pk}/"):
        assert officer.get(f"/yeu-cau/{path}").status_code == 404


def test_accepting_on_the_table_one_or_all(here: Side, signed_in: SignIn) -> None:
    row = life.send(here)
    one, _two = life.answer(here, "commune_1", "commune_2")
    officer = signed_in("officer")
    path = f"/yeu-cau/{row.pk}/chap-nhan/"
    officer.post(path, {"chon": [str(one.pk)]})
    assert Obligation.objects.filter(state="accepted").count() == 1
    officer.post(path, {"tat-ca": "1"})
    assert Obligation.objects.filter(state="accepted").count() == 2


def test_the_workbook_holds_numbers_and_never_a_formula_of_a_person(here: Side, signed_in: SignIn) -> None:
    wild = '=HYPERLINK("http://example.com","x")'
    row = life.send(here, title="=1+1")
    said = life.full_answers(row, "7")
    text = life.questions_of(row)[3]
    life.write(here, "commune_1", said | {str(text.pk): {"value": wild}})
    life.hand_in(here, "commune_1")
    data = signed_in("officer").get(f"/yeu-cau/{row.pk}/ket-qua.xlsx").content
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Trả lời", "Tổng hợp", "Bảng câu 5", "Chưa trả lời"]
    rows = book.get_sheet_by_name("Trả lời").to_python()
    assert rows[0][0] == "=1+1"
    assert "chưa đầy đủ" in str(rows[1][0])
    answered = next(line for line in rows if line[1] == here.parties["commune_1"].name)
    assert answered[4] == 7
    assert answered[7] == wild
    assert rows[-1][4] == 7
    formulas = [cell for line in book.get_sheet_by_name("Trả lời").to_python() for cell in line if cell == 14]
    assert formulas == []
    missing = book.get_sheet_by_name("Chưa trả lời").to_python()
    assert len(missing) == 4 + 2
    table = book.get_sheet_by_name("Bảng câu 5").to_python()
    assert table[4][2:4] == ["Bãi số 1", 1.5]
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    written = [part.partition("</f>")[0] for sheet in sheets for part in sheet.split("<f>")[1:]]
    assert written == ["SUM(E5:E7)"]


def test_the_paper_says_that_it_is_partial_and_who_is_missing(here: Side, signed_in: SignIn) -> None:
    row = life.send(here)
    life.answer(here, "commune_1")
    data = signed_in("officer").get(f"/yeu-cau/{row.pk}/ket-qua.docx").content
    paper = docx.Document(io.BytesIO(data))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "Kết quả chưa đầy đủ" in words
    assert "1/3 đơn vị" in words
    assert "Tổng 7 bãi" in words
    cells = "\n".join(cell.text for table in paper.tables for line in table.rows for cell in line.cells)
    assert here.parties["commune_3"].name in cells
    assert "Bãi số 2" in cells


def many(side: Side, communes: int) -> Request:
    """A request of ten questions to many communes, all of which have answered."""
    with writing():
        for n in range(communes - 3):
            Party.objects.create(tenant=side.tenant, kind="commune", name=f"Ủy ban nhân dân xã {n}")
    kinds = ["number", "choice", "text", "date", "number"] * 2
    questions = [
        life.question(kind, f"Câu {n}", choices="Có\nKhông" if kind == "choice" else "")
        for n, kind in enumerate(kinds)
    ]
    row = life.send(side, questions)
    reply = life.reply_of(side, "commune_1")
    said = life.full_answers(row)
    reply.typed = said
    whole = draft(reply)
    frozen = compose(reply, whole.answers)
    with writing():
        owing = list(Obligation.objects.filter(cycle=row.cycle))
        Submission.objects.bulk_create(
            Submission(
                tenant=side.tenant,
                obligation=one,
                version=1,
                content=frozen,
                sha256=fingerprint(frozen),
                is_nil=False,
                is_late=False,
                at=now(),
                by_name="Người thử",
            )
            for one in owing
        )
        Obligation.objects.filter(cycle=row.cycle).update(state="submitted", version=1, submitted_at=now())
    return row


def test_a_hundred_communes_times_ten_questions_cost_a_handful_of_statements(
    here: Side, signed_in: SignIn
) -> None:
    row = many(here, 103)
    officer: Viewer = here.viewer("officer")
    from luc.requests.queries.requests import sent

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = results(officer, sent(officer).get(pk=row.pk))
        total = found.summaries[0].sum
    assert len(asked) <= 7
    assert total is not None
    assert (total.count, total.total) == (103, Decimal(7 * 103))
    for path in ("", "bang/"):
        client = signed_in("officer")
        client.get(f"/yeu-cau/{row.pk}/{path}")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/yeu-cau/{row.pk}/{path}")
        assert page.status_code == 200
        assert len(asked) <= 20, [one["sql"][:120] for one in asked]
    began = datetime.now()
    data = workbook.write(found)
    assert (datetime.now() - began).total_seconds() < 5
    rows = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Trả lời").to_python()
    assert [line[1] for line in rows].count("Cộng") == 1
    assert sum(line[4] == 7 for line in rows) == 103
