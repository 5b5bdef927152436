"""How long reading takes, beside the libraries alone: `python bench/reading.py`.

A paper of 126 pages as .docx against python-docx, as .pdf against pypdfium2, and `luc read` on the five real plans
together where the shared folder stands. Prints a table; the exit status is 1 where a limit is not kept.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2 as pdfium

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.vanban.reading.laidout import as_pdf  # noqa: E402
from tests.vanban.word import as_word  # noqa: E402
from vanban.reading import read_file  # noqa: E402

PLANS = Path(os.environ.get("LUC_SHARED", ROOT.parent / "shared")) / "plans"
PAGES = 126
ITEM = (
    "- Rà soát các điểm xả thải dọc sông, suối và hồ trên địa bàn; đo lưu lượng, nồng độ chất thải theo từng tháng, gửi"
    " kết quả về Sở Nông nghiệp và Môi trường để tổng hợp, công bố và đưa vào cơ sở dữ liệu môi trường của tỉnh."
)
ROUNDS = 5


def paper(sections: int) -> str:
    """A long invented paper: sections of items, and a table of tasks at the end."""
    lines = ["KẾ HOẠCH", "Bảo vệ nguồn nước giai đoạn 2026 - 2030"]
    for section in range(1, sections + 1):
        lines += [f"{section}. Nhóm nhiệm vụ thứ {section}", *[ITEM] * 9]
    rows = [
        f"{n}\tGiám sát điểm lấy nước số {n}\tSở Y tế\tUBND các xã, phường\t2026-2028" for n in range(1, 41)
    ]
    return "\n".join([*lines, "TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian", *rows])


def seconds(work: Callable[[], object]) -> float:
    """The shortest of some rounds, in seconds of this process's CPU."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def docx_alone(data: bytes) -> int:
    """What python-docx alone needs for all paragraphs and cells in order."""
    count = 0
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            count += sum(len(cell.text) for cell in block._cells)
        else:
            count += len(block.text)
    return count


def pdf_alone(data: bytes) -> int:
    """What pypdfium2 alone needs for the text of all pages."""
    file = pdfium.PdfDocument(data)
    count = sum(len(page.get_textpage().get_text_range()) for page in file)
    file.close()
    return count


def of_pages(pages: int) -> tuple[str, bytes]:
    """A paper, and its PDF of as many pages."""
    sections = pages * 10 // 26
    while True:
        text = paper(sections)
        data = as_pdf(text)
        count = len(pdfium.PdfDocument(data))
        if abs(count - pages) <= 1:
            return text, data
        sections = round(sections * pages / count)


def plans() -> float:
    """Seconds of CPU of one `luc read` for each of the five plans, starts included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for plan in sorted(PLANS.glob("*.txt")):
        words = [
            sys.executable,
            "-c",
            "import sys; from vanban.cli import main; main(sys.argv[1:])",
            "read",
            str(plan),
        ]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print the table; 1 where a limit is not kept."""
    text, as_pages = of_pages(PAGES)
    word = as_word(text)
    pages = len(pdfium.PdfDocument(as_pages))
    rows = [
        ("docx", seconds(lambda: docx_alone(word)), seconds(lambda: read_file(word, "a.docx")), 2.0),
        ("pdf", seconds(lambda: pdf_alone(as_pages)), seconds(lambda: read_file(as_pages, "a.pdf")), 3.0),
    ]
    print(f"{pages} pages        library alone   read_file   times   limit")
    kept = True
    for kind, alone, ours, limit in rows:
        kept = kept and ours <= limit * alone
        print(f"{kind:<16} {alone:>10.3f} s {ours:>10.3f} s {ours / alone:>7.2f} {limit:>7.1f}")
    if PLANS.is_dir():
        spent = plans()
        kept = kept and spent <= 2.0
        print(f"five plans, luc read, starts included   {spent:.2f} s of CPU, limit 2.0")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
