"""An import is undone as a whole: what nobody touched since is as it was before, what was touched stays and is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.industry.models import Enterprise, Entry, Import, ImportedEntry, Offer, Value
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.text import written


def take_out(viewer: Viewer, one: Import, *, offers: bool, most: int) -> int:
    """Undo at most so many entries of an import: its offers first, then its enterprises. How many were looked at; 0
    at the end."""
    with action(viewer, "industry.keep", tenant=one.tenant_id, party=one.keeper_id) as acting, written():
        rows = ImportedEntry.objects.select_for_update(of=("self",)).filter(
            source=one, undone=False, kept_because="", is_offer=offers
        )
        some = list(rows.order_by("-pk")[:most])  # branches before the heads to which they lead
        _portion(acting, some, Offer if offers else Enterprise)
        _remember(some)
        acting.log(one, None, {"undone": sum(row.undone for row in some), "looked": len(some)})
    return len(some)


def _remember(some: Iterable[ImportedEntry]) -> None:
    """Which entries are gone (their links were emptied when they were taken away), which stay and why."""
    became: dict[tuple[bool, str], list[int]] = {}
    for row in some:
        became.setdefault((row.undone, row.kept_because), []).append(row.pk)
    for (undone, why), keys in became.items():
        ImportedEntry.objects.filter(pk__in=keys).update(undone=undone, kept_because=why)


def _portion(acting: Acting, some: Sequence[ImportedEntry], model: type[Enterprise] | type[Offer]) -> None:
    keys = [key for row in some if (key := _entry_of(row))]
    there: dict[int, Entry] = {
        entry.pk: entry for entry in model.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    untouched = []
    for row in some:
        entry = there.get(_entry_of(row) or 0)
        if entry is None:
            row.undone = True
        elif not row.is_new:
            _take_back(acting, row, entry)
        elif entry.version != row.version:
            row.kept_because = _changed(entry)
        else:
            untouched.append((row, entry))
    if untouched:
        _remove(acting, untouched, model)


def _entry_of(row: ImportedEntry) -> int | None:
    return row.offer_id if row.is_offer else row.enterprise_id


def _changed(entry: Entry) -> str:
    return _("đã xác minh") if entry.verified_at else _("đã được sửa sau khi nhập")


def _remove(
    acting: Acting, rows: Sequence[tuple[ImportedEntry, Entry]], model: type[Enterprise] | type[Offer]
) -> None:
    """Take new entries away, all at once; where something hangs on one of them, one by one."""
    try:
        _delete([entry for _row, entry in rows], model)
    except (ProtectedError, RestrictedError):
        if len(rows) > 1:
            for pair in rows:
                _remove(acting, [pair], model)
            return
        rows[0][0].kept_because = _("đã có người, hàng hóa, ảnh hoặc góp ý khác gắn vào")
        return
    for row, entry in rows:
        acting.log(entry, {"name": entry.name, "row": row.number}, None)
        row.undone, row.enterprise, row.offer = True, None, None


def _delete(entries: Sequence[Entry], model: type[Enterprise] | type[Offer]) -> None:
    keys = [entry.pk for entry in entries]
    with transaction.atomic():
        model.objects.filter(pk__in=keys).delete()
        parties = [entry.party_id for entry in entries if isinstance(entry, Enterprise)]
        Party.objects.filter(pk__in=parties).delete()


def _take_back(acting: Acting, row: ImportedEntry, entry: Entry) -> None:
    """Give an entry that was there before its former words back, but for the fields that were said over or verified."""
    if not row.said:
        row.undone = True
        return
    mine = {value.pk: value for value in Value.objects.filter(pk__in=_keys(row.said, 0))}
    stays = []
    taken: dict[str, Any] = {}
    for name, (key, before, standing) in row.said.items():
        if key is None or mine[key].standing in {Value.Standing.OPEN, Value.Standing.RETURNED}:
            taken[name] = before
            Value.objects.filter(pk=key).update(standing=Value.Standing.REPLACED)
            Value.objects.filter(pk=before, standing=Value.Standing.REPLACED).update(standing=standing)
        else:
            stays.append(name)
    _as_before(acting, row, entry, taken)
    if stays:
        row.kept_because = _("đã được sửa hoặc xác minh sau khi nhập: %(fields)s") % {
            "fields": ", ".join(stays)
        }
    else:
        row.undone = True


def _keys(said: Mapping[str, Sequence[Any]], at: int) -> list[int]:
    return [told[at] for told in said.values() if told[at] is not None]


def _as_before(acting: Acting, row: ImportedEntry, entry: Entry, taken: Mapping[str, Any]) -> None:
    if not taken:
        return
    changed: dict[str, Any] = {"version": entry.version + 1}
    if entry.version == row.version:
        changed["state"] = row.before
    if "name" in taken and not entry.verified_at:
        former = Value.objects.filter(pk=taken["name"]).first()
        changed["name"] = former.value if former else entry.name
    acting.change(entry, **changed)
    acting.log(entry, {"said": sorted(taken)}, {"row": row.number, "undone": True})
