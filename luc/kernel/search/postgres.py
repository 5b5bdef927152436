"""PostgreSQL: a generated tsvector of the folded words with a GIN index; no extension, no dictionary.

A: title, B: more, C: body, without a letter: marks. A word of its own ends each column, so that no phrase crosses.
"""

from __future__ import annotations

from luc.kernel.search.expressions import All, Expression, Phrase, Where

# words of `exact` and `marks` are like no others: their weight need not be looked at
_WEIGHTS: dict[Where, str] = {"title": "A", "more": "AB", "all": "", "exact": "", "marks": ""}
IDS = "SELECT document_id AS id FROM search_text WHERE vector @@ %s::tsquery"
AMONG = "SELECT 1 FROM search_text WHERE vector @@ %s::tsquery AND document_id = d.id"
IN_ORDER = "ORDER BY document_id"


def written(asked: Expression) -> str:
    """The expression as tsquery reads it: every word in quotes."""
    if isinstance(asked, Phrase):
        weight = _WEIGHTS[asked.where]
        ends = [":" + weight if weight else ""] * len(asked.words)
        if asked.begins:
            ends[-1] = ":*" + weight
        return " <-> ".join(f"'{word}'{end}" for word, end in zip(asked.words, ends, strict=True))
    sign = " & " if isinstance(asked, All) else " | "
    return sign.join(f"({written(part)})" for part in asked.parts)
