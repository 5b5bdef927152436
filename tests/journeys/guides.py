"""The pictures of the guides are those that journeys take: `make pictures` puts the last ones into docs/pictures.

Run as a module after the journeys. A picture is cut at its foot, so that a guide shows the beginning of a long page.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PIL import Image

PICTURES = Path(os.environ.get("LUC_PICTURES", Path(__file__).parent / "pictures"))
GUIDES = Path(__file__).parents[2] / "docs" / "pictures"
# the picture of a guide: the look of a journey, how much of it (px)
TAKEN: dict[str, tuple[str, int]] = {
    "approver-desk": ("80-desk-approver", 700),
    "asked-back": ("figures-02-asked-back", 1330),
    "board": ("public-officer-00-board", 900),
    "checks": ("figures-04-checks", 960),
    "clerk-form": ("65-phone-form", 750),
    "clerk-nil": ("69-phone-nil", 680),
    "enterprise-board": ("enterprise-09-board", 1150),
    "enterprise-good": ("enterprise-04-good", 900),
    "leader": ("83-leader", 1700),
    "letters": ("120-letters", 1160),
    "ministry-provinces": ("96-ministry-provinces", 1300),
    "officer-desk": ("81-desk-officer", 900),
    "paper-by-hand": ("104-by-hand", 1260),
    "paper-draft": ("105-stale", 1200),
    "paper-known": ("132-known-then-known-now", 760),
    "paper-lineage": ("126-who-typed-it-and-where-used", 1100),
    "paper-one-digit": ("121-one-digit-changed", 1300),
    "paper-opinions": ("110-opinions", 1100),
    "paper-refresh": ("106-refresh", 1150),
    "request-new": ("63-request-edit", 1150),
    "request-phone": ("67-phone-request", 620),
    "request-results": ("71-results", 1000),
    "round-known": ("134-a-round-then-and-now", 620),
    "supply": ("supply-06-target", 700),
    "upwards-offer": ("92-ministry-offer", 1000),
}
# pages of a paper as LibreOffice draws it, made by hand after docs/users/letters.md
BY_HAND = {"letter-reminder", "letter-wording"}


def take(name: str) -> None:
    """Put one picture of a guide in its place, in few colours. Raises FileNotFoundError before its journey was made."""
    look, height = TAKEN[name]
    with Image.open(PICTURES / f"{look}.png") as whole:
        cut = whole.convert("RGB").crop((0, 0, whole.width, min(height, whole.height)))
    cut.quantize(128, dither=Image.Dither.NONE).save(GUIDES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    for one in sys.argv[1:] or TAKEN:
        take(one)
