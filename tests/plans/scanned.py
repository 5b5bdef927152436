"""An invented paper as a scanner gives it: a PDF of pictures of its pages, without a letter in it."""

from __future__ import annotations

import zlib

import pypdfium2 as pdfium

from tests.vanban.reading.laidout import as_pdf
from tests.vanban.reading.test_scan import picture

_IMAGE = (
    "<</Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceGray/BitsPerComponent 8"
    "/Filter/FlateDecode/Length {}>>"
)
_DRAW = b"595 0 0 842 0 0 cm /I Do"


def as_scan(text: str) -> bytes:
    """The bytes of a PDF of pictures of the pages of a paper."""
    pages = [picture(page) for page in pdfium.PdfDocument(as_pdf(text))]
    kids = " ".join(f"{3 * n + 3} 0 R" for n in range(len(pages)))
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()]
    for n, (rows, width, height) in enumerate(pages):
        image, draw = 3 * n + 4, 3 * n + 5
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {draw} 0 R"
        dots = zlib.compress(rows)
        parts += [
            f"{page}/Resources<</XObject<</I {image} 0 R>>>>>>".encode(),
            _stream(_IMAGE.format(width, height, len(dots)).encode(), dots),
            _stream(b"<</Length %d>>" % len(_DRAW), _DRAW),
        ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def _stream(head: bytes, data: bytes) -> bytes:
    return head + b"stream\n" + data + b"\nendstream"
