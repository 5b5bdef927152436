"""The words that documents hold, and which of them lie near a word that none holds.

A slip is looked up by leaving letters out: two words that differ by one letter (more, less, other, swapped) have a word
in common when one letter of each is left out. Syllables are two to seven letters long: their trigrams say too little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from django.db import transaction

from luc.kernel.search.models import Slip, Text, Word
from luc.kernel.search.words import bare_words, shown_words
from luc.kernel.writing import writing

LONGEST = 40  # letters of a word, or of a pair
_AT_ONCE = 2_000
Words = tuple[str, str, str]  # of a document, bare: title, more, body


def learn(texts: Iterable[Words], told: Iterable[str]) -> None:
    """Take the words of new documents in, with the words that were told as people wrote them (for showing).

    How often they occur is counted by `recount`.
    """
    shown = _shown(told)
    found = sorted({word for text in texts for word in _words_of(text)})
    for start in range(0, len(found), 500):
        portion = found[start : start + 500]
        known = set(Word.objects.filter(word__in=portion).values_list("word", flat=True))
        _add([Word(word=word, shown=shown.get(word, word)[:60]) for word in portion if word not in known])


def _shown(told: Iterable[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for text in told:
        bare, shown = bare_words(text), shown_words(text)
        if len(bare) == len(shown):
            out.update(zip(bare, shown, strict=True))
            out.update(
                {
                    f"{a} {b}": f"{x} {y}"
                    for (a, b), (x, y) in zip(pairwise(bare), pairwise(shown), strict=True)
                }
            )
    return out


def recount() -> int:
    """Count all words anew, forget those that no document holds any more; returns how many there are."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    rows = Text.objects.values_list("title", "more", "body", "document__title")
    for title, more, body, told in rows.iterator(chunk_size=_AT_ONCE):
        counts.update(found := _said((title, more, body)))
        if fresh := [word for word in found if word not in shown and _is_word(word)]:
            words = _shown([told])
            shown.update((word, words.get(word, word)) for word in fresh)
    counts = Counter({word: count for word, count in counts.items() if _is_word(word)})
    for portion in _portions(Word.objects.order_by("pk").iterator(chunk_size=_AT_ONCE)):
        gone = [row.pk for row in portion if row.word not in counts]
        moved = [row for row in portion if counts.get(row.word, row.count) != row.count]
        for row in portion:
            row.count = counts.pop(row.word, row.count)
        with transaction.atomic(), writing():
            Word.objects.bulk_update(moved, ["count"], batch_size=500)
            Word.objects.filter(pk__in=gone).delete()
    for new in _portions(
        Word(word=word, shown=shown[word], count=count) for word, count in sorted(counts.items())
    ):
        with transaction.atomic(), writing():
            _add(new)
    return Word.objects.count()


def known(words: Iterable[str]) -> dict[str, tuple[int, str]]:
    """How often known words and pairs occur, and how they are shown; one statement."""
    rows = Word.objects.filter(word__in=set(words)).values_list("word", "count", "shown")
    return {word: (count, shown) for word, count, shown in rows}


def near(words: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each word the known words about a letter away, with how often they occur; one statement."""
    keys: dict[str, list[str]] = {}
    for word in set(words):
        for key in left_out(word):
            keys.setdefault(key, []).append(word)
    out: dict[str, dict[str, int]] = {word: {} for words_ in keys.values() for word in words_}
    rows = Slip.objects.filter(key__in=list(keys)).values_list("key", "word__word", "word__count")
    for key, known, count in rows:
        for word in keys[key]:
            out[word][known] = count
    return out


def left_out(word: str) -> set[str]:
    """The word, and what is left of it without one letter."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)) if len(word) > 1)}


def _add(words: list[Word]) -> None:
    Word.objects.bulk_create(words, batch_size=500, ignore_conflicts=True)
    single = [word.word for word in words if " " not in word.word]
    keys = dict(Word.objects.filter(word__in=single).values_list("word", "pk"))
    slips = [Slip(key=key, word_id=pk) for word, pk in sorted(keys.items()) for key in sorted(left_out(word))]
    Slip.objects.bulk_create(slips, batch_size=1_000, ignore_conflicts=True)


def _words_of(text: Sequence[str]) -> set[str]:
    """The words and pairs that are kept of title, more and body."""
    return {word for word in _said(text) if _is_word(word)}


def _said(text: Sequence[str]) -> set[str]:
    """Single words of everything, pairs of what is telling."""
    *told, body = (words.split() for words in text)
    return {f"{a} {b}" for words in told for a, b in pairwise(words)}.union(*told, body)


def _is_word(word: str) -> bool:
    """Types and numbers are none: nobody's slip leads to them."""
    return word.isascii() and word.replace(" ", "").isalpha() and len(word) <= LONGEST


def _portions(rows: Iterable[Word]) -> Iterator[list[Word]]:
    left = iter(rows)
    while portion := list(islice(left, _AT_ONCE)):
        yield portion
