"""Tags of the public pages; drawn as text, for a page of many bars must stay quick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luc.kernel.templatetags.luc import day, icon, number
from luc.plans.queries.states import Share
from luc.portal.reading import as_day
from luc.portal.rows import TargetRow
from luc.portal.showing import ENGLISH

register = template.Library()
_ASKED = {"registry_found"}  # pages whose question is part of what they show


@register.simple_tag(takes_context=True)
def in_language(context: Mapping[str, Any], language: str) -> str:
    """The address of this page in a language; the list of plans where this is no public page."""
    match = getattr(context.get("request"), "resolver_match", None)
    where = ENGLISH if language == "en" else "portal"
    try:
        found = (
            reverse(f"{where}:{match.url_name}", kwargs=match.kwargs) if match else reverse(f"{where}:plans")
        )
    except NoReverseMatch:
        return reverse(f"{where}:plans")
    asked = context["request"].META.get("QUERY_STRING", "") if match and match.url_name in _ASKED else ""
    return f"{found}?{asked}" if asked else found


@register.simple_tag(takes_context=True)
def public_address(context: Mapping[str, Any], name: str, *args: object) -> str:
    """The address of another public page, in the language of this one."""
    match = getattr(context.get("request"), "resolver_match", None)
    where = ENGLISH if match and match.namespace == ENGLISH else "portal"
    return reverse(f"{where}:{name}", args=args)


@register.simple_tag(takes_context=True)
def door(context: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A door of the public pages (plans, registry): its address, and whether this page is behind it."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name or "" if match else ""
    behind = "registry" if here.startswith("registry") else "plans"
    return {"href": public_address(context, name), "is_here": behind == name}


@register.simple_tag
def choices(values: Iterable[Any]) -> SafeString:
    """What one may narrow by (registry.showing.Choice), each with its count; a page has a hundred."""
    item = '<li><a rel="nofollow" href="{}"{}>{}</a> <span class="soft">{}</span></li>'
    here = mark_safe(' aria-current="true"')
    rows = ((one.address, here if one.is_chosen else "", one.label, number(one.count)) for one in values)
    return format_html("<ul>{}</ul>", format_html_join("", item, rows))


@register.filter
def plain_degrees(value: object) -> str:
    """A coordinate as programs write it: with a point."""
    return f"{value:f}" if isinstance(value, Decimal) else ""


@register.simple_tag
def site_address() -> str:
    """Where the pages stand, as other sites need it."""
    return settings.ADDRESS


@register.filter
def iso_day(text: str) -> str:
    """A day kept as text, as pages show it."""
    return day(as_day(text))


@register.filter
def capfirst_rest(text: str) -> str:
    """ "KẾ HOẠCH" as in a sentence: "Kế hoạch"."""
    return text.capitalize()


@register.simple_tag
def states_key(share: Share) -> SafeString:
    """What the colours of the bars mean, with the counts of all."""
    lines = format_html_join(
        "",
        '<li class="tone-{}">{}<span>{}: <strong>{}</strong></span></li>',
        ((tone, icon(tone), words, number(count)) for tone, words, count in share.parts),
    )
    return format_html('<ul class="legend">{}</ul>', lines)


@register.simple_tag
def state_bar(share: Share) -> SafeString:
    """One group as a bar; its states are said in words too."""
    total, at, rects = share.total or 1, 0.0, []
    for tone, _words, count in share.parts:
        width = 100 * count / total
        rects.append((tone, f"{at:.2f}", f"{width:.2f}"))
        at += width
    bars = format_html_join("", '<rect class="tone-{}" x="{}%" width="{}%" height="100%"/>', rects)
    words = ", ".join(f"{words} {number(count)}" for _tone, words, count in share.parts)
    done = _("%(done)s / %(total)s đã xong") % {"done": number(share.done), "total": number(share.total)}
    late = _("%(count)s quá hạn") % {"count": number(share.overdue)} if share.overdue else ""
    return format_html(
        '<svg class="state-bar" aria-hidden="true" preserveAspectRatio="none">{}</svg>'
        '<p class="small"><strong>{}</strong>{} <span class="soft">({})</span></p>',
        bars,
        done,
        f", {late}" if late else "",
        words,
    )


@register.simple_tag
def target_path(row: TargetRow) -> SafeString:
    """The path of a target drawn, with the range that is wanted; its figures stand below it in words."""
    drawing = row.drawing
    if drawing is None or not row.points:
        return mark_safe("")
    dots = format_html_join(
        "",
        '<circle class="path-dot{}" cx="{}" cy="{}" r="3"/>',
        ((" is-estimate" if dot.is_estimate else "", dot.x, dot.y) for dot in drawing.dots),
    )
    line = (
        format_html('<polyline class="path-line" points="{}"/>', drawing.line)
        if len(drawing.dots) > 1
        else ""
    )
    told = "; ".join(f"{day(point.day)}: {number(point.value)}" for point in row.points)
    return format_html(
        '<div class="level-path"><svg class="path" viewBox="0 0 {w} {h}" role="img" aria-label="{told}">'
        '<rect class="path-ground" width="{w}" height="{h}"/>'
        '<rect class="path-band" y="{top}" width="{w}" height="{band}"/>{line}{dots}</svg>'
        '<span class="path-years" aria-hidden="true"><span>{first}</span><span>{last}</span></span></div>',
        w=drawing.width,
        h=drawing.height,
        told=told,
        top=drawing.top,
        band=drawing.band,
        line=line,
        dots=dots,
        first=drawing.first,
        last=drawing.last,
    )
