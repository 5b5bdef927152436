"""What was written is read back by the reading room: the same cells, and the head as it was given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.vanban.writing.examples import PROGRESS, REPORT, RESULTS
from vanban import header
from vanban.document import Document, Table
from vanban.reading import read_file
from vanban.writing import IssueDate, Paper, write_docx
from vanban.writing.paper import Table as Written
from vanban.writing.phrases import words


def read_back(paper: Paper) -> Document:
    return read_file(write_docx(paper), "paper.docx")


def head_of(paper: Paper) -> dict[str, Any]:
    return header.read(read_back(paper))


def grid(table: Written) -> list[list[str]]:
    """The words of each row, covered cells left out."""
    return [[words(cell.text) for cell in row] for row in (*table.head, *table.rows)]


def bordered(document: Document) -> list[list[list[str]]]:
    tables = [block for block in document.blocks if isinstance(block, Table) and len(block.rows[0]) > 2]
    return [[[cell.text for cell in row if not cell.covered] for row in table.rows] for table in tables]


def test_tables_come_back_cell_by_cell() -> None:
    assert bordered(read_back(REPORT)) == [grid(RESULTS), grid(PROGRESS)]


def test_headings_come_back_with_their_level() -> None:
    found = {b.text: b.heading for b in read_back(REPORT).blocks if not isinstance(b, Table)}
    assert found["I. KẾT QUẢ THỰC HIỆN"] == 1
    assert found["1. Chỉ tiêu"] == 2
    assert found["2. Các cơ quan đã gửi báo cáo đúng hạn."] is None


def test_the_head_of_a_signed_report_comes_back() -> None:
    found = head_of(replace(REPORT, number="7", date=IssueDate(2026, 1, 5)))
    assert found["number"] == "07/BC-SCT"
    assert found["date"] == "2026-01-05"
    assert found["issuer"] == "Sở Công Thương"
    assert found["kind"] == "BÁO CÁO"
    assert found["title"] == REPORT.title
    assert found["signer"]["name"] == "Nguyễn Văn Mẫu"
    assert found["signer"]["title"] == "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"
    assert found["recipients"] == ["Như trên", "Giám đốc (để báo cáo)", "Lưu: VT, QLCN"]


def test_a_draft_comes_back_without_number_and_date() -> None:
    found = head_of(REPORT)
    assert (found["number"], found["date"]) == (None, None)


@pytest.mark.parametrize(
    ("kind", "symbol"), [("Tờ trình", "TTr-SCT"), ("Kế hoạch", "KH-UBND"), ("Quyết định", "QĐ-UBND")]
)
def test_other_kinds_come_back(kind: str, symbol: str) -> None:
    found = head_of(replace(REPORT, kind=kind, symbol=symbol, number="512", date=IssueDate(2026, 9, 9)))
    assert (found["kind"], found["number"]) == (kind.upper(), f"512/{symbol}")
    assert found["date"] == "2026-09-09"
