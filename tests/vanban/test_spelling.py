"""Slips of spelling, and what is none; words that can be Vietnamese syllables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vanban.prose import words
from vanban.spelling import mixed_tones, slips
from vanban.syllables import is_syllable, places_tone_old


def found(*texts: str) -> list[tuple[str, str | None]]:
    return [(slip.words.text, slip.instead) for slip in slips([words(text) for text in texts])]


@pytest.mark.parametrize(
    ("text", "slip", "instead"),
    [
        ("đẩy mạnh chuyên đổi xanh", "chuyên đổi", "chuyển đổi"),
        ("Phối hơp với các sở", "Phối hơp", "phối hợp"),
        ("nguồn nhân lưc của tỉnh", "nhân lưc", None),
        ("huy động ngưồn vốn", "ngưồn", None),
        ("đạt chât lượng", "chât", None),
        ("giao cho các các xã", "các các", "các"),
    ],
)
def test_a_slip_and_what_it_may_stand_for(text: str, slip: str, instead: str | None) -> None:
    ((printed, proposed),) = found(text)
    assert slip in printed or printed in slip
    assert instead is None or proposed == instead


@pytest.mark.parametrize(
    "text",
    [
        "Quản lý văn bản hành chính của cơ quan",
        "bảo tồn tài nguyên thiên nhiên",
        "chi tiêu công bắt đầu từ năm sau",
        "xã Đắk Rơ Wa và xã Ngọk Bay",
        "khí mêtan, ôzôn và dioxide; logistics xanh",
        "luôn luôn; thường xuyên; ngày ngày",
        "giữ gìn truyền thống, quốc tế, quyết toán, giếng, khuỷu, xoong",
        "Nguyễn Triên Khai",
        "PHỐI HƠP THỰC HIÊN",
        "a) đ) e)",
    ],
)
def test_what_is_no_slip(text: str) -> None:
    assert found(text) == []


def test_one_odd_pair_beside_a_frequent_one() -> None:
    often = ["Mạng lưới lò gạch của tỉnh."] * 4
    assert found(*often, "Thay lò gach cũ.") == [("lò gach", "lò gạch")]
    assert found(*often[:2], "Thay lò gach cũ.") == []
    assert found(*often, "Thay lò gách cũ, gách ngói.") == []


def test_two_ways_of_placing_the_tone() -> None:
    paper = [words("Văn hóa, thủy lợi và hòa bình"), words("Sở Văn hoá"), words("quý, khoái, hoàn, thúy")]
    assert [found.text for found in mixed_tones(paper)] == ["hoá"]
    assert mixed_tones(paper[:1]) == []
    assert (places_tone_old("hoà"), places_tone_old("hòa"), places_tone_old("quý")) == (True, False, None)


@pytest.mark.parametrize(
    "word",
    [
        "gì",
        "giếng",
        "quốc",
        "quý",
        "khuya",
        "nghiêng",
        "ương",
        "ỷ",
        "oẹ",
        "xoèn",
        "chuyền",
        "thuở",
        "huơ",
        "rượu",
    ],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["chât", "nghịêp", "ngưồn", "đrích", "tiêc", "thiêt", "hợpp", "ệ1"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(max_size=60))
def test_every_slip_is_cut_from_its_text(text: str) -> None:
    for slip in slips([words(text)]):
        assert slip.words.text in text
        assert slip.words.text


def test_one_letter_beside_a_frequent_pair() -> None:
    often = ["Ngành công nghiệp của tỉnh."] * 4
    assert found(*often, "Khu công nghệp mới.") == [("công nghệp", "công nghiệp")]
    assert found(*often, "Nền công nghiệm mới, nghiệm thu.") == []
    assert found(*["Việc cho các xã."] * 4, "Việc cho cán bộ.") == []


@pytest.mark.parametrize(
    "text", ["luôn luôn từ từ", "mức tiêu thụ điện", "ứng phó biến đổi khí hậu", "µg/m3", "lắng nghe"]
)
def test_words_that_look_like_slips_and_are_none(text: str) -> None:
    assert found(text) == []


def test_a_word_without_marks_in_a_marked_text() -> None:
    assert found("bố trí kinh phi thực hiện") == [("kinh phi", "kinh phí")]
