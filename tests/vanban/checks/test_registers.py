"""Registers are read from CSV files; those that the project carries can be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vanban.checks.registers import from_folder

CARRIED = Path(__file__).parents[3] / "refdata"
HEAD = "name,abbreviation,valid_from,valid_to,successors,named_in,sureness\n"


def folder(tmp_path: Path, rows: str) -> Path:
    (tmp_path / "agencies").mkdir()
    (tmp_path / "agencies" / "departments.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path


def test_an_agency_with_all_that_is_known(tmp_path: Path) -> None:
    rows = (
        'Sở Thủy lợi,Sở TL,2001-02-03,2026-01-01,"Sở Y tế; Sở Văn hóa, Thể thao và Du lịch",Hà Sơn,confirm\n'
    )
    (agency,) = from_folder(folder(tmp_path, rows)).agencies
    assert (agency.name, agency.abbreviation) == ("Sở Thủy lợi", "Sở TL")
    assert (agency.valid_from, agency.valid_to) == (date(2001, 2, 3), date(2026, 1, 1))
    assert agency.successors == ("Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch")
    assert not agency.sure


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    (agency,) = from_folder(folder(tmp_path, "Sở Y tế,,,,,,named\n")).agencies
    assert (agency.abbreviation, agency.valid_from, agency.valid_to, agency.successors) == (
        None,
        None,
        None,
        (),
    )
    assert agency.sure


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        from_folder(folder(tmp_path, "Sở Y tế,,,2026-13-45,,,named\n"))


def test_a_row_with_a_comma_too_many_is_told_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"departments\.csv, dòng 3: có 8 ô, cần 7 ô"):
        from_folder(folder(tmp_path, "Sở Y tế,,,,,,named\nSở Văn hóa, Thể thao,,,,,,named\n"))


def test_a_missing_file_is_an_empty_register(tmp_path: Path) -> None:
    registers = from_folder(tmp_path)
    assert (registers.agencies, registers.papers) == ((), ())


def test_the_registers_that_the_project_carries() -> None:
    registers = from_folder(CARRIED)
    ended = {agency.name for agency in registers.agencies if agency.valid_to}
    assert "Sở Tài nguyên và Môi trường" in ended
    assert "Sở Nông nghiệp và Môi trường" not in ended
    assert any(paper.number.startswith("QĐ 1894") for paper in registers.papers)


def test_papers_and_targets_with_all_that_is_known(tmp_path: Path) -> None:
    (tmp_path / "legal").mkdir()
    (tmp_path / "rung").mkdir()
    (tmp_path / "legal" / "legal_documents.csv").write_text(
        "document,issued,in_force_from,status,in_force_until,replaced_by,remark\n"
        "NĐ 1/2020/NĐ-CP,2020-01-02,2020,ended,2026-01-01,NĐ 2/2025/NĐ-CP,cần xác nhận\n",
        encoding="utf-8",
    )
    (tmp_path / "rung" / "qd5_targets.csv").write_text(
        "paper,field,low,high,unit,year\n5/QĐ-TTg,Che phủ rừng,42.5,43,%,2030\n5/QĐ-TTg,Giống cây,,,,\n",
        encoding="utf-8",
    )
    registers = from_folder(tmp_path)
    (paper,) = registers.papers
    assert (paper.issued, paper.in_force_from, paper.in_force_until) == (
        date(2020, 1, 2),
        None,
        date(2026, 1, 1),
    )
    assert (paper.replaced_by, paper.remark) == ("NĐ 2/2025/NĐ-CP", "cần xác nhận")
    figures, words = registers.targets
    assert (figures.paper, figures.low, figures.high, figures.unit, figures.year) == (
        "5/QĐ-TTg",
        42.5,
        43,
        "%",
        2030,
    )
    assert (words.low, words.high, words.year) == (None, None, None)


def test_the_targets_that_the_project_carries() -> None:
    targets = from_folder(CARRIED).targets
    assert {target.paper for target in targets} == {"1894/QĐ-TTg"}
    assert sum(target.low is not None for target in targets) == 5
