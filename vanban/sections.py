"""Which sections of a paper hold what: objectives, tasks, organisation of implementation."""

from __future__ import annotations

import re
from collections.abc import Callable

from vanban import agencies
from vanban.folding import bare
from vanban.outline import Section

_OBJECTIVES = re.compile(r"\b(?:muc tieu|chi tieu|ket qua (?:can dat|mong doi|du kien|phan dau))\b")
_BESIDE = re.compile(r"\b(?:quan diem|muc dich|yeu cau|nhiem vu|noi dung|giai phap|pham vi)\b")
_TASKS = re.compile(
    r"\b(?:nhiem vu|giai phap|noi dung|hoat dong(?: chu yeu| cu the| chinh| trong tam| uu tien)|cac hoat dong"
    r"|cac chuong trinh|noi dung thuc hien|bien phap|linh vuc uu tien|ke hoach (?:thuc hien|hanh dong))\b"
)
_ORGANISATION = re.compile(
    r"\b(?:to chuc (?:thuc hien|trien khai)|phan cong|trach nhiem|trien khai thuc hien|to chuc thi hanh)\b"
)
_DUTY_OF = re.compile(r"^Trách nhiệm của\s+", re.IGNORECASE)
_LEADS = re.compile(r"(?:(?:cơ quan|đơn vị)\s+)?chủ trì(?:\s+thực hiện)?\s*:", re.IGNORECASE)
_NO_TASKS = re.compile(
    r"\b(?:kinh phi|bao cao|muc dich|yeu cau|quan diem|danh gia|ket qua|thuc trang|tinh hinh|can cu"
    r"|nguon luc)\b"
)


def objectives(root: Section) -> list[Section]:
    """The sections that state objectives; the outermost ones named so."""

    def holds(section: Section) -> bool:
        if not _named(section, _OBJECTIVES) or _named(section, _ORGANISATION):
            return False
        return not (_named(section, _BESIDE) and any(_named(s, _OBJECTIVES) for s in section.sections))

    return _outermost(root, holds)


def tasks(root: Section) -> list[Section]:
    """The sections of tasks and solutions, not those that hand out duties by agency."""

    def holds(section: Section) -> bool:
        if not _named(section, _TASKS) or _named(section, _NO_TASKS) or is_organisation(section):
            return False
        if _opens_with_body(section):
            return False
        return not (_named(section, _OBJECTIVES) and any(_named(s, _TASKS) for s in section.sections))

    return _outermost(root, holds) or _by_content(root)


def _by_content(root: Section) -> list[Section]:
    """The sections whose items name who leads them, where no heading says that it is about tasks."""

    def holds(section: Section) -> bool:
        if _named(section, _OBJECTIVES) or _named(section, _NO_TASKS) or is_organisation(section):
            return False
        return sum(bool(_LEADS.match(line.words.text)) for line in section.everything()) > 1

    return _outermost(root, holds)


def organisation(root: Section) -> list[Section]:
    """The sections on the organisation of implementation."""
    return _outermost(root, is_organisation)


def is_organisation(section: Section) -> bool:
    """Whether a section hands out duties: it says so, or its headings are bodies."""
    if not _named(section, _ORGANISATION):
        return False
    if re.search(r"\bto chuc (?:thuc hien|trien khai|thi hanh)\b", bare(section.title.text)):
        return True
    children = section.sections
    return sum(map(_opens_with_body, children)) * 2 > len(children)


def _opens_with_body(section: Section) -> bool:
    title = _DUTY_OF.sub("", section.title.text)
    return any(start == 0 for start, _ in agencies.mentions(title)[:1])


def _named(section: Section, pattern: re.Pattern[str]) -> bool:
    title = section.title.text
    longest = 80 if (section.marker or "").startswith("Điều") else 200
    return len(title) < longest and bool(pattern.search(bare(title)))


def _outermost(section: Section, holds: Callable[[Section], bool]) -> list[Section]:
    out: list[Section] = []
    for child in section.sections:
        if holds(child):
            out.append(child)
        else:
            out += _outermost(child, holds)
    return out


def reporting(root: Section) -> list[Section]:
    """The sections in which reporting regimes may stand: all but aims, views and tasks."""
    left_out = {id(section) for section in [*objectives(root), *tasks(root)]}
    return [section for child in root.sections for section in _without(child, left_out)]


def _without(section: Section, left_out: set[int]) -> list[Section]:
    if id(section) in left_out or re.search(r"\b(?:muc dich|quan diem)\b", bare(section.title.text)):
        return []
    if any(id(below) in left_out for below in section.walk()):
        return [kept for child in section.sections for kept in _without(child, left_out)]
    return [section]
