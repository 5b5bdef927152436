"""The table of tasks, drawn as text: a plan may have five hundred of them, and each row would be twenty tags."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luc.kernel.templatetags.luc import badge
from luc.plans.queries import TaskRow

register = template.Library()
_GROUP = '<tr class="group"><th scope="colgroup" colspan="7">{}</th></tr>'
_ROW = (
    '<tr id="nhiem-vu-{}"><td class="middle card-hide">{}</td>'
    '<th scope="row" class="card-title" data-label=""><a href="{}{}/">{}</a>{}</th>'
    '<td data-label="{}">{}</td><td data-label="{}">{}</td><td data-label="{}">{}</td><td data-label="{}">{}</td>'
    '<td data-label="{}">{}</td></tr>'
)


@register.simple_tag
def task_lines(groups: Iterable[tuple[str, Iterable[TaskRow]]], here: str, *titles: str) -> SafeString:
    """The rows under their groups; `here`: the address of the list, below which tasks stand; `titles`: of the columns
    from who leads to the state, as phones show them before each cell."""
    told = SafeString()
    heads = [conditional_escape(title) for title in titles]
    for title, rows in groups:
        if title:
            told += format_html(_GROUP, title)
        told += SafeString("".join(_ROW.format(*map(_escaped, _cells(row, here, heads))) for row in rows))
    return told


def _escaped(value: object) -> str:
    """A cell as format_html takes it; its own way asks of each of seven thousand whether its words are lazy."""
    return value if isinstance(value, SafeString) else escape(str(value))


def _cells(row: TaskRow, here: str, heads: list[SafeString]) -> tuple[object, ...]:
    task = row.task
    first: SafeString | str = ""
    if task.priority:
        first = format_html('<span class="cell-note">{} {}</span>', _("Ưu tiên:"), task.priority)
    state = badge(row.tone, row.state_label)
    if row.is_overdue:
        state = format_html("{} {}", state, badge("bad", _("quá hạn")))
    cells = (row.lead_names, row.coordinating_names, task.timeframe_text, task.output, state)
    told = (part for pair in zip(heads, cells, strict=True) for part in pair)
    return (task.pk, task.number or "–", here, task.pk, task.text, first, *told)
