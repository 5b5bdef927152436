"""Puts together what a plan says: the Reading, as plain values that JSON can hold.

Every item of the reading carries `places`: where its words stand in the Document.
"""

from __future__ import annotations

from typing import Any

from vanban import (
    duties,
    header,
    headings,
    indicators,
    outline,
    parts,
    regimes,
    sections,
    targets,
    tasks,
    unmarked,
)
from vanban.document import Document, Place


def understand(document: Document) -> dict[str, Any]:
    """The reading of a plan: header fields, targets, tasks, duties, reporting regimes; nothing is made up.

    `tasks` are the rows of the appendix; where there is none, the items of the task section of the body,
    which otherwise are `body_tasks`. `header_places` gives the places of each header field, `outline` the numbered
    places of the body, by which an amendment names what it changes.
    """
    document = unmarked.marked(document)
    paper = parts.main(document)
    root = outline.read(document, paper.first, paper.last)
    task_sections = sections.tasks(root)
    appendix = tasks.of_appendix(document)
    body = [task for section in task_sections for task in tasks.of_body(section)]
    objectives = sections.objectives(root)
    reading: dict[str, Any] = header.read(document)
    reading["targets"] = [target for section in objectives for target in targets.read(section)]
    reading["targets"] += indicators.read(document)
    reading["tasks"] = appendix or body
    reading["body_tasks"] = body if appendix else []
    organisation = sections.organisation(root)
    reading["organisation"] = [duty for section in organisation for duty in duties.read(section)]
    reading["reporting"] = regimes.read(sections.reporting(root))
    reading["outline"] = headings.of(root)
    plain: dict[str, Any] = _plain(reading)
    return plain


def numbered(document: Document) -> list[dict[str, Any]]:
    """The numbered places of a paper's body, as `outline` in its reading has them."""
    document = unmarked.marked(document)
    paper = parts.main(document)
    found: list[dict[str, Any]] = _plain(headings.of(outline.read(document, paper.first, paper.last)))
    return found


def _plain(value: Any) -> Any:
    """Plain values of what the parts found: places as objects."""
    if isinstance(value, Place):
        return value.as_json()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
