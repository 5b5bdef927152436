"""What changed from one version of a draft to a later one, block by block."""

from __future__ import annotations

from dataclasses import dataclass

from luc.issuing.content import words
from luc.issuing.models import Version


@dataclass(frozen=True, slots=True)
class Change:
    """A block that two versions have otherwise: "" where one has it not."""

    block: int
    kind: str
    before: str
    after: str


def changes(old: Version, new: Version) -> list[Change]:
    """In the order of the newer one, what it has no more at the end; the title first when it differs."""
    was = {block["id"]: block for block in old.content["blocks"]}
    found = []
    if old.content["title"] != new.content["title"]:
        found.append(Change(0, "title", old.content["title"], new.content["title"]))
    for block in new.content["blocks"]:
        before = was.pop(block["id"], None)
        told = words(before["content"]) if before else ""
        if told != words(block["content"]):
            found.append(Change(block["id"], block["kind"], told, words(block["content"])))
    return [
        *found,
        *(Change(block["id"], block["kind"], words(block["content"]), "") for block in was.values()),
    ]
