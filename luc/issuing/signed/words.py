"""What a signature is worth, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_INTEGRITY = {
    "whole": ("good", gettext_lazy("Chữ ký phủ toàn bộ văn bản, không bị sửa sau khi ký.")),
    "extended": ("good", gettext_lazy("Sau chữ ký này chỉ thêm chữ ký, dấu thời gian; nội dung không đổi.")),
    "altered": ("bad", gettext_lazy("Văn bản đã bị thêm hoặc sửa sau khi ký.")),
    "broken": ("bad", gettext_lazy("Nội dung không còn đúng như lúc ký: chữ ký không khớp.")),
    "unread": ("bad", gettext_lazy("Không đọc được chữ ký số trong tệp.")),
}
_TRUST = {
    "trusted": ("good", gettext_lazy("Chứng thư số thuộc danh sách tin cậy của hệ thống.")),
    "unchecked": ("warn", gettext_lazy("Chưa kiểm được người ký: hệ thống chưa có danh sách tin cậy.")),
    "stranger": (
        "bad",
        gettext_lazy("Không rõ người ký: chứng thư số không dẫn về nơi cấp nào trong danh sách tin cậy."),
    ),
    "expired": (
        "warn",
        gettext_lazy("Chứng thư số không còn (hoặc chưa) hiệu lực vào thời điểm kiểm tra được."),
    ),
    "revoked": ("bad", gettext_lazy("Chứng thư số đã bị thu hồi.")),
    "unfit": ("bad", gettext_lazy("Chứng thư số không dùng để ký văn bản, hoặc thuật toán quá yếu.")),
}
_REVOCATION = {
    "good": ("good", gettext_lazy("Chưa bị thu hồi, theo danh sách thu hồi có sẵn.")),
    "unknown": (
        "none",
        gettext_lazy("Chưa kiểm được thu hồi: không có danh sách thu hồi (hệ thống không tra mạng)."),
    ),
}
_STAMPED = gettext_lazy("Thời gian ký có dấu thời gian tin cậy.")
_CLAIMED = gettext_lazy("Thời gian ký do máy người ký ghi, không có dấu thời gian tin cậy.")


@dataclass(frozen=True, slots=True)
class SignatureWords:
    """A signature in words: lines of (tone, words). holds: intact, known, not revoked; blocks: cannot be issued."""

    signer: str
    lines: list[tuple[str, str]]
    holds: bool
    blocks: bool

    @property
    def words(self) -> str:
        """What is worst about it, in a sentence."""
        worst = next((words for tone, words in self.lines if tone == "bad"), self.lines[0][1])
        return f"{self.signer}: {worst}" if self.signer else worst


def signature_words(one: Mapping[str, Any]) -> SignatureWords:
    """A signature of a signed paper in words."""
    integrity, trust = str(one.get("integrity", "unread")), str(one.get("trust", "unchecked"))
    lines = [_INTEGRITY[integrity]]
    if integrity != "unread":
        lines.append(_TRUST[trust])
        if trust == "trusted":
            lines.append(_REVOCATION.get(str(one.get("revocation")), _REVOCATION["unknown"]))
        lines.append(("good", _STAMPED) if one.get("stamped") else ("none", _CLAIMED))
    intact = integrity in {"whole", "extended"}
    return SignatureWords(
        signer=str(one.get("signer", "")),
        lines=[(tone, str(words)) for tone, words in lines],
        holds=intact and trust == "trusted",
        blocks=not intact or trust in {"revoked", "unfit"},
    )


def verdict_words(signatures: list[Mapping[str, Any]]) -> str:
    """All signatures of a paper in one sentence, as it is kept for ever."""
    if not signatures:
        return _("Ký trên giấy; không có chữ ký số.")
    told = [signature_words(one) for one in signatures]
    return " ".join(f"{one.signer}: {' '.join(words for _tone, words in one.lines)}" for one in told)
