"""Actions, and the one history they write: who did what to which thing, before and after, why; chained by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar

from django.db import models, transaction

from luc.kernel.models import ChainHead, Change, Tenant
from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.kernel.rows import add
from luc.kernel.text import written
from luc.kernel.time import now
from luc.kernel.writing import writing

M = TypeVar("M", bound=models.Model)


@dataclass(slots=True)
class Acting:
    """One act under way: collects the lines of history that are written with it, in its transaction."""

    viewer: Viewer
    act: str
    tenant: int | None
    reason: str
    lines: list[tuple[Any, ...]] = field(default_factory=list)  # kind, object_id, title, before, after

    def log(
        self,
        thing: models.Model,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """One line about a thing; before and after hold plain values of what changed."""
        with written():
            said = [None if told is None else plain(told) for told in (before, after)]
            self.lines.append((thing._meta.label_lower, str(thing.pk), str(thing)[:300], *said))

    def create(self, thing: M, **more: Any) -> M:
        """Save a new row and log it with its values."""
        thing.save(force_insert=True)
        self.log(thing, None, values_of(thing) | more)
        return thing

    def change(self, thing: M, **values: Any) -> M:
        """Set values on a row, save just these, and log what differs; nothing is written when nothing differs."""
        before = {name: getattr(thing, name) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if changed:
            for name, value in changed.items():
                setattr(thing, name, value)
            thing.save(update_fields=list(changed))
            self.log(thing, {name: before[name] for name in changed}, changed)
        return thing


@contextmanager
def action(
    viewer: Viewer, act: str, *, tenant: int | None, party: int | None = None, reason: str = ""
) -> Iterator[Acting]:
    """The frame of every action: checks the right, one transaction, history in it.

    Raises NotAllowed without the right; RuntimeError when the action wrote no history.
    """
    viewer.require(act, tenant=tenant, party=party)
    with written():
        name = viewer.acting_name(act, tenant=tenant, party=party)
    acting = Acting(replace(viewer, name=name), act, tenant, reason)
    with transaction.atomic(), writing():
        yield acting
        if not acting.lines:
            raise RuntimeError(f"action {act} wrote no history")
        _append(acting)


def values_of(thing: models.Model) -> dict[str, Any]:
    """The row's own values by column, without its key and tenant."""
    skipped = {"id", "tenant_id", "password"}
    return {
        f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields if f.attname not in skipped
    }


def of_tenant(tenant: int | None) -> models.Q:
    """Condition for the rows of a tenant, or of the installation itself."""
    return models.Q(tenant=tenant) if tenant else models.Q(tenant=None)


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _append(acting: Acting) -> None:
    head = _chain(acting.tenant)
    rows, at = [], now()
    actor = acting.viewer.user, acting.viewer.name[:120], acting.act
    for line in acting.lines:
        head.sequence += 1
        row = (head.hash, acting.tenant, head.sequence, at, *actor, *line, acting.reason)
        head.hash = _seal(row)
        rows.append((*row, head.hash))
    add(Change, [*_SEALED, "hash"], rows)
    head.save(update_fields=["sequence", "hash"])


_lock_head = Prepared(lambda tenant: ChainHead.objects.select_for_update().filter(tenant=tenant))


def _chain(tenant: int | None) -> ChainHead:
    if tenant is not None and (heads := _lock_head(tenant=tenant)):
        return heads[0]
    ChainHead.objects.get_or_create(tenant=Tenant.objects.get(pk=tenant) if tenant else None)
    return ChainHead.objects.select_for_update().get(of_tenant(tenant))


_SEALED = (
    "previous",
    "tenant_id",
    "sequence",
    "at",
    "actor_id",
    "actor_name",
    "act",
    "kind",
    "object_id",
    "title",
    "before",
    "after",
    "reason",
)
_said = attrgetter(*_SEALED)
_AT = _SEALED.index("at")
_TEXT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _seal(row: tuple[Any, ...]) -> str:
    """SHA-256 over a line's values in the order of `_SEALED`, the hash of the line before it first."""
    content = [*row[:_AT], int(row[_AT].timestamp() * 1_000_000), *row[_AT + 1 :]]
    return hashlib.sha256(_TEXT.encode(content).encode()).hexdigest()


def broken_links(tenant: int | None) -> list[int]:
    """Sequence numbers where a tenant's chain does not hold: changed, missing or added lines. Empty when whole."""
    head = _head(tenant)  # before the lines: those of an act under way may follow it
    broken, previous, expected = [], "", 1
    lines = Change.objects.filter(of_tenant(tenant)).order_by("sequence")
    for row in lines.iterator():
        ends = row.sequence == head.sequence and row.hash != head.hash
        if row.sequence != expected or row.previous != previous or _seal(_said(row)) != row.hash or ends:
            broken.append(row.sequence)
        previous, expected = row.hash, row.sequence + 1
    last = expected - 1
    if not head.sequence <= last <= _head(tenant).sequence:
        broken.append(head.sequence)
    return broken


def _head(tenant: int | None) -> ChainHead:
    return ChainHead.objects.filter(of_tenant(tenant)).first() or ChainHead()
