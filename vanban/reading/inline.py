"""Takes markdown, HTML, LaTeX remnants and footnote marks out of a line of text."""

from __future__ import annotations

import html
import re
import unicodedata

from vanban.reading.errors import UnreadableFile

MAX_PARAGRAPH = 60_000  # characters; the longest article of a law has some thousands
TOO_LONG = "Tệp có đoạn chữ dài bất thường, không phải văn bản hành chính nên không đọc."
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISE = str.maketrans("0123456789", RAISED)
_TAGS = (
    "b|i|u|s|em|strong|span|div|font|a|center|small|del|ins|mark|code|section|article|header|footer|body|html"
)
_TAG = re.compile(rf"</?(?:{_TAGS}|h[1-6]|table|thead|tbody|tr|td|th)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|p|ul|ol|li|div)(?:\s[^<>]*)?/?>", re.IGNORECASE)
# bounded, so that a line made of openings without ends costs no more than its length
_SUP = re.compile(r"\s{0,9}<sup>(.{0,200}?)</sup>", re.IGNORECASE)
_SUB = re.compile(r"<sub>(.{0,200}?)</sub>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.{0,1000}?-->")
_IMAGE = re.compile(r"!\[[^\]\[]{0,300}\]\([^)(]{0,300}\)|<img\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]\[]*)\]\((?:https?|mailto|#)[^)]*\)")
_STRONG_JOIN = re.compile(r"(?<=[^\s*])\*{3,}(?=[^\s*])")
_STRONG = re.compile(r"\*{2,}|(?<!_)__(?!_)|~~|`+")
_EMPHASIS = (
    re.compile(r"(?<![\w*])\*(?=[^\s*])(.{0,400}?[^\s*])\*(?![\w*])"),
    re.compile(r"(?<![\w_])_(?=[^\s_])(.{0,400}?[^\s_])_(?![\w_])"),
)
_EDGE = re.compile(r"^\*(?=[^\s*])|(?<=[^\s*])\*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>%&$])")
_MATH = re.compile(r"\$\$?([^$\n]{1,80})\$\$?")
_MATH_SIGNS = {
    r"\geq": "≥",
    r"\ge": "≥",
    r"\leq": "≤",
    r"\le": "≤",
    r"\times": "×",
    r"\div": "÷",
    r"\pm": "±",
}
# a raised number is a footnote mark unless it is the power of a unit or of a number: m², km², Nm³, 10⁶
_MARK = re.compile(rf"(?:(?<=[^\W\d_])|(?<=[.,;:!?)”\"’\s%]))[{RAISED}]+(?:\s?[,;]\s?[{RAISED}]+)*")
_UNIT = re.compile(r"(?:^|[^\w])(?:[kcdmhµN]?m|ha|s)$")
_BRACKET_MARK = re.compile(r"\[\^\d{1,3}\]|(?<=[\w.,;:)”])\[\d{1,2}\]")
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_ODD_BLANK = re.compile(r"[^\S\n ]|  ")
_LINES = re.compile(r" ?\n[\n ]*")
# initials of a clerk beside the end mark, the authority or the file copy, read as an italic word
_INITIALS = re.compile(
    r"(?P<kept>(?:\./\.|^(?:\*\*)?(?:TM|KT|TL|TUQ|Q)\.\s[^*]*|^[-–\s]*Lưu:[^*]*)(?:\*\*)?)\s*\*[^*\s]{1,8}\*\s*$"
)


# without one of these a text is plain already
_ANY_MARKUP = re.compile(
    rf"[<&$*_~`\\\[{RAISED}\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)


def plain(text: str) -> str:
    """The text as printed: NFC, no markup, no footnote marks; line breaks stay, other gaps are one space.

    Raises UnreadableFile for a paragraph longer than any paper has.
    """
    if len(text) > MAX_PARAGRAPH:
        raise UnreadableFile(TOO_LONG)
    if not _ANY_MARKUP.search(text):
        text = unicodedata.normalize("NFC", text)
        text = _BLANKS.sub(" ", text) if _ODD_BLANK.search(text) else text
        return (_LINES.sub("\n", text) if "\n" in text else text).strip()
    text = unicodedata.normalize("NFC", _HIDDEN.sub("", text))
    text = _INITIALS.sub(lambda match: match["kept"], text)
    if "<" in text or "&" in text:
        text = _without_html(text)
    if "$" in text:
        text = _MATH.sub(_of_math, text)
    text = _STRONG.sub("", _STRONG_JOIN.sub("\n", _IMAGE.sub("", text)))
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    text = _EDGE.sub("", text)
    text = _ESCAPE.sub(r"\1", _LINK.sub(r"\1", text))
    text = _MARK.sub(_mark, _BRACKET_MARK.sub("", text))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def _without_html(text: str) -> str:
    text = _SUB.sub(lambda match: match[1].strip(), _COMMENT.sub("", text))
    text = _SUP.sub(lambda match: _raised(match[1].strip()), text)
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\u00a0", " ")


def _raised(text: str) -> str:
    inner = _TAG.sub("", text).strip(" ()*")
    return inner.translate(RAISE) if inner.isdecimal() else f"{text}"


def _mark(match: re.Match[str]) -> str:
    return match.group() if _UNIT.search(match.string[max(0, match.start() - 6) : match.start()]) else ""


def _of_math(match: re.Match[str]) -> str:
    """`$\\geq 95\\%$` as it was printed; money ("5 $ ... 7 $") stays."""
    inner = match[1]
    if "\\" not in inner and not re.fullmatch(
        r"[\w\s^{}_.,%+\-<>=()/]*[\^_%<>=][\w\s^{}_.,%+\-<>=()/]*", inner
    ):
        return match.group()
    for sign, printed in _MATH_SIGNS.items():
        inner = inner.replace(sign, printed)
    inner = re.sub(r"\\(?:text|mathrm|mathbf|rm)\s*\{([^{}]*)\}", r"\1", inner)
    inner = re.sub(r"\^\s*\{?(\d+)\}?", lambda power: power[1].translate(RAISE), inner)
    inner = re.sub(r"_\s*\{?(\w+)\}?", r"\1", inner)
    return re.sub(r"\\(.)", r"\1", inner).replace("{", "").replace("}", "").strip()
