"""Words about answers that were taken from a round below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from luc.reporting.upwards.queries import Offer, coverage_words, in_words

register = template.Library()


@register.filter
def coverage(content: Mapping[str, Any]) -> str:
    """How complete the round was from which something was taken: "92/103 đơn vị"."""
    return coverage_words(content)


@register.simple_tag
def written_words(offer: Offer) -> SafeString:
    """What the draft says in a row now."""
    cells = in_words(offer.written, offer.row.unit if offer.written.get("value") else "")
    words = ", ".join(text for name, text in cells if name not in {"result", "kind"})
    said = str(offer.written.get("result") or "")
    return format_html('<strong>{}</strong> <span class="said">{}</span>', words, said)


@register.filter
def at(found: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key; None when there is none."""
    return found.get(key)
