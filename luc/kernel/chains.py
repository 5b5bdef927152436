"""Every chain of history is verified whole, in the worker; pages show what was found and when."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from luc.kernel.history import broken_links
from luc.kernel.models import ChainHead
from luc.kernel.time import now
from luc.kernel.writing import writing

EVERY = timedelta(hours=6)
KEPT = 100  # numbers of broken lines that are kept; one is alarm enough


def check_chains(*, older_than: timedelta = EVERY) -> int:
    """Verify the chains whose last check is older, that of the installation too; returns how many.

    What does not hold is kept on the chain's head as the numbers of its lines.
    """
    due = ChainHead.objects.filter(Q(checked_at=None) | Q(checked_at__lt=now() - older_than))
    heads = list(due)
    for head in heads:
        found = broken_links(head.tenant_id)[:KEPT]
        with writing():
            ChainHead.objects.filter(pk=head.pk).update(checked_at=now(), broken=found)
    return len(heads)
