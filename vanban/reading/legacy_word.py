"""Word files set in fonts of old encodings (.VnTime, VNI-Times): their words are turned into Unicode."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from vanban.reading import legacy
from vanban.reading.numbering import W

_OLD_FONT = re.compile(rb'"(?:\.Vn|VNI)')
_TEXTS = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml$")
_STYLES = "word/styles.xml"


def decoded(data: bytes) -> bytes:
    """A .docx file with Unicode words; the same bytes where no font of an old encoding is used."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if _is_read(name)}
        if not any(map(_OLD_FONT.search, parts.values())):
            return data
        fonts = _Fonts(_tree(parts[_STYLES]) if _STYLES in parts else None)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name in archive.namelist():
                part = fonts.unicode(parts[name]) if _TEXTS.match(name) else archive.read(name)
                made.writestr(name, part)
    return out.getvalue()


def _is_read(name: str) -> bool:
    return name == _STYLES or bool(_TEXTS.match(name))


def _tree(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


class _Fonts:
    """Knows in which font a run is set: by itself, by its style, by the style of its paragraph, or by default."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = [] if styles is None else list(styles.iter(f"{W}style"))
        self._styles = {str(style.get(f"{W}styleId")): style for style in found}
        normal = (s for s in found if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph")
        self._normal = next((str(style.get(f"{W}styleId")) for style in normal), "")
        default = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault")
        self._default = _own(default) if default is not None else ""

    def unicode(self, xml: bytes) -> bytes:
        """A part of the file with its words in Unicode."""
        root = _tree(xml)
        for paragraph in root.iter(f"{W}p"):
            style = _value(paragraph.find(f"{W}pPr"), "pStyle") or self._normal
            of_paragraph = self._of_style(style) or self._default
            for run in paragraph.iter(f"{W}r"):
                font = _own(run) or self._of_style(_value(run.find(f"{W}rPr"), "rStyle")) or of_paragraph
                for text in run.iter(f"{W}t"):
                    text.text = legacy.by_font(text.text or "", font)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _of_style(self, name: str) -> str:
        return next((font for style in self._parents(name) if (font := _own(style))), "")

    def _parents(self, name: str) -> Iterator[etree._Element]:
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name], "basedOn")


def _own(element: etree._Element) -> str:
    """The font that an element names itself."""
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return "" if fonts is None else str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")


def _value(element: etree._Element | None, name: str) -> str:
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val", ""))
