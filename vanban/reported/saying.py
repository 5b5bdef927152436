"""The grammar of answers: words for nothing to report, words for a state, single figures with their units.

"Không có", "không phát sinh", "-" · "đúng tiến độ", "chậm 01 tháng" · "88,5 %", "02 cơ sở", "ước đạt 120 tấn".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from vanban import figures
from vanban.folding import bare, folded

_NIL = re.compile(
    r"(?:(?:trong|den) (?:ky|quy|thang|nam|thoi diem)[a-z0-9 ]{0,30}? )?(?:chua|khong)(?: co)?(?: phat sinh"
    r"| noi dung| gi| kho khan| vuong mac| kien nghi| de xuat| de nghi| va| bao cao| de bao cao)*|khong co y kien|nil"
)
_EMPTY = re.compile(r"[\s.…_–—-]*")
_STATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "behind",
        re.compile(
            r"(?:không|chưa)\s+(?:đúng|bảo đảm|đảm bảo|đạt|kịp)\s+(?:tiến\s+độ|thời\s+hạn|kế\s+hoạch)"
            r"|chậm(?!\s+nhất)|(?:trễ|quá)\s+(?:hạn|tiến\s+độ)"
        ),
    ),
    (
        "ahead",
        re.compile(r"vượt\s+(?:tiến\s+độ|kế\s+hoạch|thời\s+hạn|mức)|trước\s+(?:thời\s+)?hạn|sớm\s+hơn"),
    ),
    (
        "on_time",
        re.compile(
            r"(?<!không )(?<!chưa )(?:đúng|bảo\s+đảm|đảm\s+bảo|kịp|đạt)\s+(?:tiến\s+độ|thời\s+hạn|hạn|kế\s+hoạch)"
        ),
    ),
    (
        "not_started",
        re.compile(r"chưa\s+(?:được\s+)?(?:triển\s+khai|thực\s+hiện|bắt\s+đầu|tiến\s+hành|khởi\s+công)"),
    ),
    (
        "done",
        re.compile(
            r"(?<!chưa )(?<!cơ bản )(?<!sẽ )(?<!không )(?<!mức độ )(?<!phấn đấu )hoàn\s+thành(?!\s+(?!100\s*%)\d)"
            r"|^(?:đã\s+)?xong\.?$"
        ),
    ),
)
_HEDGED = re.compile(r"cơ\s+bản|chưa\s+hoàn\s+thành|một\s+phần|dự\s+kiến|\bsẽ\b|khoảng|nếu|nguy\s+cơ|\d\s*%")
_MAY_BE = re.compile(r"nguy\s+cơ|có\s+thể|\bnếu\b")
_UNCLEAR = "Lời ghi chưa dứt khoát."
_ON_PROGRESS = re.compile(r"tiến\s+độ|thời\s+hạn|trước\s+hạn|quá\s+hạn|trễ\s+hạn|đúng\s+hạn")
_ODD = re.compile(r"(?<![\w.,/])\d+(?:[.,]\d+)+(?![\w/])")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_ESTIMATE = re.compile(r"\bước\b|\bdự\s+kiến\b", re.IGNORECASE)
_COMPARED = re.compile(r"tăng|giảm|so\s+với|bằng|kế\s+hoạch|mục\s+tiêu|cùng\s+kỳ|năm\s+trước", re.IGNORECASE)
_LOOSE = re.compile(r"khoảng|gần|trên|hơn|dưới|ít\s+nhất|tối\s+thiểu|không\s+quá", re.IGNORECASE)


def plain(text: str) -> str:
    """One line in lower case and composed letters, for patterns with marks."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def is_nil(text: str) -> bool:
    """Whether an answer is "không có", "không phát sinh" and the like, and nothing else."""
    return bool(text.strip()) and bool(_NIL.fullmatch(bare(text)))


def is_empty(text: str) -> bool:
    """Whether a cell says nothing at all: blank, a dash, dots."""
    return bool(_EMPTY.fullmatch(text))


@dataclass(frozen=True, slots=True)
class State:
    """How far a task is, and why that must be asked ("" when it need not)."""

    name: str
    doubt: str = ""


def state(text: str, *, of_progress: bool) -> State | None:
    """The state that words name. `of_progress`: they stand where the paper speaks of progress (a column, "Tiến độ:").

    Elsewhere only words about progress itself are sure: "hoàn thành khảo sát" is not the task done.
    """
    words = plain(text)
    found = [name for name, pattern in _STATES if pattern.search(words)]
    if "behind" in found:
        found = [name for name in found if name != "on_time"]
    if found == ["on_time", "done"] and of_progress:
        return State("done", _hedge(words))
    if not found:
        return None
    if len(found) > 1:
        return State(found[0], "Nói hơn một tình trạng.")
    if of_progress:
        hedged = _hedge(words) if found[0] != "behind" else _MAY_BE.search(words) and _UNCLEAR
        return State(found[0], hedged or "")
    if found[0] == "not_started":
        begins = re.match(r"(?:đến nay\s*,?\s*|hiện\s+)?chưa", words)
        return State(found[0], "" if begins else "Chỉ suy ra từ lời kể.")
    clear = found[0] != "done" and _ON_PROGRESS.search(words)
    return State(found[0], _hedge(words) if clear else "Chỉ suy ra từ lời kể.")


def _hedge(words: str) -> str:
    full = re.sub(r"(?<!\d)100\s*%", "", words)
    return _UNCLEAR if _HEDGED.search(full) else ""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as printed, its unit ("" where none is), where it stands in the text, why it must be asked."""

    printed: str
    unit: str
    start: int
    end: int
    is_estimate: bool = False
    doubt: str = ""


def number(text: str, unit: str) -> Number | None:
    """The one figure that a text gives for an item counted in `unit`; None where it has none.

    Figures it is compared with ("tăng 2 %", "bằng 70 % kế hoạch") do not count. Several, a figure that is only
    bounded ("trên 90 %"), another unit or none, and a number that is not written the Vietnamese way are doubted.
    """
    odd = _odd(text)
    found = [] if odd else _figures(text)
    if odd:
        found = [odd]
    if not found:
        return None
    same = [one for one in found if same_unit(one.unit, unit)]
    first = (same or found)[0]
    if len(same or found) > 1:
        return _doubted(first, f"Có nhiều số ở chỗ này: {'; '.join(one.printed for one in same or found)}.")
    if first.unit and not same_unit(first.unit, unit):
        return _doubted(first, f"Báo cáo ghi theo «{first.unit}», biểu hỏi theo «{unit}».")
    if not first.unit and unit:
        return _doubted(first, f"Báo cáo không ghi đơn vị tính; biểu hỏi theo «{unit}».")
    return first


def _doubted(one: Number, why: str) -> Number:
    return Number(one.printed, one.unit, one.start, one.end, one.is_estimate, f"{one.doubt} {why}".strip())


def _odd(text: str) -> Number | None:
    """A number that could mean two things: "1,234.5", "71.5"."""
    for match in _ODD.finditer(text):
        printed = match.group()
        is_date = re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{4}", printed) or re.fullmatch(
            r"\d{1,2}\.\d{4}", printed
        )
        if _GROUPED.fullmatch(printed) or is_date:
            continue
        behind = figures.find(f"đạt 1{text[match.end() :]}")
        unit = behind[0].unit if behind else None
        why = f"Số «{printed}» không ghi theo cách viết 1.234,5."
        return Number(printed, unit or "", match.start(), match.end(), bool(_ESTIMATE.search(text)), why)
    return None


def _figures(text: str) -> list[Number]:
    out: list[Number] = []
    before = 0
    for one in figures.find(text) or _alone(text):
        lead = text[before : one.start]
        compared = out and _COMPARED.search(lead)
        before = one.end
        if compared:
            continue
        printed = re.match(r"[\d.,]*\d", text[one.start :])
        assert printed
        loose = one.comparator != "eq" or one.approximate or _LOOSE.search(lead[-25:])
        why = "Báo cáo ghi khoảng hoặc mức, không ghi một số." if loose else ""
        estimate = bool(_ESTIMATE.search(lead))
        out.append(Number(_trimmed(printed.group()), one.unit or "", one.start, one.end, estimate, why))
    return out


def _alone(text: str) -> list[figures.Figure]:
    """A number that is the whole text: the cell of a table."""
    match = re.fullmatch(rf"\s*({_GROUPED.pattern})\s*\.?\s*", text)
    if not match:
        return []
    return [figures.Figure(match.start(1), match.end(1), match.start(1), None, None, None, "eq")]


def _trimmed(printed: str) -> str:
    """Without the zeros that offices put before small numbers: "02" is 2."""
    return re.sub(r"^0+(?=\d)", "", printed)


def same_unit(a: str, b: str) -> bool:
    """Whether two units are one: "phần trăm" and "%", "cơ sở" and "cơ sở làng nghề"; not "tấn" and "tấn/năm"."""
    one, other = _unit(a), _unit(b)
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return bool(short) and "/" not in long and long.startswith(f"{short} ")


def _unit(text: str) -> str:
    words = plain(text).strip(" ().")
    return "%" if words == "phần trăm" else re.sub(r"\s*/\s*", "/", words)


def same_words(a: str, b: str) -> bool:
    """Whether two answers say the same but for case, spaces and punctuation."""
    return folded(a) == folded(b)
