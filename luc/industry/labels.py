"""An ecolabel whose day has passed: the worker makes the documents of its goods anew, so that no facet finds them."""

from __future__ import annotations

from django.db import transaction
from django_scopes import scopes_disabled

from luc.industry.queries import public_offers
from luc.industry.searching import ECOLABEL, ENTERPRISE, OFFER
from luc.kernel.search.indexing import index
from luc.kernel.search.models import Document
from luc.kernel.time import today
from luc.kernel.writing import writing

EVERY = 3600.0  # seconds between two looks of one worker
PORTION = 100  # goods in one transaction


def look() -> int:
    """Make anew what still says a label holds whose day has passed; how many goods these were."""
    with scopes_disabled():
        passed = dict(public_offers().filter(ecolabel_until__lte=today()).values_list("pk", "enterprise"))
        told = Document.objects.filter(kind=OFFER, combination__facets__contains=f"nhan={ECOLABEL}")
        stale = [pk for pk in told.values_list("object_id", flat=True) if pk in passed]
        for start in range(0, len(stale), PORTION):
            some = stale[start : start + PORTION]
            with transaction.atomic(), writing():
                index(OFFER, some)
                index(ENTERPRISE, {passed[pk] for pk in some})
    return len(stale)
