"""Who leads, who helps and by when, where an item of the body says so in its own sentence.

"Giao Sở A chủ trì, phối hợp với Sở B …; hoàn thành trước ngày 30/6/2027", "… (Văn phòng chủ trì, các phòng phối
hợp; Quý I/2027)". Only what is named as such is taken: a body that is merely mentioned leads nothing.
"""

from __future__ import annotations

import re

from vanban import agencies, timeframes
from vanban.document import Words

_CHARGED = re.compile(
    r"(?:^|[;:.(]\s*)(?:giao|đề\s+nghị|yêu\s+cầu|phân\s+công)\s+(?:cho\s+)?$", re.IGNORECASE
)
_BEGINS = re.compile(r"(?:^|[;:.(]\s*)(?:(?:do|giao)\s+)?$", re.IGNORECASE)
_LEADS = re.compile(r"\s*(?:,\s*)?(?:là\s+(?:cơ\s+quan|đơn\s+vị)\s+)?(?:làm\s+)?chủ\s+trì\b", re.IGNORECASE)
_HELPS_BEFORE = re.compile(
    r"\bphối\s+hợp\s*(?:\s(?:chặt\s+chẽ\s+)?(?:thực\s+hiện\s+)?(?:với|cùng)\s*)?:?\s*$", re.IGNORECASE
)
_HELPS_AFTER = re.compile(r"\s*phối\s+hợp(?:\s+thực\s+hiện)?\s*(?=[;,.)]|$)", re.IGNORECASE)
_AFTER_LEAD = re.compile(r"[,;]\s*(?:và\s+)?$")
_ORDER = re.compile(r"(?:giao|đề\s+nghị|yêu\s+cầu|phân\s+công)\s+(?:cho\s+)?", re.IGNORECASE)
_PART = re.compile(r"[;(]|,\s*(?=(?:và\s+)?(?:hoàn\s+thành|xong)\s)")
# where somebody leads, also "… thực hiện hằng năm", without a comma
_DONE = re.compile(
    r"\s(?=(?:(?:triển\s+khai\s+)?thực\s+hiện|hoàn\s+thành|xong)"
    r"\s+(?:trong|trước|chậm\s+nhất|hằng|hàng|từ|đến|năm|quý|giai\s+đoạn|thường\s+xuyên)\b)"
)
_TIME = re.compile(
    r"\s*(?:(?:và\s+)?(?:thời\s+gian|thời\s+hạn|tiến\s+độ)(?:\s+(?:thực\s+hiện|hoàn\s+thành))?\s*:?\s*"
    r"|(?:thực\s+hiện|hoàn\s+thành|xong|triển\s+khai)\s+(?=trong|trước|vào|đến|từ|năm|quý|tháng|hàng|hằng|thường|chậm)"
    r"|(?=(?:trong|trước|quý|tháng|năm|giai\s+đoạn|hàng|hằng|thường\s+xuyên|từ|đến|chậm\s+nhất)\b))",
    re.IGNORECASE,
)
_MOST_WORDS = 12


def read(words: Words) -> dict[str, Words]:
    """`lead`, `coordinate` and `timeframe` as far as the sentence names them, with their places."""
    out: dict[str, Words] = {}
    helpers: list[Words] = []
    for start, end in agencies.mentions(words.text):
        before, after = words.text[:start], words.text[end:]
        body = words.cut(start, end)
        if "lead" not in out and _is_lead(before, after):
            out["lead"] = body
        elif "lead" in out and (_HELPS_BEFORE.search(before) or _helps(before, after)):
            helpers.append(body)
    if helpers:
        out["coordinate"] = Words.join(helpers, by="; ")
    if time := _time(words) or ("lead" in out and _time(words, _DONE)) or None:
        out["timeframe"] = time
    return out


def named_alone(heading: Words) -> Words | None:
    """The bodies of a heading that names nothing else: "Sở Công Thương:", "Giao Sở Công Thương"."""
    order = _ORDER.match(heading.text)
    begin, end = order.end() if order else 0, len(heading.text.rstrip(" .:;"))
    found = agencies.mentions(heading.text[begin:end])
    return heading.cut(begin, end) if found == [(0, end - begin)] else None


def under(body: Words, words: Words) -> dict[str, Words]:
    """`lead` and `coordinate` of an item under the name of a body: "Chủ trì, phối hợp với Sở B …"."""
    out = {"lead": body}
    if _LEADS.match(words.text):
        spans = agencies.mentions(words.text)
        helpers = [words.cut(*span) for span in spans if _HELPS_BEFORE.search(words.text[: span[0]])]
        out |= {"coordinate": Words.join(helpers, by="; ")} if helpers else {}
    return out


def _is_lead(before: str, after: str) -> bool:
    if _LEADS.match(after):
        return bool(_BEGINS.search(before) or _CHARGED.search(before))
    return bool(_CHARGED.search(before)) and not _HELPS_AFTER.match(after)


def _helps(before: str, after: str) -> bool:
    return bool(_AFTER_LEAD.search(before) and _HELPS_AFTER.match(after))


def _time(words: Words, parts: re.Pattern[str] = _PART) -> Words | None:
    """The last part of a sentence that says nothing but when."""
    text = words.text.rstrip(" .;)")
    for mark in reversed(list(parts.finditer(text))):
        part = words.cut(mark.end(), len(text))
        if ";" in part.text or len(part.text.split()) > _MOST_WORDS:
            return None
        lead_in = _TIME.match(part.text)
        if not lead_in:
            continue
        time = part.cut(lead_in.end()) if part.text[: lead_in.end()].strip() else part
        found = timeframes.read(words.text[mark.end() : len(text)])
        if found and any(found[key] for key in ("start", "end", "recurrence")):
            return part if lead_in.group().strip().lower().startswith(("hoàn", "xong")) else time
    return None
