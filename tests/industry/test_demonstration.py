"""The demonstration's enterprises: many, quickly, marked as invented."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.db.models import Count

from luc.demonstration import industry
from luc.industry import queries
from luc.industry.models import Enterprise, Offer, Value
from luc.industry.tax import compact, is_invented
from luc.kernel.history import broken_links
from luc.kernel.writing import writing
from luc.territory.models import Unit
from tests.cast import Side
from tests.industry import life


def test_without_reference_data_nothing_is_made(here: Side) -> None:
    assert industry.tell(here.tenant) == (0, 0)


@pytest.fixture
def told(here: Side) -> float:
    """Some provinces and the whole demonstration; how much of a processor it took."""
    life.axes()
    with writing():
        for number in range(10, 16):
            province = Unit.objects.create(
                code=str(number), level="province", name=f"Tỉnh {number}", full_name=f"Tỉnh {number}"
            )
            Unit.objects.create(
                code=f"{number}001",
                level="commune",
                name="Mẫu",
                full_name="Xã Mẫu",
                parent=province,
                valid_from=date(2025, 7, 1),
            )
    begun = time.process_time()
    assert industry.tell(here.tenant) == (400, 2500)
    return time.process_time() - begun


def test_it_is_large_spread_and_marked(told: float, here: Side) -> None:
    assert told < 60, f"{told:.1f} s"
    assert not Enterprise.objects.filter(is_invented=False).exists()
    assert not Offer.objects.filter(is_invented=False).exists()
    codes = Enterprise.objects.values_list("tax_code", flat=True)
    assert all(compact(code) == code and is_invented(code) for code in codes)
    assert len(queries.by_field()) == 9
    assert len(queries.by_kind()) == 4
    assert len(queries.by_province()) >= 5
    assert Enterprise.objects.filter(park__isnull=False).count() > 50
    assert queries.queue(here.viewer("officer")).count() > 5
    assert queries.public_offers().count() > 2000
    twice = Value.objects.values("offer", "enterprise", "field").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()
    offer = Offer.objects.filter(pictures__isnull=False)[0]
    assert queries.shown(queries.public_offers().get(pk=offer.pk)).pictures
    assert broken_links(here.tenant.pk) == []
