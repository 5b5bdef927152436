"""The frame of every change to a reading: the right, the lock, the version, the line of history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.plans import queries
from luc.plans.intake import Item
from luc.plans.models import Reading


@contextmanager
def reviewing(viewer: Viewer, reading: int, act: str = "plans.review") -> Iterator[tuple[Acting, Reading]]:
    """An action on a reading under review, its row locked.

    Raises Reading.DoesNotExist for a stranger's; Refused when it is not (any more) under review.
    """
    tenant = queries.readings(viewer).values_list("tenant", flat=True).get(pk=reading)
    with action(viewer, act, tenant=tenant) as acting:
        row = Reading.objects.select_for_update().get(pk=reading)
        if row.state != Reading.State.REVIEW:
            raise Refused(_("Bản này %(state)s nên không sửa được nữa.") % {"state": row.get_state_display()})
        yield acting, row


def keep(
    acting: Acting, row: Reading, before: Mapping[str, Any], after: Mapping[str, Any], *columns: str
) -> None:
    """Save the changed columns under the next version, with its line of history."""
    row.version += 1
    row.save(update_fields=["version", *columns])
    acting.log(row, before, after)


def check_version(item: Item, seen: int) -> None:
    """Raise Conflict when somebody changed the item after the version that the person saw."""
    if item["changed"] > seen:
        raise Conflict(
            _(
                "Người khác vừa sửa đúng mục này. Nội dung mới của họ đang hiện ra; "
                "hãy xem lại rồi sửa tiếp, chưa có gì bị ghi đè."
            )
        )
