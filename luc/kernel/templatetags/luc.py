"""Tags and filters of every template: how a number, a day, a state, a form, a table look (components.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, ClearableFileInput
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luc.kernel.templatetags.maps import map_of
from luc.kernel.templatetags.paper import paper_html
from luc.kernel.time import VIETNAM

register = template.Library()
register.simple_tag(paper_html, name="paper")
register.inclusion_tag("components/map.html")(map_of)

TONES = ("good", "wait", "warn", "bad", "info", "idle", "none")
ALERT_ICONS = {"good": "good", "wait": "wait", "warn": "warn", "bad": "bad"}
MESSAGE_TONES = {"success": "good", "warning": "warn", "error": "bad"}


# --- numbers and days -----------------------------------------------------------------------------


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """1234.5 as "1.234,5"; with places exactly so many decimals. None and "" give "", other words stay."""
    if value is None or value == "":
        return ""
    if type(value) is int and places is None:  # nearly all of them
        return f"{value:,}".replace(",", ".")
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    shown = f"{exact:,f}" if places is None else f"{exact:,.{places}f}"
    if places is None and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(str.maketrans(",.", ".,"))


@register.filter
def share(part: Any, whole: Any) -> str:
    """Part of a whole as "89%", rounded down so that 100% means all; "" when there is no whole."""
    if not whole or part is None:
        return ""
    return f"{int(Decimal(str(part)) * 100 // Decimal(str(whole)))}%"


@register.filter
def day(value: date | datetime | None) -> str:
    """A day, or the Vietnamese day of a moment, as dd/mm/yyyy; "" for none."""
    if not value:
        return ""
    return f"{value.astimezone(VIETNAM) if isinstance(value, datetime) else value:%d/%m/%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in Vietnamese time as "14:05 09/12/2026"; "" for none."""
    return f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if value else ""


@register.filter
def tone_of_message(tags: str) -> str:
    """The tone of a message of django.contrib.messages, from its tags."""
    return next((MESSAGE_TONES[tag] for tag in tags.split() if tag in MESSAGE_TONES), "info")


# --- the frame ------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def theme(context: Mapping[str, Any]) -> str:
    """The look that the person chose ("light", "dark"), "" when the device decides."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in {"light", "dark"} else ""


@register.simple_tag
def fonts_address() -> str:
    """Address of the sheet that names our typeface; "" where the files were not fetched (luc.site.assets)."""
    try:
        return staticfiles_storage.url("fonts/fonts.css") if finders.find("fonts/fonts.css") else ""
    except ValueError:  # fetched after the static files were collected
        return ""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of static/luc/icons.svg; hidden from screen readers unless it has a label."""
    return _drawn(name, str(label))


@lru_cache(maxsize=500)
def _drawn(name: str, label: str) -> SafeString:
    address = f"{_drawings()}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)


@cache
def _drawings() -> str:
    return static("luc/icons.svg")


# --- small things ---------------------------------------------------------------------------------


@register.simple_tag
def button(text: str, href: str = "", kind: str = "primary", icon: str = "", **attributes: Any) -> SafeString:
    """A submit button, or with href a link that looks like one.

    Kinds: primary, plain, danger, quiet, and "small" added to any ("plain small"). Attributes go into
    the element, underscores as dashes; True gives one without value, None and False leave it out.
    """
    classes = " ".join(["button", *(f"button-{word}" for word in kind.split() if word != "primary")])
    words = format_html("{}{}", _icon(icon) if icon else "", text)
    if href:
        return format_html('<a class="{}" href="{}"{}>{}</a>', classes, href, _attributes(attributes), words)
    attributes.setdefault("type", "submit")
    return format_html('<button class="{}"{}>{}</button>', classes, _attributes(attributes), words)


_icon = icon


def _attributes(attributes: Mapping[str, Any]) -> SafeString:
    shown = [(k.replace("_", "-"), v) for k, v in attributes.items() if v is not None and v is not False]
    return format_html_join("", "{}", ((_attribute(name, value),) for name, value in shown))


def _attribute(name: str, value: Any) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)


@register.simple_tag
def badge(tone: str, text: str) -> SafeString:
    """A state: shape, words and colour. Tones: good, wait, warn, bad, info, idle, none."""
    return _badge(tone, str(text), icon(tone))


@lru_cache(maxsize=500)
def _badge(tone: str, text: str, drawing: SafeString) -> SafeString:
    """Long tables show the same few states hundreds of times."""
    return format_html('<span class="badge tone-{}">{}<span>{}</span></span>', tone, drawing, text)


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "", live: bool = False) -> str:
    """A remark that must be seen; `live` for what appeared after an act, read out by screen readers."""
    role = ("alert" if tone == "bad" else "status") if live else ""
    values = {
        "content": content,
        "tone": tone,
        "title": title,
        "role": role,
        "icon": ALERT_ICONS.get(tone, "info"),
    }
    return render_to_string("components/alert.html", values)


@register.inclusion_tag("components/progress.html")
def progress(value: Any, total: Any = 100, label: str = "", tone: str = "", text: str = "") -> dict[str, Any]:
    """A bar with its words: "92 / 103" and the share, or `text` instead; value None: how far is not known."""
    if not text and value is not None:
        text = (
            share(value, total)
            if total == 100
            else f"{number(value)} / {number(total)} ({share(value, total)})"
        )
    return {
        "value": None if value is None else str(value),
        "total": str(total),
        "label": label,
        "tone": tone,
        "text": text,
    }


@register.inclusion_tag("components/tile.html")
def tile(
    label: str, value: Any, note: str = "", href: str = "", tone: str = "", unit: str = ""
) -> dict[str, Any]:
    """One figure of an overview, inside <ul class="tiles">; numbers are written the Vietnamese way."""
    return {"label": label, "value": number(value), "note": note, "href": href, "tone": tone, "unit": unit}


@register.inclusion_tag("components/shares.html")
def shares(parts: Iterable[tuple[str, str, int]], label: str = "") -> dict[str, Any]:
    """One bar of several states and its legend, from (tone, words, count)."""
    rows, left = [], Decimal(0)
    listed = [(tone, words, count) for tone, words, count in parts]
    whole = sum(count for _tone, _words, count in listed)
    for tone, words, count in listed:
        width = Decimal(count * 100) / whole if whole else Decimal(0)
        rows.append(
            {"tone": tone, "words": words, "count": count, "x": f"{left:.3f}", "width": f"{width:.3f}"}
        )
        left += width
    return {"rows": rows, "label": label, "whole": whole}


@register.inclusion_tag("components/heat.html")
def heat(cells: Iterable[Any], label: str = "") -> dict[str, Any]:
    """One cell a unit, from things with title, tone, state (words) and, if it leads somewhere, address."""
    return {"cells": cells, "label": label}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", href: str = "", action: str = "") -> dict[str, Any]:
    """What stands where nothing is yet: says so, and what to do."""
    return {"title": title, "text": text, "href": href, "action": action}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Sequence[Any]], label: str = "") -> dict[str, Any]:
    """Pages beside one another, from (title, address, current) or (title, address, current, count)."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[Any]) -> dict[str, Any]:
    """A journey, from things with title, state ("done", "current", "todo") and, if any, note and address."""
    return {"items": items}


@register.inclusion_tag("components/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, Any]:
    """Events in order, from things with when (day, moment, words), title and, if any, text, tone, address."""
    return {"items": [{"item": item, "when": _when(_get(item, "when"))} for item in items]}


@register.inclusion_tag("components/history.html")
def history(entries: Iterable[Any]) -> dict[str, Any]:
    """Who did what, from things with when, who, what and, if any, reason, changes (label, before, after)."""
    return {"entries": [{"entry": entry, "when": _when(_get(entry, "when"))} for entry in entries]}


def _get(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def _when(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value or "")


JOB_TONES = {"queued": "wait", "running": "wait", "done": "good", "failed": "bad", "cancelled": "idle"}


@register.inclusion_tag("components/job.html", takes_context=True)
def job_progress(
    context: Mapping[str, Any], job: Any, cancel: str = "", retry: str = "", result: str = ""
) -> dict[str, Any]:
    """How far a kernel Job is; asks its page again until it ends. Addresses: cancel, retry (POST), result."""
    return {
        "job": job,
        "tone": JOB_TONES.get(str(_get(job, "state")), "wait"),
        "moving": _moving(job),
        "cancel": cancel,
        "retry": retry,
        "result": result,
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def job_refresh(job: Any) -> SafeString:
    """For the block "head" of a page with a job: without JavaScript the page comes again every 5 seconds."""
    return mark_safe('<noscript><meta http-equiv="refresh" content="5"></noscript>' if _moving(job) else "")


def _moving(job: Any) -> bool:
    return str(_get(job, "state")) in {"queued", "running"}


# --- forms ----------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, help: str = "", file_note: str = "") -> dict[str, Any]:
    """Any field of a Django form: label, star if required, help, errors in words, input."""
    widget = bound.field.widget
    if widget.attrs.get("placeholder") == bound.label:  # says the label again, and looks like something typed
        del widget.attrs["placeholder"]
    if isinstance(widget, CheckboxInput):
        shape = "check"
    elif isinstance(widget, ClearableFileInput) or getattr(widget, "input_type", "") == "file":
        shape = "file"
    else:
        shape = "group" if bound.use_fieldset else "plain"
    return {"bound": bound, "shape": shape, "extra_help": help, "file_note": file_note}


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form in order, hidden ones included."""
    return {"form": form}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm, *more: BaseForm) -> dict[str, Any]:
    """Above a form: what is wrong, each line leading to its field. More forms of the same page may follow."""
    forms = [one for one in (form, *more) if one.is_bound and one.errors]
    wrong = [(bound, error) for one in forms for bound in one for error in bound.errors]
    whole = [error for one in forms for error in one.non_field_errors()]
    return {"wrong": wrong, "whole": whole}


@register.simple_block_tag(takes_context=True)
def filters(context: Mapping[str, Any], content: str, label: str = "") -> str:
    """A bar of fields that narrow a list (GET); offers to clear them when any is set."""
    request = context.get("request")
    given = request.GET if request else QueryDict()
    used = any(value for name, value in given.items() if name not in {"page", "sort"})
    values = {
        "content": content,
        "label": label or _("Lọc danh sách"),
        "used": used,
        "sort": given.get("sort", ""),
    }
    return render_to_string("components/filters.html", values)


# --- tables ---------------------------------------------------------------------------------------


@register.simple_block_tag
def table(
    content: str, title: str, count: Any = None, excel: str = "", cards: bool = True, show_title: bool = True
) -> str:
    """The frame of a table; inside stand thead, tbody and tfoot as plain HTML.

    `cards`: on phones a row becomes a card (cells need data-label); False keeps columns and scrolls.
    """
    values = {
        "content": content,
        "title": title,
        "count": None if count is None else number(count),
        "excel": excel,
        "cards": cards,
        "show_title": show_title,
    }
    return render_to_string("components/table.html", values)


@register.simple_tag(takes_context=True)
def th(context: Mapping[str, Any], text: str, sort: str = "", kind: str = "") -> SafeString:
    """A column's head; with `sort` a link that sorts by it (?sort=name, again: ?sort=-name)."""
    classes = format_html(' class="{}"', kind) if kind else ""
    if not sort:
        return format_html('<th scope="col"{}>{}</th>', classes, text)
    request = context.get("request")
    given = request.GET.copy() if request else QueryDict(mutable=True)
    current = given.get("sort", "")
    given.pop("page", None)
    given["sort"] = f"-{sort}" if current == sort else sort
    state = {sort: ("ascending", "up"), f"-{sort}": ("descending", "down")}.get(current)
    return format_html(
        '<th scope="col"{}{}><a href="?{}">{} {}</a></th>',
        classes,
        format_html(' aria-sort="{}"', state[0]) if state else "",
        given.urlencode(),
        text,
        icon(state[1] if state else "both"),
    )


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Mapping[str, Any], page: Page[Any], label: str = "") -> dict[str, Any]:
    """The page turner of a Django Page; keeps filters and order. Two on one page need a label each."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {"page": page, "numbers": numbers, "label": label, "request": context.get("request")}
