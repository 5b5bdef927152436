"""The reminder from the board to the Word file, as LibreOffice shows its pages; a letter of assignments; an agency's
own report as its own paper."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Page

from luc.kernel.time import today
from tests.journeys.conftest import PICTURES, Visit, Visitor
from vanban import header
from vanban.conforming import check_layout
from vanban.reading import read_file
from vanban.writing import can_write_pdf, write_pdf

pytestmark = pytest.mark.browser
STORY = "paper"


def test_a_reminder_goes_from_the_board_to_paper(come: Visit, tmp_path: Path) -> None:
    officer = come("a.officer")
    page = officer.page
    officer.go("/ky-bao-cao/")
    page.get_by_role("link", name="Báo cáo năm").first.click()
    officer.press("Công văn", exact=True)
    officer.look("120-letters")
    page.get_by_label("Đề nghị gửi trước ngày").fill(f"{today() + timedelta(days=7):%d/%m/%Y}")
    page.get_by_label("Đơn vị soạn thảo (viết tắt)").first.fill("QLCN")
    officer.press("Lập công văn đôn đốc")
    officer.reads("Mọi con số khớp số liệu hiện có")
    officer.look("121-reminder")
    officer.press("Phiên bản, tệp Word")
    officer.press("Giữ phiên bản hiện nay")
    officer.reads("Đủ điều kiện để trình ký")
    officer.look("122-kept")
    letter = made(officer, page, tmp_path)
    assert [departure.message for departure in check_layout(letter)] == []
    read = header.read(read_file(letter, "x.docx"))
    assert str(read["title"]).startswith("đôn đốc báo cáo")
    shown(letter, "123-reminder")
    assignments(officer, page)
    clerk = own_report(come, tmp_path)
    complaints = [*officer.complaints, *clerk.complaints]
    assert complaints == [], "\n".join(complaints)


def made(officer: Visitor, page: Page, folder: Path) -> bytes:
    """The Word file of the version that is open, made by the worker and taken home."""
    version = page.url
    officer.press("Lập tệp Word")
    page.wait_for_url("**/phien-ban/")
    page.goto(version)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Word (.docx)").click()
    coming.value.save_as(folder / "cong-van.docx")
    return (folder / "cong-van.docx").read_bytes()


def shown(letter: bytes, name: str) -> None:
    """The pages as LibreOffice shows them, as pictures to look at."""
    if not can_write_pdf():
        return
    with pdfium.PdfDocument(write_pdf(letter)) as paper:
        for number, page in enumerate(paper, 1):
            page.render(scale=70 / 72).to_pil().save(PICTURES / f"{name}-{number}.png")


def assignments(officer: Visitor, page: Page) -> None:
    """From an agency's page in the plan to the letter that tells it its tasks."""
    officer.go("/ke-hoach/")
    page.get_by_role("link", name="Phát triển ngành công nghiệp môi trường").first.click()
    page.goto(page.url.rstrip("/") + "/don-vi/")
    page.get_by_role("link", name="Sở Tài chính").first.click()
    officer.press("Công văn giao nhiệm vụ")
    officer.look("124-assignments")
    officer.press("Lập công văn")
    officer.reads("danh mục nhiệm vụ được giao")
    officer.look("125-assignments-draft")


def own_report(come: Visit, folder: Path) -> Visitor:
    """A clerk takes the report that was sent as a paper of the own agency."""
    clerk = come("a.clerk_finance")
    page = clerk.page
    clerk.go("/bao-cao/")
    page.get_by_role("link", name="Báo cáo năm").first.click()
    clerk.look("126-sent-report")
    with page.expect_download() as coming:
        clerk.press("Tải thành văn bản (.docx)")
    coming.value.save_as(folder / "bao-cao.docx")
    data = (folder / "bao-cao.docx").read_bytes()
    assert header.read(read_file(data, "x.docx"))["issuer"] == "Sở Tài chính"
    shown(data, "127-own-report")
    return clerk
