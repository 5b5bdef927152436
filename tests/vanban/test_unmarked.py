"""Set words of lines without marks are known again; nothing moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.document import Document, Paragraph
from vanban.unmarked import marked


def lines(*texts: str) -> list[str]:
    return [b.text for b in marked(Document(tuple(map(Paragraph, texts)))).blocks if isinstance(b, Paragraph)]


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("UY BAN NHAN DAN", "ỦY BAN NHÂN DÂN"),
        ("So: 61/KH-UBND", "Số: 61/KH-UBND"),
        ("Ha Tinh, ngay 08 thang 4 nam 2026", "Ha Tinh, ngày 08 tháng 4 năm 2026"),
        ("KT. CHU TICH", "KT. CHỦ TỊCH"),
        ("Noi nhan:", "Nơi nhận:"),
        ("Solar panels, phase 2", "Solar panels, phase 2"),
        ("Sở Y tế", "Sở Y tế"),
    ],
)
def test_only_set_words_at_the_beginning(printed: str, known: str) -> None:
    assert lines("KE HOACH", printed) == ["KẾ HOẠCH", known]


@given(
    st.lists(st.sampled_from(["KE HOACH tinh", "so 5", "TM. UY BAN NHAN DAN", "Đo nước", "x"]), max_size=5)
)
def test_the_length_stays(texts: list[str]) -> None:
    assert list(map(len, lines(*texts))) == list(map(len, texts))
