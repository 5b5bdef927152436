"""What people do to a paper between reading and adoption, as briefly as it can be done."""

from __future__ import annotations

from luc.agencies import actions as agencies
from luc.agencies.models import Party
from luc.kernel.rights import Viewer
from luc.plans import actions, queries
from luc.plans.gaps import AGENCIES, gaps
from luc.plans.models import Plan, Reading


def adopt_in_a_hurry(officer: Viewer, administrator: Viewer, reading: Reading) -> Plan:
    """Unknown names become parties, suggestions are accepted, and who has nobody reports through the focal agency."""
    seen = queries.review(officer, reading.pk)
    if any(seen.meant(name) is None for name in seen.names):
        actions.create_missing(officer, reading.pk)
    actions.accept_suggestions(officer, reading.pk)
    seen = queries.review(officer, reading.pk)
    for gap in gaps(seen):
        assert gap.slug == AGENCIES, gap
        assert seen.focal is not None
        party = Party.objects.get(pk=seen.settled(gap.key))
        agencies.edit_party(
            administrator,
            party.pk,
            short=party.short,
            reports_through=seen.focal,
            valid_from=party.valid_from,
            sureness=party.sureness,
        )
    return actions.adopt(officer, reading.pk)
