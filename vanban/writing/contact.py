"""The address, mail, site and telephone of the issuer at the foot of the first page (ô 13; Phụ lục I, III.4)."""

from __future__ import annotations

from vanban.writing.elements import border, el
from vanban.writing.paper import Paper
from vanban.writing.phrases import clean
from vanban.writing.sheet import Sheet


def put_contact(sheet: Sheet, paper: Paper) -> None:
    """The line below a rule over the whole width; nothing where the paper names no address."""
    said = [line for line in map(clean, paper.contact) if line]
    above = el("pBdr", border("top", sheet.layout.rule_weight, space=3))
    sheet.put_contact(sheet.layout.contact_separator.join(said), above)
