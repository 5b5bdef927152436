"""Making an archive: every table in one moment, then the files that its rows name."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django_scopes import scopes_disabled

from luc.kernel.backup import archive, release, rows
from luc.kernel.backup.stores import Lost, stores
from luc.kernel.errors import Refused
from luc.kernel.time import now

ALIAS = "snapshot"


@dataclass(frozen=True, slots=True)
class Made:
    """What an archive holds, and the files that were missing or changed when it was made."""

    path: Path
    tables: int
    rows: int
    files: int
    size: int
    lost: list[str]


def target_for(where: str) -> Path:
    """The file to write: as named, or in a folder under the moment. Raises Refused: there is one, no folder."""
    path = Path(where)
    if path.is_dir() or where.endswith(os.sep):
        path = path / f"luc-{now():%Y%m%d-%H%M%S}.zip"
    if path.exists():
        raise Refused(f"Đã có tệp {path}. Hãy chọn tên khác.")
    if not path.parent.is_dir():
        raise Refused(f"Không có thư mục {path.parent}.")
    return path


def make(target: Path) -> Made:
    """Write all that the installation keeps into a new archive; people may go on working meanwhile.

    Raises Refused when the database is of a newer release or empty. A file that is lost does not stop the backup of
    everything else: it is named.
    """
    with scopes_disabled(), snapshot() as there:
        loader = MigrationLoader(there)
        stands = release.of_database(there)
        if not stands.applied:
            raise Refused("Cơ sở dữ liệu còn trống, chưa có gì để sao lưu.")
        refuse_newer(stands)
        with archive.written(target) as into:
            manifest: dict[str, Any] = {"tables": {}, "files": {}, "lost": []}
            for model in release.models_at(loader, stands.applied):
                manifest["tables"][model._meta.db_table] = _table(into, model, there, manifest)
            manifest["chains"] = chains(there)
            _finish(there)
            _files(into, manifest)
            archive.say(into, manifest | _head(there, stands))
    counted = sum(table["rows"] for table in manifest["tables"].values())
    lost = sorted(manifest["lost"])
    files = len(manifest["files"]) - len(lost)
    return Made(target, len(manifest["tables"]), counted, files, target.stat().st_size, lost)


def refuse_newer(stands: release.Release) -> None:
    """Raises Refused when a database has had migrations that this program does not know."""
    if stands.unknown:
        app, name = stands.unknown[-1]
        raise Refused(
            f"Cơ sở dữ liệu do bản Lục mới hơn tạo ra ({app} {name}); bản này là {version('luc')}. "
            "Không hạ cấp được: hãy cài lại bản mới hơn, hoặc khôi phục bản sao lưu làm trước khi nâng cấp."
        )


def _head(there: BaseDatabaseWrapper, stands: release.Release) -> dict[str, Any]:
    return {
        "format": archive.FORMAT,
        "luc": version("luc"),
        "database": there.vendor,
        "made_at": now().isoformat(),
        "migrations": stands.applied,
        "left_out": sorted(release.PASSING),
    }


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A second connection that sees one moment and holds nobody up: REPEATABLE READ, or a reader beside the WAL."""
    there = connection.copy(ALIAS)
    if there.vendor == "sqlite":
        options = there.settings_dict.get("OPTIONS", {})
        there.settings_dict["OPTIONS"] = options | {"transaction_mode": "DEFERRED"}
    connections[ALIAS] = there
    try:
        with transaction.atomic(using=ALIAS):
            if there.vendor == "postgresql":
                with there.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield there
    finally:
        there.close()
        del connections[ALIAS]


def _finish(there: BaseDatabaseWrapper) -> None:
    """Files need no snapshot, they never change: what the database holds back for us it may let go."""
    transaction.set_rollback(True, using=there.alias)


def _table(
    into: zipfile.ZipFile, model: rows.Model, there: BaseDatabaseWrapper, manifest: dict[str, Any]
) -> dict[str, Any]:
    table, counted, names = model._meta.db_table, rows.Counted(), rows.columns(model)
    store = stores().get(table)
    where = (names.index("path"), names.index("sha256")) if store else None
    with into.open(f"tables/{table}.jsonl", "w", force_zip64=True) as out:
        out.write((json.dumps(names) + "\n").encode())
        for line in rows.lines(model, there):
            out.write((counted.add(line) + "\n").encode())
            if where:
                row = json.loads(line)
                manifest["files"][row[where[0]]] = {"table": table, "sha256": row[where[1]]}
    return {"rows": counted.count, "hash": counted.hash, "last": rows.last_key(model, there)}


def _files(into: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    known = stores()
    for path, file in sorted(manifest["files"].items()):
        try:
            data = known[file["table"]].read(path, file["sha256"])
        except Lost:
            manifest["lost"].append(path)
            continue
        file["size"] = len(data)
        into.writestr(zipfile.ZipInfo(f"files/{path}"), data, zipfile.ZIP_STORED)


def chains(there: BaseDatabaseWrapper) -> dict[str, list[Any]]:
    """Each chain of history, by tenant: how long it is and its last hash."""
    with there.cursor() as cursor:
        cursor.execute("SELECT tenant_id, sequence, hash FROM kernel_chainhead ORDER BY tenant_id")
        return {str(tenant or ""): [sequence, last] for tenant, sequence, last in cursor.fetchall()}


def checked(source: Path) -> dict[str, Any]:
    """Read an archive whole, each row and file against the manifest; returns that. Raises Refused."""
    with archive.opened(source) as (found, manifest):
        for table, said in manifest["tables"].items():
            counted, lines = rows.Counted(), archive.text(found, f"tables/{table}.jsonl")
            next(lines)
            for line in lines:
                counted.add(line)
            if (counted.count, counted.hash) != (said["rows"], said["hash"]):
                raise ValueError(table)
        for path, file in manifest["files"].items():
            if path not in manifest["lost"]:
                data = found.read(f"files/{path}")
                if hashlib.sha256(data).hexdigest() != file["sha256"]:
                    raise ValueError(path)
        return manifest
