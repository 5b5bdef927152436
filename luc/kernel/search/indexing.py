"""Documents are written: in the action that changes their things, and all of them anew by `luc search rebuild`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import islice

from django.db import connection, transaction
from django.db.models import Model
from django_scopes import scopes_disabled

from luc.kernel.rows import add, add_keyed
from luc.kernel.search.combining import Facets, forget_unused, keys_of, text_of
from luc.kernel.search.models import Document, Text
from luc.kernel.search.registering import Content, Kind, kinds
from luc.kernel.search.vocabulary import Words, learn
from luc.kernel.search.words import bare_text, exact_text, mark, seen_by
from luc.kernel.text import sort_key
from luc.kernel.writing import writing

LONGEST = 20_000  # letters of a body that are searched
_PORTION, _LARGEST, _SHORT = 100, 1_000, 0.1  # documents of one transaction; seconds it should take
_WAITING_ROOM = "64MB"  # beside PostgreSQL's index, while rebuilding
_MERGED = 500  # pages of FTS5 that one transaction merges
_LEAST_TAKEN_IN = 5_000  # documents
_LOCK = 7_305_411  # of PostgreSQL's advisory locks: whoever rebuilds waits for those who index
_DOCUMENT = [
    "kind",
    "object_id",
    "tenant_id",
    "title",
    "combination_id",
    "sort_key",
    "fresh",
    "latitude",
    "longitude",
    "made",
]
_TEXT = ["document_id", "title", "more", "body", "exact", "marks"]
Row = tuple[str | int | float | datetime | None, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What indexing did: documents written (new or changed), left as they were, taken out."""

    changed: int = 0
    same: int = 0
    gone: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(self.changed + other.changed, self.same + other.same, self.gone + other.gone)


def index(kind: str, ids: Iterable[int]) -> Written:
    """Make the documents of some objects anew; called inside the action that changed them, in its transaction.

    Raises KeyError for a kind that nobody registered, TransactionManagementError outside a transaction.
    """
    wanted = sorted(set(ids))
    _locked(shared=True)
    return _write(kinds()[kind], wanted) if wanted else Written()


def rebuild(kind: str, told: Callable[[int], object] | None = None) -> Written:
    """Make all documents of a kind anew, in short transactions; `told` hears how many objects are done.

    New words are learnt by `vocabulary.recount` afterwards. What is there and has no object any more is taken out.
    Raises KeyError for a kind that nobody registered.
    """
    found, out, done, waiting = kinds()[kind], Written(), 0, 0
    with scopes_disabled():
        there = Document.objects.filter(kind=kind).values_list("object_id", flat=True)
        wanted = iter(sorted({*found.ids(), *there}))
        size = _PORTION
        while portion := list(islice(wanted, size)):
            began = time.monotonic()
            with transaction.atomic(), writing():
                _locked(shared=False)
                _put_off()
                out += _write(found, portion, alone=True)
            took = time.monotonic() - began
            size = max(10, min(_LARGEST, int(size * min(2.0, _SHORT / max(took, 0.001)))))
            done, waiting = done + len(portion), waiting + len(portion)
            if waiting > _LEAST_TAKEN_IN:
                waiting = _taken_in()
            if told:
                told(done)
        _taken_in()
        _merged()
    return out


def _put_off() -> None:
    """PostgreSQL: what this transaction writes waits beside the index; to take it in is nobody's transaction. Nor does
    it wait for the disk: what a fall of the machine takes of it, the doctor misses, and it is made again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
            cursor.execute(f"SET LOCAL gin_pending_list_limit = '{_WAITING_ROOM}'")


def _taken_in() -> int:
    """Take in what waits; readers and writers go on meanwhile. How much waits now: nothing."""
    if connection.vendor == "postgresql":
        with writing(), connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_vector')")
    return 0


def _merged() -> None:
    """SQLite: FTS5 keeps what came together in a piece of its own, and every question goes through all of them (after
    many changes five times as long); here they become one, in short transactions."""
    pages, going = -_MERGED, connection.vendor == "sqlite"  # below nought: pieces of every size
    while going:
        with transaction.atomic(), writing(), connection.cursor() as cursor:
            before = connection.connection.total_changes
            cursor.execute("INSERT INTO search_index(search_index, rank) VALUES ('merge', %s)", [pages])
            going = connection.connection.total_changes - before >= 2  # fewer: nothing was left to do
        pages = _MERGED


def differing(kind: str) -> Iterator[int]:
    """The objects whose document is missing, of an older state, or without an object; what the doctor counts."""
    found = kinds()[kind]
    with scopes_disabled():
        made = dict(Document.objects.filter(kind=kind).values_list("object_id", "made"))
        wanted = iter(sorted(found.ids()))
        while portion := list(islice(wanted, _LARGEST)):
            contents = {content.object_id: content for content in found.make(portion)}
            for pk in portion:
                content = contents.get(pk)
                if made.pop(pk, "") != (_hash(content) if content else ""):
                    yield pk
    yield from made


def _locked(*, shared: bool) -> None:
    """A rebuilding never writes what an action has just outdated; SQLite has one writer anyway."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("index() belongs inside the action that changes things")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            how = "_shared" if shared else ""
            cursor.execute(f"SELECT pg_advisory_xact_lock{how}(%s)", [_LOCK])


def _write(kind: Kind, ids: list[int], *, alone: bool = False) -> Written:
    """`alone`: nobody else writes documents meanwhile, and words are learnt afterwards."""
    asked = set(ids)
    contents = {content.object_id: content for content in kind.make(ids) if content.object_id in asked}
    there = _there(kind, ids)
    hashes = {pk: _hash(content) for pk, content in contents.items()}
    changed = [content for pk, content in contents.items() if pk not in there or there[pk][1] != hashes[pk]]
    gone = [pk for object_id, (pk, _made) in there.items() if object_id not in contents]
    if gone:
        Document.objects.filter(pk__in=gone).delete()
    if alone:
        _put(kind, [content for content in changed if content.object_id not in there], hashes, are_new=True)
        _put(kind, [content for content in changed if content.object_id in there], hashes)
    elif changed:
        texts = _put(kind, changed, hashes)
        learn(texts, (words for one in changed for words in (one.body[:LONGEST], one.more, one.title)))
    return Written(len(changed), len(contents) - len(changed), len(gone))


def _there(kind: Kind, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The documents of some objects: key and hash."""
    wanted = ", ".join(str(int(pk)) for pk in ids)
    asked = f"SELECT object_id, id, made FROM search_document WHERE kind = %s AND object_id IN ({wanted})"  # noqa: S608 - numbers
    with connection.cursor() as cursor:
        cursor.execute(asked, [kind.name])
        return {object_id: (pk, made) for object_id, pk, made in cursor.fetchall()}


def _put(
    kind: Kind, contents: list[Content], hashes: Mapping[int, str], *, are_new: bool = False
) -> list[Words]:
    """Write documents and their words as plain rows: ten times as fast as models. `are_new`: none is there."""
    if not contents:
        return []
    facets = [_facets(content) for content in contents]
    combined = [text_of(said) for said in facets]
    keys_by_text = keys_of(combined)
    documents = [
        _document(kind, content, keys_by_text[text], hashes[content.object_id])
        for content, text in zip(contents, combined, strict=True)
    ]
    if are_new:
        keys = add_keyed(Document, _DOCUMENT, documents)
    else:
        _upsert(Document, _DOCUMENT, documents, unique=2)
        known = _there(kind, [content.object_id for content in contents])
        keys = [known[content.object_id][0] for content in contents]
    texts = [
        _text(kind, key, content, said) for key, content, said in zip(keys, contents, facets, strict=True)
    ]
    if are_new:
        add(Text, _TEXT, texts)
    else:
        _upsert(Text, _TEXT, texts, unique=1)
    return [(title, more, body) for _key, title, more, body, _exact, _marks in texts]


def _upsert(model: type[Model], names: Sequence[str], rows: Sequence[Row], *, unique: int) -> None:
    """Rows in the order of the names, of which the first `unique` tell which row it is."""
    columns = ", ".join(names)
    statement = (
        f"INSERT INTO {model._meta.db_table} ({columns})"  # noqa: S608 - our own names
        f" VALUES ({', '.join(['%s'] * len(names))}) ON CONFLICT ({', '.join(names[:unique])})"
        f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names[unique:])}"
    )
    told = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            statement, [[told(v) if isinstance(v, datetime) else v for v in row] for row in rows]
        )


def _document(kind: Kind, content: Content, combination: int, made: str) -> Row:
    latitude, longitude = content.point or (None, None)
    return (
        kind.name,
        content.object_id,
        content.tenant,
        content.title[:300],
        combination,
        sort_key(content.title)[:600],
        content.fresh,
        latitude,
        longitude,
        made,
    )


def _text(kind: Kind, pk: int, content: Content, facets: Facets) -> tuple[int, str, str, str, str, str]:
    title, more, body = content.title[:300], content.more[:LONGEST], content.body[:LONGEST]
    return (
        pk,
        bare_text(title),
        bare_text(more),
        bare_text(body),
        exact_text(f"{title} {more}"),
        " ".join(
            [
                *(seen_by(kind.name, whom) for whom in sorted(content.audience)),
                *(mark(f"facet {name}", value) for name, value in facets),
            ]
        ),
    )


def _facets(content: Content) -> Facets:
    return [
        (name, str(value)) for name, values in sorted(content.facets.items()) for value in sorted(set(values))
    ]


def _hash(content: Content) -> str:
    said = [
        content.title,
        content.more,
        content.body,
        sorted(content.audience),
        _facets(content),
        content.tenant,
        content.fresh.isoformat() if content.fresh else None,
        content.point,
    ]
    return blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()


def forget_strange() -> int:
    """Take out the documents of kinds that nobody registers any more, and facets that none has; returns how many."""
    with transaction.atomic(), writing():
        _locked(shared=False)
        strange = Document.objects.exclude(kind__in=kinds())
        count = strange.count()
        strange.delete()
        forget_unused()
    return count
