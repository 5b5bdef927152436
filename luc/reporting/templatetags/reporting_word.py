"""Words on the page of an agency's own paper."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luc.reporting.cut import Section
from luc.reporting.queries.drafts import Line
from luc.reporting.word.queries import Card

register = template.Library()
_NAMES = {
    "state": gettext_lazy("Tình trạng"),
    "value": gettext_lazy("Giá trị"),
    "estimate": gettext_lazy("Ước cả năm"),
    "result": gettext_lazy("Kết quả trong kỳ"),
    "obstacle": gettext_lazy("Vướng mắc và nguyên nhân"),
    "proposal": gettext_lazy("Kiến nghị"),
}


@register.simple_tag
def section_name(line: Line) -> str:
    """The section of the form in which a row stands."""
    return str(Section(line.row.asked_in).label)


@register.simple_tag
def field_name(name: str, card: Card) -> str:
    """What a field is called in the form."""
    if name == "result" and card.line is not None and card.line.row.asked_in == Section.FIGURE:
        return _("Ghi chú, cách tính")
    return str(_NAMES[name])
