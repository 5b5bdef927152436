"""Whether a paper is the signed paper of a draft or amends a plan: proposed from what it says, decided by a person.

A paper that names what it amends ("Sửa đổi nhiệm vụ số 7 …") is read again against the plan: its items are those
of the plan as they become, each with the key of the item it changes under `of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from luc.kernel.text import folded
from luc.plans.intake import Content, Item
from luc.plans.models import Plan
from luc.plans.models.reading import unrelated
from luc.plans.standing import Standing, as_reading
from vanban import amendments, difference
from vanban.document import Document
from vanban.understanding import numbered

NEW, SIGNED, AMENDS = "", "signed", "amends"
WHOLE, NAMED = "whole", "named"
# so alike are the titles of a draft and of its signed paper
_TITLE = 88


def relation(kind: str = NEW, plan: int | None = None, why: str = "", scope: str = WHOLE) -> dict[str, Any]:
    """A relation as Reading.relation keeps it, proposed."""
    return unrelated() | {"kind": kind, "plan": plan, "why": why, "scope": scope}


def suggest(document: Document, content: Content, known: Iterable[Plan]) -> dict[str, Any]:
    """What a paper is to the plans of its tenant; a plan of its own where nothing speaks for more."""
    plans = list(known)
    if amendments.is_amendment(document):
        scope = NAMED if amendments.read(document) else WHOLE
        named = _number(amendments.amended(document) or "")
        plan = next((plan for plan in plans if plan.number and _number(plan.number) == named), None)
        if plan is None:
            return relation()
        return relation(AMENDS, plan.pk, f"Trích yếu hoặc nội dung nhắc đến số {plan.number}.", scope)
    header = content["header"]
    if not header["number"] and not header["date"]:
        return relation()
    drafts = [plan for plan in plans if not plan.number or plan.date is None]
    alike = [(fuzz.ratio(folded(header["title"]), folded(plan.title)), plan.pk) for plan in drafts]
    best = max(alike, default=(0.0, 0))
    if best[0] < _TITLE:
        return relation()
    return relation(SIGNED, best[1], f"Trích yếu giống dự thảo đã thông qua {int(best[0])}%.")


def _number(text: str) -> str:
    return "".join(text.split()).upper()


@dataclass(slots=True)
class Named:
    """What a paper that names its changes makes of a plan: items, what falls away, what found no item."""

    items: Item = field(
        default_factory=lambda: {"targets": [], "tasks": [], "organisation": [], "reporting": []}
    )
    drops: list[dict[str, Any]] = field(default_factory=list)
    unplaced: list[dict[str, Any]] = field(default_factory=list)


_SECTIONS = {"body_tasks": "tasks"}


def named(document: Document, plan: Standing) -> Named:
    """The instructions of an amending paper, carried out on the plan as it stands."""
    source = Document.from_json(plan.plan.document)
    found, reading = Named(), {**as_reading(plan.content), "outline": numbered(source)}
    for instruction in amendments.read(document):
        said = instruction.as_json()
        places = [*said["places"], *(place for place in said["new_places"] if place not in said["places"])]
        for change in amendments.changes([instruction], reading):
            _place(found, plan, change, places)
    return found


def _place(found: Named, plan: Standing, change: difference.Change, places: list[Any]) -> None:
    section = _SECTIONS.get(change.section, change.section)
    of = _key(plan, section, change.old) if change.old else None
    if section not in found.items or (change.old and of is None):
        item = change.new or change.old or {}
        text = str(item.get("text") or item.get("quote") or "")
        found.unplaced.append({"key": f"cau-{len(found.unplaced) + 1}", "text": text, "places": places})
    elif change.new is None:
        found.drops.append({"of": of, "places": places})
    else:
        words = {name: value for name, value in change.new.items() if name not in {"key", "parties"}}
        item = {**words, "places": places} | ({"of": of} if of else {})
        if section == "tasks":  # a new one stands where those of the plan stand
            item["source"] = next((task["source"] for task in plan.content["tasks"]), "appendix")
        if section == "organisation":
            item = {"agency": item["agency"], "items": [item], "places": places}
        found.items[section].append(item)


def _key(plan: Standing, section: str, old: Mapping[str, Any]) -> str | None:
    """The key of the plan's item that an instruction means."""
    if old.get("key"):
        return str(old["key"])
    name = {"organisation": "duties", "reporting": "regimes"}.get(section, section)
    said = str(old.get("text") or old.get("quote") or "")
    listed = plan.content.get(name) or []
    same = (i for i in listed if folded(str(i.get("text") or i.get("quote") or "")) == folded(said))
    return next((str(item["key"]) for item in same), None)
