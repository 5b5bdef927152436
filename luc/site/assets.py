"""Fetches typefaces with npm (assets.toml): `python -m luc.site.assets`. That of pages comes into build/static, that of
the charts of papers into build/typefaces.

Nothing here names a registry: npm asks the one it is configured with. Without npm, or without a registry, the
pages fall back to the typefaces of the machine, and charts to the one that comes with what draws them.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FACE = """@font-face {{
  font-family: "{family}"; font-style: normal; font-weight: {weight}; font-display: swap;
  src: url("{file}") format("woff2"); unicode-range: {range};
}}
"""


class Unfetched(Exception):
    """An asset could not be fetched; the message says which and why."""


class Wrong(Exception):
    """What came is not what assets.toml names."""


def fetch(table: Path = ROOT / "assets.toml", goal: Path = ROOT / "build" / "static") -> list[Path]:
    """Write every file of the table below `goal`, typefaces of charts beside it, and return their paths.

    Raises Unfetched when npm is missing or gives nothing, Wrong when it gives a file with another sum; then
    nothing is written.
    """
    told = tomllib.loads(table.read_text(encoding="utf-8"))
    fonts, typefaces = told["font"], told.get("typeface", [])
    with tempfile.TemporaryDirectory() as folder:
        packed = [(font, _pack(font, Path(folder))) for font in fonts]
        drawing = [(face, _pack(face, Path(folder))) for face in typefaces]
        place = goal / "fonts"
        place.mkdir(parents=True, exist_ok=True)
        written = [path for font, archive in packed for path in _unpack(font, archive, place)]
        beside = goal.parent / "typefaces"
        beside.mkdir(exist_ok=True)
        written += [path for face, archive in drawing for path in _unpack(face, archive, beside)]
    sheet = place / "fonts.css"
    sheet.write_text("".join(_faces(font) for font in fonts), encoding="utf-8")
    return [*written, sheet]


def _pack(font: dict[str, Any], folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise Unfetched("không có lệnh npm trên máy này")
    name = f"{font['package']}@{font['version']}"
    command = [npm, "pack", name, "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    if done.returncode != 0:
        raise Unfetched(f"npm không lấy được {name}: {done.stderr.strip()[-300:]}")
    archive = folder / done.stdout.strip().splitlines()[-1]
    kind, _, wanted = font["integrity"].partition("-")
    if base64.b64encode(hashlib.new(kind, archive.read_bytes()).digest()).decode() != wanted:
        raise Wrong(f"{name} khác với tổng kiểm tra trong assets.toml")
    return archive


def _unpack(font: dict[str, Any], archive: Path, place: Path) -> list[Path]:
    names = {member: Path(member).name for member in font.get("files", [])}
    names |= {_member(font, subset, weight): _named(font, subset, weight) for subset, weight in _cuts(font)}
    names[font["licence_file"]] = f"{_short(font)}-LICENSE"
    written = []
    with tarfile.open(archive) as tar:
        for member, name in names.items():
            stream = tar.extractfile(f"package/{member}")
            if stream is None:
                raise Wrong(f"{font['package']} không có tệp {member}")
            (place / name).write_bytes(stream.read())
            written.append(place / name)
    return written


def _faces(font: dict[str, Any]) -> str:
    return "".join(
        FACE.format(
            family=font["family"],
            weight=weight,
            file=_named(font, subset, weight),
            range=font["subsets"][subset],
        )
        for subset, weight in _cuts(font)
    )


def _cuts(font: dict[str, Any]) -> list[tuple[str, int]]:
    return [(subset, weight) for weight in font.get("weights", []) for subset in font["subsets"]]


def _member(font: dict[str, Any], subset: str, weight: int) -> str:
    return str(font["file"]).format(subset=subset, weight=weight)


def _named(font: dict[str, Any], subset: str, weight: int) -> str:
    return f"{_short(font)}-{subset}-{weight}.woff2"


def _short(font: dict[str, Any]) -> str:
    return str(font["package"]).rpartition("/")[2]


def main() -> int:
    """Fetch, and say in one line what came of it. Fonts that cannot be had are no error, wrong ones are."""
    try:
        written = fetch()
    except Unfetched as reason:
        sys.stderr.write(
            f"Chưa lấy được phông chữ: {reason}. Trang vẫn dùng được với phông chữ có sẵn của máy.\n"
        )
        return 0
    except Wrong as reason:
        sys.stderr.write(f"Không dùng phông chữ vừa lấy: {reason}.\n")
        return 1
    sys.stdout.write(f"Đã lấy {len(written)} tệp vào {written[0].parent}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
