"""What a person meant who typed something else, and what helps where nothing is found."""

from __future__ import annotations

import pytest

from luc.kernel.rights import STRANGER
from luc.kernel.search.asking import Asked
from luc.kernel.search.finding import Found, find
from luc.kernel.search.registering import Content, of_tenant
from luc.kernel.search.words import as_telex
from tests.search.shelf import PUBLIC, Shelf

GOODS = (
    "Hệ thống xử lý nước thải sinh hoạt",
    "Hệ thống xử lý nước thải dệt nhuộm",
    "Máy đo nước thải tự động",
    "Lò đốt chất thải y tế",
    "Tháp hấp thụ khí thải lò hơi",
    "Quạt hút bụi công nghiệp",
    "Thìa nhựa sinh học",
)


def asked(words: str) -> Found:
    return find(STRANGER, Asked(words))


@pytest.mark.parametrize(
    "typed",
    [
        "xử lý nước thia",  # swapped; a word of its own
        "xu ly nuc thai",  # a letter left out
        "xu lyy nuoc thaii",  # a letter too many
        "xử lỳ nứơc thãi",  # marks wrong
        "xuwr lys nuowcs thair",  # Telex
        "xu73 ly1 nu7o7c1 tha3i",  # VNI
        "xu lynuoc thai",  # no space
        "x ử lý nước th ải",  # spaces inside
    ],
)
def test_slips_are_mended(shelf: Shelf, typed: str) -> None:
    shelf.named(*GOODS)
    assert set(GOODS[:2]) <= {hit.title for hit in asked(typed).hits[:3]}, asked(typed).instead


def test_what_was_looked_for_is_told_with_marks(shelf: Shelf) -> None:
    shelf.named(*GOODS)
    assert asked("lò đôts chât thải").instead == "lò đốt chất thải"
    assert asked("lo dot").instead == ""


def test_a_word_that_finds_enough_is_left_as_it_is(shelf: Shelf) -> None:
    shelf.named("Bản đồ", "Bàn đá", "Bán đấu giá", *GOODS)
    assert asked("ban").instead == ""
    assert len(asked("ban").hits) == 3


def test_nothing_says_which_word_and_what_else(shelf: Shelf) -> None:
    shelf.named(*GOODS)
    found = asked("máy đo phóng xạ")
    assert found.hits == ()
    assert found.nothing is not None
    alone = {word.words: word.count for word in found.nothing.alone}
    assert alone["máy"] == 1
    assert alone["phóng"] == alone["xạ"] == 0
    assert asked("máy lò").nothing is not None
    rests = {rest.words: rest.count for rest in asked("máy lò").nothing.rests}  # type: ignore[union-attr]
    assert rests == {"lò": 2, "máy": 1}


def test_nothing_because_it_is_narrowed(shelf: Shelf) -> None:
    shelf.named(*GOODS)
    found = find(STRANGER, Asked("nước thải", narrowed={"field": ("air",)}))
    assert found.nothing is not None
    assert found.nothing.unnarrowed == 3


def test_words_of_others_are_not_told(shelf: Shelf) -> None:
    shelf.put(Content(1, "Máy sấy bùn", PUBLIC), Content(2, "Xianua", frozenset([of_tenant(1)])))
    found = asked("xianuaa")
    assert found.instead == ""
    assert found.nothing is not None
    assert [word.near for word in found.nothing.alone] == [()]


def test_telex_and_vni() -> None:
    typed = [
        "nuowcs",
        "thair",
        "xuwr",
        "lys",
        "ddoongf",
        "nwowcs",
        "nu7o7c1",
        "tha3i",
        "tieets",
        "tracws",
        "d9o6ng2",
    ]
    assert [as_telex(word) for word in typed] == [
        *("nuoc", "thai", "xu", "ly", "dong", "nuoc", "nuoc", "thai", "tiet", "trac", "dong")
    ]
