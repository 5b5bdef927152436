"""The words of letters as the officer of a regime settles them, checked; else those that the project brings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from django.utils.translation import gettext as _

from luc.issuing import queries
from luc.issuing.letters.places import PLACES, Places
from luc.issuing.letters.wording import Letter, letter
from luc.issuing.models import Draft, Wording
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.plans.models import Plan, Regime
from luc.reporting.queries.plans import regimes_of
from luc.rounds.models import Cycle

KINDS = list(PLACES)
MAX_BLOCKS, MAX_TITLE, MAX_TEXT = 60, 400, 3000
SAID = ("paragraph", "item", "annex", "section")  # what a block is, by the key of its words; "table" has none
_MARK = re.compile(r"\[\[([\w-]+)\]\]", re.ASCII)


def letter_of(draft: Draft) -> Letter:
    """The words that a draft was begun with."""
    return Letter(draft.title, tuple(draft.outline)) if draft.outline else letter(draft.kind)


def of_regime(regime: Regime, kind: str) -> tuple[Letter, Wording | None]:
    """The words of a kind of letter in a regime, and the row in which its officer changed them."""
    row = Wording.objects.filter(regime=regime, kind=kind).first()
    return (Letter.of(row.words) if row and row.words else letter(kind)), row


def of_cycle(cycle: Cycle, kind: str) -> Letter:
    """The words in a round: those of the first of its regimes that settled some."""
    return _first([regime.pk for regime in regimes_of(cycle)], kind)


def of_plan(plan: Plan, kind: str) -> Letter:
    """The words in letters about a plan: those of the first of its regimes that settled some."""
    return _first(plan.regimes.order_by("order", "pk").values_list("pk", flat=True), kind)


def _first(regimes: Iterable[int], kind: str) -> Letter:
    of = list(regimes)
    rows = {row.regime_id: row.words for row in Wording.objects.filter(regime__in=of, kind=kind)}
    kept = next((rows[pk] for pk in of if rows.get(pk)), None)
    return Letter.of(kept) if kept else letter(kind)


def settle(viewer: Viewer, regime: int, kind: str, *, version: int, words: Letter) -> Wording:
    """Settle the words of a kind of letter. Raises Regime.DoesNotExist, NotAllowed, Conflict, Refused as `checked`."""
    return _keep(viewer, regime, kind, version, checked(kind, words).as_plain())


def reset(viewer: Viewer, regime: int, kind: str, *, version: int) -> Wording:
    """Take the default again. Raises Regime.DoesNotExist, NotAllowed, Conflict."""
    return _keep(viewer, regime, kind, version, None)


def _keep(viewer: Viewer, regime: int, kind: str, version: int, words: dict[str, Any] | None) -> Wording:
    of = queries.regimes(viewer).get(pk=regime)
    with action(viewer, "issuing.draft", tenant=of.tenant_id) as acting:
        row = Wording.objects.select_for_update().filter(regime=of, kind=kind).first()
        if (row.version if row else 0) != version:
            raise Conflict(_("Có người vừa sửa lời văn này; hãy tải lại trang rồi sửa."))
        if row is None:
            made = Wording(tenant_id=of.tenant_id, regime=of, kind=kind, words=words, version=1)
            return acting.create(made)
        return acting.change(row, words=words, version=row.version + 1)


def checked(kind: str, words: Letter) -> Letter:
    """Words that a letter can be written by.

    Raises Refused, with the place in the form ("title", "text-3"): nothing said, too long, a name or number that this
    letter does not have, a list in a sentence of its own, braces that do not fit, a table that is unknown or twice.
    """
    places = PLACES[kind]
    _check_text(places, words.title, "title", MAX_TITLE)
    if not any("paragraph" in block for block in words.blocks):
        raise Refused(_("Lời văn phải có ít nhất một đoạn."))
    if len(words.blocks) > MAX_BLOCKS:
        raise Refused(_("Lời văn có quá %(n)d đoạn.") % {"n": MAX_BLOCKS})
    seen: set[str] = set()
    for number, block in enumerate(words.blocks):
        _check_block(places, block, f"text-{number}")
        if (table := block.get("table")) is not None:
            if table in seen:
                raise _refused(
                    _("Bảng «%(what)s» có hai lần.") % {"what": places.tables[table]}, f"text-{number}"
                )
            seen.add(table)
    return words


def _refused(message: str, place: str) -> Refused:
    return Refused(message, {place: message})


def _check_block(places: Places, block: Mapping[str, Any], place: str) -> None:
    if "table" in block and block["table"] not in places.tables:
        raise _refused(_("Hãy chọn một bảng của công văn này."), place)
    if "section" in block and (not places.has_sections or "table" not in block):
        raise _refused(_("Đề mục phải kèm nội dung lấy từ báo cáo."), place)
    for name in ("when", "unless"):
        if name in block and block[name] not in places.conditions:
            raise _refused(_("Không có điều kiện «%(what)s».") % {"what": str(block[name])[:40]}, place)
    each = block.get("each")
    if each is not None and (each not in places.lists or "item" not in block):
        raise _refused(_("Chỉ gạch đầu dòng mới lặp theo một danh sách."), place)
    for key in SAID:
        if key in block:
            _check_text(places, block[key], place, MAX_TEXT, each=each, plain=key in {"annex", "section"})
    if each is not None and f"{{{each}}}" not in block["item"]:
        raise _refused(_("Gạch đầu dòng lặp theo danh sách phải có {%(name)s}.") % {"name": each}, place)


def _check_text(
    places: Places, text: str, place: str, most: int, *, each: str | None = None, plain: bool = False
) -> None:
    if not text.strip():
        raise _refused(_("Có đoạn chưa ghi lời văn."), place)
    if len(text) > most:
        raise _refused(_("«%(text)s…» dài quá %(n)d ký tự.") % {"text": text[:40], "n": most}, place)
    names = _names(text, place)
    marks = _MARK.findall(text)
    if plain and (names or marks):
        raise _refused(_("Tên đề mục, phụ lục không có chỗ điền: «%(text)s».") % {"text": text[:60]}, place)
    for name in names:
        _check_name(places, name, place, each)
    if "[[" in _MARK.sub("", text) or "]]" in _MARK.sub("", text):
        message = _("Số liệu ghi chưa đúng ở «%(text)s». Cách ghi: [[mã số liệu]].") % {"text": text[:60]}
        raise _refused(message, place)
    if place == "title" and marks:
        raise _refused(_("Trích yếu không nêu số liệu."), place)
    if unknown := [key for key in marks if key not in places.cells]:
        known = ", ".join(f"[[{key}]]" for key in places.cells) or _("không có")
        message = _("Công văn này không có số liệu «%(what)s». Dùng được: %(known)s.")
        raise _refused(message % {"what": unknown[0], "known": known}, place)


def _names(text: str, place: str) -> list[str]:
    """The names in braces. Raises Refused where braces do not fit or ask for more than a name."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as wrong:
        message = _("Dấu ngoặc { } chưa đủ cặp ở «%(text)s».") % {"text": text[:60]}
        raise _refused(message, place) from wrong
    if any(name is not None and (spec or conversion) for _text, name, spec, conversion in parts):
        raise _refused(_("Trong { } chỉ ghi tên chỗ điền: «%(text)s».") % {"text": text[:60]}, place)
    return [name for _text, name, _spec, _conversion in parts if name is not None]


def _check_name(places: Places, name: str, place: str, each: str | None) -> None:
    found = places.names.get(name)
    if found is None or not found.told:
        known = ", ".join(f"{{{key}}}" for key, one in places.names.items() if one.told)
        message = _("Công văn này không có chỗ điền «{%(what)s}». Dùng được: %(known)s.")
        raise _refused(message % {"what": name[:40], "known": known}, place)
    if found.is_list and name != each:
        message = _("{%(name)s} là một danh sách: dùng ở gạch đầu dòng lặp theo danh sách ấy.")
        raise _refused(message % {"name": name}, place)
