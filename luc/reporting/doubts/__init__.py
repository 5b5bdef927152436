"""What may be right but is asked back before a report is handed in, with a short explanation that goes with it.

One module a kind of doubt; each gives what it asks by row (or by section of the form).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from luc.reporting.doubts import bounds, leaps, money, proofs, sums, units
from luc.reporting.queries.drafts import Draft

Asked = Iterable[tuple[str, str]]
KINDS: tuple[Callable[[Draft], Asked], ...] = (
    bounds.ask,
    units.ask,
    leaps.ask,
    sums.ask,
    money.ask,
    proofs.ask,
)


def questions(whole: Draft) -> dict[str, str]:
    """What is asked back about a draft, by row or section in the order of the form; nothing about a nil report."""
    if whole.report.is_nil:
        return {}
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        for key, words in kind(whole):
            found.setdefault(key, []).append(words)
    order = {line.row.key: n for n, line in enumerate(whole.lines)}
    keys = sorted(found, key=lambda key: order.get(key, len(order)))
    return {key: " ".join(found[key]) for key in keys}
