"""What must not be published: the words of a person's data, found before anybody sees them.

Agencies are named, people are not (Luật 91/2025/QH15: personal data needs a ground for being published).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from luc.kernel.text import folded

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# nine to eleven digits that begin as a Vietnamese number does, grouped or not; money has points, laws have letters
_PHONE = re.compile(r"(?<![\d.,/])(?:\+?84|0)[ .-]?\d{2,3}(?:[ .-]?\d{3}){2}\d?(?![\d.,/])")
_ID = re.compile(r"(?<![\d.,])\d{12}(?![\d.,])")


def kept_back(text: str, names: Mapping[str, str]) -> str:
    """What of a person stands in a text: a mail address, a telephone or identity number, a name; "" if nothing.

    `names` come from `names_of`.
    """
    for pattern in (_MAIL, _PHONE, _ID):
        if found := pattern.search(text):
            return found.group()
    words = f" {' '.join(folded(text).split())} "
    return next((name for key, name in names.items() if f" {key} " in words), "")


def names_of(people: Collection[str]) -> dict[str, str]:
    """Names by what they are found by; a single word is too common to be a name."""
    keys = {" ".join(folded(name).split()): name for name in sorted(people)}
    return {key: name for key, name in keys.items() if " " in key}
