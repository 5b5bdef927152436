"""A row that several transactions hold at once, so that nobody changes it before they end."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def shared(rows: models.QuerySet[M]) -> M:
    """The one row of a query as it is now; whoever locks it for a change waits for this transaction, others share it.

    Django has no words for it (FOR SHARE). A database that lets one writer in at a time (SQLite) needs none. Raises
    ObjectDoesNotExist. Do not lock the row for a change later in the same transaction: two who share it would wait for
    each other.
    """
    if not connection.features.has_select_for_update:
        return rows.get()
    sql, params = rows.query.sql_with_params()
    table = connection.ops.quote_name(rows.model._meta.db_table)
    found = list(rows.model._default_manager.raw(f"{sql} FOR SHARE OF {table}", params))
    if not found:
        raise ObjectDoesNotExist
    return found[0]
