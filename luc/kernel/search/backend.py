"""Which documents hold what is asked: the statements, in the language of the database at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from luc.kernel.prepared import Prepared
from luc.kernel.search import postgres, sqlite
from luc.kernel.search.asking import Box, Sort
from luc.kernel.search.combining import Held, facts_of
from luc.kernel.search.expressions import Expression
from luc.kernel.search.models import Document

CAP = 10_000  # hits that are counted
_ORDERS: dict[Sort, str] = {"name": "d.sort_key, d.id", "newest": "d.fresh DESC, d.id"}
_BOX = " AND d.latitude BETWEEN %s AND %s AND d.longitude BETWEEN %s AND %s"

_HELD = (
    "SELECT c.facets, grouped.times"
    " FROM ({combined}) AS grouped JOIN search_combination c ON c.id = grouped.combination"
)
_CANDIDATES = (
    "SELECT d.id, d.sort_key, t.title, t.more, t.body, t.exact"
    " FROM search_document d JOIN search_text t ON t.document_id = d.id WHERE d.id IN"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, and in which part of the map."""

    words: Expression
    box: Box | None = None


def ids(asked: Question, limit: int) -> list[int]:
    """Some of the documents, at most `limit`: which, the database chooses, every time the same."""
    sql, values = _some(asked, limit)
    return [pk for (pk,) in _rows(sql, values)]


def ids_counted(asked: Question, limit: int) -> tuple[list[int], int]:
    """The same, and how many documents there are, counted to one more than the cap: the index is gone through once."""
    sql, values = _some(asked, CAP + 1)
    asked_for = f"SELECT id, (SELECT count(*) FROM hits) FROM hits LIMIT {int(limit)}"  # noqa: S608 - our own names
    rows = _rows(f"WITH hits AS MATERIALIZED ({sql}) {asked_for}", values)
    return [pk for pk, _count in rows], int(rows[0][1]) if rows else 0


def ids_after(asked: Question, limit: int, after: int) -> list[int]:
    """The first documents by key that come after one, at most `limit`."""
    hits, values = _hits(asked)
    sql = f"SELECT id FROM ({hits}) AS hits WHERE id > {int(after)} ORDER BY id LIMIT {int(limit)}"  # noqa: S608
    return [pk for (pk,) in _rows(sql, values)]


def count(asked: Question) -> int:
    """How many documents, counted to one more than the cap."""
    sql, values = _some(asked, CAP + 1)
    ((found,),) = _rows(f"SELECT count(*) FROM ({sql}) AS hits", values)  # noqa: S608 - our own statement
    return int(found)


def held(asked: Question) -> Held:
    """What some CAP documents hold by which one narrows; `total` counts up to one more."""
    sql, values = _some(asked, CAP + 1)
    rows = _rows(_HELD.format(combined=_module().COMBINED.format(hits=sql)), values)
    return Held([(facts_of(text), times) for text, times in rows], sum(times for _text, times in rows))


def in_order(asked: Question, sort: Sort, *, start: int, limit: int, many: bool) -> list[int]:
    """A page of the documents by name or newest first; `many`: more than the cap are expected, so that walking along
    the order finds them soon."""
    module = _module()
    inside = f"EXISTS ({module.AMONG})" if many else f"d.id IN ({module.IDS})"
    values: list[Any] = [module.written(asked.words)]
    if asked.box:
        south, west, north, east = asked.box
        values += [south, north, west, east]
    dated = " AND d.fresh IS NOT NULL" if sort == "newest" else ""
    statement = (
        f"SELECT d.id FROM search_document d WHERE {inside}{_BOX if asked.box else ''}{dated}"  # noqa: S608
        f" ORDER BY {_ORDERS[sort]} LIMIT {int(limit)} OFFSET {int(start)}"
    )
    return [pk for (pk,) in _rows(statement, values)]


def documents(keys: Iterable[int]) -> dict[int, Document]:
    """The documents by key."""
    return {row.pk: row for row in _documents(keys=list(keys))}


_documents = Prepared(lambda keys: Document.objects.select_related("combination").filter(pk__in=keys))


def candidates(keys: Iterable[int]) -> list[tuple[int, str, str, str, str, str]]:
    """Of each document: key, sort key, and its words (title, more, body, exact)."""
    return _rows(f"{_CANDIDATES} ({','.join(map(str, keys)) or 'NULL'})", [])


def _some(asked: Question, limit: int) -> tuple[str, list[Any]]:
    """Without an order: PostgreSQL stops at the last one, instead of looking into every document that is hit."""
    hits, values = _hits(asked)
    return f"{hits} LIMIT {int(limit)}", values


def _hits(asked: Question) -> tuple[str, list[Any]]:
    module = _module()
    values: list[Any] = [module.written(asked.words)]
    if asked.box is None:
        return module.IDS, values
    south, west, north, east = asked.box
    sql = f"SELECT d.id FROM search_document d WHERE d.id IN ({module.IDS}){_BOX}"  # noqa: S608
    return sql, [*values, south, north, west, east]


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(*_module().planned(sql, values))
        found: list[Any] = cursor.fetchall()
        return found


def _module() -> Any:
    return postgres if connection.vendor == "postgresql" else sqlite
