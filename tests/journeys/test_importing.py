"""An officer imports 400 rows with 20 faults, sees every one at its cell, takes the good ones, and undoes it all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, FilePayload

from luc.demonstration.people import PASSWORD
from luc.kernel.workbooks import MEDIA_TYPE
from tests.industry.filled import FAULTS, with_faults, xlsx
from tests.journeys.conftest import visitors
from tests.server import Server

pytestmark = pytest.mark.browser
STORY = "province"
ROWS = 400


def test_400_rows_with_20_faults_and_back(browser: Browser, installation: Server) -> None:
    with visitors(browser, installation, PASSWORD) as come:
        officer = come("soct.officer")
        officer.go("/doanh-nghiep/")
        officer.press("Nhập từ tệp")
        officer.look("import-01-bring")
        data = xlsx(with_faults(ROWS), above=3)
        officer.page.set_input_files(
            "input[name=file]", [FilePayload(name="doanh-nghiep.xlsx", mimeType=MEDIA_TYPE, buffer=data)]
        )
        officer.press("Tải lên và ghép cột")
        officer.reads("ghép theo tên gần giống")
        officer.look("import-02-match")
        officer.press("Xem trước")
        officer.reads(f"{ROWS - len(FAULTS)} trong {ROWS} dòng nhập được")
        for _other, words in FAULTS:
            officer.reads(words.replace("dòng 2", "dòng 5"))  # a title and two empty lines stand above
        officer.look("import-03-faults")
        assert kept(installation) == 0
        officer.page.check("input[name=only_good]")
        officer.press("Nhập 380 dòng")
        officer.page.wait_for_url(re.compile(r"/nhap-tep/\d+/$"), timeout=180_000)
        officer.reads("Hồ sơ từ tệp này")
        officer.look("import-04-in")
        assert kept(installation) == ROWS - len(FAULTS)
        officer.press("Bỏ cả lần nhập")
        officer.look("import-05-undo")
        officer.press("Bỏ cả lần nhập")
        officer.page.wait_for_url(re.compile(r"/nhap-tep/\d+/$"), timeout=180_000)
        officer.reads("Đã bỏ cả lần nhập, không giữ lại gì.")
        officer.look("import-06-undone")
        assert kept(installation) == 0
        assert officer.complaints == []


def kept(server: Server) -> int:
    """How many enterprises the registry holds."""
    (((row,),),) = server.rows("SELECT count(*) FROM industry_enterprise")
    return int(row)
