"""How a paper points into another one: "điểm b khoản 2 Mục III", "các nhiệm vụ số 5, 6 và 9 tại Phụ lục I"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Path = tuple[tuple[str, str | None], ...]

_LEVELS = (
    ("appendix", r"phụ\s+lục|phụ\s+biểu"),
    ("task", r"nhiệm\s+vụ(?!\s+(?:trọng\s+tâm|chủ\s+yếu))|dòng|số\s+thứ\s+tự|stt|tt(?=\s+\d)"),
    ("target", r"chỉ\s+tiêu|mục\s+tiêu"),
    ("part", r"phần"),
    ("chapter", r"chương"),
    ("article", r"điều"),
    ("section", r"tiểu\s+mục|mục"),
    ("clause", r"khoản"),
    ("dash", r"(?:gạch\s+đầu\s+dòng|ý|đoạn)(?=\s+(?:thứ|số|\d))"),
    ("point", r"điểm|tiết"),
)
_FIELDS = (
    ("lead", r"(?:cơ\s+quan|đơn\s+vị)\s+chủ\s+trì"),
    ("coordinate", r"(?:cơ\s+quan|đơn\s+vị)\s+phối\s+hợp"),
    ("timeframe", r"(?:thời\s+gian|thời\s+hạn|tiến\s+độ)(?:\s+(?:thực\s+hiện|hoàn\s+thành))?"),
    ("output", r"(?:sản\s+phẩm|kết\s+quả)(?:\s+đầu\s+ra)?"),
    ("funding", r"(?:nguồn\s+)?kinh\s+phí"),
    ("text", r"(?:tên|nội\s+dung)\s+nhiệm\s+vụ"),
)
_ORDINAL = r"nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười"
_ONE = r"(?-i:[IVXLC]+|[A-HĐa-zđ])(?!\w)(?:\.\d+)*|\d+[a-zđ]?(?:\.\d+)*(?!\w)(?!\s*[/-]\s*\d)"
_NUMBER = rf"(?:thứ\s+)?(?:(?:{_ONE})|(?:{_ORDINAL})(?!\w))"
# a number further down the list, not one that begins the next level ("khoản 1, khoản 2")
_MORE = rf"(?:\s*(?:,|;|và|,\s*và)\s+(?:số\s+)?(?:{_ONE})(?!\s*[/(]))*"
_REFER = re.compile(
    "|".join(
        rf"(?P<{name}>\b(?:các\s+)?(?:{words})(?:\s+số)?\s+(?P<{name}_no>{_NUMBER}{_MORE})|\b(?:{words})\b)"
        for name, words in _LEVELS
    ),
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"(?:thứ\s+)?(?P<one>{_ONE}|(?:{_ORDINAL})(?!\w))", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?:của|ban\s+hành\s+kèm\s+theo|kèm\s+theo|theo)\s+(?:Kế\s+hoạch|Quyết\s+định|Chương\s+trình)\b.*",
    re.IGNORECASE | re.DOTALL,
)
# where new words are put is no place that is changed: "vào sau nhiệm vụ số 12"
_BEHIND = re.compile(
    rf"\b(?:vào\s+)?(?:ngay\s+|liền\s+)?(?:phía\s+)?(?:sau|trước)\s+(?:{'|'.join(words for _, words in _LEVELS)})"
    rf"(?:\s+số)?\s+(?:{_ONE})",
    re.IGNORECASE,
)
_AND = re.compile(r"\bvà\b|;", re.IGNORECASE)
_RANK = {
    name: n
    for n, name in enumerate(
        ("dash", "point", "task", "target", "clause", "section", "article", "chapter", "part", "appendix")
    )
}


@dataclass(frozen=True, slots=True)
class _Mention:
    """A level with its numbers; `again` where "và" parts it from what stands before."""

    level: str
    numbers: list[str | None]
    again: bool


FIELD = re.compile("|".join(rf"(?P<{name}>\b{words}\b)" for name, words in _FIELDS), re.IGNORECASE)
LABELLED = re.compile(rf"(?:{'|'.join(words for _, words in _FIELDS)})\s*:", re.IGNORECASE)


def field_of(about: str) -> str | None:
    """The field of a task that words are about ("thời gian thực hiện nhiệm vụ số 7")."""
    found = FIELD.search(about)
    return found.lastgroup if found else None


def paths(about: str) -> Iterator[Path]:
    """The places that words name, each as levels with their numbers, inner level first, each place once.

    "điểm a, b khoản 1 Mục II" names two. An appendix may have no number; other levels without one name nothing.
    """
    seen: set[Path] = set()
    for path in _paths(list(_mentions(about))):
        if path and path not in seen:
            seen.add(path)
            yield path


def _mentions(about: str) -> Iterator[_Mention]:
    clean = _PAPER.sub(" ", FIELD.sub(" ", _BEHIND.sub(" ", about)))
    end = 0
    for match in _REFER.finditer(clean):
        level = next(name for name, _ in _LEVELS if match[name])
        printed = match[f"{level}_no"]
        again = bool(_AND.search(clean[end : match.start()])) and end > 0
        if printed:
            yield _Mention(level, [one["one"] for one in _SINGLE.finditer(printed)], again)
        elif level == "appendix":
            yield _Mention(level, [None], again)
        end = match.end()


def _paths(found: list[_Mention]) -> Iterator[Path]:
    """Levels go outwards; where one does not, or "và" parts them, the next place begins.

    A place takes over the outer levels of the one behind it ("khoản 1, khoản 2 Mục III" are both of Mục III).
    """
    chains: list[list[_Mention]] = []
    for mention in found:
        if not chains or mention.again or _RANK[mention.level] <= _RANK[chains[-1][-1].level]:
            chains.append([])
        chains[-1].append(mention)
    out: list[Path] = []
    outer: Path = ()
    last = -1
    for chain in reversed(chains):
        own: Path = tuple((one.level, one.numbers[0]) for one in chain[1:])
        rank = _RANK[chain[-1].level]
        shared = outer if rank <= last else ()
        tail = own + tuple(step for step in shared if _RANK[step[0]] > rank)
        out += [((chain[0].level, number), *tail) for number in reversed(chain[0].numbers)]
        outer, last = tail, _RANK[chain[0].level]
    return reversed(out)
