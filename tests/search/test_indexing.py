"""Documents are written with their things, made anew without anybody waiting, and compared by the doctor."""

from __future__ import annotations

import io
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from luc.kernel.health.findings import Finding, Level
from luc.kernel.rights import STRANGER
from luc.kernel.search.asking import Asked
from luc.kernel.search.finding import POOL, find
from luc.kernel.search.health import search
from luc.kernel.search.indexing import index, rebuild
from luc.kernel.search.models import Combination, Document, Text, Word
from luc.kernel.search.registering import EVERYBODY, Content, of_tenant, register
from luc.kernel.search.vocabulary import recount
from luc.kernel.search.words import mark
from luc.kernel.writing import WriteOutsideAction, writing
from tests.search.goods import FACETS, goods
from tests.search.shelf import PUBLIC, Shelf
from tests.search.shelf import shelf as opened


def found(words: str) -> int:
    return find(STRANGER, Asked(words)).total


def said(everything: bool = True) -> list[Finding]:
    return [finding for finding in search(everything) if finding.level is not Level.GOOD]


def test_only_an_action_indexes(shelf: Shelf) -> None:
    shelf.things[1] = Content(1, "Máy", PUBLIC)
    with pytest.raises(WriteOutsideAction), transaction.atomic():
        index(shelf.kind.name, [1])
    with transaction.atomic(), writing(), pytest.raises(KeyError):
        index("nobody.knows", [1])
    assert found("máy") == 0


def test_what_an_action_takes_back_is_not_found(shelf: Shelf) -> None:
    shelf.named("Máy đo")
    with transaction.atomic():
        shelf.put(Content(1, "Lò đốt", PUBLIC), Content(2, "Quạt", PUBLIC))
        transaction.set_rollback(True)
    assert (found("máy"), found("lò"), found("quạt")) == (1, 0, 0)


def test_a_kind_is_registered_once(shelf: Shelf) -> None:
    register(shelf.kind)
    with pytest.raises(ValueError, match="twice"):
        register(Shelf().kind)


def test_rebuilt_in_portions(shelf: Shelf) -> None:
    shelf.things = {number: Content(number, f"Máy số {number}", PUBLIC) for number in range(1, 351)}
    shelf.put(Content(900, "Máy bỏ đi", PUBLIC))
    del shelf.things[900]
    done: list[int] = []
    first = rebuild(shelf.kind.name, done.append)
    assert (first.changed, first.gone) == (350, 1)
    assert done[-1] == 351
    assert len(done) > 1
    assert found("máy") == 350
    shelf.things[7] = Content(7, "Lò", PUBLIC)
    again = rebuild(shelf.kind.name)
    assert (again.changed, again.same, again.gone) == (1, 349, 0)
    assert pieces() == 1


def pieces() -> int:
    """Of how many FTS5's index consists; PostgreSQL's is one."""
    if connection.vendor == "postgresql":
        return 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT segid) FROM search_index_idx")
        found: int = cursor.fetchone()[0]
        return found


def test_the_command(shelf: Shelf) -> None:
    shelf.things = {1: Content(1, "Máy đo", PUBLIC), 2: Content(2, "Máy ép", PUBLIC)}
    out = io.StringIO()
    call_command("search", "rebuild", stdout=out)
    assert "test.thing: 2 mục viết lại" in out.getvalue()
    call_command("search", "rebuild", "test.thing", stdout=out)
    assert "0 mục viết lại, 2 giữ nguyên" in out.getvalue()
    with pytest.raises(CommandError, match=r"test\.thing"):
        call_command("search", "rebuild", "nobody.knows")


def test_the_same_facets_stand_once_and_as_long_as_something_has_them(shelf: Shelf) -> None:
    water, air = {"field": ["water"]}, {"field": ["air"]}
    shelf.put(Content(1, "Máy đo", PUBLIC, facets=water), Content(2, "Máy ép", PUBLIC, facets=water))
    assert [one.facets for one in Combination.objects.all()] == ["field=water"]
    shelf.put(Content(1, "Máy đo", PUBLIC, facets=air), Content(2, "Máy ép", PUBLIC, facets=air))
    call_command("search", "rebuild", stdout=io.StringIO())
    assert [one.facets for one in Combination.objects.all()] == ["field=air"]


def test_an_older_index_is_brought_along(shelf: Shelf) -> None:
    """Until 0005 kind and audience were marks of their own, and combinations were counted through."""
    facets = {"field": ["water", "air"], "place": ["north"]}
    inside = frozenset([EVERYBODY, of_tenant(7)])
    shelf.put(Content(1, "Máy đo", inside, facets=facets), Content(2, "Máy ép", PUBLIC))
    made = kept_words()
    with writing(), connection.cursor() as cursor:
        for row in Document.objects.select_related("text", "combination"):
            whom = sorted(shelf.things[row.object_id].audience)
            marks = " ".join(
                [
                    mark("kind", shelf.kind.name),
                    *(mark("audience", one) for one in whom),
                    *row.text.marks.split()[len(whom) :],
                ]
            )
            cursor.execute("UPDATE search_text SET marks = %s WHERE document_id = %s", [marks, row.pk])
            told = [row.object_id, row.combination.facets]
            cursor.execute("INSERT INTO search_combination (id, facets) VALUES (%s, %s)", told)
            cursor.execute(
                "UPDATE search_document SET combination_id = %s WHERE id = %s", [row.object_id, row.pk]
            )
        cursor.execute("DELETE FROM search_combination WHERE id > 2")
        assert found("máy") == 0
        migration = import_module("luc.kernel.search.migrations.0005_marks")
        editor = SimpleNamespace(connection=connection, execute=lambda *_said, **_more: None)
        migration.join_marks(apps, editor)
        migration.key_by_hash(apps, editor)
    assert kept_words() == made
    assert found("máy") == 2


def kept_words() -> list[tuple[object, ...]]:
    rows = Document.objects.order_by("object_id")
    return list(rows.values_list("object_id", "text__marks", "combination", "combination__facets"))


def test_the_doctor_compares(shelf: Shelf) -> None:
    shelf.named("Máy đo", "Máy ép")
    assert said() == said(everything=False) == []
    shelf.things[3] = Content(3, "Mới", PUBLIC)
    shelf.things[1] = Content(1, "Đổi tên", PUBLIC)
    assert "1 mục" in said(everything=False)[0].words
    assert "2 mục" in said()[0].words
    rebuild(shelf.kind.name)
    assert said() == []


def test_the_doctor_sees_kinds_that_are_gone(shelf: Shelf) -> None:
    with opened("test.old") as old:
        old.named("Cũ")
    assert "không còn loại nào" in said()[0].words
    call_command("search", "rebuild", stdout=io.StringIO())
    assert said() == []
    assert not Document.objects.exists()


def test_the_doctor_sees_a_torn_index(shelf: Shelf) -> None:
    """FTS5 can be torn from its rows; PostgreSQL refuses a hand on its generated column."""
    shelf.named("Máy đo")
    torn = {
        "sqlite": "INSERT INTO search_index(rowid, title) VALUES (99999, 'ma')",
        "postgresql": "UPDATE search_text SET vector = NULL",
    }[connection.vendor]
    try:
        with transaction.atomic(), writing(), connection.cursor() as cursor:
            cursor.execute(torn)
    except DatabaseError:
        assert said() == []
    else:
        assert said()[0].level is Level.BAD


def test_words_are_counted_and_forgotten(shelf: Shelf) -> None:
    shelf.named("Máy đo nước", "Máy đo khí", "Xyz lạ")
    recount()
    counts = dict(Word.objects.values_list("word", "count"))
    assert counts["may"] == counts["may do"] == 2
    assert counts["xyz"] == 1
    del shelf.things[3]
    shelf.index([3])
    assert recount() == len(counts) - 3
    assert not Word.objects.filter(word__contains="xyz").exists()


def test_thousands_are_put_in_order_by_what_is_strict(db: None) -> None:
    """More hits than are put in order: the best are among them, and pages end where order ends."""
    with opened("test.good", FACETS) as many:
        many.put(*goods(1_500))
        many.put(Content(5, "Nước thải", PUBLIC), Content(6, "Bùn của nước có chất thải", PUBLIC))
        assert Text.objects.count() == 1_502
        every = find(STRANGER, Asked("máy"))
        assert every.total > POOL
        assert every.pages == POOL // 20
        assert find(STRANGER, Asked("nước thải")).hits[0].title == "Nước thải"
        assert find(STRANGER, Asked("nước thải", sort="name", page=2)).hits
        places = next(facet for facet in every.facets if facet.name == "place")
        assert sum(value.count for value in places.values) == every.total
