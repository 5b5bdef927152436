"""Where a paper departs from the decree."""

from __future__ import annotations

from dataclasses import dataclass

_WHAT = {
    "size": "cỡ chữ",
    "bold": "độ đậm",
    "italic": "kiểu nghiêng",
    "case": "chữ in hoa, in thường",
    "align": "canh dòng",
    "place": "vị trí",
    "rule": "đường kẻ ngang",
    "frame": "khung viền",
    "indent": "lùi đầu dòng",
    "spacing": "khoảng cách dòng, đoạn",
    "font": "phông chữ",
    "colour": "màu chữ",
    "words": "cách ghi",
    "numbering": "số thứ tự",
    "page": "trang giấy",
    "missing": "thiếu thành phần",
    "capitals": "viết hoa",
}


@dataclass(frozen=True, slots=True)
class Departure:
    """One thing that is not as the decree says: of which component, what was found and what is wanted."""

    component: str
    name: str
    what: str
    found: str
    wanted: str
    clause: str
    text: str = ""

    @property
    def message(self) -> str:
        """The departure in words for people."""
        at = f" («{self.text[:60]}»)" if self.text else ""
        head = f"{self.name}{at}: {_WHAT[self.what]}"
        return f"{head} là {self.found}; quy định: {self.wanted} (Phụ lục I NĐ 30/2020, {self.clause})."
