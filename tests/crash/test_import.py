"""A worker is killed in the middle of a file of enterprises, and of undoing it: the next one goes on where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from luc.industry.importing.columns import match
from tests.cast import PASSWORD
from tests.crash.test_ending import state, wait
from tests.industry import filled
from tests.server import Person, Server

pytestmark = pytest.mark.crash
ROWS = 600  # some twenty transactions


@pytest.fixture
def server(tmp_path: Path) -> Server:
    found = Server(tmp_path)
    found.story("registry")
    return found


def test_a_file_goes_in_once_and_comes_out_whole_though_workers_die(server: Server) -> None:
    before = kept(server)
    server.start("--web", "1")
    officer = Person(server)
    officer.sign_in("a.officer", PASSWORD)
    page = brought(server, officer)
    assert officer.post(f"{page}nhap/", {}).status == 302
    killed_and_started(server, lambda: 0 < kept(server)["enterprises"] - before["enterprises"] < ROWS)
    wait(lambda: state(server) == "done")
    assert Counter(kept(server)) - Counter(before) == Counter(
        enterprises=ROWS, offers=ROWS, remembered=2 * ROWS
    )
    once(server)
    assert officer.post(f"{page}bo/", {}).status == 302
    killed_and_started(server, lambda: 0 < undone(server) < 2 * ROWS)
    wait(lambda: state(server) == "done")
    assert undone(server) == 2 * ROWS
    assert "Đã bỏ cả lần nhập, không giữ lại gì." in officer.get(page)
    after = kept(server)
    assert (after["enterprises"], after["offers"]) == (before["enterprises"], before["offers"])
    server.stop()
    server.story("chains")


def brought(server: Server, officer: Person) -> str:
    """The file is there, its columns are matched, the preview is made; its address."""
    ((keeper,),) = server.rows(
        "SELECT id FROM agencies_party WHERE name = 'Sở Công Thương' ORDER BY id LIMIT 1"
    )[0]
    # an installation knows the real communes too, among them another Phường An Bình
    data = filled.xlsx([filled.row(n, **{"Phường/xã": "Phường Đông Phú"}) for n in range(1, ROWS + 1)])
    answer = officer.post("/doanh-nghiep/nhap-tep/", {"keeper": str(keeper)}, {"file": ("ds.xlsx", data)})
    assert answer.status == 302, answer.page
    columns = {f"column_{x}": one.target for x, one in enumerate(match(filled.HEADINGS))}
    told = columns | {"sheet": "Danh sách", "head": "1", "numbers": "vi"}
    assert officer.post(answer.to, told).status == 302
    assert f"{ROWS} trong {ROWS} dòng nhập được" in officer.get(answer.to)
    return answer.to


def killed_and_started(server: Server, when: Callable[[], bool]) -> None:
    """Everything is killed at that moment, and comes back; the job's last beat is made long ago, so nobody waits."""
    wait(when)
    server.kill()
    assert when()
    assert state(server) == "running"
    server.start("--web", "1")
    server.execute("UPDATE kernel_job SET beat_at = '2026-01-01 00:00:00+00:00' WHERE state = 'running'")


def kept(server: Server) -> dict[str, int]:
    counts = [
        rows[0][0]
        for rows in server.rows(
            "SELECT count(*) FROM industry_enterprise",
            "SELECT count(*) FROM industry_offer",
            "SELECT count(*) FROM industry_importedentry",
        )
    ]
    return dict(zip(("enterprises", "offers", "remembered"), counts, strict=True))


def undone(server: Server) -> int:
    return int(server.rows("SELECT count(*) FROM industry_importedentry WHERE undone")[0][0][0])


def once(server: Server) -> None:
    """No row of the file stands twice: neither its entries, nor what it says of them."""
    twice = (
        "SELECT tax_code FROM industry_enterprise GROUP BY tax_code HAVING count(*) > 1",
        "SELECT number, is_offer FROM industry_importedentry GROUP BY number, is_offer HAVING count(*) > 1",
        "SELECT field FROM industry_value WHERE standing = 'open' AND enterprise_id IS NOT NULL"
        " GROUP BY enterprise_id, field HAVING count(*) > 1",
        "SELECT field FROM industry_value WHERE standing = 'open' AND offer_id IS NOT NULL"
        " GROUP BY offer_id, field HAVING count(*) > 1",
        "SELECT object_id FROM search_document GROUP BY kind, object_id HAVING count(*) > 1",
    )
    assert server.rows(*twice) == [[]] * len(twice)
