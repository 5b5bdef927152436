"""Who leads and who coordinates, where one cell or one phrase names both: "Chủ trì: A. Phối hợp: B"."""

from __future__ import annotations

import re

from vanban.document import Words

_LABEL = re.compile(
    r"(?:cơ quan|đơn vị|bộ phận)?\s*(?:(?P<lead>chủ trì)|(?P<other>phối hợp))[^:;.,\n]{0,12}:\s*",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\s*\(?\s*(?:làm\s+)?chủ trì\s*(?:thực hiện\s*)?\)?\s*(?:[,;.]|$|(?=\s*(?:và\s+)?phối hợp))",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s*(?:và\s+)?phối hợp\s+(?:thực hiện\s+)?(?:với|cùng)\s*", re.IGNORECASE)
_HELPS = re.compile(r"\s*\(?\s*phối hợp(?:\s+thực hiện)?\s*\)?\s*(?=[,;.]|$)", re.IGNORECASE)
_NOTHING = Words("")


def parted(words: Words) -> tuple[Words, Words]:
    """The words that name who leads and those that name who coordinates; without a sign of both, all lead."""
    labels = list(_LABEL.finditer(words.text))
    if labels and labels[0].start() < 3:
        return _labelled(words, labels)
    leads = _LEADS.search(words.text)
    if leads is None:
        return words, _NOTHING
    lead, rest = words.cut(0, leads.start()), words.cut(leads.end())
    joint = _WITH.match(rest.text)
    return _trimmed(lead), _without_helps(rest.cut(joint.end() if joint else 0))


def _labelled(words: Words, labels: list[re.Match[str]]) -> tuple[Words, Words]:
    parts: dict[str, list[Words]] = {"lead": [], "other": []}
    for n, label in enumerate(labels):
        end = labels[n + 1].start() if n + 1 < len(labels) else len(words.text)
        parts[label.lastgroup or "lead"].append(_trimmed(words.cut(label.end(), end)))
    return Words.join(parts["lead"], by="; "), Words.join(parts["other"], by="; ")


def _without_helps(words: Words) -> Words:
    """The bodies of "B phối hợp" and "B (phối hợp)"."""
    parts, begin = [], 0
    for match in _HELPS.finditer(words.text):
        parts.append(words.cut(begin, match.start()))
        begin = match.end()
    parts.append(words.cut(begin))
    return _trimmed(Words.join([part for part in map(_trimmed, parts) if part], by="; "))


def _trimmed(words: Words) -> Words:
    start = len(words.text) - len(words.text.lstrip(" ,;.-–\n"))
    return words.cut(start, len(words.text.rstrip(" ,;.-–\n")))
