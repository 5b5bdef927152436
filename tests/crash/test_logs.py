"""The log of a whole journey, as JSON: what happened and where, nobody's name, address or words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import PASSWORD
from tests.crash.load import Crowd, Judged, Writer
from tests.server import Person, Server

pytestmark = pytest.mark.crash


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "home", more={"LUC_LOG_LEVEL": "INFO", "LUC_LOG_FORMAT": "json"})
    made.story("round")
    made.luc("collectstatic", "--noinput", "-v0")
    yield made
    made.kill()


def test_a_journey_leaves_no_personal_data_in_the_log(server: Server) -> None:
    (users,) = server.rows("SELECT username, full_name, email, phone FROM kernel_user")
    server.start("--web", "1")
    told = Crowd(server).told
    for work in (
        Writer(server, "clerk_finance", told).work(),
        Judged(server, "clerk_environment", told).work(),
    ):
        for _, _ in zip(range(5), work, strict=False):
            pass
    stranger = Person(server)
    stranger.get("/tai-khoan/login/")
    stranger.post("/tai-khoan/login/", {"login": "a.officer", "password": "doan-mat-khau-1"})
    stranger.post("/tai-khoan/password/reset/", {"email": "nguyen.van.a@example.vn"})
    assert stranger.ask("/loi-moi/q1w2e3r4t5y6u7i8o9p0a1s2d3f4/").status in {404, 410, 200}
    assert stranger.ask("/khong-co/0912345678/").status == 404
    administrator = Person(server)
    administrator.sign_in("a.administrator", PASSWORD)
    administrator.get("/")
    server.execute("DROP TABLE threads_post" + (" CASCADE" if server.database else ""))
    assert administrator.ask("/trao-doi/").status < 600
    server.stop()
    log = (server.home / "server.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    asked = [line for line in lines if line["logger"] == "luc.request"]
    assert len(asked) > 15
    assert all(re.fullmatch(r"[0-9a-f]{32}", line["request"]) for line in asked)
    assert any(line["message"].startswith("POST bao-cao/<int:report>/ 302") for line in asked)
    for row in users:
        for value in row:
            assert not value or value not in log, value
    for said in ("nguyen.van.a@example.vn", "doan-mat-khau-1", "0912345678", "q1w2e3r4t5y6u7i8", "[clerk_"):
        assert said not in log, said
    assert not re.search(r"[\w.]+@[\w.]+\.\w+", log)
