"""Names of bodies: lists of them cut into single bodies, and bodies found in running prose.

A list is cut at a semicolon, a comma or "và" where a new body begins; a plural before names ("Các Sở: A, B")
is written out for each of them; a generic body ("các sở, ngành") stays one item; whatever else stands after a
comma belongs to the name before it. What a body is, is the matter of `bodies`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from vanban.bodies import JOINTS, Opening, Token, data, is_generic, kind, longest, opening, tokens, unit_at
from vanban.document import Words
from vanban.folding import folded

__all__ = ["is_generic", "is_name", "kind", "mentions", "split"]

_COMMITTEES = {"Ủy ban nhân dân", "UBND"}
_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:[-–+•*]|\d{1,2}[.)])[ \t]+")


def _depths(toks: list[Token]) -> list[int]:
    depth, out = 0, []
    for token in toks:
        depth += token.text in "([“"
        out.append(depth)
        depth -= token.text in ")]”" and depth > 0
    return out


def _cuts(toks: list[Token]) -> list[int]:
    """Indexes of the tokens at which a body begins."""
    depths, cuts = _depths(toks), [0]
    current = opening(toks, 0) if toks else None
    for i, token in enumerate(toks[:-1]):
        if (
            depths[i]
            or i < cuts[-1]
            or (current and not current.is_generic and i < _past_name(toks, current))
        ):
            continue
        if token.text not in ",/;\n" and token.fold not in JOINTS:
            continue
        start = _past_joints(toks, i + 1)
        found = opening(toks, start) if start < len(toks) else None
        if token.text == ";" and not found and not (current and current.plural and not current.is_generic):
            cuts.append(start)
            current = None
        elif found and _is_new(toks, cuts[-1], start, current, found, token):
            cuts.append(start)
            current = found
        elif not found and token.text != "/" and _is_unit(toks, cuts[-1], start, current):
            cuts.append(start)
            current = None
    return cuts


def _is_unit(toks: list[Token], begun: int, start: int, now: Opening | None) -> bool:
    """Whether a unit stands for itself: "Sở Y tế, phường B", not "UBND xã A, phường B" or "Hội xã A, xã B"."""
    if now is None:
        return bool(unit_at(toks, begun) and unit_at(toks, start))
    if now.is_generic or now.plural or now.kind in _COMMITTEES:
        return False
    return bool(unit_at(toks, start)) and not any(unit_at(toks, i) for i in range(begun, start))


def _past_name(toks: list[Token], now: Opening) -> int:
    """Where the name of a body ends, as far as it is known: it may have "và" in it."""
    return now.name + longest(toks, now.name, data().names.get(now.kind, frozenset()))


def _past_joints(toks: list[Token], i: int) -> int:
    while i < len(toks) - 1 and (toks[i].fold in JOINTS or toks[i].text in ",;-–+•*/&\n"):
        i += 1
    return i


def _is_new(
    toks: list[Token], begun: int, start: int, now: Opening | None, new: Opening, mark: Token
) -> bool:
    known = data()
    if longest(toks, start, known.joined) and mark.fold in JOINTS:
        return False
    if now and now.plural and not now.is_generic and longest(toks, start, known.names.get(now.kind, ())):
        return False
    if mark.text in ";\n":
        return mark.text == ";" or toks[start].is_capital or not toks[start - 2].is_word
    if now and now.kind in _COMMITTEES and toks[start].fold == folded("cấp"):
        return False  # "UBND cấp huyện, cấp xã"
    if now is None or not now.is_generic or not new.is_generic:
        return mark.text != "/" or not new.is_generic
    if mark.text == "/":
        return False
    if new.person or new.plural or now.family != new.family:
        return True
    word = new.kind.split()
    folds = [t.fold for t in toks[begun : start - 1]]
    return any(folds[k : k + len(word)] == word for k in range(len(folds)))


def split(words: Words) -> list[Words]:
    """The single bodies of a list, each written out, with the places of its printed words.

    "Các Sở: A và B" gives "Sở A" and "Sở B" (the word Sở has no place, as it is not printed before the name).
    Nothing is lost but the joints (",", ";", "và") and the full stop at the end.
    """
    words = _without_bullets(words)
    toks = tokens(words.text)
    if not toks:
        return []
    cuts = [*_cuts(toks), len(toks)]
    out: list[Words] = []
    for first, last in pairwise(cuts):
        out += _written_out(words, toks, first, _trim(toks, first, last))
    return out


def _without_bullets(words: Words) -> Words:
    """Each dash or number that begins a line becomes a semicolon before the line."""
    parts, begin = [], 0
    for match in _BULLET.finditer(words.text):
        parts.append(words.cut(begin, match.start()))
        begin = match.end()
    parts.append(words.cut(begin))
    return Words.join([p for p in parts if p], by=" ; ")


def _trim(toks: list[Token], first: int, last: int) -> int:
    """The end of a body without the joints that follow it."""
    while last > first + 1 and (toks[last - 1].fold in JOINTS or toks[last - 1].text in ".,;:/-–+•*&…\n"):
        last -= 1
    return last


def _written_out(words: Words, toks: list[Token], first: int, last: int) -> list[Words]:
    found = opening(toks, first)
    if found and not found.is_generic and found.name < last:
        names = _names(toks, found, last)
        if len(names) > 1:
            return [_with_kind(found, words, toks, a, b) for a, b in names]
    piece = words.cut(toks[first].start, toks[last - 1].end)
    return [piece] if piece and any(c.isalnum() for c in piece.text) else []


def _with_kind(found: Opening, words: Words, toks: list[Token], first: int, last: int) -> Words:
    name = words.cut(toks[first].start, toks[last - 1].end)
    own = opening(toks[:last], first)
    if own and not own.is_generic and not longest(toks, first, data().names.get(found.kind, frozenset())):
        return name
    unit = "" if longest(toks, first, data().units) else found.unit
    prefix = " ".join(filter(None, (found.head, found.kind, unit)))
    pieces = tuple((offset + len(prefix) + 1, place) for offset, place in name.pieces)
    return Words(f"{prefix} {name.text}", pieces)


def _names(toks: list[Token], found: Opening, last: int) -> list[tuple[int, int]]:
    """Where the names after one kind stand; a single name where the kind is not given once for several."""
    known = data().names.get(found.kind, frozenset())
    if not found.plural:
        if found.unit:
            return _unit_names(toks, found.name, last)
        if found.kind not in data().closed:
            return []
        return _known_names(toks, found.name, last, known)
    marks = {";"} if any(t.text == ";" for t in toks[found.name : last]) and not known else {";", ","}
    out, i = [], found.name
    while i < last:
        size = longest(toks[:last], i, known)
        if size and i + size < last and not _is_joint(toks[i + size]):
            size = 0
        end = i + size if size else _end_of_name(toks, i, last, marks)
        out.append((i, end))
        i = _past_joints(toks[:last], end) if end < last else last
    return out


def _is_joint(token: Token) -> bool:
    return token.text in ",;" or token.fold in JOINTS


def _known_names(
    toks: list[Token], i: int, last: int, known: frozenset[tuple[str, ...]]
) -> list[tuple[int, int]]:
    """Names after a singular ("Sở Tài chính, Công Thương"): only where each of them is known."""
    out = []
    while i < last:
        size = longest(toks[:last], i, known)
        if not size or (i + size < last and not _is_joint(toks[i + size])):
            return []
        out.append((i, i + size))
        i = _past_joints(toks[:last], i + size) if i + size < last else last
    return out


def _unit_names(toks: list[Token], i: int, last: int) -> list[tuple[int, int]]:
    """Names of units after one "UBND xã": only where each further one begins with its own unit."""
    out: list[tuple[int, int]] = []
    while i < last:
        end = next((k for k in range(i, last) if _is_joint(toks[k])), last)
        size = longest(toks, i, data().units)
        if out and not (size and i + size < last and toks[i + size].is_capital):
            return []
        out.append((i, end))
        i = _past_joints(toks[:last], end) if end < last else last
    return out


def _end_of_name(toks: list[Token], i: int, last: int, marks: set[str]) -> int:
    """The end of a name that no list knows: the next mark, or the last "và" of the list."""
    end = i + 1
    while end < last and toks[end].text not in marks:
        end += 1
    if end < last:
        return end
    joints = [k for k in range(i + 1, last - 1) if toks[k].fold in JOINTS]
    return joints[-1] if joints else last


def is_name(text: str) -> bool:
    """Whether words are the known name of a body without its kind: "Xây dựng", "Công Thương"."""
    toks = tokens(text)
    return any(toks and longest(toks, 0, known) == len(toks) for known in data().names.values())


def mentions(text: str) -> list[tuple[int, int]]:
    """Where bodies are named in running prose, as (start, end); a list of bodies is one mention.

    A mention ends before a verb, a preposition or a full stop; a comma or "và" is passed where a body, or a
    part of its name, follows.
    """
    toks = tokens(text)
    out, i = [], 0
    while i < len(toks):
        found = opening(toks, i) if toks[i].is_word else None
        if found is None or not _begins_mention(found, toks, i):
            i += 1
            continue
        end = _mention_end(toks, i, found)
        out.append((toks[i].start, toks[end - 1].end))
        i = end
    return out


def _begins_mention(found: Opening, toks: list[Token], i: int) -> bool:
    """A lone common noun is no mention: "doanh nghiệp", "tổ chức" only count in the plural or as a list."""
    if not found.is_generic or found.plural or found.person or found.family == "councils":
        return True
    if found.family != "agencies" or longest(toks, i, data().stops):
        return False
    return toks[i].is_capital or (found.name < len(toks) and toks[found.name].text == ",")


def _mention_end(toks: list[Token], i: int, found: Opening) -> int:
    known = data()
    end = max(found.name + longest(toks, found.name, known.names.get(found.kind, ())), i + 1)
    while end < len(toks):
        token = toks[end]
        if size := longest(toks, end, known.compounds):
            end += size
        elif token.text == "," or token.fold in JOINTS or _lists_on(toks, end, found):
            nxt = _past_joints(toks, end)
            new = opening(toks, nxt) if nxt < len(toks) else None
            lone_verb = (
                longest(toks, nxt, known.stops) and not toks[nxt].is_capital and not (new and new.is_generic)
            )
            if lone_verb or not (new or _goes_on(toks, nxt, found)):
                return end
            found = new or found
            end = max(nxt + max(1, longest(toks, nxt, known.compounds)), new.name if new else 0)
        elif _ends_mention(toks, end, found):
            return end
        else:
            end += 1
    return _trim(toks, i, end)


def _lists_on(toks: list[Token], i: int, found: Opening) -> bool:
    """Whether a semicolon stands between names after one kind: "Các Sở: Y tế; Tư pháp"."""
    if toks[i].text != ";" or not found.plural or found.is_generic:
        return False
    size = longest(toks, i + 1, data().names.get(found.kind, ()))
    after = i + 1 + size
    return bool(size) and (after == len(toks) or not toks[after].is_word or toks[after].fold in JOINTS)


def _ends_mention(toks: list[Token], i: int, found: Opening) -> bool:
    token = toks[i]
    if token.is_word:
        return not token.is_capital and longest(toks, i, data().stops) > 0
    return token.text not in "-–" and not (token.text == ":" and found.plural and not found.is_generic)


def _goes_on(toks: list[Token], i: int, found: Opening) -> bool:
    """Whether a name goes on after a comma or "và": with a capital, a unit, or (for a long name) any word."""
    if i >= len(toks):
        return False
    if found.family is None and found.kind in _COMMITTEES:  # "UBND thành phố A và các huyện"
        i += longest(toks, i, data().determiners) if i < len(toks) - 1 else 0
    long_name = next((k.get("long") for k in data().kinds.values() if k["word"] == found.kind), False)
    return (
        toks[i].is_capital
        or bool(long_name)
        or bool(longest(toks, i, data().units))
        or (found.is_generic and toks[i].fold in data().generic)
    )
