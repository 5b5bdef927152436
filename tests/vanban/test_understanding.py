"""A plan read whole: invented papers and the real ones, as text and as Word files."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import SHARED, needs_plans
from tests.vanban.word import as_word
from vanban.document import Document, Place
from vanban.folding import bare
from vanban.reading import read_file, understand

PAPERS = sorted(p for p in (Path(__file__).parent / "papers").iterdir() if p.suffix in {".txt", ".md"})
PLANS = sorted((SHARED / "plans").glob("*.txt"))
FIELDS = (
    *(
        "number",
        "date",
        "issuer",
        "kind",
        "title",
        "period",
        "period_start",
        "period_end",
        "vision",
        "legal_bases",
    ),
    *("signer", "recipients", "tasks", "body_tasks", "organisation"),
)
LEAST = {
    **dict.fromkeys(("tasks", "lead", "timeframe", "duties"), 0.9),
    **dict.fromkeys(("header", "legal_bases", "targets", "coordinate", "reporting"), 0.8),
}


def documents(path: Path) -> Iterator[tuple[str, Document]]:
    data = path.read_bytes()
    yield "text", read_file(data, path.name)
    yield "word", read_file(as_word(data.decode()), f"{path.stem}.docx")


def said(value: Any) -> Any:
    """A reading without places and without what the paper does not say."""
    if isinstance(value, dict):
        left_out = {"lead_text", "coordinate_text"}
        return {
            k: said(v) for k, v in value.items() if v is not None and "places" not in k and k not in left_out
        }
    return [said(v) for v in value] if isinstance(value, list) else value


def placed(reading: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, int]]]]:
    """Every text of a reading with its places."""
    for key in ("tasks", "body_tasks", "targets"):
        for item in reading[key]:
            yield item["text"], item["places"]
    for duty in reading["organisation"]:
        yield duty["agency"], duty["places"]
        yield from zip(duty["items"], duty["item_places"], strict=True)
    for key in ("title", "issuer", "kind", "period"):
        if reading[key] and key in reading["header_places"]:
            yield reading[key], reading["header_places"][key]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_an_invented_paper_says_what_it_says_as_text_and_as_word(path: Path) -> None:
    expected = json.loads(path.with_suffix("").with_suffix(".expected.json").read_text(encoding="utf-8"))
    for kind, document in documents(path):
        reading = said(understand(document))
        assert {key: reading[key] for key in FIELDS if key in reading} == expected, kind


@pytest.mark.parametrize("path", [*PAPERS, *PLANS], ids=lambda path: path.stem)
def test_every_item_stands_where_its_places_say(path: Path) -> None:
    for kind, document in documents(path):
        reading = understand(document)
        assert json.loads(json.dumps(reading)) == reading
        for text, places in placed(reading):
            assert places, (kind, text)
            for words in (document.at(Place(**place)) for place in places):
                assert words.strip() == words != ""
                written_out = text.startswith("Ủy ban nhân dân")
                assert written_out or bare(words) in bare(text), (kind, text, words)
        for regime in reading["reporting"]:  # one that is stated twice has the places of both
            words_of_all = [bare(document.at(Place(**place))) for place in regime["places"]]
            assert any(words in bare(regime["quote"]) for words in words_of_all)


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "plans" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_plans
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_real_plan_reads_like_its_hand_checked_reading(path: Path) -> None:
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    for kind, document in documents(path):
        scores = scorer().score(gold, understand(document))
        low = {key: value for key, value in scores.items() if value is not None and value < LEAST[key]}
        assert not low, kind


def test_every_item_of_a_paper_of_forty_pages_is_read() -> None:
    head = "Số: 4/KH-UBND\nHuế, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nBảo vệ nguồn nước giai đoạn 2026 - 2030\n"
    items = "".join(
        f"{n}. Nhóm nhiệm vụ thứ {n}\n"
        + "- Rà soát, bảo vệ nguồn nước mặt tại các lưu vực sông của tỉnh.\n" * 30
        for n in range(1, 21)
    )
    rows = "".join(
        f"{n}\tGiám sát điểm lấy nước số {n}\tSở Nông nghiệp và Môi trường\tUBND các xã, phường\t2026-2028\n"
        for n in range(1, 201)
    )
    table = f"STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện\n{rows}"
    duties = "II. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Bố trí kinh phí.\n"
    text = f"{head}I. NHIỆM VỤ\n{items}{duties}PHỤ LỤC\n{table}"
    word = as_word(text)
    for data, name in ((text.encode(), "dai.txt"), (word, "dai.docx")):
        reading = understand(read_file(data, name))
        assert (len(reading["tasks"]), len(reading["body_tasks"])) == (200, 600)
