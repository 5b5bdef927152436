"""What the database's own process has spent: on PostgreSQL the work of a statement is another process's."""

from __future__ import annotations

import os
from pathlib import Path


def spent() -> float:
    """Seconds of CPU of PostgreSQL's process behind this connection, on the same machine; 0 on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
