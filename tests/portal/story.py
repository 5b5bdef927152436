"""The province of `communes` in the middle of its round: half have reported, what they said is accepted."""

from __future__ import annotations

from datetime import timedelta

from luc.agencies.models import Membership, Party, Role
from luc.agencies.queries import viewer_of
from luc.demonstration.reports import Course, fill
from luc.kernel.text import search_key
from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.plans.models import Plan, Programme
from luc.rounds.models import Cycle


def tell() -> None:
    """Inside the scope of the province; nothing is published yet."""
    with writing():
        Plan.objects.update(programme=Programme.objects.order_by("pk")[0])
    focal = Party.objects.get(search_key=search_key("Sở Công Thương"), valid_to=None)
    officer = viewer_of(Membership.objects.get(party=focal, role=Role.OFFICER).user_id)
    course = Course(now() - timedelta(hours=2), now(), handed_in=0.5, accepted=1.0, returned=0.0)
    fill(Cycle.objects.get(), officer, course)
