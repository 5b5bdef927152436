"""The files of a version: Word, the PDF of that Word file, the annexes as Excel; each made once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from luc.issuing import actions
from luc.issuing.actions.files import keep_file
from luc.issuing.letters import actions as letters
from luc.issuing.models import Version, WrittenFile
from luc.kernel.errors import Refused
from luc.kernel.models import Job
from luc.papers.queries import content as bytes_of
from tests.cast import Side
from tests.reporting.life import open_cycle, report
from vanban import header
from vanban.reading import read_file
from vanban.writing import can_write_pdf


@pytest.fixture
def version(here: Side) -> Version:
    cycle = open_cycle(here)
    report(here, "finance")
    draft = letters.start_reminder(here.viewer("officer"), cycle.pk)
    return actions.keep(here.viewer("officer"), draft.pk)


def test_the_annex_of_a_reminder_as_excel_lists_who_is_missing(here: Side, version: Version) -> None:
    made = keep_file(here.viewer("officer"), version.pk, format="xlsx")
    assert made.file.name.endswith(".xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(bytes_of(made.file)))
    rows = book.get_sheet_by_index(0).to_python()
    listed = {row[1] for row in rows}
    assert "Sở Khoa học và Công nghệ" in listed
    assert "Sở Tài chính" not in listed


def test_the_pdf_is_the_word_file_or_it_is_said_why_there_is_none(here: Side, version: Version) -> None:
    officer = here.viewer("officer")
    if not can_write_pdf():
        with pytest.raises(Refused, match="LibreOffice"):
            keep_file(officer, version.pk, format="pdf")
        return
    made = keep_file(officer, version.pk, format="pdf")
    assert set(version.files.values_list("format", flat=True)) == {"docx", "pdf"}
    read = header.read(read_file(bytes_of(made.file), made.file.name))
    assert (read["issuer"], read["number"]) == ("Sở Công Thương", None)
    assert keep_file(officer, version.pk, format="pdf") == made


def test_without_libreoffice_the_job_says_the_way_out(
    here: Side, version: Version, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    job = actions.start_file(here.viewer("officer"), version.pk, format="pdf")
    row = Job.objects.get(pk=job.pk)
    assert row.state == Job.State.FAILED
    assert "hãy tải tệp Word" in row.error
    assert WrittenFile.objects.get().format == "docx"


def test_a_format_that_there_is_not_is_refused(here: Side, version: Version) -> None:
    with pytest.raises(Refused, match="Word, PDF hay Excel"):
        actions.start_file(here.viewer("officer"), version.pk, format="odt")
