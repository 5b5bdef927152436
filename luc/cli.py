"""The `luc` command: papers are read without Django, everything else is a management command."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run one command line; returns the exit code."""
    words = sys.argv[1:]
    if words and words[0] in {"read", "check", "layout", "compare"}:
        from vanban.cli import main as read

        return read(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luc.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["luc", *words])
    return 0
