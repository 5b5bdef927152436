"""A list of the registry, drawn as text: a page has twenty lines, and each would be twenty tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luc.kernel.templatetags.luc import badge, day
from luc.portal.registry.queries import Listed
from luc.portal.templatetags.portal import public_address

register = template.Library()
_SHOWN = 160  # letters of what a line tells
_LINE = '<li class="registry-line">{}<div><h3 lang="vi"><a href="{}">{}</a></h3>{}</div></li>'
_PICTURE = (
    '<a class="registry-thumb" href="{}" tabindex="-1" aria-hidden="true">'
    '<img src="{}" alt="" width="96" height="72" loading="lazy"></a>'
)


@register.simple_tag(takes_context=True)
def registry_lines(
    context: Mapping[str, Any], lines: Iterable[Listed], *, of_one: bool = False
) -> SafeString:
    """Lines of registry.queries; `of_one`: all of the enterprise whose page this is, which need not be named again."""
    doors = {
        is_offer: public_address(context, name, 0).removesuffix("0/")
        for is_offer, name in ((True, "registry_offer"), (False, "registry_enterprise"))
    }
    rows = (_line(one, f"{doors[one.is_offer]}{one.pk}/", of_one=of_one) for one in lines)
    return format_html(
        '<ul class="registry-lines">{}</ul>', format_html_join("", "{}", ((row,) for row in rows))
    )


def _line(one: Listed, address: str, *, of_one: bool) -> SafeString:
    picture = SafeString()
    if one.picture:
        picture = format_html(_PICTURE, address, reverse("industry:picture", args=[one.picture.pk, "nho"]))
    return format_html(_LINE, picture, address, one.title, _told(one, of_one=of_one))


def _told(one: Listed, *, of_one: bool) -> SafeString:
    """What stands below the name: whose and where it is, its field and kind, its words, what one should know."""
    told = SafeString()
    if not of_one:
        told += _owner(one)
    if one.axes:
        told += format_html('<p class="small soft">{}</p>', " · ".join(one.axes))
    told += format_html('<p class="small" lang="vi">{}</p>', _shortened(one.about))
    if one.unconfirmed_since:
        words = _("Chưa xác nhận lại từ %(day)s") % {"day": day(one.unconfirmed_since)}
        told += format_html('<p class="small">{}</p>', badge("warn", words))
    if one.row.is_invented and not of_one:
        told += format_html('<p class="small">{}</p>', badge("info", _("Dữ liệu mẫu, không có thật")))
    return told


def _owner(one: Listed) -> SafeString:
    place = format_html('<span lang="vi">{}</span>', one.place)
    if not one.is_offer:
        return format_html('<p class="small">{}</p>', place)
    between = " · " if one.place else ""
    return format_html(
        '<p class="small"><span lang="vi">{}</span>{}{}</p>', one.enterprise.name, between, place
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
