"""Writes down the description of the API as it is now: `.venv/bin/python -m tests.exchange.snapshot`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luc.site.settings")
    django.setup()
    from luc.exchange.api import description

    text = json.dumps(description(), ensure_ascii=False, indent=1)
    Path(__file__).with_name("openapi.json").write_text(text + "\n", encoding="utf-8")
