"""The PDF of a paper: what LibreOffice makes of the Word file is read back as the same paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.vanban.writing.examples import REPORT
from vanban import header
from vanban.reading import read_file
from vanban.writing import CannotWritePdf, IssueDate, can_write_pdf, write_docx, write_pdf

SIGNED = replace(REPORT, number="7", date=IssueDate(2026, 1, 5))


def test_the_pdf_says_what_the_word_file_says() -> None:
    if not can_write_pdf():  # this machine has no LibreOffice: it must say so
        with pytest.raises(CannotWritePdf):
            write_pdf(write_docx(SIGNED))
        return
    data = write_pdf(write_docx(SIGNED))
    found = header.read(read_file(data, "x.pdf"))
    assert (found["number"], found["date"], found["issuer"]) == ("07/BC-SCT", "2026-01-05", "Sở Công Thương")
    assert found["title"] == SIGNED.title
    assert found["signer"]["name"] == "Nguyễn Văn Mẫu"


def test_where_there_is_no_libreoffice_it_says_so_and_the_way_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not can_write_pdf()
    with pytest.raises(CannotWritePdf, match="hãy tải tệp Word"):
        write_pdf(write_docx(SIGNED))
