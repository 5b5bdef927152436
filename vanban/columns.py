"""Lines that hold two columns of a head or a closing side by side, as text keeps them that was laid out by spaces.

Grammar (Decree 30/2020, annex I): the right column of the head is the name of the state, its motto, or the place
and date behind the number; that of the closing is by what right one signs, "(Đã ký)", or the name behind "Lưu".
"""

from __future__ import annotations

import re

from vanban.document import Words
from vanban.folding import UPPER

_LONGEST = 200
_POSITION = (
    r"(?:PHÓ\s+|QUYỀN\s+)?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH VĂN PHÒNG"
    r"|TỔNG CỤC TRƯỞNG|TRƯỞNG BAN)"
)
_NAME = rf"[{UPPER}]\w+(?:\s+[{UPPER}]\w*){{1,4}}"
_RIGHT = re.compile(
    rf"\s+(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]|(?:TM|KT|TL|TUQ|Q)\s?\.\s*[{UPPER}]{{2}})"
    rf"|(?<=[;:.])\s+(?={_POSITION}$|\(Đã ký\))"
)
_DATED = re.compile(rf"Số\s*:?[\s\d.…_]*[-/][^\s,;]*\s+(?=[{UPPER}][^,\d;]{{1,30}},\s*ngày\b)")
_KEPT = re.compile(rf"[-–]\s*Lưu\s*:?[^.;]*[.;]\s+(?={_NAME}$)")


def apart(words: Words) -> list[Words]:
    """The line as its columns, left before right; a line of one column as it is."""
    text = words.text
    if len(text) > _LONGEST:
        return [words]
    match = _DATED.match(text) or _KEPT.match(text) or _RIGHT.search(text)
    if match is None or match.end() == 0:
        return [words]
    return [words.cut(0, len(text[: match.end()].rstrip())), words.cut(match.end())]
