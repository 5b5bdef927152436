"""An officer publishes; a stranger on a phone reads, asks and takes the data along; the officer answers in public."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from luc.demonstration.people import PASSWORD
from tests.journeys.conftest import PHONE, PICTURES, Visitor, number_in, visitors
from tests.server import Server

STORY = "public"
QUESTION = "Phường tôi bao giờ có nơi thu gom chất thải nguy hại?"
ANSWER = "Điểm thu gom đầu tiên mở trong quý II năm 2027."
pytestmark = pytest.mark.browser


def stranger(browser: Browser, server: Server) -> tuple[Visitor, BrowserContext]:
    """Somebody on a phone without JavaScript who has no account."""
    options = {"viewport": PHONE, "locale": "vi-VN", "reduced_motion": "reduce"}
    context = browser.new_context(**options, java_script_enabled=False, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    twin = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    return Visitor(context.new_page(), server, PICTURES, twin), context


def test_what_everybody_sees(browser: Browser, installation: Server, tmp_path: Path) -> None:
    with visitors(browser, installation, PASSWORD) as come:
        officer = come("soct.officer")
        person, context = stranger(browser, installation)
        plan = publish(officer)
        person.go("/")
        person.look("public-01-front")
        person.press("Xem các kế hoạch đã công bố")
        person.look("public-02-plans")
        read(person, plan)
        ask(person, plan)
        take_along(person, plan, tmp_path)
        assert context.cookies() == []
        answer(officer)
        person.go(f"/cong-khai/{plan}/hoi-dap/")
        person.reads(QUESTION)
        person.reads(ANSWER)
        person.look("public-20-answered")
        complaints = [*officer.complaints, *person.complaints, *enlarged(browser, installation, plan)]
    assert complaints == [], "\n".join(complaints)


def publish(officer: Visitor) -> int:
    officer.go("/ky-bao-cao/1/")
    officer.look("public-officer-00-board")
    officer.go("/cong-bo/")
    officer.look("public-officer-01-plans")
    officer.press("Xem trước, công bố")
    plan = number_in(r"/cong-bo/(\d+)/", officer.path)
    officer.look("public-officer-02-preview")
    officer.page.fill("textarea[name=note]", "Số liệu năm nay còn đang được bổ sung.")
    officer.press("Công bố đúng như bản xem trước này")
    officer.reads("Trang công khai đã được cập nhật.")
    officer.look("public-officer-03-published")
    return plan


def read(person: Visitor, plan: int) -> None:
    person.press("Phát triển ngành công nghiệp môi trường")
    person.reads("Số liệu năm nay còn đang được bổ sung.")
    person.look("public-03-plan")
    for name, title in [("chi-tieu", "04-targets"), ("dia-ban", "05-map"), ("thay-doi", "06-changes")]:
        person.go(f"/cong-khai/{plan}/{name}/")
        person.look(f"public-{title}")
    person.go("/cong-khai/so-sanh/cnmt/")
    person.look("public-07-comparison")
    person.go(f"/en/public/{plan}/")
    person.reads("Progress by group of tasks")
    person.look("public-08-english")


def ask(person: Visitor, plan: int) -> None:
    person.go(f"/cong-khai/{plan}/nhiem-vu/")
    person.look("public-09-tasks")
    person.press("Nhiệm vụ số 2: xây dựng mô hình xử lý chất thải")
    person.look("public-10-task")
    person.press("Hỏi về nhiệm vụ này")
    person.press("Gửi câu hỏi")
    person.look("public-11-nothing-asked")
    person.page.fill("textarea[name=text]", QUESTION)
    person.press("Gửi câu hỏi")
    person.reads("Đã nhận câu hỏi")
    person.look("public-12-asked")


def take_along(person: Visitor, plan: int, folder: Path) -> None:
    person.go(f"/cong-khai/{plan}/du-lieu/")
    person.look("public-13-data")
    with person.page.expect_download() as coming:
        person.press("CSV Nhiệm vụ")
    kept = folder / "nhiem-vu.csv"
    coming.value.save_as(kept)
    with kept.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 6
    for picture in ("tien-do", "chi-tieu", "dia-ban", "thoi-han"):
        person.go(f"/cong-khai/{plan}/hinh/{picture}/")
        person.look(f"public-14-picture-{picture}")


def answer(officer: Visitor) -> None:
    officer.go("/cong-bo/hoi-dap/")
    officer.reads(QUESTION)
    officer.look("public-officer-04-questions")
    officer.press("Trả lời", exact=True)
    officer.page.fill("textarea[name=text]", ANSWER)
    officer.look("public-officer-05-answer")
    officer.press("Trả lời và công khai")
    officer.reads("đã trả lời, công khai")
    officer.look("public-officer-06-answered")


def enlarged(browser: Browser, server: Server, plan: int) -> list[str]:
    """WCAG 2.2, 1.4.4 and 1.4.10: 1280 points at 200 % are 640, at 400 % 320; and the weight of a first view."""
    found: list[str] = []
    for width in (640, 320):
        page = browser.new_page(viewport={"width": width, "height": 400})
        for name in ("", "chi-tieu/", "nhiem-vu/", "dia-ban/", "hoi-dap/gui/", "du-lieu/"):
            page.goto(f"{server.address}/cong-khai/{plan}/{name}")
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append(f"{name} at {width} px is {wide} px wide")
        page.close()
    if (weight := weight_of(browser, f"{server.address}/cong-khai/{plan}/")) > 100_000:
        found.append(f"a first view weighs {weight} bytes")
    return found


def weight_of(browser: Browser, address: str) -> int:
    """Every byte of a first visit that comes over the wire, heads included."""
    context = browser.new_context()
    page, weights = context.new_page(), list[int]()
    session = context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    context.close()
    return sum(weights)
