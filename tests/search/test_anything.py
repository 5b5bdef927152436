"""Whatever is typed: an answer, no exception, and nothing of it is syntax of a database."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luc.kernel.rights import STRANGER
from luc.kernel.search import expressions
from luc.kernel.search.asking import SORTS, Asked, asked_from
from luc.kernel.search.expressions import All, Expression, Phrase
from luc.kernel.search.finding import find
from luc.kernel.search.postgres import written as as_tsquery
from luc.kernel.search.registering import Content
from luc.kernel.search.sqlite import written as as_fts
from luc.kernel.search.suggesting import suggest
from luc.kernel.search.words import bare_words, exact_words, shown_words
from tests.search.shelf import Shelf

WORDS = """ " ' * ( ) : ^ - + & | ! <-> <1> NEAR( AND OR NOT \\ title: {marks} :* % %s -- ; /* 1e5 5e3m _ z zq nước"""
SYNTAX = st.sampled_from([*WORDS.split(), "\0", "\\"])
TYPED = st.one_of(
    st.text(max_size=60), st.lists(SYNTAX, max_size=12).map(" ".join), st.lists(SYNTAX).map("".join)
)


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    shelf.named("Máy đo nước thải", "Lò đốt 1e5 5e3m PM2.5", 'Tên "lạ" AND OR NOT', "水处理 ελ ñandú")
    return shelf


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=TYPED, sort=st.sampled_from(sorted(SORTS.values())), page=st.integers(1, 10**6))
def test_any_question_is_answered(filled: Shelf, words: str, sort: str, page: int) -> None:
    found = find(STRANGER, Asked(words, sort=sort, page=page))  # type: ignore[arg-type]
    assert found.total >= len(found.hits)
    suggest(STRANGER, words)


@pytest.mark.parametrize("title", ["Lò đốt 1e5 5e3m PM2.5", 'Tên "lạ" AND OR NOT', "水处理 ελ ñandú"])
def test_odd_titles_are_found_by_themselves(filled: Shelf, title: str) -> None:
    assert [hit.title for hit in find(STRANGER, Asked(title)).hits] == [title]
    for word in title.split():
        assert title in {hit.title for hit in find(STRANGER, Asked(word)).hits}


@settings(max_examples=200, deadline=None)
@given(text=TYPED)
def test_words_are_letters_and_digits(text: str) -> None:
    for word in (*bare_words(text), *exact_words(text)):
        assert word.isalnum()


@given(text=st.text(max_size=80))
def test_shown_words_stand_beside_bare_ones_in_vietnamese(text: str) -> None:
    vietnamese = "Đường ống nước thải PM2.5 hoà tan"
    assert len(shown_words(vietnamese)) == len(bare_words(vietnamese))
    shown_words(text)


@pytest.mark.parametrize("word", ["", 'a"b', "a b", "a*", "a:b", "a'", "a_b", "a\0", "(", "a\n"])
def test_an_expression_takes_words_only(word: str) -> None:
    with pytest.raises(ValueError, match="no words"):
        Phrase((word,))


def test_an_expression_in_both_languages() -> None:
    asked: Expression = All(
        (
            expressions.Any((Phrase(("nuoc", "thai")), Phrase(("xlnt",), "title"))),
            Phrase(("ma",), begins=True),
        )
    )
    assert (
        as_fts(asked)
        == '(({title more body} : "nuoc thai" OR {title} : "xlnt") AND {title more body} : "ma" *)'
    )
    assert as_tsquery(asked) == "(('nuoc' <-> 'thai') | ('t_xlnt')) & ('ma':*)"


@settings(max_examples=200, deadline=None)
@given(
    query=st.one_of(
        st.text(max_size=200),
        st.lists(
            st.tuples(
                st.sampled_from(["tim", "xep", "trang", "khung", "field", "place", "other"]),
                st.text(max_size=20),
            )
        ).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)),
    )
)
def test_any_address_is_a_question(query: str) -> None:
    asked = asked_from(query)
    assert asked.page >= 1
    assert asked_from(asked.query()) == asked


def test_a_question_comes_back_from_its_address(shelf: Shelf) -> None:
    asked = Asked(
        "xử lý & nước thải",
        ("test.thing",),
        {"field": ("water", "a=b"), "place": ("92",)},
        "newest",
        3,
        (8.5, 102.25, 12.0, 110.0),
    )
    assert asked_from(asked.query(), ("test.thing",)) == asked
    assert Asked().query() == ""
    assert asked.toggled("field", "water").narrowed == {"place": ("92",), "field": ("a=b",)}
    assert asked.toggled("place", "92").page == 1
    assert "place" not in asked.toggled("place", "92").narrowed


def test_suggestions_begin_to_answer(shelf: Shelf) -> None:
    shelf.named("Máy đo nước thải", "Máy đo nước", "Nước rửa máy móc", "Quạt")
    shelf.put(Content(9, "Máy đo nước mật", frozenset()))
    assert suggest(STRANGER, "may do nu") == ["Máy đo nước", "Máy đo nước thải"]
    assert suggest(STRANGER, "máy nư") == ["Máy đo nước", "Máy đo nước thải", "Nước rửa máy móc"]
    assert suggest(STRANGER, "q") == []


def test_statements_are_few(shelf: Shelf, django_assert_num_queries: Any) -> None:
    shelf.named("Máy đo nước thải", "Máy đo nước", "Nước rửa máy móc", "Quạt")
    for words in ("nước máy", "nước", "may"):
        with django_assert_num_queries(4):  # hits, their words, counts, what is shown
            find(STRANGER, Asked(words))
    with django_assert_num_queries(3):  # how many, which, what is shown
        find(STRANGER, Asked(sort="name"), with_facets=False)
