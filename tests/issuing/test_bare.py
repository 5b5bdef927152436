"""Which numbers in words are figures that somebody has to vouch for."""

from __future__ import annotations

from time import process_time

import pytest

from luc.issuing.bare import bare, replaced, spans

SENTENCES = {
    "Đến ngày 10 tháng 12 có 5 đơn vị, đạt 72,5% và 1.234,5 tỷ đồng năm 2026.": ["5", "72,5", "1.234,5"],
    "Kế hoạch số 15/KH-UBND ngày 10/02/2026": [],
    "theo Nghị định 30/2020/NĐ-CP, Điều 5, khoản 2, giai đoạn 2026 - 2030, Phụ lục II": [],
    "Trong 6 tháng đầu năm 2026 tổ chức 12 lớp cho 300 người; giảm PM2.5, CO2": ["12", "300"],
    "mục 2 của Kế hoạch: 70-80%": ["70", "80"],
    "quý 3/2026 tăng 15% so với năm 2025": ["15"],
    "1. Đã làm": [],
    "15 xã, 2 phường và 2026 hộ": ["15", "2", "2026"],
}


@pytest.mark.parametrize("words", SENTENCES)
def test_what_is_a_figure(words: str) -> None:
    assert [span.text for span in bare({"runs": [words]})] == SENTENCES[words]


def test_chips_and_what_was_vouched_for_are_none() -> None:
    runs = [
        "Có ",
        {"cell": "a", "shown": "5"},
        "/7 đơn vị làm 12 việc, ",
        {"typed": "9", "source": "sổ"},
        ".",
    ]
    content = {"runs": runs, "quotes": ["đã làm 12 việc"]}
    assert [span.text for span in bare(content)] == ["7"]
    assert "".join(span.text for span in spans(content)) == "Có 5/7 đơn vị làm 12 việc, 9."
    chip = {"cell": "b", "shown": "7"}
    after = replaced(content, 0, chip)
    assert chip in after
    assert bare({**content, "runs": after}) == []
    with pytest.raises(LookupError):
        replaced(content, 1, chip)


@pytest.mark.parametrize(
    "words", ["a" * 20_000, "số " + "1" * 19_000, "1" * 19_000 + "a1", "1a" * 9_000, "1/" * 9_000]
)
def test_long_words_cost_little(words: str) -> None:
    begun = process_time()
    bare({"runs": [words]})
    assert process_time() - begun < 2
