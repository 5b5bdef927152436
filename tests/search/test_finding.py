"""What is found, by whom, in which order; with marks, without, by other names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from luc.kernel.rights import STRANGER, Grant, Viewer
from luc.kernel.search import finding
from luc.kernel.search.asking import Asked
from luc.kernel.search.finding import find
from luc.kernel.search.registering import Content, of_party, of_role, of_tenant
from tests.search.shelf import PUBLIC, Shelf


def titles(words: str, viewer: Viewer = STRANGER, **more: object) -> list[str]:
    return [hit.title for hit in find(viewer, Asked(words, **more)).hits]  # type: ignore[arg-type]


def test_found_with_marks_and_without(shelf: Shelf) -> None:
    shelf.named("Máy đo nước thải", "Máy ép bùn", "Quạt thổi khí")
    for words in ("máy đo nước thải", "may do nuoc thai", "MÁY ĐO", "đo", "nuoc  -- thai!"):
        assert titles(words) == ["Máy đo nước thải"]
    assert titles("máy") == ["Máy ép bùn", "Máy đo nước thải"]
    assert titles("lò đốt") == []


def test_marks_as_typed_come_first(shelf: Shelf) -> None:
    shelf.named("Dong lanh", "Động cơ", "Ống đồng", "Đông trùng")
    assert titles("đồng")[0] == "Ống đồng"
    assert titles("động")[0] == "Động cơ"
    assert len(titles("dong")) == len(titles("đồng")) == 4


def test_where_the_tone_mark_sits_does_not_count(shelf: Shelf) -> None:
    shelf.named("Thuỷ lực hoà tan", "Thùy dương")
    assert titles("thủy lực")[0] == "Thuỷ lực hoà tan"
    assert titles("xử lí hòa tan") == []
    shelf.named("Xử lí nước", "Xử lý khí")
    assert set(titles("xử lý")) == {"Xử lí nước", "Xử lý khí"}


def test_title_before_maker_before_text_and_side_by_side_first(shelf: Shelf) -> None:
    shelf.put(
        Content(1, "Bồn chứa", PUBLIC, body="dùng trong xử lý khí thải"),
        Content(2, "Tháp hấp thụ", PUBLIC, more="thiết bị khí thải"),
        Content(3, "Quạt khí cho lò có chất thải", PUBLIC),
        Content(4, "Lọc khí thải", PUBLIC),
    )
    assert titles("khí thải") == ["Lọc khí thải", "Quạt khí cho lò có chất thải", "Tháp hấp thụ", "Bồn chứa"]


def test_abbreviations_lead_both_ways_and_are_told(shelf: Shelf) -> None:
    shelf.named("Trạm XLNT cho KCN", "Hệ thống xử lý nước thải khu công nghiệp", "Xử lý khí thải")
    for words in ("xlnt kcn", "xử lý nước thải khu công nghiệp"):
        assert set(titles(words)) == {"Trạm XLNT cho KCN", "Hệ thống xử lý nước thải khu công nghiệp"}
    assert find(STRANGER, Asked("xlnt")).also == ("xử lý nước thải",)


def test_only_what_one_may_see(shelf: Shelf) -> None:
    shelf.put(
        Content(1, "Lò của mọi người", PUBLIC),
        Content(2, "Lò của tỉnh", frozenset([of_tenant(1)])),
        Content(3, "Lò của sở", frozenset([of_party(7)])),
        Content(4, "Lò của cán bộ", frozenset([of_role("officer", 1), of_party(7)])),
    )
    assert titles("lò") == ["Lò của mọi người"]
    reader = Viewer(user=1, tenants=frozenset([1]))
    assert set(titles("lò", reader)) == {"Lò của mọi người", "Lò của tỉnh"}
    clerk = Viewer(user=2, tenants=frozenset([1]), grants=(Grant("clerk", 1, 7),))
    assert len(titles("lò", clerk)) == 4
    officer = Viewer(user=3, tenants=frozenset([1]), grants=(Grant("officer", 1, 9),))
    assert "Lò của sở" not in titles("lò", officer)
    assert "Lò của cán bộ" in titles("lò", officer)
    elsewhere = Viewer(user=4, tenants=frozenset([2]), grants=(Grant("officer", 2, 10),))
    assert titles("lò", elsewhere) == ["Lò của mọi người"]


def test_changed_and_gone(shelf: Shelf) -> None:
    shelf.named("Máy bơm", "Máy nén")
    assert shelf.put(Content(1, "Máy sấy", PUBLIC)).changed == 1
    assert titles("bơm") == []
    assert titles("sấy") == ["Máy sấy"]
    assert shelf.put(Content(1, "Máy sấy", PUBLIC)).same == 1
    del shelf.things[1]
    assert shelf.index([1, 2]).gone == 1
    assert titles("máy") == ["Máy nén"]


def test_sorted_and_paged(shelf: Shelf) -> None:
    letters = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
    shelf.put(
        *(
            Content(n, f"{letter} bể", PUBLIC, fresh=datetime(2026, 1, 1 + n, tzinfo=UTC))
            for n, letter in enumerate(reversed(letters))
        )
    )
    first = find(STRANGER, Asked("bể", sort="name"))
    assert (first.total, first.pages, first.is_capped) == (len(letters), 2, False)
    second = find(STRANGER, Asked("bể", sort="name", page=2))
    assert [hit.title[0] for hit in (*first.hits, *second.hits)] == list(letters)
    assert [hit.title[0] for hit in find(STRANGER, Asked(sort="newest")).hits][:3] == list("AĂÂ")
    assert find(STRANGER, Asked("bể", page=99)).hits == ()
    assert find(STRANGER, Asked("bể", sort="name", page=999_999)).hits == ()


@pytest.mark.parametrize("cap", [10_000, 2])
def test_facets_widen_and_narrow(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, cap: int) -> None:
    """The same counts whether all that the words find could be counted at once, or each choice by itself."""
    monkeypatch.setattr(finding, "CAP", cap)
    shelf.put(
        Content(1, "Máy lọc", PUBLIC, facets={"field": ["water"], "place": ["92"]}),
        Content(2, "Máy ép", PUBLIC, facets={"field": ["water", "waste"], "place": ["79"]}),
        Content(3, "Máy đốt", PUBLIC, facets={"field": ["waste"], "place": ["79"]}),
        Content(4, "Quạt", PUBLIC, facets={"field": ["air"]}),
    )

    def counted(**narrowed: tuple[str, ...]) -> dict[str, dict[str, int]]:
        found = find(STRANGER, Asked("máy", (shelf.kind.name,), narrowed))
        return {facet.name: {value.value: value.count for value in facet.values} for facet in found.facets}

    assert counted() == {"field": {"waste": 2, "water": 2}, "place": {"79": 2, "92": 1}}
    assert counted(field=("water",)) == {"field": {"waste": 2, "water": 2}, "place": {"79": 1, "92": 1}}
    assert counted(field=("water",), place=("92",)) == {"field": {"water": 1}, "place": {"92": 1, "79": 1}}
    assert counted(field=("none",))["field"]["none"] == 0
    assert set(titles("máy", narrowed={"field": ("water", "waste")})) == {"Máy lọc", "Máy ép", "Máy đốt"}
    asked = Asked("máy", (shelf.kind.name,), {"field": ("water",)})
    (facet, _place) = find(STRANGER, asked).facets
    assert [(value.label, value.is_chosen) for value in facet.values] == [("WASTE", False), ("WATER", True)]


def test_part_of_a_map(shelf: Shelf) -> None:
    shelf.put(
        Content(1, "Trạm Cần Thơ", PUBLIC, point=(10.03, 105.78)),
        Content(2, "Trạm Hà Nội", PUBLIC, point=(21.03, 105.85)),
        Content(3, "Trạm không rõ", PUBLIC),
    )
    south = Asked("trạm", box=(8.0, 102.0, 12.0, 110.0))
    assert [hit.point for hit in find(STRANGER, south).hits] == [(10.03, 105.78)]
    assert find(STRANGER, south).total == 1
    assert [hit.title for hit in find(STRANGER, Asked(box=(20.0, 100.0, 22.0, 110.0))).hits] == [
        "Trạm Hà Nội"
    ]
