"""What no constraint of the database holds of the registry: every public entry has a source, only the public owe."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django_scopes import scopes_disabled

from luc.industry.confirming.steps import REGISTRY
from luc.industry.models import Enterprise, Offer, Value
from luc.kernel.health.findings import Finding, bad, good, looks_after
from luc.rounds.actions import WRITABLE
from luc.rounds.models import Obligation
from luc.rounds.succession import taking_answers


def unsourced() -> tuple[int, int]:
    """How many public enterprises and offers there are of whose name nobody's word is kept."""
    told = Value.objects.filter(field="name", standing=Value.Standing.VERIFIED)
    enterprises = Enterprise.objects.filter(~Exists(told.filter(enterprise=OuterRef("pk"))), is_public=True)
    offers = Offer.objects.filter(~Exists(told.filter(offer=OuterRef("pk"))), is_public=True)
    return enterprises.count(), offers.count()


def owing_unseen() -> int:
    """How many enterprises are asked to confirm what nobody sees."""
    unseen = Enterprise.objects.filter(party=OuterRef("party"), is_public=False)
    rows = Obligation.objects.filter(
        taking_answers(), Exists(unseen), cycle__source_kind=REGISTRY, state__in=WRITABLE
    )
    return rows.count()


@looks_after("Danh bạ doanh nghiệp")
def entries(_: bool) -> Iterator[Finding]:
    """Sources of public entries, and who owes a confirmation."""
    with scopes_disabled():
        (enterprises, offers), owing = unsourced(), owing_unseen()
        public = Enterprise.objects.filter(is_public=True).count()
    if enterprises or offers:
        yield bad(
            f"{enterprises} doanh nghiệp, {offers} hàng hóa đang công khai mà không còn nguồn của tên; "
            "hãy giữ bản sao lưu và báo người phát triển."
        )
    if owing:
        yield bad(
            f"{owing} doanh nghiệp không còn công khai mà vẫn bị hỏi xác nhận; hãy báo người phát triển."
        )
    if not (enterprises or offers or owing):
        yield good(f"{public} doanh nghiệp công khai, đều có nguồn.")
