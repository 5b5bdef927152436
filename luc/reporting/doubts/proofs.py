"""Evidence that the focal agency wants with a row or a section: without a file it is explained, or not handed in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from luc.reporting.checks import Proof
from luc.reporting.queries.drafts import Draft, Line


def ask(whole: Draft) -> Iterator[tuple[str, str]]:
    """Rows and sections without a file that may go without one when that is explained."""
    for key, proof in lacking(whole):
        if proof == Proof.EXPLAIN:
            yield key, _("Chưa kèm tệp minh chứng.")


def missing(whole: Draft) -> list[str]:
    """Rows and sections without a file that are not handed in so."""
    return [] if whole.report.is_nil else [key for key, proof in lacking(whole) if proof == Proof.MUST]


def lacking(whole: Draft) -> Iterator[tuple[str, str]]:
    """Rows, and sections with something to prove, that lack the file they are asked, with how they are asked it."""
    shown = {one.row for one in whole.evidence}
    for section, proof in whole.checks.of_sections():
        telling = [line for line in whole.section(section) if _tells(line)]
        if telling and not shown & {section, *(line.row.key for line in telling)}:
            yield section, proof
    for line in whole.lines:
        proof = whole.checks.of_row(line.row)
        if proof and _tells(line) and line.row.key not in shown:
            yield line.row.key, proof


def _tells(line: Line) -> bool:
    """Whether a row says something that a file could prove."""
    return not line.is_nil and line.has_words and line.values.get("state") != "not_started"
