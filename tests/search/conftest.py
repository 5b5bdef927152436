"""A shelf to find things on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.search.shelf import Shelf
from tests.search.shelf import shelf as opened


@pytest.fixture
def shelf(db: None) -> Iterator[Shelf]:
    with opened() as made:
        yield made
