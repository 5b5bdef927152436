"""Registers that checks rest on, as plain values handed in by the caller."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency (or kind of body) that exists from valid_from (included) to valid_to (excluded)."""

    name: str
    abbreviation: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    sure: bool = True
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalPaper:
    """A legal paper from in_force_from (included) to in_force_until (excluded), as the register says.

    `number` may hold a kind or name beside it, and several numbers; `remark` says what is not sure.
    """

    number: str
    in_force_from: date | None = None
    status: str = ""
    issued: date | None = None
    in_force_until: date | None = None
    replaced_by: str = ""
    remark: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class NationalTarget:
    """A target of a national paper that provincial plans carry out; without figures it is in words only."""

    field: str
    low: float | None
    high: float | None
    unit: str
    year: int | None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Registers:
    """All that a check may ask."""

    agencies: tuple[Agency, ...] = ()
    papers: tuple[LegalPaper, ...] = ()
    targets: tuple[NationalTarget, ...] = ()


def from_folder(folder: Path) -> Registers:
    """Reads agencies/departments.csv with the other names of agencies/groups.csv, legal/legal_documents.csv and
    */*_targets.csv; a missing file is empty.

    Raises ValueError for a date or number that is none or a row with too many or too few fields, KeyError for
    a column that is missing.
    """
    named = {row["name"]: row["other_names"] for row in _rows(folder / "agencies" / "groups.csv")}
    agencies = tuple(
        Agency(
            name=row["name"],
            abbreviation=row["abbreviation"] or None,
            valid_from=_date(row["valid_from"]),
            valid_to=_date(row["valid_to"]),
            successors=_successors(row["successors"]),
            sure="confirm" not in row["sureness"],
            other_names=_names(named.get(row["name"], "")),
        )
        for row in _rows(folder / "agencies" / "departments.csv")
    )
    papers = tuple(
        LegalPaper(
            row["document"],
            _date(row["in_force_from"]),
            row["status"],
            issued=_date(row["issued"]),
            in_force_until=_date(row.get("in_force_until") or ""),
            replaced_by=row.get("replaced_by") or "",
            remark=row.get("remark") or "",
            title=row.get("title") or "",
        )
        for row in _rows(folder / "legal" / "legal_documents.csv")
    )
    return Registers(agencies, papers, national_targets(folder))


def national_targets(folder: Path) -> tuple[NationalTarget, ...]:
    """Reads */*_targets.csv. Raises as `from_folder`."""
    return tuple(
        NationalTarget(
            field=row["field"],
            low=_number(row["low"]),
            high=_number(row["high"]),
            unit=row["unit"],
            year=int(row["year"]) if row["year"] else None,
            paper=row["paper"],
        )
        for path in sorted(folder.glob("*/*_targets.csv"))
        for row in _rows(path)
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from strict_rows(file, path.name)


def strict_rows(lines: Iterable[str], name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a head.

    Raises ValueError with the line where a row has another number of fields than the head, as a comma that is
    not quoted makes it.
    """
    reader = csv.reader(lines, strict=True)
    head = next(reader, [])
    for row in reader:
        if len(row) != len(head):
            raise ValueError(f"{name}, dòng {reader.line_num}: có {len(row)} ô, cần {len(head)} ô")
        yield dict(zip(head, row, strict=True))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == 10 else None


def _number(text: str) -> float | None:
    return float(text) if text.strip() else None


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _successors(text: str) -> tuple[str, ...]:
    return tuple(name for name in _names(text) if not name.startswith("("))
