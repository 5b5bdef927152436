"""Loading of the axes and of the codes of branches from refdata/industry; repeatable."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from django.db import models, transaction

from luc.industry.models import Branch, Field, Kind
from luc.kernel.writing import writing
from vanban.checks.registers import strict_rows

M = TypeVar("M", bound=models.Model)
Row = dict[str, str]


def load(refdata: Path) -> str:
    """Load fields, kinds and branches, where they are there; a second load writes nothing.

    Raises OSError, KeyError, ValueError for a broken file.
    """
    folder = refdata / "industry"
    if not folder.is_dir():
        return f"Chưa có danh mục công nghiệp môi trường ({folder}): chưa đăng ký được hàng hóa."
    fields, kinds = ([_axis(row) for row in _rows(folder / f"{name}.csv")] for name in ("fields", "kinds"))
    branches = [_branch(row) for row in _rows(folder / "vsic2025.csv")]
    with transaction.atomic(), writing():
        written = _save(Field, fields) + _save(Kind, kinds) + _save(Branch, branches)
    return (
        f"Công nghiệp môi trường: {len(fields)} lĩnh vực, {len(kinds)} loại, {len(branches)} mã ngành;"
        f" ghi mới hoặc sửa: {written}."
    )


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(strict_rows(lines, file.name))


def _axis(row: Row) -> dict[str, object]:
    names = ("code", "name", "name_en", "source", "sureness")
    return {name: row[name] for name in names} | {"order": int(row["order"])}


def _branch(row: Row) -> dict[str, object]:
    return {name: row[name] for name in ("code", "parent", "name", "sureness")} | {"level": int(row["level"])}


def _save(model: type[M], rows: list[dict[str, object]]) -> int:
    """Write what is new or differs; what the file names no more stays, offers may stand on it."""
    there = {row.code: row for row in model._default_manager.all()}  # type: ignore[attr-defined]
    new = [model(**values) for values in rows if values["code"] not in there]
    changed = []
    for values in rows:
        row = there.get(str(values["code"]))
        if row is not None and any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, [name for name in rows[0] if name != "code"])
    return len(new) + len(changed)
