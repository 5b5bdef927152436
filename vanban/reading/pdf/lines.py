"""From the runs of a page to its printed lines, and from printed lines to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vanban import markers
from vanban.linebreaks import ENDED, HANGING, cuts_compound, is_caps
from vanban.reading.inline import RAISED, plain
from vanban.reading.pdf.words import Run

GAP = 0.6  # sizes: a wider gap parts two runs of a line
_SAME_LINE = 0.4  # of the size of the words
_ALIGNED = 3.5  # points
_ENOUGH = 3  # lines that go on
_NARROW = 20  # sizes: the width of a cell
_BULLETS = "•●▪■◦○–—\uf0b7\uf02d\uf0a7"
_MARK_ALONE = re.compile(
    rf"(?:[-+*{_BULLETS}]|\(?(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|[IVX]{{1,5}}|[a-zđA-Z])[.)]|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})$"
)
_RANGE_END = re.compile(r"\d\s?%?$")
_RANGE_GOES_ON = re.compile(r"[-–]\s*\d")
_NAME_GOES_ON = re.compile(r"[-–]\s+[^\W\d_]")
_DASH = 0.34  # sizes: how wide a dash is printed
_CUT_WORD = re.compile(r"[a-zà-ỹđ]-$")
_SPACED_MARK = re.compile(rf"([{RAISED}])\s+(?=[.,;:)])")
_CUT_DATE = re.compile(r"\d/\d{1,2}/\d{1,3}$")
_CUT_NUMBER = re.compile(r"\d[-–]$")
_CUT_YEAR = re.compile(r"(?:[/–-]|^)(?:19|20)\d?$")
_REST_OF_YEAR = re.compile(r"\d{1,2}(?!\d)")
_CLOSING_SIGN = re.compile(r"[,;.:)”](?:\s|$)")


@dataclass(slots=True)
class Printed:
    """One printed line: the runs that stand on it, from the left."""

    y: float
    runs: list[Run]
    size: float = 0.0

    def __post_init__(self) -> None:
        self.size = self.runs[0].size if len(self.runs) == 1 else max(run.size for run in self.runs)

    @property
    def left(self) -> float:
        return self.runs[0].left

    @property
    def right(self) -> float:
        return self.runs[-1].right

    @property
    def text(self) -> str:
        return self.runs[0].text if len(self.runs) == 1 else " ".join([run.text for run in self.runs])

    @property
    def bold(self) -> bool:
        return all(run.bold for run in self.runs)

    @property
    def italic(self) -> bool:
        return all(run.italic for run in self.runs)

    @property
    def words_left(self) -> float:
        """Where the words behind a list mark begin."""
        marked = len(self.runs) > 1 and _MARK_ALONE.match(self.runs[0].text)
        return self.runs[1].left if marked else self.left


@dataclass(slots=True)
class Flow:
    """Lines that are one paragraph, with the text as it reads."""

    lines: list[Printed]
    text: str
    page: int | None = None

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        return all(line.italic for line in self.lines)


def printed(runs: Iterable[Run]) -> list[Printed]:
    """The printed lines of a page or a cell, from the top."""
    out: list[Printed] = []
    for run in sorted(runs, key=lambda run: run.y):
        near = [line for line in out[-2:] if abs(run.y - line.y) <= _SAME_LINE * max(run.size, line.size)]
        if near:
            line = min(near, key=lambda line: abs(run.y - line.y))
            if run.size > line.size:
                line.y, line.size = run.y, run.size
            line.runs.append(run)
        else:
            out.append(Printed(run.y, [run]))
    for line in out:
        line.runs = _joined(sorted(line.runs, key=lambda run: run.left))
    return out


def _joined(runs: list[Run]) -> list[Run]:
    """The runs of a line with those joined that only a space parts."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last and -last.size < run.left - last.right <= GAP * max(run.size, last.size):
            both = last.bold and run.bold, last.italic and run.italic
            text = f"{last.text} {run.text}"
            out[-1] = Run(
                text, last.left, run.right, last.y, max(last.size, run.size), last.first, *both, last.font
            )
        else:
            out.append(run)
    return out


def is_marked(line: Printed) -> bool:
    """Whether a line of two runs is a list mark and its words."""
    return len(line.runs) == 2 and bool(_MARK_ALONE.match(line.runs[0].text))


def pitch(lines: Sequence[Printed]) -> float:
    """How far lines of one paragraph usually are apart, in sizes of their words.

    Lines that go on inside of a sentence say it; where too few do, the closer ones of all lines.
    """
    going_on = sorted(
        (below.y - above.y) / above.size
        for above, below in _close(lines)
        if below.text[:1].islower() and not _starts(below) and not ENDED.search(above.text)
    )
    return going_on[len(going_on) // 2] if len(going_on) >= _ENOUGH else spacing(lines)


def spacing(lines: Sequence[Printed]) -> float:
    """How far the closer ones of some lines are apart, be they paragraphs or not, in sizes of their words."""
    steps = sorted((below.y - above.y) / above.size for above, below in _close(lines))
    return steps[len(steps) // 4] if steps else 1.3


def _close(lines: Sequence[Printed]) -> Iterator[tuple[Printed, Printed]]:
    return (
        (above, below)
        for above, below in pairwise(lines)
        if 0.8 * above.size < below.y - above.y < 3 * above.size
    )


def flows(lines: Sequence[Printed], left: float, right: float, usual: float) -> list[Flow]:
    """The paragraphs of lines printed between two edges; what a full line leaves over goes on below it."""
    out: list[Flow] = []
    for line in lines:
        if out and goes_on(out[-1], line, (left, right), usual):
            join(out[-1], line)
        else:
            out.append(Flow([line], line.text))
    return out


def join(flow: Flow, line: Printed) -> None:
    """Add a line to a paragraph: a word cut at the line's end becomes whole, a span of years stays one."""
    kept, gap = seam(flow.text, line.text)
    flow.text = f"{flow.text[:kept]}{gap}{line.text}"
    flow.lines.append(line)


def seam(text: str, more: str) -> tuple[int, str]:
    """How words go on at the end of a line: how much of the text stays, and what stands between."""
    end = text[-12:]  # an endless paragraph is not searched again for every line
    if _CUT_WORD.search(end) and more[:1].islower():
        return len(text) - 1, ""
    digits = more[:1].isdigit()
    if digits and (_CUT_NUMBER.search(end) or _CUT_DATE.search(end) or _is_cut_year(end, more)):
        return len(text), ""
    return len(text), "" if _CLOSING_SIGN.match(more) else " "


def _is_cut_year(end: str, more: str) -> bool:
    """Whether the cell was too narrow for a year: "IV/202" and below it "8"."""
    first = end.split()[-1:]
    rest = _REST_OF_YEAR.match(more)
    cut = _CUT_YEAR.search(first[0]) if first else None
    return bool(rest and cut and len(cut.group().lstrip("/–-")) + len(rest.group()) == 4)


def goes_on(flow: Flow, line: Printed, edges: tuple[float, float], usual: float) -> bool:
    """Whether a line goes on with the paragraph above it."""
    last = flow.lines[-1]
    step = (line.y - last.y) / max(last.size, 1)
    near = step < 0 or step <= 1.2 * usual  # on the next page there is no step to measure
    if abs(line.size - last.size) > 0.15 * last.size or step > 1.9 * usual:
        return False
    text, above = line.text, last.text
    small = text[:1].islower()
    if (_starts(line) and not _cuts(flow, line, edges)) or not (near or small):
        return False
    if not small and (caps := is_caps(above)) != is_caps(text) and (caps or len(text) > 12):
        return False
    if step < 0 and not small and _is_whole(flow):
        return False
    if is_full(last, line, edges):
        return small or not (
            _is_indented(flow, line, edges) or (ENDED.search(above) and last.bold != line.bold)
        )
    narrow = edges[1] - edges[0] < _NARROW * line.size
    far = last.right - edges[0] > 0.6 * (edges[1] - edges[0])
    return small and not ENDED.search(above) and (narrow or far)


def _is_whole(flow: Flow) -> bool:
    """Whether a numbered line at the foot of a page is all of its item: programs leave no first line alone there."""
    marker = markers.find(flow.text) if len(flow.lines) == 1 else None
    numbered = marker is not None and marker.kind in markers.HEADINGS | markers.NUMBERS
    return numbered and not HANGING.search(flow.text)


def is_full(last: Printed, line: Printed, edges: tuple[float, float]) -> bool:
    """Whether the first word of a line had no more room on the line above it."""
    left, right = edges
    end = left + last.right - last.left if _is_centred(last, edges) else last.right
    return end + 0.25 * last.size + line.runs[0].first > right - 2


def _starts(line: Printed) -> bool:
    """Whether a line begins an item of a list."""
    text = line.text
    return is_marked(line) or (text[:1] in _BULLETS) or markers.find(text) is not None


def _cuts(flow: Flow, line: Printed, edges: tuple[float, float]) -> bool:
    """Whether a dash at a line's start stands inside of words: "kinh tế / - xã hội", "60% / - 70%"."""
    before, text = flow.lines[-1].text, line.text
    if cuts_compound(before, text) or (_RANGE_END.search(before) and _RANGE_GOES_ON.match(text)):
        return True
    narrow = edges[1] - edges[0] < _NARROW * line.size
    return narrow and bool(_NAME_GOES_ON.match(text)) and _is_inside_name(flow, line, edges)


def _is_inside_name(flow: Flow, line: Printed, edges: tuple[float, float]) -> bool:
    """Whether a line of a cell, that is no item itself and has not ended, had no room even for a dash."""
    last = flow.lines[-1]
    open_end = not ENDED.search(last.text) and flow.text[:1].isupper()
    return open_end and is_full(
        last, replace(line, runs=[replace(line.runs[0], first=_DASH * line.size)]), edges
    )


def _is_indented(flow: Flow, line: Printed, edges: tuple[float, float]) -> bool:
    """Whether a line begins further right than a paragraph's lines do: the first of a new paragraph."""
    if _is_centred(line, edges):
        return False
    first, last = flow.lines[0], flow.lines[-1]
    return line.left > max(last.left, first.words_left) + 0.8 * line.size


def _is_centred(line: Printed, edges: tuple[float, float]) -> bool:
    left, right = edges
    return abs(line.left + line.right - left - right) < 2 * _ALIGNED and line.left > left + _ALIGNED


def clean(flows_: Iterable[Flow]) -> Iterator[tuple[Flow, str]]:
    """Paragraphs with their text without footnote marks."""
    for flow in flows_:
        if text := plain(escaped(_SPACED_MARK.sub(r"\1", flow.text))):
            yield flow, text.replace("\n", " ")


def escaped(text: str) -> str:
    """The text such that signs that are markup elsewhere stay what they are here."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
