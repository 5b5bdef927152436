"""103 communes by Excel with 20 faults among them: given out, taken back, named by cell, mended, in."""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.sync_api import Browser, FilePayload

from luc.demonstration.people import PASSWORD
from luc.kernel.workbooks import MEDIA_TYPE
from tests.journeys.conftest import Visitor, number_in, visitors
from tests.reporting.filled import faults, filled
from tests.server import Server

pytestmark = pytest.mark.browser
STORY = "communes"
COMMUNES = 103
Files = dict[str, bytes]


def test_103_communes_by_excel_with_20_faults(browser: Browser, installation: Server) -> None:
    with visitors(browser, installation, PASSWORD) as come:
        officer = come("soct.officer")
        forms = give_out(officer)
        right = {name: filled(data) for name, data in forms.items()}
        wrong = dict(zip(list(right)[::5], faults(), strict=False))
        assert (len(right), len(wrong)) == (COMMUNES, 20)
        sent = {name: wrong[name].change(data) if name in wrong else data for name, data in right.items()}
        bring(officer, sent)
        officer.reads("Đã nhận 83 trong 103 tệp")
        officer.look("many-02-twenty-faults")
        for name, fault in wrong.items():
            row = officer.page.locator("tr", has_text=name)
            assert fault.words in row.inner_text(), (fault.name, row.inner_text())
            assert "ô " in row.inner_text()
        assert answered(installation) == 83
        assert half_written(installation) == 0
        bring(officer, {name: right[name] for name in wrong})
        officer.reads("Đã nhận 20 trong 20 tệp")
        officer.look("many-03-mended")
        assert answered(installation) == COMMUNES
        assert half_written(installation) == 0
        assert officer.complaints == []


def give_out(officer: Visitor) -> Files:
    """The forms of all agencies in one .zip; those of the communes are sent to be filled."""
    officer.go("/ky-bao-cao/")
    officer.page.locator("main a[href^='/ky-bao-cao/']:not([href*='mo/'])").first.click()
    cycle = number_in(r"/ky-bao-cao/(\d+)/", officer.path)
    officer.go(f"/ky-bao-cao/{cycle}/")
    officer.press("Biểu Excel")
    officer.press("Lập biểu của mọi đơn vị")
    officer.page.wait_for_url("**/bieu-excel/", timeout=180_000)
    officer.look("many-01-forms")
    with officer.page.expect_download() as waiting:
        officer.press("Tải tệp .zip")
    archive = zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes()))
    communes = [name for name in archive.namelist() if name.startswith(("xa-", "phuong-", "dac-khu-"))]
    return {name: archive.read(name) for name in communes}


def bring(officer: Visitor, files: Files) -> None:
    """All files in one act; the job goes on to what became of them."""
    given = [FilePayload(name=name, mimeType=MEDIA_TYPE, buffer=data) for name, data in files.items()]
    officer.page.set_input_files("input[name=filled]", given)
    officer.press("Tải lên và nhận")
    officer.page.wait_for_url("**/ket-qua/*/", timeout=180_000)


def answered(server: Server) -> int:
    """How many reports hold answers."""
    ((row,),) = server.rows("SELECT count(DISTINCT report_id) FROM reporting_answer")
    return int(row[0])


def half_written(server: Server) -> int:
    """How many reports hold some of the three answers and not all."""
    ((row,),) = server.rows(
        "SELECT count(*) FROM (SELECT report_id FROM reporting_answer GROUP BY report_id HAVING count(*) <> 3) AS half"
    )
    return int(row[0])
