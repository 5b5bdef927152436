"""A Word file as PDF by LibreOffice: the only way in which the PDF is the paper that the .docx shows.

LibreOffice is not of this package: it is called where it is installed. Where it is not, `can_write_pdf` says so
and the .docx is printed to PDF in Word by whoever issues it.
"""

from __future__ import annotations

from vanban.reading.errors import UnreadableFile
from vanban.reading.office import converted, is_installed


class CannotWritePdf(Exception):
    """No PDF could be made, and why, in words for people."""


def can_write_pdf() -> bool:
    """Whether this machine makes PDFs."""
    return is_installed()


def write_pdf(docx: bytes) -> bytes:
    """The .docx as PDF. Raises CannotWritePdf where LibreOffice is not installed, or makes none of it in time."""
    if not is_installed():
        raise CannotWritePdf(
            "Máy chủ chưa cài LibreOffice nên chưa lập được tệp PDF: hãy tải tệp Word và xuất PDF từ Word."
        )
    try:
        return converted(docx, ".docx", ".pdf")
    except UnreadableFile as error:
        raise CannotWritePdf(
            "LibreOffice không lập được tệp PDF từ văn bản này: hãy tải tệp Word và xuất PDF từ Word."
        ) from error
