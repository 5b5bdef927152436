"""What differs between two readings: nothing is lost, nothing counted twice, each change says its field."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SHARED, needs_plans
from tests.vanban.checks.plans import PLAN
from vanban.difference import Change, as_json, compare, pairs
from vanban.reading import read_file
from vanban.understanding import understand


def reading(text: str) -> dict[str, Any]:
    return understand(read_file(text.encode(), "plan.txt"))


def changed(old: str, new: str) -> list[Change]:
    assert old in PLAN
    return compare(reading(PLAN), reading(PLAN.replace(old, new)))


def test_a_reading_does_not_differ_from_itself() -> None:
    assert compare(reading(PLAN), reading(PLAN)) == []


def test_the_draft_and_the_signed_paper() -> None:
    draft = PLAN.replace("Số: 31/", "Số:     /").replace(
        "ngày 12 tháng 5 năm 2027\n", "ngày   tháng   năm 2027\n"
    )
    draft = draft.replace("số 31/KH-UBND ngày 12 tháng 5", "số   /KH-UBND ngày   tháng  ")
    (change,) = compare(reading(draft), reading(PLAN))
    assert (change.section, change.kind) == ("header", "changed")
    assert [(f.field, f.old, f.new) for f in change.fields] == [
        ("number", None, "31/KH-UBND"),
        ("date", None, "2027-05-12"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "section", "fields"),
    [
        ("\tSở Tư pháp\tSở Y tế\t", "\tSở Tài chính\tSở Y tế\t", "tasks", ["lead"]),
        ("Năm 2028", "Quý II/2028", "tasks", ["timeframe"]),
        (
            "Lập danh bạ cơ sở tái chế của tỉnh\t",
            "Lập, công bố danh bạ cơ sở tái chế của tỉnh\t",
            "tasks",
            ["text"],
        ),
        ("đạt 40%", "đạt 45%", "targets", ["text", "value_min", "value_max"]),
        ("ngày 05 tháng 12", "ngày 15 tháng 11", "reporting", ["deadline_day", "deadline_month"]),
        ("412/QĐ-TTg ngày 07/01/2027", "412/QĐ-TTg ngày 08/01/2027", "legal_bases", ["date"]),
        ("- Theo dõi, đôn đốc việc thực hiện", "- Theo dõi việc thực hiện", "organisation", ["text"]),
    ],
)
def test_a_change_says_its_field(old: str, new: str, section: str, fields: list[str]) -> None:
    found = [change for change in changed(old, new) if change.section == section]
    (change,) = found
    assert change.kind == "changed"
    assert [field.field for field in change.fields] == fields
    plain = json.loads(json.dumps(as_json(change)))
    assert plain["old_places"]
    assert plain["new_places"]


def test_a_row_added_in_front_does_not_move_the_others() -> None:
    rows = "1\tLập danh bạ cơ sở tái chế của tỉnh"
    found = changed(rows, f"1\tMở chợ phiên đồ cũ\tSở Y tế\t\tNăm 2029\n2{rows[1:]}")
    kinds = Counter((change.kind, tuple(f.field for f in change.fields)) for change in found)
    assert kinds == {("added", ()): 1, ("changed", ("no",)): 1}
    assert next(c.new for c in found if c.kind == "added")["text"] == "Mở chợ phiên đồ cũ"  # type: ignore[index]


def test_the_order_and_the_spelling_of_bodies_do_not_count() -> None:
    assert changed("\tSở Tư pháp\tSở Y tế\t", "\tSở tư pháp\tSở Y Tế\t") == []
    one = PLAN.replace("\tSở Y tế\tGiai đoạn", "\tSở Y tế; UBND tỉnh\tGiai đoạn")
    other = PLAN.replace("\tSở Y tế\tGiai đoạn", "\tỦy ban nhân dân tỉnh; Sở Y tế\tGiai đoạn")
    assert compare(reading(one), reading(other)) == []


words = st.sampled_from(["rác", "nước", "khí", "lập", "đo", "tập huấn", "dân", "chợ"])
texts = st.lists(words, min_size=1, max_size=5).map(" ".join)
tasks = st.fixed_dictionaries(
    {
        "text": texts,
        "lead": st.lists(st.sampled_from(["Sở A", "Sở B"]), max_size=2),
        "no": st.sampled_from([None, "1", "2"]),
        "group": st.sampled_from([None, "Nhóm"]),
    }
)
duties = st.fixed_dictionaries(
    {"agency": st.sampled_from(["Sở A", "Sở B"]), "items": st.lists(texts, max_size=3)}
)
readings = st.fixed_dictionaries(
    {
        "title": texts,
        "tasks": st.lists(tasks, max_size=6),
        "organisation": st.lists(duties, max_size=3),
        "recipients": st.lists(texts, max_size=4),
    }
)


@given(readings)
def test_nothing_differs_from_itself(one: dict[str, Any]) -> None:
    assert compare(one, one) == []


@given(readings, readings)
@settings(max_examples=150)
def test_every_item_is_in_one_pair(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = pairs(old, new)
    for side, whole in (("old", old), ("new", new)):
        items = [
            getattr(pair, side)
            for pair in found
            if pair.section == "tasks" and getattr(pair, side) is not None
        ]
        assert sorted(map(id, items)) == sorted(map(id, whole["tasks"]))
        said = [
            getattr(pair, side)["text"]
            for pair in found
            if pair.section == "organisation" and getattr(pair, side)
        ]
        assert Counter(said) == Counter(text for entry in whole["organisation"] for text in entry["items"])


@given(readings, readings)
@settings(max_examples=150)
def test_the_other_way_round_finds_the_same(old: dict[str, Any], new: dict[str, Any]) -> None:
    there, back = pairs(old, new), pairs(new, old)
    turned = {"added": "dropped", "dropped": "added"}
    count = Counter((p.section, p.kind, len(p.fields)) for p in there)
    assert count == Counter((p.section, turned.get(p.kind, p.kind), len(p.fields)) for p in back)


@needs_plans
def test_two_provinces_that_carry_out_one_programme() -> None:
    names = ("can-tho-cnmt-2026-2030", "dong-thap-524-cnmt-2026-2030")
    golds = [
        json.loads((SHARED / "plans" / f"{name}.gold.json").read_text(encoding="utf-8")) for name in names
    ]
    found = pairs(*golds)
    kinds = Counter(pair.kind for pair in found if pair.section == "tasks")
    assert sum(kinds.values()) - kinds["added"] == len(golds[0]["tasks"])
    assert sum(kinds.values()) - kinds["dropped"] == len(golds[1]["tasks"])
    assert kinds["changed"] + kinds["same"] >= 1
    assert compare(golds[0], golds[0]) == []
