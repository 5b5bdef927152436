"""The thread as people walk it: a paper in, a plan, a round of reports, the paper out; each step with a picture."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page

from tests.conftest import SHARED
from tests.journeys.conftest import Visit, Visitor, answer_everything, number_in
from vanban.reading import read_file, understand

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
REAL = SHARED / "plans" / "can-tho-cnmt-2026-2030.txt"
PAPER = REAL if REAL.is_file() else ROOT / "samples" / "ke-hoach-cnmt-mau.docx"
COMMUNE = "anbinh31150.clerk"


def test_the_thread(visit: Visit, tmp_path: Path) -> None:
    officer = visit("soct.officer")
    plan = paper_to_plan(officer)
    cycle = open_the_cycle(officer, plan)

    department = who_answers_for_a_target(officer, plan)
    clerk = visit(clerk_of(officer, department))
    report = write_report(clerk)
    commune = visit(COMMUNE, phone=True)
    write_report_on_a_phone(commune)

    give_one_back(officer, cycle, department)
    correct_and_hand_in_again(clerk, report)
    accept_all(officer, cycle, department)
    follow_a_number(officer, cycle)
    paper_out(officer, cycle, tmp_path)
    complaints = [*officer.complaints, *clerk.complaints, *commune.complaints]
    assert complaints == [], "\n".join(complaints)


def paper_to_plan(officer: Visitor) -> int:
    page = officer.page
    officer.look("01-first-page")
    officer.go("/ke-hoach/tai-len/")
    page.set_input_files("input[type=file]", PAPER)
    officer.look("02-upload")
    officer.press("Tải lên và đọc")
    if "/viec/" in officer.path:
        officer.look("03-job")
    page.wait_for_url("**/ra-soat/**", timeout=60_000)
    officer.look("04-review-head")
    reading = number_in(r"/ra-soat/(\d+)/", officer.path)
    correct_a_field(officer, reading)
    settle(officer, reading)
    officer.look("08b-nothing-left")
    officer.press("Thông qua kế hoạch")
    officer.look("09-adopt")
    officer.press("Thông qua", exact=True)
    page.wait_for_url(re.compile(r"/ke-hoach/\d+/$"))
    officer.look("10-plan")
    for name, title in [
        ("nhiem-vu", "11-plan-tasks"),
        ("chi-tieu", "12-plan-targets"),
        ("don-vi", "13-plan-parties"),
    ]:
        officer.go(f"/ke-hoach/{number_in(PLAN, officer.path)}/{name}/")
        officer.look(title)
    return number_in(PLAN, officer.path)


PLAN = r"/ke-hoach/(\d+)/"


def correct_a_field(officer: Visitor, reading: int) -> None:
    page = officer.page
    officer.go(f"/ke-hoach/ra-soat/{reading}/nhiem-vu/")
    officer.look("05-review-tasks")
    page.get_by_role("link", name="Sửa", exact=True).first.click()
    form = page.locator("form.is-editing")
    words = form.locator("textarea").first
    words.fill(words.input_value() + " (đã đối chiếu)")
    officer.look("06-review-correcting")
    form.get_by_role("button", name="Lưu").click()
    officer.reads("(đã đối chiếu)")


def settle(officer: Visitor, reading: int) -> None:
    """Names of bodies, suggestions, and what is left, until nothing is."""
    page = officer.page
    officer.go(f"/ke-hoach/ra-soat/{reading}/co-quan/")
    officer.look("07-review-names")
    missing = page.get_by_role("button", name="Thêm tất cả vào danh mục")
    if missing.count():
        missing.click()
    suggested = page.get_by_role("button", name=re.compile(r"Chấp nhận \d+ gợi ý"))
    if suggested.count():
        suggested.first.click()
    officer.go(f"/ke-hoach/ra-soat/{reading}/con-lai/")
    officer.look("08-what-is-left")
    while page.get_by_role("button", name="Để cơ quan đầu mối báo cáo thay").count():
        officer.press("Để cơ quan đầu mối báo cáo thay")


def open_the_cycle(officer: Visitor, plan: int) -> int:
    page = officer.page
    officer.go("/ky-bao-cao/")
    officer.look("14-cycles")
    page.locator("a[href^='/ky-bao-cao/mo/']").first.click()
    officer.look("15-opening")
    officer.press("Mở kỳ báo cáo", exact=True)
    page.wait_for_url(re.compile(r"/ky-bao-cao/\d+/$"))
    officer.look("16-board-empty")
    return number_in(r"/ky-bao-cao/(\d+)/", officer.path)


def who_answers_for_a_target(officer: Visitor, plan: int) -> str:
    officer.go(f"/ke-hoach/{plan}/chi-tieu/")
    return officer.page.locator(f"td a[href^='/ke-hoach/{plan}/don-vi/']").first.inner_text()


def clerk_of(officer: Visitor, department: str) -> str:
    """The user name of the clerk of a department, as the administrator who invited them would know it."""
    (clerks,) = officer.server.rows(
        "SELECT u.username FROM kernel_user u JOIN agencies_membership m ON m.user_id = u.id"
        f" JOIN agencies_party p ON p.id = m.party_id WHERE m.role = 'clerk' AND p.name = '{department}'"
    )
    return str(clerks[0][0])


def write_report(clerk: Visitor) -> str:
    """At 1280 with JavaScript: the form saves itself, a file is added, the report handed in."""
    page = clerk.page
    clerk.go("/")
    clerk.look("17-clerk-first-page")
    page.locator("main a[href^='/bao-cao/']").first.click()
    form = clerk.path
    clerk.look("18-report-form")
    first = page.locator("textarea[name$='-result']").first
    first.fill("Đã ban hành hướng dẫn và tổ chức hai lớp tập huấn")
    page.locator("[data-saved]", has_text="Đã lưu lúc").wait_for()
    page.reload()
    assert first.input_value() == "Đã ban hành hướng dẫn và tổ chức hai lớp tập huấn"
    answer_everything(clerk, "Đã thực hiện theo kế hoạch trong kỳ")
    clerk.look("19-report-filled")
    save_while_it_saves_itself(page, "Lưu và thêm, bỏ tệp")
    page.set_input_files(
        "input[type=file]", {"name": "bien-ban.txt", "mimeType": "text/plain", "buffer": b"bien ban"}
    )
    clerk.press("Thêm tệp")
    clerk.reads("bien-ban.txt")
    clerk.look("20-evidence")
    clerk.go(form)
    clerk.press("Xem lại và gửi")
    clerk.look("21-report-review")
    clerk.press("Gửi báo cáo")
    page.wait_for_url("**/da-gui/**")
    clerk.look("22-report-sent")
    return form


def save_while_it_saves_itself(page: Page, button: str) -> None:
    """The answer to the form's own saving is long on its way; who presses a button meanwhile is in nobody's way."""
    page.evaluate(
        "const real = fetch; window.fetch = (...asked) => real(...asked).then("
        "answer => new Promise(go => setTimeout(() => go(answer), 3000)))"
    )
    page.locator("textarea[name$='-result']").first.press("End")
    page.keyboard.type(" trong năm")
    page.locator("[data-saved]", has_text="Đang lưu").wait_for()
    page.get_by_role("button", name=button).evaluate("one => one.click()")


def write_report_on_a_phone(commune: Visitor) -> None:
    """360 px, no JavaScript: a first section answered, the rest has nothing to report, a save for each section."""
    page = commune.page
    commune.go("/")
    commune.look("23-phone-first-page")
    page.locator("main a[href^='/bao-cao/']").first.click()
    commune.look("24-phone-form")
    first = page.locator("textarea[name$='-result']").first
    shared = page.locator(".fold .took input[type=checkbox]")
    if shared.count():
        page.locator("#rest-nil").check()
    if not first.is_visible():
        shared.first.check()
    first.fill("Đã tuyên truyền tại 12 tổ dân phố")
    states = page.locator("label:has(input[type=radio][value=done])")
    if states.count():
        states.first.click()
    page.locator("#obstacle-99-nil").check()
    for section in ("part", "duty", "figure"):
        rest = page.locator(f"button[name=nil-section][value={section}]")
        if rest.count():
            rest.click()
    for lone in page.locator("fieldset.answer:not(.is-answered) > .field input[id$='-nil']").all():
        lone.check()
    commune.look("25-phone-filled")
    commune.press("Xem lại và gửi")
    commune.look("26-phone-review")
    commune.press("Gửi báo cáo")
    assert "/da-gui/" in commune.path
    commune.look("27-phone-sent")


def give_one_back(officer: Visitor, cycle: int, department: str) -> None:
    page = officer.page
    officer.go("/")
    officer.look("28-officer-has-mail")
    officer.go(f"/ky-bao-cao/{cycle}/")
    officer.look("29-board-two-in")
    page.get_by_role("row").get_by_role("link", name=department).first.click()
    officer.look("30-submission")
    page.fill("textarea[name=remarks]", "Ghi rõ số văn bản đã ban hành ở nhiệm vụ thứ nhất.")
    officer.press("Trả lại để sửa")
    officer.reads("Đã trả lại báo cáo")


def correct_and_hand_in_again(clerk: Visitor, form: str) -> None:
    page = clerk.page
    clerk.go("/")
    clerk.look("31-clerk-returned")
    clerk.go(form)
    clerk.look("32-form-returned")
    first = page.locator("textarea[name$='-result']").first
    first.fill("Đã ban hành Công văn số 1204 và tổ chức hai lớp tập huấn")
    clerk.press("Xem lại và gửi")
    clerk.press("Gửi báo cáo")
    page.wait_for_url("**/da-gui/**")


def accept_all(officer: Visitor, cycle: int, department: str) -> None:
    page = officer.page
    officer.go(f"/ky-bao-cao/{cycle}/")
    page.get_by_role("row").get_by_role("link", name=department).first.click()
    officer.look("33-second-version")
    officer.press("Chấp nhận báo cáo")
    officer.reads("Đã chấp nhận")
    officer.go(f"/ky-bao-cao/{cycle}/")
    for box in page.locator("input[name=chon]").all():
        box.check()
    officer.press("Chấp nhận các báo cáo đã chọn")
    officer.look("34-board-accepted")


def follow_a_number(officer: Visitor, cycle: int) -> None:
    page = officer.page
    officer.go(f"/ky-bao-cao/{cycle}/tong-hop/")
    officer.look("35-consolidation")
    number = page.locator("#chi-tieu td a").first
    shown = number.inner_text()
    assert "41,5" in shown
    number.click()
    assert "/da-gui/" in officer.path
    officer.reads("41,5")
    officer.look("36-number-in-its-report")
    figure = page.locator("a[href^='/so-lieu/']").first
    figure.click()
    officer.look("37-number-asked")


def paper_out(officer: Visitor, cycle: int, folder: Path) -> None:
    page = officer.page
    officer.go(f"/ky-bao-cao/{cycle}/du-thao/")
    officer.look("38-drafts")
    page.locator("main form button").last.click()
    page.wait_for_url("**/du-thao/", timeout=60_000)
    page.locator("a[href^='/ky-bao-cao/du-thao/']").first.wait_for(timeout=60_000)
    officer.look("39-draft-made")
    with page.expect_download() as coming:
        page.locator("a[href^='/ky-bao-cao/du-thao/']").first.click()
    data = Path(coming.value.path()).read_bytes()
    (officer.pictures / "40-bao-cao.docx").write_bytes(data)
    opened = docx.Document(io.BytesIO(data))
    words = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert opened.tables
    assert "BÁO CÁO" in words
    read = understand(read_file(data, "bao-cao.docx"))
    assert read["kind"] == "BÁO CÁO"
    assert "SỞ CÔNG THƯƠNG" in str(read["issuer"]).upper()
