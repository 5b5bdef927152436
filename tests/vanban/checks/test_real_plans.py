"""On real plans everything that a careful reader must see is found, with at most one false alarm a plan."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import SHARED, needs_plans
from vanban.checks import check, codes
from vanban.checks.registers import from_folder
from vanban.folding import bare
from vanban.reading import read_file
from vanban.understanding import understand

PLANS = sorted((SHARED / "plans").glob("*.findings.json"))
NAMES = ("agency_ended", "duty_without_task", "lead_without_duty", "addressee_not_recipient")


@needs_plans
@pytest.mark.parametrize("expected", PLANS, ids=lambda path: path.name)
def test_must_is_found_and_hardly_more(expected: Path) -> None:
    wanted = json.loads(expected.read_text(encoding="utf-8"))
    source = expected.with_name(expected.name.replace(".findings.json", ".txt"))
    document = read_file(source.read_bytes(), source.name)
    registers = from_folder(Path(__file__).parents[3] / "refdata")
    found = check(document, understand(document), registers, date(2026, 11, 21))
    for must in wanted["must"]:
        if must["code"] in codes():
            same = [f for f in found if f.code == must["code"]]
            assert same, must
            if must["code"] in NAMES:
                assert any(bare(f.words) == bare(must["about"]) for f in same), must
    right = {must["code"] for must in wanted["must"]} | set(wanted["may"])
    assert sum(f.code not in right for f in found) <= 1
