"""The head and foot of a draft as papers lay it out: how urgent, how far it goes, by what right one signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luc.kernel.errors import Refused
from vanban.writing import Signer, signing

TEXTS = (
    "symbol",
    "place",
    "signer_title",
    "signer_name",
    "signer_form",
    "signer_collective",
    "signer_head",
    "urgency",
    "mark",
)
LISTS = ("addressees", "recipients")
HEADED = ("KT.", "TL.", "TUQ.")  # who signs so names whose right it is (NĐ 30/2020, Phụ lục I, II.7.b)
FORMS = {
    "": gettext_lazy("Ký trực tiếp"),
    "KT.": gettext_lazy("KT. (ký thay người đứng đầu)"),
    "TL.": gettext_lazy("TL. (ký thừa lệnh)"),
    "TUQ.": gettext_lazy("TUQ. (ký thừa ủy quyền)"),
    "Q.": gettext_lazy("Q. (quyền cấp trưởng)"),
}
URGENCIES = {
    "": gettext_lazy("Không"),
    "Khẩn": gettext_lazy("Khẩn"),
    "Thượng khẩn": gettext_lazy("Thượng khẩn"),
    "Hỏa tốc": gettext_lazy("Hỏa tốc"),
}
# the two that Phụ lục I, III.2.c names; a mark of secrecy is stamped by hand, such papers are not made here
MARKS = {
    "": gettext_lazy("Không hạn chế"),
    "Lưu hành nội bộ": gettext_lazy("Lưu hành nội bộ"),
    "Xem xong trả lại": gettext_lazy("Xem xong trả lại"),
}


def with_changes(
    head: Mapping[str, Any], texts: Mapping[str, str], lists: Mapping[str, Iterable[str]]
) -> dict[str, Any]:
    """A head with what was typed. Raises Refused: a choice that papers do not have, nobody in whose place one signs."""
    changed = dict(head) | {name: _line(texts[name]) for name in TEXTS if name in texts}
    for name in LISTS:
        changed[name] = [line for line in map(_line, lists.get(name, head.get(name, ()))) if line]
    _check(changed)
    return changed


def _line(words: str) -> str:
    return " ".join(words.split())[:250]


def _check(head: Mapping[str, Any]) -> None:
    for name, known in (("signer_form", FORMS), ("urgency", URGENCIES), ("mark", MARKS)):
        if head.get(name, "") not in known:
            message = _("Hãy chọn một giá trị trong danh sách.")
            raise Refused(message, {name: message})
    if head.get("signer_form") in HEADED and not head.get("signer_head"):
        message = _("Ký %(form)s phải ghi chức vụ của người đứng đầu.") % {"form": head["signer_form"]}
        raise Refused(message, {"signer_head": message})


def signer_of(head: Mapping[str, Any]) -> Signer:
    """Who signs, with the lines of the right to; also as drafts of an older release keep it (the lines themselves)."""
    title, name = head.get("signer_title", ""), head.get("signer_name", "")
    if "signer_form" not in head and "signer_collective" not in head:
        return Signer(title, name, tuple(head.get("signer_authority", ())))
    return signing(
        title,
        name,
        collective=head.get("signer_collective", ""),
        form=head.get("signer_form", ""),
        head=head.get("signer_head", ""),
    )
