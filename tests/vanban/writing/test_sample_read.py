"""The sample plan is read whole: what the reading room understands is what its data say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vanban.document import Place
from vanban.reading import read_file
from vanban.understanding import understand
from vanban.writing import Paper, Section, Table, paper_from_json
from vanban.writing.phrases import words

SAMPLE = Path(__file__).parents[3] / "samples" / "ke-hoach-cnmt-mau"

TIMES = {
    "Quý IV năm 2025": ("2025-Q4", "2025-Q4", None),
    "Năm 2026": ("2026", "2026", None),
    "Hằng năm": (None, None, "annual"),
    "Hằng quý": (None, None, "quarterly"),
    "Thường xuyên": (None, None, "continuous"),
    "Hoàn thành trong năm 2026": (None, "2026", None),
    "Hoàn thành trong năm 2027": (None, "2027", None),
    "Trước ngày 30 tháng 6 năm 2026": (None, "2026-06-30", None),
    "Giai đoạn 2025 - 2030": ("2025", "2030", None),
    "Giai đoạn 2026 - 2030": ("2026", "2030", None),
    "Giai đoạn 2026 - 2028": ("2026", "2028", None),
    "Giai đoạn 2026 - 2027": ("2026", "2027", None),
    "Sau khi có hướng dẫn của Bộ Khoa học và Công nghệ": (None, None, "event"),
}

# value_min, value_max, unit, comparator, direction, baseline_year
TARGETS = [
    (70, 80, "%", "range", None, None),
    (60, 70, "%", "range", None, None),
    (20, None, "%", "gte", None, None),
    (9, None, "%/năm", "gt", None, None),
    (95, None, "%", "gt", None, None),
    (None, 30, "%", "lt", None, None),
    (100, 100, "%", "eq", None, None),
    (15, None, "%", "gte", "decrease", 2024),
    (None, 5, "%", "lte", None, None),
    (40, None, "doanh nghiệp", "gte", None, None),
    (1, 1, "vườn ươm", "eq", None, None),
    (1200, 1200, "lượt người", "eq", None, None),
]

NAMED_TOGETHER = {
    "Các Sở: Nông nghiệp và Môi trường, Khoa học và Công nghệ và Xây dựng": [
        "Sở Nông nghiệp và Môi trường",
        "Sở Khoa học và Công nghệ",
        "Sở Xây dựng",
    ]
}


@pytest.fixture(scope="module")
def plan() -> Paper:
    return paper_from_json(json.loads(SAMPLE.with_suffix(".json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def reading() -> dict[str, Any]:
    path = SAMPLE.with_suffix(".docx")
    return understand(read_file(path.read_bytes(), path.name))


def section(plan: Paper, title: str) -> Section:
    return next(block for block in plan.body if isinstance(block, Section) and block.title == title)


def rows_by_group(plan: Paper) -> list[tuple[str, list[str]]]:
    """Each task row of the appendix with the title of its group."""
    table = plan.annexes[0].blocks[0]
    assert isinstance(table, Table)
    out, group = [], ""
    for row in table.rows:
        cells = [words(cell.text) for cell in row]
        if len(cells) == 2:
            group = cells[1]
        else:
            out.append((group, cells))
    return out


def bodies(cell: str) -> list[str]:
    return [body for part in cell.split("; ") for body in NAMED_TOGETHER.get(part, [part])]


def test_head(plan: Paper, reading: dict[str, Any]) -> None:
    assert reading["number"] == "901/KH-UBND"
    assert reading["date"] == "2025-07-15"
    assert reading["issuer"] == "Ủy ban nhân dân thành phố Cần Thơ"
    assert reading["kind"] == "KẾ HOẠCH"
    assert reading["title"] == plan.title
    assert (reading["period_start"], reading["period_end"], reading["vision"]) == (2025, 2030, None)
    assert reading["signer"]["name"] == plan.signer.name
    assert reading["signer"]["authority"] == "TM. ỦY BAN NHÂN DÂN"
    assert reading["recipients"] == list(plan.recipients)
    assert [basis["number"] for basis in reading["legal_bases"]] == [
        "72/2020/QH14",
        "08/2022/NĐ-CP",
        "05/2025/NĐ-CP",
        "1658/QĐ-TTg",
        "1580/TTr-SCT",
    ]


def test_tasks(plan: Paper, reading: dict[str, Any]) -> None:
    wanted = [
        (group, no, text, bodies(lead), bodies(others), time, TIMES[time], output)
        for group, (no, text, lead, others, time, output) in rows_by_group(plan)
    ]
    times = [task["timeframe"] for task in reading["tasks"]]
    found = [
        (
            *(task[key] for key in ("group", "no", "text", "lead", "coordinate")),
            time["text"],
            (time["start"], time["end"], time["recurrence"]),
            task["output"],
        )
        for task, time in zip(reading["tasks"], times, strict=True)
    ]
    assert len(wanted) == 22
    assert found == wanted


def test_targets(reading: dict[str, Any]) -> None:
    keys = ("value_min", "value_max", "unit", "comparator", "direction", "baseline_year")
    assert [tuple(target[key] for key in keys) for target in reading["targets"]] == TARGETS
    assert {target["year"] for target in reading["targets"]} == {2030}


def test_tasks_of_the_body(plan: Paper, reading: dict[str, Any]) -> None:
    wanted = [
        (words(group.title), words(item.text))
        for group in section(plan, "Nhiệm vụ và giải pháp").blocks
        if isinstance(group, Section)
        for item in group.blocks
        if not isinstance(item, Section | Table)
    ]
    assert [(task["group"], task["text"]) for task in reading["body_tasks"]] == wanted


def test_duties(plan: Paper, reading: dict[str, Any]) -> None:
    wanted = [
        (words(agency.title), len(agency.blocks))
        for agency in section(plan, "Tổ chức thực hiện").blocks
        if isinstance(agency, Section)
    ]
    assert [(duty["agency"], len(duty["items"])) for duty in reading["organisation"]] == wanted


def test_regimes(reading: dict[str, Any]) -> None:
    keys = ("frequency", "deadline_day", "deadline_month", "consolidator", "also_on_request")
    assert [tuple(regime[key] for key in keys) for regime in reading["reporting"]] == [
        ("annual", 10, 12, "Sở Công Thương", True),
        ("quarterly", 20, None, "Sở Công Thương", False),
        ("annual", 25, 12, "Sở Công Thương", False),
        ("ad_hoc", None, None, None, False),
    ]
    yearly, _, upwards, obstacles = reading["reporting"]
    assert yearly["reporter"].startswith("Các sở, ban, ngành thành phố, Ban Quản lý")
    assert yearly["reporter"].endswith("Ủy ban nhân dân các xã, phường")
    assert obstacles["to"] == ["Sở Công Thương"]
    assert upwards["to"] == ["Ủy ban nhân dân thành phố", "Bộ Công Thương"]


def test_tasks_and_targets_stand_where_the_reading_says(reading: dict[str, Any]) -> None:
    path = SAMPLE.with_suffix(".docx")
    document = read_file(path.read_bytes(), path.name)
    for found in [*reading["tasks"], *reading["targets"]]:
        stands = " ".join(document.at(Place(**place)) for place in found["places"])
        assert found["text"] in " ".join(stands.split())
