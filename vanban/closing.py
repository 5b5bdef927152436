"""The closing of a paper: recipients ("Nơi nhận") and the signature (Decree 30/2020, annex I)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vanban.document import Words
from vanban.folding import UPPER

_RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN)\s*:?\s*")
_AUTHORITY = re.compile(r"TM\s?\.")
_CUT_AUTHORITY = re.compile(r"TM\s?\.\s*(?:ỦY|UỶ)(?:\s+BAN(?:\s+NHÂN)?)?$")  # cut by the width of a column
_FOR = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s?\.")
_POSITION = re.compile(
    r"CHỦ TỊCH|TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|CHÁNH|VIỆN|ỦY BAN|UỶ BAN|HỘI ĐỒNG|TỔNG|PHÓ|BAN |BÍ THƯ"
)
_NAME = re.compile(rf"(?:(?:PGS|GS|TS|ThS|BS|KS)\.?\s*)*[{UPPER}]\w*\.?(?:\s+[{UPPER}]\w*){{1,5}}$")
_DASH = re.compile(r"[-–—+•]\s*")
# "PL.(300)": who drafted, how many copies are issued
_DRAFTED = re.compile(rf"(?:[{UPPER}]{{1,6}}\.)?\(\d+\)$|[{UPPER}]{{1,6}}\.$")
_END_MARK = re.compile(r"[\s;.,]+$")


@dataclass(slots=True)
class Closing:
    """Recipients (None: the paper has no such list) and signature, each as words with their places."""

    recipients: list[Words] | None = None
    authority: Words = field(default_factory=lambda: Words(""))
    title: Words = field(default_factory=lambda: Words(""))
    name: Words = field(default_factory=lambda: Words(""))

    @property
    def signed(self) -> bool:
        """Whether there is a signature block."""
        return bool(self.authority or self.title or self.name)


def read(lines: Sequence[Words]) -> Closing:
    """The closing of a paper from its lines, recipients and signature in either order."""
    out = Closing()
    titles: list[Words] = []
    listing = False
    for line in lines:
        start = _RECIPIENTS.match(line.text)
        if start:
            listing, out.recipients = True, out.recipients or []
            line = line.cut(start.end())
        if not line:
            continue
        if titles == [] and _CUT_AUTHORITY.match(out.authority.text):
            out.authority = Words.join([out.authority, line])
        elif _is_position(line.text) and not out.name:  # behind the name the head of an annex begins
            listing = False
            if _AUTHORITY.match(line.text) and not out.authority:
                out.authority = line
            else:
                titles.append(line)
        elif (
            out.recipients is not None
            and (listing or _DASH.match(line.text))
            and _takes(out.recipients, line, bool(titles))
        ):
            continue
        elif (titles or out.authority) and not out.name and _is_name(line.text):
            out.name, listing = line, False
    out.title = Words.join(titles)
    out.recipients = None if out.recipients is None else [_without_end(item) for item in out.recipients]
    return out


def _takes(recipients: list[Words], line: Words, signed: bool) -> bool:
    """Add a line to the recipients, leave out who drafted; False where it is none of them."""
    dash = _DASH.match(line.text)
    if not dash and _DRAFTED.match(line.text):
        return True
    if not dash and signed and _is_name(line.text):
        return False
    item = line.cut(dash.end() if dash else 0)
    goes_on = not dash and recipients and line.text[0].islower()
    if goes_on:
        item = Words.join([recipients.pop(), item])
    recipients.append(item)
    return True


def _without_end(item: Words) -> Words:
    mark = _END_MARK.search(item.text)
    return item.cut(0, mark.start()) if mark else item


def _is_position(text: str) -> bool:
    """Whether a line says by what right one signs: in capitals, or begun by TM., KT. …"""
    letters = [char for char in text if char.isalpha()]
    caps = len(letters) > 3 and all(char.isupper() for char in letters)
    return bool(_FOR.match(text)) or (caps and bool(_POSITION.search(text)))


def _is_name(text: str) -> bool:
    return bool(_NAME.match(text)) and not any(char.isdigit() for char in text)
