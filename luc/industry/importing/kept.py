"""What the registry has already of what a file tells: found for many enterprises at once, through the viewer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from luc.agencies.models import Membership
from luc.industry import queries
from luc.industry.models import Enterprise, Offer, State
from luc.industry.saying import standing
from luc.kernel.rights import Viewer

_AT_ONCE = 500


@dataclass(slots=True)
class Kept:
    """Entries of the registry by tax code, their offers by name, and why some may not be touched."""

    entries: dict[str, Enterprise] = field(default_factory=dict)
    offers: dict[tuple[int, str], Offer] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def kept(viewer: Viewer, tenant: int, codes: Collection[str], *, lock: bool = False) -> Kept:
    """What the tenant's registry has of some codes. `lock`: within an action, until its end."""
    found = Kept()
    for some in _batches(sorted(codes)):
        rows = Enterprise.objects.filter(tenant=tenant, holds_code=True, tax_code__in=some)
        entries = list((rows.select_for_update() if lock else rows).order_by("pk"))
        found.entries |= {row.tax_code: row for row in entries}
        if not entries:
            continue
        keys = [row.pk for row in entries]
        offers = Offer.objects.filter(enterprise__in=keys).exclude(state=State.WITHDRAWN)
        for offer in (offers.select_for_update() if lock else offers).order_by("pk"):
            found.offers.setdefault((offer.enterprise_id, offer.search_key), offer)
        found.refused |= _refused(viewer, entries)
    return found


def _batches(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(codes), _AT_ONCE):
        yield codes[start : start + _AT_ONCE]


def _refused(viewer: Viewer, entries: Sequence[Enterprise]) -> dict[str, str]:
    """Entries of others, and those whose own people are at work."""
    keys = [row.pk for row in entries]
    mine = set(queries.editable(viewer).filter(pk__in=keys).order_by().values_list("pk", flat=True))
    people = set(
        Membership.objects.filter(party__in=[row.party_id for row in entries], role="enterprise").values_list(
            "party", flat=True
        )
    )
    said = standing(entries)
    found = {}
    for row in entries:
        if row.pk not in mine:
            found[row.tax_code] = _("Mã số thuế này đã có hồ sơ mà đơn vị bạn không được sửa.")
        elif said[row.pk] and row.party_id in people and row.state not in {State.WAITING, State.RETURNED}:
            found[row.tax_code] = _("Doanh nghiệp đang tự sửa hồ sơ này. Hãy đợi doanh nghiệp gửi.")
    return found
