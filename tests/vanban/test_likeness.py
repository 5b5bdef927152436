"""How alike two pieces of work are, and the abbreviations that a paper makes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vanban import abbreviations
from vanban.likeness import Weights, alike

texts = st.text("abc đê.,", max_size=30)


def test_order_and_marks_of_style_count_little() -> None:
    assert alike("Hoà lưới điện", "hòa lưới điện.") == 1
    assert 0.9 < alike("rà soát quy định về rác", "về rác, rà soát quy định") < 1
    assert alike("rà soát quy định về rác", "mở lớp tập huấn cho nông dân") < 0.5


@given(texts, texts)
def test_alike_is_symmetric_and_between_0_and_1(a: str, b: str) -> None:
    assert 0 <= alike(a, b) <= 1
    assert abs(alike(a, b) - alike(b, a)) < 1e-9
    assert alike(a, a) in {0, 1}


def test_rare_words_say_more() -> None:
    weights = Weights(["phát triển nghề gốm", "phát triển nghề mây", "phát triển nghề dệt"])
    assert weights.share("phát triển nghề gốm", "đưa nghề gốm vào trường") > 0.5
    assert weights.share("phát triển nghề gốm", "phát triển nghề mây") < 5 / 7
    assert weights.same("nghề gốm", "nghề gốm") == 1


def test_abbreviations_are_known_by_their_initials() -> None:
    made = abbreviations.made(
        ["Nghề tái chế phế liệu (sau đây viết tắt là TCPL), thành phố (TPHP)", "rác (KTTH)"]
    )
    assert made == {"TCPL": "tái chế phế liệu"}
    assert abbreviations.written_out("cơ sở TCPL ở KTTH", made) == "cơ sở tái chế phế liệu ở KTTH"
