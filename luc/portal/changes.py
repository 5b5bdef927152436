"""What changed between two editions, as plain values, and one sentence for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from luc.kernel.templatetags.luc import day, number
from luc.plans.queries.states import label
from luc.portal.reading import as_day, as_number

Values = dict[str, Any]
_WORDS = {
    "task": ("text", "timeframe", "leads", "coordinating", "output"),
    "target": ("text", "year", "answering"),
}
LONGEST = 18  # words of a task or target in a sentence


def between(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Values]:
    """What an edition says that the one before did not: each change names its kind, thing and words.

    Nothing for a first edition: all of it is new.
    """
    if before is None:
        return []
    return [*_issued(before, after), *_of(before, after, "target"), *_of(before, after, "task")]


def _issued(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Values]:
    known = {row["id"] for row in before["reports"]}
    for row in after["reports"]:
        if row["id"] not in known:
            about = {"thing": "report", "id": row["id"], "number": row["number"], "text": row["title"]}
            yield about | {"what": "issued", "day": row["date"]}


def _of(before: Mapping[str, Any], after: Mapping[str, Any], thing: str) -> Iterator[Values]:
    old = {row["id"]: row for row in before[f"{thing}s"]}
    new = {row["id"]: row for row in after[f"{thing}s"]}
    moved = _moved_task if thing == "task" else _moved_target
    for pk, row in new.items():
        about = {"thing": thing, "id": pk, "number": row.get("number", ""), "text": row["text"]}
        if pk not in old:
            yield about | {"what": "added"}
            continue
        yield from (about | change for change in moved(old[pk], row))
        if any(old[pk][name] != row[name] for name in _WORDS[thing]):
            yield about | {"what": "reworded"}
    for pk, row in old.items():
        if pk not in new:
            yield {"thing": thing, "id": None, "number": row.get("number", ""), "text": row["text"]} | {
                "what": "dropped"
            }


def _moved_task(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Values]:
    if old["state"] != new["state"]:
        yield {"what": "state", "before": old["state"], "after": new["state"]}
    elif new["overdue"] and not old["overdue"]:
        yield {"what": "overdue", "day": new["ends"]}


def _moved_target(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Values]:
    if (old["value"], old["day"]) != (new["value"], new["day"]):
        yield {
            "what": "value",
            "before": old["value"],
            "after": new["value"],
            "unit": new["unit"],
            "day": new["day"],
            "figures": [pk for pk in (old["figure"], new["figure"]) if pk],
        }


def sentence(change: Mapping[str, Any]) -> str:
    """One change in one sentence, in the language of the page."""
    said = {
        "about": _about(change),
        "before": _shown(change, "before"),
        "after": _shown(change, "after"),
        "day": day(as_day(change.get("day", ""))),
    }
    return _pattern(change) % said


def _pattern(change: Mapping[str, Any]) -> str:
    """The sentence of a kind of change."""
    if change["what"] == "value" and change["after"] is None:
        return _("%(about)s: số liệu %(before)s được rút lại.")
    if change["what"] == "value" and change["before"] is None:
        return _("%(about)s: có số liệu đầu tiên, %(after)s (đến %(day)s).")
    if change["what"] == "value" and change["before"] == change["after"]:
        return _("%(about)s: số liệu mới đến %(day)s vẫn là %(after)s.")
    return {
        "issued": _("%(about)s ngày %(day)s đã được ban hành."),
        "added": _("%(about)s: mới đưa vào kế hoạch."),
        "dropped": _("%(about)s: không còn trong kế hoạch."),
        "reworded": _("%(about)s: nội dung trong kế hoạch được sửa."),
        "overdue": _("%(about)s: đã hết hạn ngày %(day)s mà chưa xong."),
        "state": _("%(about)s: từ “%(before)s” sang “%(after)s”."),
        "value": _("%(about)s: %(after)s (đến %(day)s), lần trước %(before)s."),
    }[change["what"]]


def _about(change: Mapping[str, Any]) -> str:
    if change["thing"] == "report":
        return _("Báo cáo số %(number)s") % {"number": change["number"]}
    words = Truncator(change["text"]).words(LONGEST, truncate=" …")
    if change["thing"] == "target":
        return _("Chỉ tiêu “%(words)s”") % {"words": words}
    if change["number"]:
        return _("Nhiệm vụ %(number)s “%(words)s”") % {"number": change["number"], "words": words}
    return _("Nhiệm vụ “%(words)s”") % {"words": words}


def _shown(change: Mapping[str, Any], name: str) -> str:
    value = change.get(name)
    if change["what"] == "state":
        return label(str(value))
    return (
        f"{number(as_number(value))} {change['unit']}".strip()
        if value is not None and "unit" in change
        else ""
    )
