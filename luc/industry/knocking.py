"""How often one place may try: counted over all processes, under a keyed hash that is kept for a day."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from luc.industry.models import Knock
from luc.kernel.errors import Refused
from luc.kernel.time import now

MOST = 10  # tries of one place in an hour


def knock(what: str, who: str, *, most: int = MOST) -> None:
    """Count a try, as a step of an action. Raises Refused when it is too often."""
    at = now()
    key = hmac.new(settings.SECRET_KEY.encode(), f"{what} {who}".encode(), hashlib.sha256).hexdigest()
    Knock.objects.filter(at__lt=at - timedelta(days=1)).delete()
    if Knock.objects.filter(who=key, what=what, at__gt=at - timedelta(hours=1)).count() >= most:
        raise Refused(_("Vừa có quá nhiều lần gửi. Hãy gửi lại sau một giờ."))
    Knock.objects.create(who=key, what=what, at=at)
