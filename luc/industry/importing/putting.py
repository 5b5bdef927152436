"""The good rows go in: in portions, each a short transaction that stays when a later one fails."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luc.agencies.models import Party
from luc.industry.fields import Values, of_columns
from luc.industry.importing.judging import Group
from luc.industry.importing.kept import kept
from luc.industry.models import Enterprise, Entry, Import, ImportedEntry, Offer, State, Value
from luc.industry.saying import missing, standing, wished
from luc.industry.tax import head_of
from luc.kernel.history import Acting, action
from luc.kernel.models import Tenant
from luc.kernel.rights import Viewer
from luc.kernel.rows import add, add_keyed, create
from luc.kernel.text import search_key
from luc.kernel.time import now, today

_FEWEST, _MOST = 5, 400  # rows of one transaction
_SHORT = 0.1  # seconds that one should take
_SOURCE = "Tệp {name}, dòng {row}"


@dataclass(slots=True)
class Told:
    """One entry with what the file says of it."""

    entry: Entry
    number: int
    values: dict[str, Any]
    is_new: bool
    before: str
    said: dict[str, list[Any]] = field(default_factory=dict)


class Pace:
    """How many rows the next transaction takes, by how long the one before lasted: others wait to write meanwhile."""

    def __init__(self) -> None:
        self.rows = 4 * _FEWEST
        self._began = time.monotonic()

    def starts(self) -> None:
        """A transaction begins."""
        self._began = time.monotonic()

    def ends(self) -> None:
        """It is over: the next one is at most twice as large, and smaller at once where it was slow."""
        share = _SHORT / max(0.001, time.monotonic() - self._began)
        self.rows = max(_FEWEST, min(_MOST, int(self.rows * min(2.0, share))))


def portions(groups: Sequence[Group]) -> Iterator[list[Group]]:
    """Enterprises in portions of so many rows as were put in quickly the time before; one is never parted."""
    pace, portion, rows = Pace(), list[Group](), 0
    for group in groups:
        portion.append(group)
        rows += len(group.rows)
        if rows >= pace.rows:
            pace.starts()
            yield portion
            pace.ends()
            portion, rows = [], 0
    if portion:
        yield portion


def put_in(viewer: Viewer, one: Import, some: Sequence[Group]) -> int:
    """Keep what the file says of some enterprises and their offers; what was put in before is left. How many entries.

    A code that has come to belong to others since the preview is left out.
    """
    with action(viewer, "industry.keep", tenant=one.tenant_id, party=one.keeper_id) as acting:
        Tenant.objects.select_for_update(no_key=True).get(pk=one.tenant_id)
        done = set(
            ImportedEntry.objects.filter(source=one, number__in=_numbers(some)).values_list(
                "number", "is_offer"
            )
        )
        there = kept(acting.viewer, one.tenant_id, {group.code for group in some}, lock=True)
        good = [group for group in some if group.code not in there.refused]
        entries = _enterprises(one, [g for g in good if (g.number, False) not in done], there.entries)
        told = entries + _offers(one, good, there.entries, there.offers, done)
        for kind in (Enterprise, Offer):
            _say(acting, one, [each for each in told if isinstance(each.entry, kind)])
        acting.log(one, None, {"entries": len(told), "rows": [some[0].number, some[-1].rows[-1].number]})
    return len(told)


def _numbers(some: Sequence[Group]) -> list[int]:
    return [row.number for group in some for row in group.rows] + [group.number for group in some]


def _enterprises(one: Import, some: Sequence[Group], there: dict[str, Enterprise]) -> list[Told]:
    """The enterprises of a portion, the new ones with their parties; `there` gets the new ones too."""
    told = [
        Told(row, g.number, g.enterprise, False, row.state)
        for g in some
        if (row := there.get(g.code)) is not None
    ]
    new = [group for group in some if group.code not in there and group.enterprise.get("name")]
    for are_branches in (False, True):  # a branch leads to its head, which may stand in the same file
        made = [group for group in new if bool(head_of(group.code)) == are_branches]
        told += _made(one, made, there)
    return told


def _made(one: Import, new: Sequence[Group], there: dict[str, Enterprise]) -> list[Told]:
    codes = {head_of(group.code) for group in new} - {""}
    heads = Enterprise.objects.filter(tenant=one.tenant_id, holds_code=True, tax_code__in=codes)
    above = {row.tax_code: row for row in heads} if codes else {}
    parties = [_party(one, group) for group in new]
    create(Party, parties)
    made = [
        _enterprise(one, group, party, above.get(head_of(group.code)))
        for group, party in zip(new, parties, strict=True)
    ]
    create(Enterprise, made)
    there |= {row.tax_code: row for row in made}
    return [Told(row, group.number, group.enterprise, True, "") for row, group in zip(made, new, strict=True)]


def _party(one: Import, group: Group) -> Party:
    row = Party(tenant_id=one.tenant_id, kind=Party.Kind.ENTERPRISE, name=group.enterprise["name"])
    row.is_listed, row.valid_from = False, today()
    row.set_keys()
    return row


def _enterprise(one: Import, group: Group, party: Party, head: Enterprise | None) -> Enterprise:
    row = Enterprise(
        tenant_id=one.tenant_id,
        party=party,
        tax_code=group.code,
        name=group.enterprise["name"],
        head=head,
        keeper_id=one.keeper_id,
        created_at=now(),
        valid_from=today(),
    )
    row.set_keys()
    _waits(row, group.enterprise)
    return row


def _offers(
    one: Import,
    some: Sequence[Group],
    entries: Mapping[str, Enterprise],
    there: Mapping[tuple[int, str], Offer],
    done: set[tuple[int, bool]],
) -> list[Told]:
    told, made = [], []
    for group in some:
        above = entries.get(group.code)
        for row in group.rows:
            if not row.offer or above is None or (row.number, True) in done:
                continue
            known = there.get((above.pk, search_key(row.offer["name"])))
            if known is None:
                offer = Offer(tenant_id=one.tenant_id, enterprise=above, name=row.offer["name"])
                offer.created_at, offer.valid_from = now(), today()
                offer.set_keys()
                _waits(offer, row.offer)
                made.append(offer)
            told.append(
                Told(known or offer, row.number, row.offer, known is None, known.state if known else "")
            )
    create(Offer, made)
    return told


def _say(acting: Acting, one: Import, told: Sequence[Told]) -> None:
    """What `saying.say` does of one entry, of many in a few statements; then they wait or are drafts."""
    if not told:
        return
    known = [each for each in told if not each.is_new]
    open_ = standing([each.entry for each in known])
    said = [new for each in told for new in _new(each, open_.get(each.entry.pk, {}))]
    replaced = [before.pk for _each, _name, before, _is_value in said if before]
    if replaced:
        Value.objects.filter(pk__in=replaced).update(standing=Value.Standing.REPLACED)
    _keep(acting, one, said)
    for each in told:
        if each.said:
            acting.log(
                each.entry, None, {name: each.values[name] for name in each.said} | {"row": each.number}
            )
    moved = [each for each in known if each.said]
    for each in moved:
        _moves_on(each, open_[each.entry.pk])
    if moved:
        columns = ["version", "state", "handed_at", "name", "sort_key", "search_key"]
        type(told[0].entry).objects.bulk_update([each.entry for each in moved], columns)
    _remember(one, told)


New = tuple[Told, str, Value | None, bool]


def _new(each: Told, open_: Mapping[str, Value]) -> Iterator[New]:
    """The fields of which the file says something new (listed in `said` too): what was open, whether it is a value.

    It is none where the file says again what was verified.
    """
    stand = of_columns(each.entry) if each.entry.verified_at else {}
    for name, value in each.values.items():
        before = open_.get(name)
        if value not in ("", []) and value != (before.value if before else stand.get(name)):
            each.said[name] = [None, before.pk if before else None, before.standing if before else ""]
            yield each, name, before, value != stand.get(name)


def _keep(acting: Acting, one: Import, said: Sequence[New]) -> None:
    new = [(each, name) for each, name, _before, is_value in said if is_value]
    told = (today(), acting.viewer.user, now())
    made = []
    for each, name in new:
        source = _SOURCE.format(name=one.file.name, row=each.number)[:200]
        made.append((one.tenant_id, *_whose(each.entry), name, each.values[name], source, *told))
    columns = ["tenant_id", "enterprise_id", "offer_id", "field", "value", "source", "on", "by_id", "at"]
    keys = add_keyed(Value, columns, made)
    for (each, name), pk in zip(new, keys, strict=True):
        each.said[name][0] = pk


def _whose(entry: Entry) -> tuple[int | None, int | None]:
    """The keys of the enterprise and of the offer, of which an entry is one."""
    return (None, entry.pk) if isinstance(entry, Offer) else (entry.pk, None)


def _moves_on(each: Told, open_: Mapping[str, Value]) -> None:
    entry = each.entry
    entry.version += 1
    if not entry.verified_at and "name" in each.said:
        entry.name = each.values["name"]
        entry.set_keys()
    _waits(entry, wished(entry, open_) | {name: each.values[name] for name in each.said})


def _waits(entry: Entry, wish: Values) -> None:
    """What lacks nothing waits for the officer; the rest is a draft of its keeper."""
    if entry.state != State.WAITING and missing(entry, wish):
        entry.state = State.DRAFT
    else:
        entry.state, entry.handed_at = State.WAITING, entry.handed_at or now()


def _remember(one: Import, told: Iterable[Told]) -> None:
    columns = ["tenant_id", "source_id", "number", "enterprise_id", "offer_id", "is_offer"]
    columns += ["name", "is_new", "said", "before", "version"]
    add(ImportedEntry, columns, [_remembered(one, each) for each in told])


def _remembered(one: Import, each: Told) -> tuple[Any, ...]:
    entry = each.entry
    whose = (*_whose(entry), isinstance(entry, Offer))
    known = (entry.name, each.is_new, each.said, each.before, entry.version)
    return (one.tenant_id, one.pk, each.number, *whose, *known)
