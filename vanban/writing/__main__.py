"""Writes a paper from its plain values: python -m vanban.writing PAPER.json PAPER.docx"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from vanban.writing import paper_from_json, write_docx


def main(source: str, target: str) -> None:
    """Read a paper as JSON and write it as a Word file."""
    paper = paper_from_json(json.loads(Path(source).read_text(encoding="utf-8")))
    Path(target).write_bytes(write_docx(paper))


if __name__ == "__main__":
    main(*sys.argv[1:])
