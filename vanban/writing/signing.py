"""By what right somebody signs: TM., KT., TL., TUQ., Q. (NĐ 30/2020, Phụ lục I, II.7.b)."""

from __future__ import annotations

from vanban.writing.layout import layout
from vanban.writing.paper import Signer
from vanban.writing.phrases import clean


def signing(
    title: str, name: str, *, collective: str = "", form: str = "", head: str = "", post: str = ""
) -> Signer:
    """The signer with his lines of authority.

    `collective` is the body in whose name one signs ("Ủy ban nhân dân"): a line TM. `form` is "KT.", "TL." or
    "TUQ.", for the `head` of the body ("Chủ tịch"), or "Q." before one's own title. `post` is another office
    above the name. Academic titles before the name are left out (II.7.c). Raises ValueError for a form that the
    decree does not have, and for one that needs a head where none is given.
    """
    known = layout().authority
    if form and (form not in known or form == "TM."):
        raise ValueError(f"{form!r} is no form of signing")
    lines = [f"TM. {clean(collective)}"] if collective else []
    if form == "Q.":
        title = f"Q. {clean(title)}"
    elif form:
        if not head:
            raise ValueError(f"{form} needs the title of the head")
        lines.append(f"{form} {clean(head)}")
    return Signer(title, bare_name(name), tuple(lines), post)


def bare_name(name: str) -> str:
    """A name without the degrees and honours before it."""
    words = clean(name).split()
    honours = set(layout().texts.honours)
    while words and all(part + "." in honours for part in words[0].rstrip(".").split(".")):
        words.pop(0)
    return " ".join(words)
