"""What the machine proposes and a person accepts or changes: who leads, who answers, which programme.

Everything here works on plain values. A suggestion names a body as the paper prints it; with neither name nor
party it means the focal agency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from luc.kernel.text import search_key
from luc.plans.intake import Content, Item, items
from luc.plans.likeness import Voices, same_work
from vanban import agencies

# from here on an item of the body says what a row of the appendix says
SAME = 0.8
# the kinds of choices that are kept by the key of an item
BY_ITEM = ("leads", "answering", "collectors", "reporters", "covered")


def choice(name: str = "", *, why: str = "", likeness: float = 0) -> dict[str, Any]:
    """A suggestion as Reading.choices keeps it; `why` is the key of the item that it rests on."""
    return {"party": None, "name": name, "why": why, "likeness": round(likeness * 100), "accepted": False}


def choices(content: Content, programmes: Iterable[tuple[int, str, Sequence[str]]]) -> dict[str, Any]:
    """All suggestions for a reading. Who is meant by a name, and the territory, come from the database."""
    voices = _Responsible(content)
    tasks = [*content["tasks"], *content["body"]]
    regimes = content["regimes"]
    return {
        "focal": focal(content),
        "programme": programme(content, programmes),
        "territory": None,
        "leads": {t["key"]: voices.of(t["text"]) for t in tasks if not t["lead"]},
        "answering": {t["key"]: voices.of(f"{t['subject']} {t['text']}") for t in content["targets"]},
        "collectors": {r["key"]: choice() for r in regimes if not r["consolidator"]},
        "reporters": {r["key"]: choice() for r in regimes if not r["reporters"]},
        "covered": _covered(content),
    }


class _Responsible:
    """Who the paper makes responsible for what: duties of single bodies, and tasks that name one body in the lead."""

    def __init__(self, content: Content) -> None:
        named = [(d["agencies"], d) for d in content["duties"]]
        named += [(t["lead"], t) for t in (*content["tasks"], *content["body"])]
        # what everybody has to do says nothing of who leads
        self.named = [(n[0], item) for n, item in named if len(n) == 1 and not agencies.is_generic(n[0])]
        self.voices = Voices.of((name, item["text"]) for name, item in self.named)

    def of(self, text: str) -> dict[str, Any]:
        near = self.voices.nearest(text)
        if near is None:
            return choice()
        texts = {item["key"]: item["text"] for name, item in self.named if name == near.name}
        reason = same_work(text, texts, 0)
        return choice(near.name, why=reason.name if reason else "", likeness=near.likeness)


def _covered(content: Content) -> dict[str, dict[str, Any]]:
    """For each item of the body the row of the appendix that says the same ("row" is "" when none does)."""
    rows = {task["key"]: task["text"] for task in content["tasks"]}
    found = {}
    for item in content["body"]:
        near = same_work(item["text"], rows, SAME) if rows else None
        share = round(near.likeness * 100) if near else 0
        found[item["key"]] = {"row": near.name if near else "", "likeness": share, "accepted": False}
    return found


def focal(content: Content) -> dict[str, Any]:
    """The agency that runs the plan: who collects the reports, else who leads most tasks, else most duties."""
    collecting = Counter(item["consolidator"] for item in content["regimes"] if item["consolidator"])
    leading = Counter(name for task in content["tasks"] for name in task["lead"])
    bound = Counter(n for duty in content["duties"] for n in duty["agencies"] if not agencies.is_generic(n))
    for counted, why in ((collecting, "regimes"), (leading, "tasks"), (bound, "duties")):
        if counted:
            return choice(counted.most_common(1)[0][0], why=why)
    return choice()


def programme(content: Content, known: Iterable[tuple[int, str, Sequence[str]]]) -> int | None:
    """The programme whose words stand in the title, or whose decision is among the legal bases.

    `known`: (id, number of the decision, keywords).
    """
    bases = {search_key(base["number"]) for base in content["bases"] if base["number"]}
    title = f" {search_key(content['header']['title'])} "
    scores = {
        pk: 2 * any(f" {search_key(word)} " in title for word in keywords) + (search_key(decision) in bases)
        for pk, decision, keywords in known
    }
    best = max(scores, key=lambda pk: scores[pk], default=None)
    return best if best is not None and scores[best] else None


def after_change(content: Content, old: dict[str, Any], item: Item) -> dict[str, Any]:
    """The choices after an item was changed, added or dropped: it has suggestions just where it now needs them."""
    key, needed = item["key"], _needed(content, item["key"])
    kept = dict(old)
    for kind in BY_ITEM:
        entries = dict(old.get(kind, {}))
        if kind not in needed:
            entries.pop(key, None)
        elif key not in entries:
            entries[key] = needed[kind]
        kept[kind] = entries
    return kept


def _needed(content: Content, key: str) -> dict[str, Any]:
    """The suggestions that one item needs, by kind; none for an item that is not there any more."""
    found = next((pair for pair in items(content) if pair[1]["key"] == key), None)
    if found is None:
        return {}
    section, item = found
    needed: dict[str, Any] = {}
    if section.name in {"tasks", "body"} and not item["lead"]:
        needed["leads"] = _Responsible(content).of(item["text"])
    if section.name == "body":
        needed["covered"] = _covered({**content, "body": [item]})[key]
    if section.name == "targets":
        needed["answering"] = _Responsible(content).of(f"{item['subject']} {item['text']}")
    if section.name == "regimes":
        needed |= {"collectors": choice()} if not item["consolidator"] else {}
        needed |= {"reporters": choice()} if not item["reporters"] else {}
    return needed
