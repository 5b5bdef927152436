"""Who is told by mail that an opinion on a draft is asked for: whoever writes for the agency, or its head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from luc.issuing.models import Draft, Opinion
from luc.kernel.templatetags.luc import day
from luc.kernel.time import now
from luc.rounds.reminders.ladder import Ladder
from luc.rounds.reminders.models import Rung
from luc.rounds.reminders.news import News, Words


def asked_lately(tenant: int, since: datetime, ladder: Callable[[], Ladder]) -> list[News]:
    """The opinions that were asked for in the last days and are still wanting, each with who is told."""
    rows = Opinion.objects.filter(
        tenant=tenant,
        state=Opinion.State.ASKED,
        asked_at__gte=since,
        until__gt=now(),
        version__draft__state=Draft.State.DRAFTING,
    )
    listed = list(
        rows.select_related("party", "version__draft__party").defer("version__content", "version__cells")
    )
    if not listed:
        return []
    people = ladder()
    return [
        News(
            f"opinion/{row.pk}",
            people.on(Rung.CONTACT, row.party_id, 0) or people.on(Rung.HEAD, row.party_id, 0),
            partial(_words, row),
        )
        for row in listed
    ]


def _words(row: Opinion) -> Words:
    draft = row.version.draft
    told = {"who": draft.party, "title": draft.title, "party": row.party, "day": day(row.last_day)}
    return (
        _("Xin ý kiến về dự thảo: %(title)s") % told,
        [_("%(who)s xin ý kiến của %(party)s về dự thảo «%(title)s», góp ý đến hết ngày %(day)s.") % told],
        reverse("issuing:give", args=[row.pk]),
    )
