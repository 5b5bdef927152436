"""Many papers laid out at once: LibreOffice and Chromium start once for all of them. A tool of the tests."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.vanban.reading.laidout import as_html, as_printed

_LOOK = (
    "<style>@page{size:A4;margin:20mm 15mm 20mm 30mm}"
    "body{font-family:'Liberation Serif';font-size:13pt;line-height:1.4}"
    "table{border-collapse:collapse;width:100%}td{padding:4px}p{margin:6px 0}</style></head>"
)
_FOOT = "<p style='font-size:9px;margin-left:2cm'>luu-tru.example/12 <span class=pageNumber></span></p>"


def converted_all(files: Mapping[str, bytes], suffix: str, to: str) -> dict[str, bytes]:
    """The files of a kind as files of another, by their names without endings."""
    with tempfile.TemporaryDirectory(prefix="vanban-") as name:
        folder = Path(name)
        for stem, data in files.items():
            (folder / f"{stem}{suffix}").write_bytes(data)
        words = [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        ]
        words += ["--convert-to", to.lstrip("."), "--outdir", str(folder / "out")]
        words += [str(folder / f"{stem}{suffix}") for stem in files]
        subprocess.run(words, check=True, capture_output=True, timeout=300)
        return {stem: (folder / "out" / f"{stem}{to}").read_bytes() for stem in files}


def by_libreoffice(texts: Mapping[str, str], to: str, lines: bool = True) -> dict[str, bytes]:
    """The papers as LibreOffice saves or prints them, from Word files."""
    return converted_all({stem: as_printed(text, lines) for stem, text in texts.items()}, ".docx", to)


def by_chromium(texts: Mapping[str, str]) -> dict[str, bytes]:
    """The papers as PDF files that a browser printed, with an address and a number at the foot of each page."""
    out = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for stem, text in texts.items():
            page = browser.new_page()
            page.set_content(as_html(text).decode().replace("</head>", _LOOK))
            out[stem] = page.pdf(
                prefer_css_page_size=True,
                display_header_footer=True,
                header_template="<i></i>",
                footer_template=_FOOT,
            )
            page.close()
        browser.close()
    return out
