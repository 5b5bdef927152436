"""What people do to a paper between reading and adoption, as briefly as it can be done."""

from __future__ import annotations

from luc.kernel.rights import Viewer
from luc.plans import actions, queries
from luc.plans.gaps import gaps
from luc.plans.models import Plan, Reading


def adopt_in_a_hurry(officer: Viewer, reading: Reading) -> Plan:
    """Unknown names become parties, suggestions are accepted, and who has nobody reports through the focal agency."""
    seen = queries.review(officer, reading.pk)
    if any(seen.meant(name) is None for name in seen.names):
        actions.create_missing(officer, reading.pk)
    actions.accept_suggestions(officer, reading.pk)
    for gap in gaps(queries.review(officer, reading.pk)):
        assert gap.party, gap
        actions.report_through_focal(officer, reading.pk, party=gap.party)
    return actions.adopt(officer, reading.pk)
