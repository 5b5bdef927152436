"""An end that was recorded for a later day takes hold by itself: the worker looks, and what is owed is handed on."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django_scopes import scope, scopes_disabled

from luc.agencies.actions import hand_on
from luc.agencies.models import Party
from luc.kernel.errors import Refused
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.rounds.models import Cycle
from luc.rounds.succession import owed_by_the_ended, stood_in_by_the_ended

EVERY = 300.0  # seconds between two looks of one worker


def look() -> list[int]:
    """Hand on what parties still owe, collect or answer for others though their last day is over; returns which.

    Where nobody takes over yet, all stays as it is.
    """
    with scopes_disabled():
        waiting = list(_with_work().order_by("tenant", "valid_to", "pk").values_list("tenant", "pk"))
    return [party for tenant, party in waiting if _moved(tenant, party)]


def _with_work() -> QuerySet[Party]:
    collected = Cycle.objects.filter(closed_at=None).values("collector")
    owing = Q(pk__in=owed_by_the_ended().values("party")) | Q(pk__in=collected)
    standing_in = Q(pk__in=stood_in_by_the_ended().values("stand_in"))
    ended = Party.objects.filter(valid_to__lte=today(), successions__isnull=False)
    return ended.filter(owing | standing_in).distinct()


def _moved(tenant: int, party: int) -> bool:
    with scope(tenant=[tenant]):
        try:
            hand_on(Viewer.for_system(tenant), party)
        except Refused:
            return False
    return True
