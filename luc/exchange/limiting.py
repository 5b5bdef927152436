"""How often one place may ask in a minute: counted over all processes under a keyed hash that is kept two minutes."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache

from luc.kernel.time import now

MOST = 300  # requests of one place in a minute: five a second, 60,000 entries by pages of 200


def too_often(origin: str) -> int:
    """Count one request; the seconds to wait when it is one too many, else 0. Who waits is not counted on."""
    at = now()
    who = f"exchange {at:%Y%m%d%H%M} {origin}"
    key = "exchange:" + hmac.new(settings.SECRET_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()
    count = cache.get(key, 0)
    if count >= MOST:
        return 60 - at.second
    cache.set(key, count + 1, 120)
    return 0
