"""Office files saved as "Strict Open XML": the same parts under other names, which the libraries do not know.

ISO/IEC 29500-1 (Strict) and 29500-4 (Transitional) name each of their vocabularies by an address of its own.
"""

from __future__ import annotations

import io
import re
import zipfile

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_ROOT = "_rels/.rels"


def transitional(data: bytes) -> bytes:
    """The file under the names that everybody knows; the bytes themselves where it is not Strict.

    Raises BadZipFile or OSError for a broken archive.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _ROOT not in archive.namelist() or _STRICT not in archive.read(_ROOT):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
            for name in dict.fromkeys(archive.namelist()):
                part = archive.read(name)
                is_xml = name.lower().endswith((".xml", ".rels"))
                made.writestr(name, _NAME.sub(_TRANSITIONAL, part) if is_xml else part)
        return out.getvalue()
