"""How results are said in a sentence: how complete they are, as of when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luc.requests.queries.results import Results


def coverage(found: Results) -> str:
    """Whether results are partial or complete, as of when, of how many."""
    values = {
        "at": f"{found.at:%H:%M}",
        "day": f"{found.at:%d/%m/%Y}",
        "heard": len(found.heard),
        "bound": len(found.lines),
        "percent": len(found.heard) * 100 // len(found.lines) if found.lines else 0,
    }
    if found.accepted_only:
        words = _("%(heard)d/%(bound)d đơn vị có câu trả lời được chấp nhận (%(percent)d%%)") % values
    else:
        words = _("%(heard)d/%(bound)d đơn vị đã trả lời (%(percent)d%%)") % values
    if found.is_partial:
        return _("Kết quả chưa đầy đủ, tính đến %(at)s ngày %(day)s: ") % values + words
    return _("Kết quả đầy đủ, tính đến %(at)s ngày %(day)s: ") % values + words
