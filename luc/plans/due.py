"""When the next report of a regime is due, as far as the paper says it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from luc.plans.models import Regime
from luc.rounds import periods
from vanban import deadlines


def next_day(regime: Regime, after: date) -> date | None:
    """The next deadline on or after a day; None where the paper names no day, or no month where one is needed."""
    deadline = (regime.deadline_day, regime.deadline_month)
    return periods.next_due(regime.frequency, deadline, after, following=deadlines.is_following(regime.quote))


def remark(regime: Regime) -> str:
    """What the paper says of a deadline that it does not give as day and month; "" where it does, or none is due."""
    day, month = regime.deadline_day, regime.deadline_month
    if regime.frequency == Regime.Frequency.AD_HOC and day is None and month is None:
        return ""
    if day is None:
        at = _("tháng %(month)d, ") % {"month": month} if month else ""
        return at + _("văn bản không ghi ngày")
    if month is not None:
        return ""
    if regime.frequency == Regime.Frequency.MONTHLY:
        words = _("ngày %(day)d hằng tháng")
    elif not periods.count_in_year(regime.frequency) or regime.frequency == Regime.Frequency.ANNUAL:
        words = _("ngày %(day)d, văn bản không ghi tháng")
    elif deadlines.is_following(regime.quote):
        words = _("ngày %(day)d của tháng sau kỳ báo cáo")
    else:
        words = _("ngày %(day)d của tháng cuối kỳ")
    return words % {"day": day}
