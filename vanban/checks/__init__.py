"""The proof-reader: what a careful reader would mark on a plan before it is signed or taken over.

One rule a file in `rules/`: its name is the code of its findings, `find(paper)` yields them. Registers
(agencies, legal papers, national targets) come in as plain values; nothing is looked up elsewhere.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from vanban.checks import rules
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper
from vanban.checks.registers import Agency, LegalPaper, NationalTarget, Registers
from vanban.document import Document

__all__ = ["Agency", "Finding", "LegalPaper", "NationalTarget", "Registers", "check", "codes"]

Rule = Callable[[Paper], Iterator[Finding]]


def check(document: Document, reading: dict[str, Any], registers: Registers, today: date) -> list[Finding]:
    """The findings on a document and what was read from it, in the order of the document.

    `reading` is what `understanding.understand` gives (or that corrected by a person). What the registers
    do not hold is not checked.
    """
    paper = Paper(document, reading, registers, today)
    found = [finding for rule in _rules().values() for finding in rule(paper)]
    return sorted(found, key=lambda f: (_position(f), f.code))


def codes() -> list[str]:
    """The codes of all rules, sorted."""
    return sorted(_rules())


@cache
def _rules() -> dict[str, Rule]:
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return {name: import_module(f"{rules.__name__}.{name}").find for name in names}


def _position(finding: Finding) -> tuple[int, int, int, int]:
    if not finding.places:
        return (1 << 30, 0, 0, 0)
    place = finding.places[0]
    return (place.block, place.row or 0, place.cell or 0, place.start)
