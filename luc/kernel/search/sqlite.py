"""SQLite: FTS5 over the folded words, kept by triggers. FTS5 folds nothing: its own folding leaves đ as it is."""

from __future__ import annotations

from typing import Any

from luc.kernel.search.expressions import All as Every
from luc.kernel.search.expressions import Expression, Phrase, Where

_COLUMNS: dict[Where, str] = {
    "title": "{title}",
    "more": "{title more}",
    "all": "{title more body}",
    "exact": "{exact}",
    "marks": "{marks}",
}
IDS = "SELECT rowid AS id FROM search_index WHERE search_index MATCH %s"
AMONG = "SELECT 1 FROM search_index WHERE search_index MATCH %s AND rowid = d.id"

# by the narrow index: by itself SQLite reads the documents
COMBINED = (
    "SELECT d.combination_id AS combination, count(*) AS times FROM ({hits}) AS hits"
    " CROSS JOIN search_document d INDEXED BY search_combined ON d.id = hits.id GROUP BY 1"
)


def planned(statement: str, values: list[Any]) -> tuple[str, list[Any]]:
    """A statement as it is: FTS5 is asked in one way only."""
    return statement, values


def written(asked: Expression) -> str:
    """The expression as FTS5 reads it: every word in quotes."""
    if isinstance(asked, Phrase):
        return f'{_COLUMNS[asked.where]} : "{" ".join(asked.words)}"{" *" if asked.begins else ""}'
    word = " AND " if isinstance(asked, Every) else " OR "
    return f"({word.join(map(written, asked.parts))})"
