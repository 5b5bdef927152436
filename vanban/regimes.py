"""Reporting regimes: who reports on the plan to whom, through whom, how often and by when.

A clause is a regime when it speaks of reporting how the plan is carried out (or of difficulties as they come)
and names to whom. Roles are told by the words before a body: "gửi … về X", "báo cáo X", "qua X"; X collects
where "tổng hợp" follows it. Who reports is the subject of the clause, of one before it, or of the heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from vanban import agencies, deadlines, figures
from vanban.document import Words
from vanban.folding import bare
from vanban.outline import Section

_REPORTS = re.compile(
    r"\bgửi\s+(?:kết\s+quả|tình\s+hình)\s+(?:thực\s+hiện|triển\s+khai)\b|\bbáo\s+cáo\b|\bsơ\s+kết\b|\btổng\s+kết\b",
    re.I,
)
_RAISES = re.compile(
    r"\bbáo\s+cáo\b|\bphản\s+ánh\b|\bđề\s+xuất\b|\bkiến\s+nghị\b|\bgửi\b|\bthông\s+tin\b|\btrao\s+đổi\b", re.I
)
_DIFFICULTY = re.compile(
    r"vướng\s+mắc|khó\s+khăn|bất\s+cập|vấn\s+đề\s+(?:mới|phát\s+sinh)|phát\s+sinh|cần\s+(?:phải\s+)?(?:điều\s+chỉnh|bổ\s+sung|sửa\s+đổi)",
    re.I,
)
_CONDITION = re.compile(r"\bnếu\b|\btrường\s+hợp\b|\bkhi\b|quá\s+trình|\bkịp\s+thời\b|phát\s+sinh", re.I)
_MONEY = re.compile(r"dự\s+toán|kinh\s+phí|quyết\s+toán|giải\s+ngân|ngân\s+sách", re.I)
_RESULT = re.compile(
    r"(?:kết\s+quả|tình\s+hình|tiến\s+độ|đánh\s+giá|việc)(?:\s+[^\W\d_]+){0,5}?\s+(?:thực\s+hiện|triển\s+khai)|kết\s+quả(?!\s+(?:nghiên|quan\s+trắc|kiểm|điều|thống|xét|đấu))",
    re.I,
)
_OTHER_REPORT = re.compile(
    r"báo\s+cáo\s+(?:kiểm\s+kê|hiện\s+trạng|công\s+tác|giám\s+sát|chuyên\s+đề|nghiên\s+cứu|tài\s+chính|quyết\s+toán"
    r"|giảm\s+nhẹ|môi\s+trường|quan\s+trắc|đánh\s+giá\s+tác\s+động|viên|thường\s+niên|đề\s+xuất|thẩm\s+định)",
    re.I,
)
_ON_REQUEST = re.compile(r"đột\s+xuất|\bhoặc\s+(?:khi\s+(?:có\s+)?|theo\s+)yêu\s+cầu", re.I)
_COLLECTS = re.compile(r"\btổng\s+hợp\b", re.I)
_WORK_PLAN = re.compile(r"(?:xây\s+dựng|lập|ban\s+hành)\s+(?:[^\W\d_]+\s+){0,3}?kế\s+hoạch", re.I)
_ADVISES = re.compile(r"\btham\s+mưu(?:\s+cho)?\s*$", re.I)
# to prepare that others sum up is no report to them: "tham mưu UBND tỉnh tổng kết vào năm 2030"
_SUMS_UP = re.compile(r"\W*tham\s+mưu\b(?!.*\bbáo\s+cáo\b).*\b(?:sơ|tổng)\s+kết\b", re.I | re.S)
_BASIS = re.compile(r"\b(?:cơ\s+sở|căn\s+cứ|theo)\b.*\bcủa\s*$", re.I)
_VIA = re.compile(r"\b(?:thông\s+)?qua\s*:?\s*$|\bđầu\s+mối\s+là\s*$", re.I)
_TO = re.compile(
    r"\b(?:gửi|nộp|về|đến|tới|lên|báo\s+cáo|trình|tham\s+mưu|phản\s+ánh|kiến\s+nghị|đề\s+xuất|trao\s+đổi|liên\s+hệ)"
    r"(?:\s+(?:báo\s+cáo|kết\s+quả|văn\s+bản|về|đến|cho|tới|lên|với|kịp\s+thời|ngay))*\s*:?\s*$",
    re.I,
)
_REPORTS_TO = re.compile(r"\bbáo\s+cáo\b(?:(?!\bphối\s+hợp\b)[^;.]){0,80}\bvới\s*$", re.I)
_SENT = re.compile(
    r"\b(?:gửi|báo\s+cáo|phản\s+ánh|đề\s+xuất|kiến\s+nghị|thông\s+tin|tham\s+mưu|trình|nộp|trao\s+đổi)\b",
    re.I,
)
_SUBJECT_AFTER = re.compile(r"\b(?:đề\s+nghị|yêu\s+cầu|giao|phân\s+công|đối\s+với)\s*$", re.I)
_NO_SUBJECT = re.compile(
    r"\b(?:với|cùng|của|tại|thuộc|trong|từ|theo|là|cho|bởi|do|các|hỗ\s+trợ|hướng\s+dẫn|đôn\s+đốc|phối\s+hợp|giúp|kiểm\s+tra|về|đến)\s*$",
    re.I,
)
# the end of a heading that leads in duties: "Sở A chịu trách nhiệm:"
_RESPONSIBLE = re.compile(r"\s*,?\s*(?:có|chịu)\s+(?:trách\s+nhiệm|nhiệm\s+vụ)[^.;]{0,30}:\s*$", re.I)
_BY_PERIOD = re.compile(
    r"\bbáo\s+cáo\s+(?:định\s+kỳ\s+)?(?:(?:kết\s+quả|tình\s+hình)\s+(?:(?:thực\s+hiện|triển\s+khai)\s+)*)?"
    r"(?:(?:hàng|hằng)\s+)?(?:0?6\s+tháng|sáu\s+tháng|quý|năm|tháng|giữa\s+kỳ|cuối\s+kỳ"
    r"|sơ\s+kết|tổng\s+kết)",
    re.I,
)
_ORDER = re.compile(r"(?:trách\s+nhiệm\s+của|giao|đề\s+nghị|yêu\s+cầu|phân\s+công)\s+(?:cho\s+)?", re.I)
_BRACKETED = re.compile(r"\([^()]*\)")
_HEADING = re.compile(r"^\W*(?:chế\s+độ|công\s+tác)\s+(?:thông\s+tin,?\s+)?báo\s+cáo\s*:\s*", re.I)
_LABEL = re.compile(r"[^:;.]{1,40}:\s*$")
# a department that is sent the reports of others gathers them, also where "để tổng hợp" is not said
_COLLECTORS = {"department", "board"}
_OFFICES = _COLLECTORS | {"central", "other"}
_COMMITTEE = re.compile(r"(?:UBND|[ỦU][ỷy] ban nhân dân)", re.I)
_HEAD = re.compile(r"^(?:Giám đốc|Thủ trưởng|Chủ tịch|Lãnh đạo)\s+", re.I)
_HEADS = re.compile(r"^(?:giam doc|thu truong|chu tich|lanh dao|nguoi dung dau) ")


@dataclass(slots=True)
class _Clause:
    words: Words
    subject: Words | None = None
    via: Words | None = None
    to: list[Words] = field(default_factory=list)
    consolidator: Words | None = None


def read(sections: list[Section]) -> list[dict[str, Any]]:
    """The `reporting` of FORM.md found in sections, each with its `places`; stated twice, it is one."""
    found: list[dict[str, Any]] = []
    for section in sections:
        for paragraph, heading in _paragraphs(section, None):
            found += _of_paragraph(paragraph, heading)
    return _merged(_collected(found))


def _paragraphs(section: Section, agency: Words | None) -> Iterator[tuple[Words, Words | None]]:
    """Every paragraph under a section, with the body that the nearest heading names."""
    named = _agency_of(section.title)
    if named is None and section.title:
        yield section.title, agency
    agency = named or agency
    for item in section.items():
        if isinstance(item, Section):
            yield from _paragraphs(item, agency)
        else:
            yield item.words, agency


def _agency_of(title: Words) -> Words | None:
    """The title itself, where it is nothing but the name of bodies."""
    text = _RESPONSIBLE.sub("", title.text).rstrip(" .:;")
    order = _ORDER.match(text)
    title = title.cut(order.end() if order else 0, len(text))
    spans = agencies.mentions(title.text)
    named = sum(end - start for start, end in spans)
    return title if spans and spans[0][0] == 0 and named >= 0.9 * len(title.text) else None


def _of_paragraph(words: Words, heading: Words | None) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    context = ""
    for clause in _shared(list(_clauses(words, heading))):
        found = _regimes(clause, context)
        if not found and out and _ON_REQUEST.search(clause.words.text):
            out[-1]["also_on_request"] = True
        out += found
        _count_in(clause.words.text, found or out)
        context = clause.words.text
    return out


def _clauses(words: Words, heading: Words | None) -> Iterator[_Clause]:
    """The clauses of a paragraph with their roles; one without a subject has that of the one before."""
    subject = heading
    listed: list[Words] = []
    for first, last in figures.split_clauses(words.text):
        piece = words.cut(first, last)
        if _agency_of(piece):
            listed.append(piece)
            continue
        clause = _roles(piece)
        clause.subject = Words.join([*listed, clause.subject], by="; ") if clause.subject else subject
        listed = []
        subject = clause.subject
        yield clause


def _shared(clauses: list[_Clause]) -> list[_Clause]:
    """A further report of one sentence ("báo cáo 6 tháng trước ngày 15/6; báo cáo năm … gửi về Sở X") goes to
    whom the others go: to those named behind it, else to those named before."""
    named = [bool(clause.to or clause.consolidator or clause.via) for clause in clauses]
    for i, clause in reversed(list(enumerate(clauses))):  # the last of a row names to whom
        if named[i] or not _is_further(clause.words.text):
            continue
        others = [k for k in (i + 1, i - 1) if 0 <= k < len(clauses) and named[k]]
        source = next((clauses[k] for k in others if deadlines.read(clauses[k].words.text)), None)
        if source:
            clause.to, clause.consolidator, clause.via = list(source.to), source.consolidator, source.via
            named[i] = True
    return clauses


def _is_further(text: str) -> bool:
    """Whether a clause names a report by its period, with a day, and nothing else to be done by that day."""
    dues = deadlines.read(text)
    return bool(_BY_PERIOD.search(text)) and any(due.day for due in dues)


def _count_in(text: str, entries: list[dict[str, Any]]) -> None:
    """Take the window of figures that a clause names into the regimes it is about."""
    window = deadlines.window(text)
    if window is None:
        return
    named = {due.frequency for due in deadlines.read(text)} - {"periodic"}
    for entry in entries:
        if not named or entry["frequency"] in named:
            entry["window"] = asdict(window)


def _roles(words: Words) -> _Clause:
    clause = _Clause(words)
    text = words.text
    spans = agencies.mentions(text)
    for i, (start, end) in enumerate(spans):
        body, before = words.cut(start, end), text[:start]
        until = spans[i + 1][0] if i + 1 < len(spans) else len(text)
        collects = bool(_COLLECTS.search(text[end:until]))
        if _VIA.search(before):
            clause.via = body
        elif _ADVISES.search(before) and _REPORTS.search(text[end:]) and i + 1 < len(spans):
            continue
        elif _is_addressee(before):
            if collects and clause.consolidator is None:
                clause.consolidator = body
            else:
                clause.to.append(body)
        elif clause.subject is None and not clause.to:
            clause.subject = body if _is_subject(before) else _after_basis(body, before)
    return clause


def _after_basis(body: Words, before: str) -> Words | None:
    """The last body of "trên cơ sở báo cáo của các đơn vị, Sở X tổng hợp …"."""
    listed = agencies.split(body)
    if len(listed) < 2 or not _BASIS.search(before) or agencies.is_generic(listed[-1].text):
        return None
    return listed[-1]


def _is_addressee(before: str) -> bool:
    return bool(_REPORTS_TO.search(before) or (_TO.search(before) and _SENT.search(before)))


def _is_subject(before: str) -> bool:
    if _SUBJECT_AFTER.search(before) or _LABEL.match(before):
        return True
    before = _HEADING.sub("", before)
    return not _NO_SUBJECT.search(before) and not _REPORTS.search(_BRACKETED.sub("", before))


def _regimes(clause: _Clause, context: str) -> list[dict[str, Any]]:
    text = clause.words.text
    if not (clause.to or clause.consolidator or clause.via):
        return []
    dues = deadlines.read(text)
    regular = any(d.frequency != "periodic" or d.day for d in dues)
    if _RAISES.search(text) and not regular and _is_ad_hoc(text, context):
        return [_entry(clause, deadlines.Due("ad_hoc"))]
    if not _REPORTS.search(text) or not _is_about_plan(text) or _SUMS_UP.match(text):
        return []
    if not dues and _RESULT.search(text) and not _WORK_PLAN.search(text):
        dues = [deadlines.Due("periodic")]
    if _ON_REQUEST.search(text) and not regular:
        return []
    return [_entry(clause, due) for due in dues]


def _is_ad_hoc(text: str, context: str) -> bool:
    return bool(_DIFFICULTY.search(text) and _CONDITION.search(text)) or bool(
        _DIFFICULTY.search(context)
        and re.match(r"\s*(?:nếu|trường\s+hợp|khi)\b", context, re.I)
        and not text[:1].isupper()
    )


def _is_about_plan(text: str) -> bool:
    if _OTHER_REPORT.search(text) and not re.search(r"kế\s+hoạch|chương\s+trình", text, re.I):
        return False
    return not _MONEY.search(text) or bool(
        re.search(r"(?:kết\s+quả|tình\s+hình)\s+(?:triển\s+khai\s+)?thực\s+hiện", text, re.I)
    )


def _entry(clause: _Clause, due: deadlines.Due) -> dict[str, Any]:
    collector, to = _collector(clause, due)
    entry: dict[str, Any] = {
        "reporter": clause.subject.text if clause.subject else None,
        "consolidator": _without_head(collector.text) if collector else None,
        "to": [body.text for words in to for body in agencies.split(words)],
        "frequency": due.frequency,
        "deadline_day": due.day,
        "deadline_month": due.month,
        "also_on_request": bool(_ON_REQUEST.search(clause.words.text)),
        "quote": clause.words.text,
        "places": list(clause.words.places),
    }
    extra = {"deadline_year": due.year, "deadline_next_year": due.next_year or None}
    return entry | {key: value for key, value in extra.items() if value}


def _collector(clause: _Clause, due: deadlines.Due) -> tuple[Words | None, list[Words]]:
    """Who collects, and to whom it goes on."""
    given = clause.via or clause.consolidator
    if given:
        return given, clause.to
    sent_to_one = due.frequency != "ad_hoc" and len(clause.to) == 1 and _gathers(clause.to[0].text)
    if sent_to_one and not _sums_up_first(clause):
        return clause.to[0], []
    return clause.subject if _collects_itself(clause) else None, clause.to


def _gathers(name: str) -> bool:
    """Whether a body that is sent reports gathers them; an officer over the reporters ("Giám đốc Sở") does not."""
    body = _without_head(name)
    if body != name and len(body.split()) == 1:
        return False
    return agencies.kind(body) in _COLLECTORS or (body.startswith("Phòng ") and not agencies.is_generic(body))


def _without_head(name: str) -> str:
    """The body of an officer: "Giám đốc Sở X" is Sở X."""
    short = _HEAD.sub("", name, count=1)
    return short if short[:1].isupper() else name


def _collects_itself(clause: _Clause) -> bool:
    collects, reports = _COLLECTS.search(clause.words.text), _REPORTS.search(clause.words.text)
    return bool(collects and reports)


def _sums_up_first(clause: _Clause) -> bool:
    """Whether it is one named department that sums up before it reports: "Sở A tổng hợp, báo cáo Sở B"."""
    collects = _COLLECTS.search(clause.words.text)
    if clause.subject is None or collects is None or agencies.is_generic(clause.subject.text):
        return False
    is_office = agencies.kind(clause.subject.text) in _OFFICES and not _COMMITTEE.match(clause.subject.text)
    return is_office and clause.words.text.find(clause.to[0].text) > collects.start()


def _collected(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A body that collects in one sentence collects what another sentence sends to it alone."""
    collectors = {_body(entry["consolidator"]) for entry in entries if entry["consolidator"]}
    for entry in entries:
        if entry["frequency"] == "ad_hoc":
            continue
        if entry["consolidator"] is None and len(entry["to"]) == 1 and _body(entry["to"][0]) in collectors:
            entry["consolidator"] = entry["to"].pop()
    return entries


def _merged(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for entry in entries:
        twin = next((other for other in out if _same(other, entry)), None)
        if twin is None:
            out.append(entry)
            continue
        for key in ("deadline_day", "deadline_month", "reporter"):
            twin[key] = twin[key] if twin[key] is not None else entry[key]
        twin["also_on_request"] = twin["also_on_request"] or entry["also_on_request"]
        known = {bare(name) for name in twin["to"]}
        twin["to"] += [name for name in entry["to"] if bare(name) not in known]
        twin["places"] += entry["places"]
    return out


def _same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    if a["frequency"] != b["frequency"] or _body(a["consolidator"]) != _body(b["consolidator"]):
        return False
    if _is_own(a) != _is_own(b):
        return False
    due_a, due_b = ((e["deadline_day"], e["deadline_month"], e.get("deadline_year")) for e in (a, b))
    open_ended = (None, None, None) in (due_a, due_b)
    return due_a == due_b or (open_ended and a["consolidator"] is not None)


def _is_own(entry: dict[str, Any]) -> bool:
    return entry["consolidator"] is not None and _body(entry["reporter"]) == _body(entry["consolidator"])


def _body(name: str | None) -> str:
    return _HEADS.sub("", bare(name or ""))
