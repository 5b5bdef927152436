"""What a rule finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from vanban.document import Place

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: `words` as printed, every place where it holds, and what to do about it, in Vietnamese.

    error: the paper cannot be issued like this; warning: likely wrong or void; note: to be looked at.
    """

    code: str
    severity: Severity
    words: str
    places: tuple[Place, ...]
    message: str
    suggestion: str

    def as_json(self) -> dict[str, Any]:
        """Plain values; `place` is the first of `places`."""
        places = [place.as_json() for place in self.places]
        return {
            "code": self.code,
            "severity": self.severity,
            "words": self.words,
            "place": places[0] if places else None,
            "places": places,
            "message": self.message,
            "suggestion": self.suggestion,
        }
