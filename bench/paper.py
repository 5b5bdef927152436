"""How long a long paper takes to write: `python -m bench.paper`.

About 40 pages of text with 300 figures that are bookmarks, and three annexes with 600 rows between them, as .docx
and .xlsx, beside python-docx that writes the same paragraphs and cells bare (no looks, marks, spans or frame); then
measured against the decree, and read back. CPU of this process, the best of three. The exit status is 1 where the
paper takes more than its bound. Left out: the consolidation it is made of (bench.officer), the PDF (LibreOffice).
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterable

import docx

from vanban.conforming import check_layout
from vanban.reading import read_file
from vanban.writing import (
    Annex,
    Block,
    Cell,
    Column,
    IssueDate,
    Paper,
    Paragraph,
    Run,
    Section,
    Table,
    recipients,
    signing,
    symbol,
    write_docx,
    write_xlsx,
)
from vanban.writing.phrases import words

FIGURES = 300
ROWS = 200
BOUND = 3.0
ROUNDS = 3
SENTENCE = (
    "Trong kỳ, các cơ quan, đơn vị đã rà soát cơ sở sản xuất trên địa bàn, hướng dẫn lắp đặt thiết bị quan trắc,"
    " kiểm tra việc phân loại, thu gom và xử lý chất thải; kết quả đạt "
)
REST = (
    " so với mục tiêu của kế hoạch. Việc phối hợp giữa các đơn vị cơ bản kịp thời, một số nội dung còn phải chờ"
    " hướng dẫn về định mức, đơn giá nên chưa bố trí được kinh phí trong năm."
)


def paper() -> Paper:
    """An invented report of about 40 pages."""
    number = iter(range(1, FIGURES + 1))
    sections = tuple(
        Section(
            f"Nội dung thứ {part}",
            tuple(
                Section(f"Nhóm nhiệm vụ {group}", tuple(_sentence(next(number)) for _ in range(10)))
                for group in range(1, 6)
            ),
        )
        for part in range(1, FIGURES // 50 + 1)
    )
    return Paper(
        parent="UBND thành phố Mẫu",
        issuer="Sở Công Thương",
        symbol=symbol("Báo cáo", "SCT"),
        place="Mẫu",
        date=IssueDate(2026, 12),
        kind="Báo cáo",
        title="Kết quả thực hiện kế hoạch năm 2026",
        addressees=("Ủy ban nhân dân thành phố", "Bộ Công Thương"),
        body=(*sections, Paragraph("Trên đây là báo cáo của Sở Công Thương.")),
        signer=signing("Phó Giám đốc", "Lê Văn Mẫu", form="KT.", head="Giám đốc"),
        recipients=recipients(addressed=True, unit="QLCN"),
        annexes=tuple(Annex(f"Biểu số {n}", (_table(n),), landscape=True) for n in (1, 2, 3)),
    )


def _sentence(number: int) -> Paragraph:
    return Paragraph((Run(SENTENCE), Run(f"{number},5%", key=f"so_{number}"), Run(REST)))


def _table(annex: int) -> Table:
    heads = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Kết quả trong kỳ", "Tình trạng", "Giá trị")
    rows = tuple(
        (
            Cell(str(n)),
            Cell(f"Xây dựng mô hình thu gom, xử lý chất thải tại cụm công nghiệp số {n}"),
            Cell("Sở Nông nghiệp và Môi trường"),
            Cell("Đã khảo sát, lập hồ sơ, lấy ý kiến các đơn vị"),
            Cell("đúng tiến độ"),
            Cell(f"{n}.000,5", key=f"o_{annex}_{n}"),
        )
        for n in range(1, ROWS + 1)
    )
    columns = (Column(0.5, "center"), Column(4), Column(2), Column(3), Column(1.2), Column(1, "right"))
    return Table(columns, rows, head=(tuple(map(Cell, heads)),))


def bare(given: Paper) -> bytes:
    """The same words by python-docx, without any look of their own."""
    document = docx.Document()
    for text in _texts(given.body):
        document.add_paragraph(text)
    for annex in given.annexes:
        for table in (block for block in annex.blocks if isinstance(block, Table)):
            made = document.add_table(rows=len(table.rows) + 1, cols=len(table.columns))
            cells = iter(made._cells)  # each row asked for its cells would walk the table again
            for row in (*table.head, *table.rows):
                for cell in row:
                    next(cells).text = words(cell.text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Section):
            yield words(block.title)
            yield from _texts(block.blocks)
        elif isinstance(block, Paragraph):
            yield words(block.text)


def seconds(work: Callable[[], object]) -> float:
    """The shortest of some rounds, in seconds of this process's CPU."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def main() -> int:
    """Measure and print; 1 where writing takes more than its bound."""
    given = paper()
    data = write_docx(given)
    made, beside = seconds(lambda: write_docx(given)), seconds(lambda: bare(given))
    lines = [
        ("written as .docx", made, f"{made / beside:.1f} times python-docx alone ({beside:.2f} s)"),
        ("annexes as .xlsx", seconds(lambda: write_xlsx(given)), ""),
        ("measured against the decree", seconds(lambda: check_layout(data)), ""),
        ("read back", seconds(lambda: read_file(data, "x.docx")), ""),
    ]
    print(f"{FIGURES} figures, {3 * ROWS} rows in three annexes, {len(data) // 1024} KB")
    for name, took, note in lines:
        print(f"{name:30}{took:6.2f} s  {note}")
    print(f"PAPER {'kept' if made <= BOUND else 'MISSED'}: {made:.2f} s of {BOUND} s")
    return int(made > BOUND)


if __name__ == "__main__":
    sys.exit(main())
