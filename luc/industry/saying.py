"""Steps of actions: what is said of an entry becomes a `Value` each; what is verified becomes its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luc.industry.fields import Axes, Values, columns, of_columns, specs_of
from luc.industry.models import Enterprise, Entry, Offer, State, Value
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting
from luc.kernel.time import now

OPEN = (Value.Standing.OPEN, Value.Standing.RETURNED)


def owner(entry: Entry) -> dict[str, Any]:
    """Which column of `Value` names an entry."""
    return {"offer_id": entry.pk} if isinstance(entry, Offer) else {"enterprise_id": entry.pk}


def lock(entry: Entry, seen: int | None = None) -> Entry:
    """The entry as it is now, locked, in an action. Raises Conflict when it moved on since `seen` was shown."""
    locked: Entry = type(entry).objects.select_for_update().get(pk=entry.pk)
    if seen is not None and locked.version != seen:
        raise Conflict(
            _("Hồ sơ này vừa được sửa ở nơi khác. Hãy xem lại rồi làm tiếp; nội dung chưa bị ghi đè.")
        )
    return locked


def say(acting: Acting, entry: Entry, values: Values, *, source: str, on: date) -> list[str]:
    """Keep what somebody says of a locked entry; a field that says what stands already is no row. Which were kept."""
    open_ = {row.field: row for row in Value.objects.filter(**owner(entry), standing__in=OPEN)}
    stand = of_columns(entry) if entry.verified_at else {}
    before = {name: open_[name].value if name in open_ else stand.get(name) for name in values}
    new = {name: value for name, value in values.items() if not same(before[name], value)}
    if not new:
        return []
    replaced = [open_[name].pk for name in new if name in open_]
    Value.objects.filter(pk__in=replaced).update(standing=Value.Standing.REPLACED)
    Value.objects.bulk_create(
        _value(acting, entry, name, value, source, on)
        for name, value in new.items()
        if not same(stand.get(name), value)
    )
    acting.log(entry, {name: before[name] for name in new}, dict(new))
    _moves_on(entry, new)
    return list(new)


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same; nothing is nothing, however it is written (None, "", [])."""
    return bool((one or None) == (other or None))


def _value(acting: Acting, entry: Entry, name: str, value: Any, source: str, on: date) -> Value:
    return Value(
        tenant_id=entry.tenant_id,
        **owner(entry),
        field=name,
        value=value,
        source=source[:200],
        on=on,
        by_id=acting.viewer.user,
        at=now(),
    )


def _moves_on(entry: Entry, new: Values) -> None:
    """What was said moves the version; before the first verification the name is that which was said last."""
    entry.version += 1
    if entry.state != State.WAITING:
        entry.state = State.DRAFT
    if not entry.verified_at and new.get("name"):
        entry.name = new["name"]
    entry.save(update_fields=["version", "state", "name"])


def standing(entries: Sequence[Entry]) -> dict[int, dict[str, Value]]:
    """What is open of entries of one kind, by entry and field, in one statement."""
    found: dict[int, dict[str, Value]] = {entry.pk: {} for entry in entries}
    if entries:
        key = "offer_id" if isinstance(entries[0], Offer) else "enterprise_id"
        for row in Value.objects.filter(**{f"{key}__in": list(found)}, standing__in=OPEN):
            found[getattr(row, key)][row.field] = row
    return found


def wished(entry: Entry, open_: Mapping[str, Value]) -> dict[str, Any]:
    """What an entry is said to be now: what was verified, and over it what is open."""
    values = of_columns(entry) if entry.verified_at else {}
    return values | {name: row.value for name, row in open_.items()}


def missing(entry: Entry, values: Values) -> list[str]:
    """The titles of the fields without which an entry cannot be public."""
    return [str(spec.title) for spec in specs_of(entry) if spec.needed and not values.get(spec.name)]


def verify(
    acting: Acting, entry: Entry, open_: Mapping[str, Value], remarks: Mapping[str, str], axes: Axes
) -> None:
    """Make what is open of a locked entry true, but for the fields with a remark, which go back.

    An entry that was never verified is made true whole or not at all. Raises Refused when a needed field is missing.
    """
    whole = not remarks or entry.verified_at is not None
    good = {name: row.value for name, row in open_.items() if whole and name not in remarks}
    if whole:
        lacking = missing(entry, (of_columns(entry) if entry.verified_at else {}) | good)
        if lacking:
            raise Refused(_("Còn thiếu: %(fields)s.") % {"fields": ", ".join(lacking)})
        _set(entry, good, axes)
    _settle(acting, entry, good, remarks, open_)
    entry.state = State.RETURNED if remarks else State.VERIFIED
    entry.version += 1
    entry.save()
    acting.log(entry, None, {"verified": sorted(good), "returned": dict(remarks), "public": entry.is_public})


def _set(entry: Entry, good: Values, axes: Axes) -> None:
    for name, value in good.items():
        for column, kept in columns(name, value, axes).items():
            setattr(entry, column, kept)
    entry.changed_at = now()
    entry.verified_at = entry.verified_at or entry.changed_at
    entry.is_public = True


def _settle(
    acting: Acting, entry: Entry, good: Values, remarks: Mapping[str, str], open_: Mapping[str, Value]
) -> None:
    settled = {"settled_by_id": acting.viewer.user, "settled_at": now()}
    stood = Value.objects.filter(**owner(entry), standing=Value.Standing.VERIFIED, field__in=list(good))
    stood.update(standing=Value.Standing.REPLACED)
    made = Value.objects.filter(pk__in=[open_[name].pk for name in good])
    made.update(standing=Value.Standing.VERIFIED, remark="", **settled)
    for name in remarks.keys() & open_.keys():
        row = Value.objects.filter(pk=open_[name].pk)
        row.update(standing=Value.Standing.RETURNED, remark=remarks[name][:500], **settled)


def enterprise_of(entry: Entry) -> Enterprise:
    """The enterprise that an entry is, or belongs to."""
    if isinstance(entry, Offer):
        return entry.enterprise
    assert isinstance(entry, Enterprise)
    return entry
