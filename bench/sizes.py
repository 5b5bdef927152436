"""How large what is measured shall be, as it is typed behind the command."""

from __future__ import annotations

import argparse


def sizes(doc: str | None, **usual: float | str) -> argparse.Namespace:
    """The sizes that were typed ("--communes 170"), else the usual ones; `doc` is what --help says."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in usual.items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    return parser.parse_args()
