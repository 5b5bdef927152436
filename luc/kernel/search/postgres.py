"""PostgreSQL: a generated tsvector of the folded words with a GIN index; no extension, no dictionary.

A: title, B: more, C: body, without a letter: marks. A word of its own ends each column, so that no phrase crosses.
GIN knows no weights: the words of title and more stand in it once again, as lexemes that no typed word can be.
"""

from __future__ import annotations

from typing import Any

from psycopg import sql

from luc.kernel.search.expressions import All, Expression, Phrase, Where

# words of `exact` and `marks` are like no others: their weight need not be looked at
_WEIGHTS: dict[Where, str] = {"title": "A", "more": "AB", "all": "", "exact": "", "marks": ""}
_AGAIN: dict[Where, str] = {"title": "t_", "more": "m_"}
IDS = "SELECT document_id AS id FROM search_text WHERE vector @@ %s::tsquery"
AMONG = "SELECT 1 FROM search_text WHERE vector @@ %s::tsquery AND document_id = d.id"

# asked row by row: joined, PostgreSQL reads all documents for ten thousand hits
COMBINED = (
    "SELECT (SELECT d.combination_id FROM search_document d WHERE d.id = hits.id) AS combination,"
    " count(*) AS times FROM ({hits}) AS hits GROUP BY 1"
)


def planned(statement: str, values: list[Any]) -> tuple[str, list[Any]]:
    """A statement whose question stands in it, so that it is planned for this question.

    Our connections prepare statements, and a plan for whatever is asked walks along the keys and looks into every
    document: right for words that each of them holds, a hundred times too slow for others.
    """
    if not values:
        return statement, values
    asked, *others = values
    return statement.replace("%s", sql.quote(asked).replace("%", "%%"), 1), others


def written(asked: Expression) -> str:
    """The expression as tsquery reads it: every word in quotes."""
    if isinstance(asked, Phrase):
        return _phrase(asked)
    sign = " & " if isinstance(asked, All) else " | "
    return sign.join(f"({written(part)})" for part in asked.parts)


def _phrase(asked: Phrase) -> str:
    """Words side by side; a single one by its own lexeme of its column, several by these and then by their places."""
    end = ":*" if asked.begins else ""
    again = _AGAIN.get(asked.where)
    single = [f"'{again or ''}{word}'" for word in asked.words]
    single[-1] += end
    if len(single) == 1:
        return single[0]
    weight = _WEIGHTS[asked.where]
    words = [f"'{word}':{weight}" if weight else f"'{word}'" for word in asked.words]
    words[-1] += end if not weight else "*" if end else ""
    beside = " <-> ".join(words)
    return f"{' & '.join(single)} & ({beside})" if again else beside
