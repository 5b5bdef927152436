"""Restoring an archive into an empty installation: in one transaction, verified before it counts."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django_scopes import scopes_disabled

from luc.kernel.backup import archive, making, release, rows
from luc.kernel.backup.stores import stores
from luc.kernel.errors import Refused
from luc.kernel.history import broken_links
from luc.kernel.models import ChainHead
from luc.kernel.writing import writing


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, from which release, and which files were lost when the archive was made."""

    rows: int
    files: int
    made_at: str
    luc: str
    upgraded: int
    lost: list[str]


def restore(source: Path) -> Restored:
    """Take an archive in. The files come first, the rows in one transaction that ends verified: whole or not at all.

    Raises Refused: no archive, a damaged one, one of a newer release, an installation that is not empty.
    """
    if connection.introspection.table_names():
        raise Refused(
            "Cơ sở dữ liệu này không trống. Chỉ khôi phục vào cơ sở dữ liệu chưa có bảng nào: "
            "hãy đặt LUC_DATABASE và LUC_HOME là nơi mới."
        )
    manifest = making.checked(source)
    with archive.opened(source) as (found, _manifest), scopes_disabled():
        loader = MigrationExecutor(connection).loader
        applied = [(app, name) for app, name in manifest["migrations"]]
        making.refuse_newer(release.compared(loader, applied))
        _put_files(found, manifest)
        try:
            with _without_checks(), transaction.atomic(), writing():
                _build(applied)
                _fill(found, manifest, release.models_at(loader, applied))
                upgraded = _upgrade()
                _verify(manifest)
        except IntegrityError as error:
            raise Refused(
                "Bản sao lưu có dòng trỏ tới dòng không có. Không có gì được ghi; hãy lấy một bản sao khác."
            ) from error
    counted = sum(table["rows"] for table in manifest["tables"].values())
    files = len(manifest["files"]) - len(manifest["lost"])
    return Restored(counted, files, manifest["made_at"], manifest["luc"], upgraded, manifest["lost"])


def _put_files(found: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Each under its hash: what lies there from an attempt that was cut off is the same."""
    known = stores()
    for path, file in manifest["files"].items():
        if path not in manifest["lost"]:
            known[file["table"]].write(path, file["sha256"], found.read(f"files/{path}"))


@contextmanager
def _without_checks() -> Iterator[None]:
    """SQLite does not put checks of references off inside a transaction, and rebuilds tables only without them."""
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def _build(applied: list[release.Migration]) -> None:
    """The tables as that release had them, without what its migrations put into them."""
    executor = MigrationExecutor(connection)
    executor.migrate(release.leaves(executor.loader, applied))
    connection.check_constraints()


def _fill(found: zipfile.ZipFile, manifest: dict[str, Any], models: list[rows.Model]) -> None:
    if {model._meta.db_table for model in models} != set(manifest["tables"]):
        raise Refused(
            "Bản sao lưu không khớp với các bảng của bản Lục đã làm ra nó. Hãy lấy một bản sao khác."
        )
    for model in models:
        model._base_manager.all().delete()
    for model in models:
        table = model._meta.db_table
        lines = archive.text(found, f"tables/{table}.jsonl")
        if json.loads(next(lines)) != rows.columns(model):
            raise Refused(f"Bảng {table} trong bản sao lưu có cột lạ.")
        rows.load(model, connection, lines)
        rows.go_on_from(model, connection, manifest["tables"][table]["last"])
        _same(model, manifest["tables"][table])
    # from here on each reference is looked at with its row: a table with rows still to be checked cannot be altered
    connection.check_constraints()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _same(model: rows.Model, said: dict[str, Any]) -> None:
    """What the database now holds is what the archive says, row by row."""
    counted = rows.Counted()
    for line in rows.lines(model, connection):
        counted.add(line)
    if (counted.count, counted.hash) != (said["rows"], said["hash"]):
        raise Refused(
            f"Bảng {model._meta.db_table} khôi phục ra không giống bản sao lưu. Không có gì được ghi."
        )


def _upgrade() -> int:
    """From the archive's release to this one; returns how many migrations that took."""
    missing = release.of_database().missing
    call_command("migrate", verbosity=0)
    connection.check_constraints()
    return len(missing)


def _verify(manifest: dict[str, Any]) -> None:
    """Every chain of history ends where the archive says, and holds where it held."""
    if making.chains(connection) != manifest["chains"]:
        raise Refused("Nhật ký thay đổi khôi phục ra không giống bản sao lưu. Không có gì được ghi.")
    for head in ChainHead.objects.all():
        if broken_links(head.tenant_id) and not head.broken:
            raise Refused(
                "Chuỗi nhật ký khôi phục ra không liền. Không có gì được ghi; hãy lấy một bản sao khác."
            )
