"""Names of units before the date and in a sentence, by the examples of the decree."""

from __future__ import annotations

import pytest

from vanban.writing.capitals import place_name, unit_name


@pytest.mark.parametrize(
    ("name", "full", "place", "inside"),
    [
        ("Cần Thơ", "Thành phố Cần Thơ", "Cần Thơ", "thành phố Cần Thơ"),
        ("Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Hà Nội", "Thủ đô Hà Nội", "Hà Nội", "Thủ đô Hà Nội"),
        ("5", "Phường 5", "Phường 5", "Phường 5"),
        ("Điện Biên Phủ", "Phường Điện Biên Phủ", "Phường Điện Biên Phủ", "Phường Điện Biên Phủ"),
        ("An Bình", "Phường An Bình", "An Bình", "phường An Bình"),
    ],
)
def test_names_of_units(name: str, full: str, place: str, inside: str) -> None:
    assert (place_name(name, full), unit_name(name, full)) == (place, inside)
