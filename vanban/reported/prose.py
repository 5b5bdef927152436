"""Answers in prose: "Về nhiệm vụ …: đã …; đạt 72 %", an item as a heading with lines below it, figures in clauses.

A paragraph names an item before its colon, as a heading of its own, or by how its sentence begins. Lines below a
heading that names an item belong to it until the next heading; those below "Khó khăn, vướng mắc" are general.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vanban.document import Document, Words
from vanban.figures import split_clauses
from vanban.folding import folded
from vanban.reported import labels, saying
from vanban.reported.labels import Part
from vanban.reported.lines import INLINE, PLAIN, Line, told
from vanban.reported.matching import Match, Matcher
from vanban.reported.values import GENERAL, Passage, Said, said

_COLON = re.compile(r"[:：](?=\s|$)")
_VERB = re.compile(
    r"\s*,?\s+(?:đã|đang|được|chưa|mới|đến\s+nay|cơ\s+bản|trong\s+kỳ)\s|,\s+(?=đơn\s+vị|sở|xã|phường|ủy\s+ban)",
    re.IGNORECASE,
)
_NAMES_ONE = re.compile(r"^\W*(?:về|đối\s+với)?\s*(?:việc\s+)?(?:thực\s+hiện\s+)?nhiệm\s+vụ\b", re.IGNORECASE)
_WANTED = re.compile(r"phấn\s+đấu|mục\s+tiêu\s+(?:là|đến)|đặt\s+ra", re.IGNORECASE)
_LONGEST_TITLE = 300


@dataclass(slots=True)
class _Open:
    """An item that lines below still belong to."""

    match: Match | None
    title: Words
    level: int
    parts: list[Part] = field(default_factory=list)
    label: str = "result"
    goes_on: bool = True


@dataclass(slots=True)
class _Reader:
    matcher: Matcher
    passages: list[Passage] = field(default_factory=list)
    now: _Open | None = None
    general: str | None = None
    general_level: int = 0
    none_said: Words | None = None

    def read(self, line: Line) -> None:
        """Take one paragraph."""
        head, rest = _cut(line.words)
        name = labels.label(head.text)
        if name and name != "figure":
            self._labelled(line, name, rest)
        elif self._begins(line, head, rest):
            self.general = None
        elif self._below(line):
            self._goes_on(line)
        elif self.general and line.level > self.general_level:
            self._general(self.general, line.words)
        else:
            self._leave()
            self._figures(rest if name == "figure" and rest else line.words)

    def _below(self, line: Line) -> bool:
        """Whether a paragraph stands under the item that is open."""
        return self.now is not None and self.now.goes_on and line.level > self.now.level

    def _leave(self) -> None:
        self.close()
        self.general = None

    def close(self) -> None:
        """What was gathered on the open item becomes a passage."""
        if self.now is not None and self.now.parts:
            self.passages.append(_passage(self.now.match, self.now.title, self.now.parts))
        self.now = None

    def _labelled(self, line: Line, name: str, rest: Words) -> None:
        """A part of the open item, or a section of the report."""
        if self.now is not None and self._below(line):
            self.now.label = name
            if rest:
                self.now.parts += labels.parts(rest, name)
            return
        self.close()
        if name in {"result", "state"}:
            self.general = None
            return
        self.general, self.general_level = name, line.level if line.level < PLAIN else INLINE
        if rest:
            self._general(name, rest)
            self.general = None if line.level >= PLAIN else self.general

    def _general(self, name: str, words: Words) -> None:
        """An obstacle or proposal of the agency as a whole."""
        if saying.is_nil(words.text):
            self.none_said = self.none_said or words
            return
        inner = list(labels.parts(words, "obstacle" if name == "both" else name))
        for part in inner:
            doubt = (
                "Mục ghi chung vướng mắc và kiến nghị." if name == "both" and part.name == "obstacle" else ""
            )
            field_ = part.name if part.name in {"obstacle", "proposal"} else "obstacle"
            found = said(field_, part.words, doubt=doubt)
            self.passages.append(Passage(GENERAL, part.words.text, part.words.places, (found,)))

    def _begins(self, line: Line, head: Words, rest: Words) -> bool:
        """Whether the paragraph names an item; then it is open, or at once a passage."""
        if rest and len(head.text) <= _LONGEST_TITLE:
            return self._titled(line, head, rest)
        if not rest and head.text != line.words.text:  # "…:" with lines below
            return self._heads(line, head)
        if line.is_heading and len(line.words.text) <= _LONGEST_TITLE and self._heads(line, line.words):
            return True
        return self._told(line)

    def _titled(self, line: Line, head: Words, rest: Words) -> bool:
        """ "Về nhiệm vụ …: đã …": the item, then its answer."""
        match = self.matcher.best(head.text)
        if match is None and not _NAMES_ONE.match(head.text):
            return False
        self.close()
        if match and match.item.kind == "figure":
            self.passages += _figure(match, head, rest)
            return True
        parts = list(labels.parts(rest))
        self.now = _Open(match, head, line.level, parts, goes_on=line.level < INLINE)
        return True

    def _heads(self, line: Line, title: Words) -> bool:
        """An item as a heading of its own: what stands below answers it."""
        match = self.matcher.best(title.text, {"task", "coordinated", "duty"})
        if match is None or (match.doubt and self._below(line)):
            return False
        self.close()
        at = _ends(title.text, match.item.text)
        behind = title.cut(at) if at else Words("")
        self.now = _Open(match, title.cut(0, at), line.level, list(labels.parts(behind)) if behind else [])
        return True

    def _told(self, line: Line) -> bool:
        """A sentence that begins with an item: "Công tác tuyên truyền … được thực hiện thường xuyên"."""
        verb = _VERB.search(line.words.text)
        if verb is None or self._below(line):
            return False
        title = line.words.cut(0, verb.start())
        match = self.matcher.best(title.text, {"task", "coordinated", "duty"})
        if match is None or match.doubt:
            return False
        self.close()
        self.passages.append(_passage(match, title, list(labels.parts(line.words))))
        return True

    def _goes_on(self, line: Line) -> None:
        assert self.now is not None
        self.now.parts += labels.parts(line.words, self.now.label)

    def _figures(self, words: Words) -> None:
        """Figures that the clauses of a paragraph give for targets."""
        for start, end in split_clauses(words.text):
            clause = words.cut(start, end)
            if not re.search(r"\d", clause.text) or _WANTED.search(clause.text):
                continue
            match = self.matcher.best(clause.text, {"figure"})
            if match is not None and (not match.doubt or match.likeness > 0.6):
                self.passages += _figure(match, clause, clause)


def find(document: Document, matcher: Matcher) -> list[Passage]:
    """What the paragraphs of a report say; its tables are left out."""
    reader = _Reader(matcher)
    for line in told(document):
        reader.read(line)
    reader.close()
    there = any(passage.item == GENERAL for passage in reader.passages)
    if reader.none_said and not there:
        none = reader.none_said
        reader.passages.append(Passage(GENERAL, none.text, none.places, (said("nil", none, value="1"),)))
    return reader.passages


def _cut(words: Words) -> tuple[Words, Words]:
    """What stands before the first colon, and behind it; all of it and nothing, where there is none."""
    match = _COLON.search(words.text)
    if not match:
        return words, Words("")
    return words.cut(0, match.start()), words.cut(match.end())


def _ends(title: str, item: str) -> int | None:
    """Where the words of an item end that a paragraph begins with: a page may have lost the end of its line."""
    wanted = folded(item).split()
    words = list(re.finditer(r"\w+", title))[: len(wanted)]
    if len(words) < len(wanted) or folded(title[: words[-1].end()]).split() != wanted:
        return None
    return words[-1].end()


def _passage(match: Match | None, title: Words, parts: list[Part]) -> Passage:
    answers = tuple(_answers(match, parts))
    item = match.item.id if match else None
    return Passage(
        item,
        title.text,
        title.places,
        answers,
        match.likeness if match else 0.0,
        match.doubt if match else "",
    )


def _answers(match: Match | None, parts: list[Part]) -> Iterator[Said]:
    """Parts of an answer as values: each field once, what is said in several places joined."""
    by_name: dict[str, list[Words]] = {}
    for part in parts:
        name = "obstacle" if part.name == "both" else part.name
        by_name.setdefault(name, []).append(part.words)
    nil = next((words for words in by_name.get("result", ()) if saying.is_nil(words.text)), None)
    found: list[Said] = []
    for name in ("result", "obstacle", "proposal"):
        words = [one for one in by_name.get(name, ()) if not saying.is_nil(one.text)]
        if words:
            found.append(said(name, Words.join(words, by="\n")))
    state = _state(by_name) if match is None or match.item.kind == "task" else None
    if nil and not found and not state:
        yield said("nil", nil, value="1")
    yield from found[:1]
    if state:
        yield state
    yield from found[1:]


def _state(by_name: dict[str, list[Words]]) -> Said | None:
    """The state, where the paper speaks of progress; otherwise as far as the words of the result say it."""
    for name in ("state", "result"):
        for words in by_name.get(name, ()):
            for start, end in split_clauses(words.text):
                clause = words.cut(start, end)
                if found := saying.state(clause.text, of_progress=name == "state"):
                    return said("state", clause, value=found.name, doubt=found.doubt)
    return None


def _figure(match: Match, title: Words, words: Words) -> Iterator[Passage]:
    """What a clause says on a target."""
    if saying.is_nil(words.text):
        answers: tuple[Said, ...] = (said("nil", words, value="1"),)
    else:
        number = saying.number(words.text, match.item.unit)
        if number is None:
            return
        at = words.cut(number.start, number.end)
        name = "estimate" if number.is_estimate else "value"
        answers = (said(name, at, value=number.printed, doubt=number.doubt),)
    yield Passage(match.item.id, title.text, title.places, answers, match.likeness, match.doubt)
