"""How often one place may ask in a minute: counted over all processes under a keyed hash that is kept two minutes.

Counted in the table of Django's cache, by one statement of our own: the cache's `get` and `set` would lose one of two
requests that come at once, and take five statements.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from luc.kernel.time import now

MOST = 300  # requests of one place in a minute: five a second, 60,000 entries by pages of 200
_KEPT = timedelta(minutes=2)
# with the limit reached nothing is written, and no row comes back
_COUNT = (
    "INSERT INTO kernel_cache (cache_key, value, expires) VALUES (%s, '1', %s) ON CONFLICT (cache_key) DO UPDATE"
    " SET value = CAST(CAST(kernel_cache.value AS INTEGER) + 1 AS TEXT)"
    " WHERE CAST(kernel_cache.value AS INTEGER) < %s RETURNING value"
)
_FORGET = "DELETE FROM kernel_cache WHERE expires < %s"


def too_often(origin: str, *, what: str = "exchange", most: int | None = None) -> int:
    """Count one request; the seconds to wait when it is one too many, else 0. Who waits is not counted on.

    what: what is counted apart; most: how often in a minute (at least once), `MOST` where none is given.
    """
    at = now()
    who = f"{what} {at:%Y%m%d%H%M} {origin}"
    key = f"{what}:" + hmac.new(settings.SECRET_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()
    if _counted(key, at, MOST if most is None else most):
        return 0
    return 60 - at.second


def _counted(key: str, at: datetime, most: int) -> bool:
    """Whether one more was within the limit. The first of a minute forgets what is over, as the cache does."""
    told = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, told(at + _KEPT), most])
        row = cursor.fetchone()
        if row and row[0] == "1":
            cursor.execute(_FORGET, [told(at)])
    return row is not None
