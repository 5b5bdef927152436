"""`luc web`: the web processes alone, on a database that is up to date; `luc serve` runs it beside the worker.

They are forked from this process when it has read all modules and templates: each page costs the same from the first
request on, and what is read is in the memory once.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver
from django.utils import translation
from gunicorn.app.base import BaseApplication


class Command(BaseCommand):
    help = "Chỉ chạy các tiến trình web."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--web", type=int, default=2, help="số tiến trình web")

    def handle(self, *args: Any, **options: Any) -> None:
        warm()
        connections.close_all()
        Web(options["host"], options["port"], options["web"]).run()


def warm() -> None:
    """Read pages, our templates and the catalogues: for every process that is forked from this one, and to stay."""
    assert get_resolver().url_patterns
    ours = settings.ROOT / "luc"
    for folder in map(Path, get_app_template_dirs("templates")):
        if folder.is_relative_to(ours):
            for file in folder.rglob("*.html"):
                get_template(str(file.relative_to(folder)))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
    gc.collect()
    gc.freeze()


class Web(BaseApplication):  # type: ignore[misc]  # gunicorn tells no types
    """gunicorn on the application of this process."""

    def __init__(self, host: str, port: int, processes: int) -> None:
        self.chosen = {
            "bind": f"{host}:{port}",
            "workers": processes,
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": True,
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 10,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., object]:
        from luc.site.wsgi import application

        return application
