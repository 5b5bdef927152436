"""How often one place asks is counted right, also when it asks from everywhere at once."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from luc.exchange.limiting import too_often
from tests.cast import Side
from tests.reporting.test_races import side, template

__all__ = ["side", "template"]
LIMIT = 20


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_cache")
        return int(cursor.fetchone()[0])


def test_each_place_and_minute_is_counted_apart_and_forgotten(db: None) -> None:
    with time_machine.travel("2026-11-22 09:00:20+07:00", tick=False) as clock:
        cache.set("of-another", "stays", 600)
        before = rows()
        assert [too_often("a", most=2) for _ in range(4)] == [0, 0, 40, 40]
        assert [too_often("b", most=2), too_often("a", what="entry", most=2)] == [0, 0]
        assert rows() == before + 3
        clock.shift(40)
        assert too_often("a", most=2) == 0
        clock.shift(300)
        assert too_often("a", most=2) == 0
        assert rows() == before + 1
        assert cache.get("of-another") == "stays"


@pytest.mark.postgres
def test_of_many_who_ask_at_once_no_one_is_missed(side: Side) -> None:
    waits: list[int] = []
    gate = threading.Barrier(8)

    def ask() -> None:
        gate.wait(20)
        waits.extend(too_often("203.0.113.9", most=LIMIT) for _ in range(5))
        connection.close()

    with time_machine.travel("2026-11-22 09:00:20+07:00", tick=False):
        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert Counter(wait > 0 for wait in waits) == {False: LIMIT, True: 40 - LIMIT}
