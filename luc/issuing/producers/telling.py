"""What parties said to what was asked, in a sentence: a few by name, many counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from luc.issuing.content import Run
from luc.issuing.producers.pieces import Material, Piece, item
from luc.plans.queries.states import ORDER
from luc.reporting.content import printed
from luc.reporting.telling import FIRST, MANY, name
from luc.reporting.voices import Obstacle, Voice, plain_words


def told_by(made: Material, place: str, asked: str, voices: Sequence[Voice]) -> Piece:
    """What was asked, and what the parties said to it; of many only how many they are."""
    head = f"{plain_words(asked)}: "
    if len(voices) > MANY:
        runs: list[Run] = [head, *counted(made, place, voices), "."]
        return item(place, *runs, voices=voices, quotes=[asked])
    said = [f"{plain_words(voice.result)} ({name(voice)}{_state(voice)})" for voice in voices]
    return item(place, head, "; ".join(said), ".", voices=voices, quotes=[asked, *said])


def _state(voice: Voice) -> str:
    return f", {voice.state_words}" if voice.state_words else ""


def counted(made: Material, place: str, voices: Sequence[Voice]) -> list[Run]:
    """Many parties by how far they are: "58 đơn vị báo cáo có kết quả (30 đúng tiến độ, 9 chậm tiến độ)"."""
    head = place.replace("task-", "nhiem-vu-")
    if f"{head}-co-ket-qua" not in made.cells:
        return _named(voices)
    runs: list[Run] = [made.chip(f"{head}-co-ket-qua"), " đơn vị báo cáo có kết quả"]
    states = Counter(voice.state for voice in voices if voice.state_words)
    for n, state in enumerate(state for state in ORDER if state and states[state]):
        runs += [", " if n else " (", made.chip(f"{head}-don-vi-{state}"), f" {printed('state', state)}"]
    return [*runs, ")"] if states else runs


def _named(voices: Sequence[Voice]) -> list[Run]:
    """The first of many by name: no cell counts them."""
    said = [f"{plain_words(voice.result)} ({name(voice)})" for voice in voices[:FIRST]]
    return ["; ".join(said), " và các đơn vị khác"]


def said_alike(made: Material, place: str, said: Sequence[Obstacle], words: str, key: str) -> Piece:
    """Words that one party said, or several in the same words, with who they are."""
    voices = [row.voice for row in said]
    names = list(dict.fromkeys(name(voice) for voice in voices))
    who: list[Run] = [", ".join(names)]
    if len(names) > MANY:
        who = [made.chip(key), f" đơn vị: {', '.join(names[:FIRST])} và các đơn vị khác"]
    elif len(names) > 1:
        who = [made.chip(key), " đơn vị: ", *who]
    return item(place, words, " (", *who, ").", voices=voices, quotes=[words, *names])
