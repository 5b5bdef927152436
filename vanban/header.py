"""The head of a paper: number, date, issuer, kind, title, period, legal bases, signature, recipients.

Source of the layout: Decree 30/2020/ND-CP, annex I. A plan attached to a decision takes number, date,
signature and recipients from that decision; a draft leaves number and day blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from vanban import bases, closing, issuers, periods
from vanban.document import Document, Words
from vanban.parts import Paper, papers
from vanban.parts import main as main_paper

_NUMBER_LINE = re.compile(r"\bSố\s*:?\s*(?P<number>[\d\s.…_]*[-/][^\n]*)")
_PLACE_LINE = re.compile(r"^(?P<place>[^,\d]{2,40}),\s*ngày\b(?P<date>.*)$", re.IGNORECASE)
_ABOUT = re.compile(r"V/v:?\s+", re.IGNORECASE)
_NOTED = re.compile(rf"\bsố\s*:?\s*(?P<number>{bases.NUMBER.pattern})(?P<rest>.*)", re.IGNORECASE | re.DOTALL)

Found = tuple[Any, Sequence[Words]]


def read(document: Document) -> dict[str, Any]:
    """The header fields of a reading, with `header_places`: where each field was found."""
    paper = main_paper(document)
    issuing = _issuing(papers(document), paper)
    number, date = _number(issuing, paper), _date(issuing, paper)
    found: dict[str, Found] = {
        "number": number,
        "date": date,
        "issuer": issuers.read(document, [issuing, paper], _place(issuing)),
        "kind": (paper.kind.text or None, [paper.kind]),
        "title": _title(issuing, paper),
    }
    found |= _period(document, paper)
    found |= _closing(issuing if issuing.closing else paper)
    resting = bases.read([*(issuing.preamble if issuing is not paper else []), *paper.preamble])
    places = {
        key: [p.as_json() for words in where for p in words.places] for key, (_, where) in found.items()
    }
    places["legal_bases"] = [place.as_json() for place in bases.places(resting)]
    out = {key: value for key, (value, _) in found.items()}
    return out | {
        "legal_bases": [basis.as_json() for basis in resting],
        "header_places": {key: where for key, where in places.items() if where},
    }


def _title(issuing: Paper, paper: Paper) -> Found:
    """The title; of a letter, which has no kind, what stands behind "V/v"."""
    if paper.kind or paper.title:
        return paper.title.text or None, [paper.title]
    lines = [*issuing.head, *issuing.preamble[:8]]
    found = next(((n, match) for n, line in enumerate(lines) if (match := _ABOUT.match(line.text))), None)
    if found is None:
        return None, []
    start, mark = found
    end = start + 1
    while end < len(lines) and lines[end].text[0].islower():
        end += 1
    about = Words.join(lines[start:end]).cut(mark.end())
    return about.text, [about]


def _issuing(found: list[Paper], paper: Paper) -> Paper:
    """The paper that puts the plan into force: itself where it has a number line, else the one before."""
    if any(_NUMBER_LINE.search(line.text) for line in paper.head) or paper not in found:
        return paper
    before = found[: found.index(paper)]
    return before[-1] if before else paper


def _number(issuing: Paper, paper: Paper) -> Found:
    for line in [*issuing.head, *issuing.preamble[:8]]:
        match = _NUMBER_LINE.search(line.text)
        if match:
            number = bases.NUMBER.match(match["number"].strip())
            if number is None:
                return None, [line]
            start = match.start("number")
            return bases.unspaced(number.group()), [line.cut(start, start + len(match["number"].rstrip()))]
    noted = _NOTED.search(paper.note.text)
    return (bases.unspaced(noted["number"]), [paper.note]) if noted else (None, [])


def _date(issuing: Paper, paper: Paper) -> Found:
    for line in [*issuing.head, *issuing.preamble[:8]]:
        match = _PLACE_LINE.match(line.text)
        if match:
            return bases.day(match["date"]), [line]
    noted = _NOTED.search(paper.note.text)
    return (bases.day(noted["rest"]), [paper.note]) if noted else (None, [])


def _place(issuing: Paper) -> str | None:
    """The place of the date line: "Cần Thơ" of "Cần Thơ, ngày …"."""
    for line in [*issuing.head, *issuing.preamble[:8]]:
        match = _PLACE_LINE.match(line.text)
        if match:
            return match["place"].strip()
    return None


def _period(document: Document, paper: Paper) -> dict[str, Found]:
    sources = [paper.title, *(words for words in paper.preamble[-1:] if "ban hành" in words.text)]
    for words in sources:
        text = words.text
        if words is not paper.title:
            text = text[text.index("ban hành") :]
        period = periods.read(text)
        if period:
            offset = len(words.text) - len(text)
            where = words.cut(period.span[0] + offset, period.span[1] + offset)
            return _fields(period, where)
    body = [document.words(i) for i, _ in document.paragraphs() if paper.first <= i < paper.last]
    named = periods.most_named([words.text for words in body])
    return _fields(named[1], body[named[0]].cut(*named[1].span)) if named else _fields(None, Words(""))


def _fields(period: periods.Period | None, where: Words) -> dict[str, Found]:
    return {
        "period": (period and period.text, [where]),
        "period_start": (period and period.start, []),
        "period_end": (period and period.end, []),
        "vision": (period and period.vision, []),
    }


def _closing(paper: Paper) -> dict[str, Found]:
    found = closing.read(paper.closing)
    signer = None
    if found.signed:
        signer = {
            "name": found.name.text or None,
            "authority": found.authority.text or None,
            "title": found.title.text or None,
        }
    recipients = None if found.recipients is None else [words.text for words in found.recipients]
    return {
        "signer": (signer, [found.authority, found.title, found.name]),
        "recipients": (recipients, found.recipients or []),
    }
