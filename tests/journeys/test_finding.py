"""A citizen without marks and without an account finds who treats waste water nearby, on a phone and at a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import PHONE, PICTURES, Visitor
from tests.server import Server

STORY = "found"
pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 800}


def stranger(browser: Browser, server: Server, size: dict[str, int]) -> Visitor:
    """Somebody without an account and without JavaScript."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    options = {"viewport": size, "locale": "vi-VN", "reduced_motion": "reduce"}
    context = browser.new_context(**options, java_script_enabled=False)  # type: ignore[arg-type]
    twin = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    return Visitor(context.new_page(), server, PICTURES, twin)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_citizen_finds_a_contractor(size: dict[str, int], browser: Browser, installation: Server) -> None:
    person = stranger(browser, installation, size)
    name = f"found-{size['width']}"
    person.go("/cong-khai/")
    person.press("Doanh nghiệp môi trường")
    person.look(f"{name}-01-home")
    person.page.fill("input[type=search]", "xu ly nuoc thai can tho")
    person.press("Tìm", exact=True)
    person.reads("Kết quả tìm “xu ly nuoc thai can tho”")
    person.look(f"{name}-02-found")
    narrow(person)
    person.look(f"{name}-03-narrowed")
    entries = person.page.locator(".registry-line h3 a")
    assert entries.count() > 3
    entries.first.click()
    person.reads("Nguồn: Dữ liệu hư cấu")
    person.look(f"{name}-04-enterprise")
    person.page.locator(".registry-line h3 a").first.click()
    person.reads("Bên cung cấp")
    person.look(f"{name}-05-offer")
    suggest(person, name)
    assert "sessionid" not in {cookie["name"] for cookie in person.page.context.cookies()}
    assert person.complaints == [], "\n".join(person.complaints)


def narrow(person: Visitor) -> None:
    """Enterprises only, of waste water, then where on the map they are."""
    person.press("Doanh nghiệp", exact=True)
    before = person.page.locator(".lead").inner_text()
    person.page.locator("#thu-hep .registry-facet a", has_text="Xử lý nước thải").first.click()
    person.reads("Đang thu hẹp:")
    assert person.page.locator(".lead").inner_text() != before
    person.page.locator("#thu-hep svg a").first.click()  # the province, on the map
    assert "tinh=92" in person.path
    assert person.page.locator("#thu-hep svg title", has_text="mục").count() > 3


def suggest(person: Visitor, name: str) -> None:
    """What is wrong is said where it was read; only here a cookie is set, against forged forms."""
    assert person.page.context.cookies() == []
    person.press("Có gì sai hoặc thiếu? Góp ý sửa")
    person.page.select_option("select[name=field]", "about")
    person.page.fill("textarea[name=text]", "Mô hình này không còn sản xuất.")
    person.look(f"{name}-06-suggest")
    person.press("Gửi góp ý")
    person.reads("Cảm ơn bạn. Cán bộ sẽ xem góp ý này.")


def test_what_else_a_citizen_looks_at(browser: Browser, installation: Server) -> None:
    person = stranger(browser, installation, DESK)
    person.go("/cong-khai/danh-ba/")
    person.press("Thống kê và tải dữ liệu")
    person.look("found-07-statistics")
    person.press("Quyền riêng tư")
    person.look("found-08-privacy")
    person.go("/cong-khai/danh-ba/tim/?tim=nuoc+thai+kimcuongxanh")
    person.reads("Không có mục nào chứa “kimcuongxanh”.")
    person.look("found-09-nothing")
    assert person.page.context.cookies() == []
    assert person.complaints == [], "\n".join(person.complaints)
