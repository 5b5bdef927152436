"""Two files that name the same enterprises go in at the same moment, on two connections of a real PostgreSQL."""

from __future__ import annotations

from collections import Counter

import pytest
from django_scopes import scope

from luc.industry.importing import actions
from luc.industry.models import Enterprise, Import, ImportedEntry, Offer, Value
from luc.kernel.history import broken_links
from tests.cast import Side
from tests.industry import filled, life
from tests.industry.test_importing import brought, looked
from tests.reporting.test_races import at_once, side, template

__all__ = ["side", "template"]

pytestmark = pytest.mark.postgres
ROWS = 120  # several transactions each


def test_two_files_at_once_make_every_enterprise_and_good_once(side: Side) -> None:
    with scope(tenant=[side.tenant.pk]):
        life.axes()
        rows = filled.rows(ROWS)
        officer = side.viewer("officer")
        files = [
            looked(side, brought(side, filled.xlsx(table), name))
            for name, table in (("a.xlsx", rows), ("b.xlsx", rows[::-1]))
        ]
        came = at_once(
            side, *[lambda pk=row.pk: actions.confirm(officer, pk, only_good=False) for row in files]
        )
        assert came == ["done", "done"]
        assert {row.state for row in Import.objects.all()} == {Import.State.DONE}
        codes = Counter(Enterprise.objects.values_list("tax_code", flat=True))
        assert codes == Counter({filled.code(n): 1 for n in range(1, ROWS + 1)})
        assert set(Counter(Offer.objects.values_list("enterprise_id", flat=True)).values()) == {1}
        new = ImportedEntry.objects.filter(is_new=True)
        assert new.count() == 2 * ROWS
        open_ = Value.objects.filter(standing=Value.Standing.OPEN)
        said = Counter(open_.values_list("enterprise_id", "offer_id", "field"))
        assert set(said.values()) == {1}
        assert broken_links(side.tenant.pk) == []
