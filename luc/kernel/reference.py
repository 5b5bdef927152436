"""Reference data of rooms above: `luc load` is one command, and each room says what it brings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Loader = Callable[[Path], str]
_loaders: dict[str, Loader] = {}


def brings(name: str, loader: Loader) -> None:
    """A room says how its reference files get into the database; called when it starts.

    The loader takes the folder of all reference data, writes what differs and says in one Vietnamese line what it
    found. It raises OSError, KeyError or ValueError for a missing or broken file and has written nothing then.
    """
    _loaders[name] = loader


def load_all(refdata: Path) -> list[str]:
    """Load what every room brings; what each of them says."""
    return [loader(refdata) for _name, loader in sorted(_loaders.items())]
