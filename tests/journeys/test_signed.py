"""The signed report comes back: one digit changed is caught, the right one is issued; from a sentence to the clerk's
cell and back up; what was said on a day, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from luc.kernel.time import today
from tests.journeys.conftest import Visit, Visitor, number_in
from tests.server import Server

pytestmark = pytest.mark.browser
STORY = "signed"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The story, in an installation that has a trust list."""
    home = tmp_path_factory.mktemp(STORY)
    (home / "trust").mkdir()
    server = Server(home, more={"LUC_TRUST": str(home / "trust")})
    server.story(STORY)
    server.start()
    yield server
    server.stop()


def bring(officer: Visitor, version: int, file: Path) -> None:
    officer.go(f"/soan-thao/phien-ban/{version}/da-ky/")
    officer.page.set_input_files("input[type=file]", str(file))
    officer.press("Tải lên và đối chiếu")
    officer.page.wait_for_url("**/soan-thao/da-ky/**", timeout=90_000)


def test_the_signed_report_comes_back_and_is_issued(come: Visit, installation: Server) -> None:
    officer = come("a.officer")
    page, papers = officer.page, installation.home / "signed"
    officer.go("/soan-thao/")
    page.locator("table a").first.click()
    officer.press("Phiên bản")
    page.get_by_role("link", name="Phiên bản 1").first.click()
    version = number_in(r"/phien-ban/(\d+)/", officer.path)
    officer.press("Tải bản đã ký lên")
    officer.look("120-bring-signed")

    bring(officer, version, papers / "mot-chu-so.pdf")
    officer.reads("không đúng bản trình ký")
    officer.reads("76")
    officer.look("121-one-digit-changed")
    assert page.get_by_role("button", name="Phát hành").count() == 0
    officer.press("Bỏ bản này")

    bring(officer, version, papers / "da-ky.pdf")
    officer.reads("đều đúng như bản trình ký")
    officer.look("123-all-as-issued")
    officer.press("Phát hành")
    officer.reads("Đã ban hành văn bản số")
    officer.look("124-issued")

    page.locator(".paper mark a", has_text="75").first.click()
    officer.reads("Lấy từ các dòng báo cáo")
    officer.look("125-down-to-the-rows")
    page.locator("table tbody th a").first.click()
    officer.reads("Ai ghi, khi nào, từ đâu")
    officer.look("126-who-typed-it-and-where-used")
    page.get_by_role("link", name="Văn bản số").first.click()
    officer.reads("Bấm vào một số hay câu")
    assert officer.complaints == [], "\n".join(officer.complaints)


def test_what_did_we_say_on_a_day(come: Visit, installation: Server) -> None:
    leader = come("a.leader")
    day = today() - timedelta(days=5)
    leader.go("/van-ban/ban-hanh/")
    leader.look("130-issued-papers")
    leader.go(f"/van-ban/ban-hanh/den-ngay/?ngay={day.isoformat()}")
    leader.reads("mọi số vẫn đúng như văn bản")
    leader.reads("72,5")
    leader.look("131-said-on-a-day")
    leader.page.locator(".sheet h2 a").first.click()
    leader.reads("nhầm đơn vị tính")
    leader.look("132-known-then-known-now")
    leader.go(f"/nguon-so-lieu/ky/1/?ngay={day.isoformat()}")
    leader.look("134-a-round-then-and-now")
    leader.go("/van-ban/ban-hanh/da-doi/")
    leader.reads("72,5")
    leader.look("133-restated")
    assert leader.complaints == [], "\n".join(leader.complaints)
