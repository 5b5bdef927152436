"""The connection: before a request takes a kept one over it is looked at, not asked; rows come as they lie.

Django asks `SELECT 1` at every request. A server that ended, or ended this connection, has closed its side, and that is
seen here without a word to it.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but for `is_usable`, and for what makes some rows of many other rows the next time."""

    def init_connection_state(self) -> None:
        """A new connection: no scan begins where another one is just now, none is shared out among processes."""
        super().init_connection_state()
        with self.cursor() as cursor:
            cursor.execute("SET synchronize_seqscans = off; SET max_parallel_workers_per_gather = 0")

    def is_usable(self) -> bool:
        """Whether the server still holds this connection; it is asked only when there is something to read."""
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return super().is_usable() if line.poll(0) else True
