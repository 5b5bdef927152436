"""kill -9, 200 times under load: nothing that was acknowledged is missing, nothing is half there.

    python -m bench.kills [--kills 200] [--database postgresql]

The test of tests/crash/test_kill.py at length: clerks save, attach, hand in, an officer returns; the web processes are
killed at a moment chosen by chance, looked through, started again. After each kill every acknowledged word, file,
report and verdict must be there and no act by half; at the end every chain of history is verified. Prints one line
that begins with KILLS; raises where something is missing. Not tried: the loss of power (see test_sync: synced writes).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from bench.evening import database
from bench.sizes import sizes
from tests.server import Server


def main() -> int:
    """Build, kill, check, print."""
    asked = sizes(__doc__, kills=200, database="sqlite")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, database(asked.database) as address:
        os.environ |= {"LUC_HOME": f"{folder}/unused", "DJANGO_SETTINGS_MODULE": "luc.site.settings"}
        import django

        django.setup()
        from tests.crash.test_kill import survive

        server = Server(Path(folder) / "home", database=address or f"sqlite:///{folder}/home/luc.sqlite3")
        told = survive(server, asked.kills)
    seconds = time.monotonic() - began
    print(
        f"KILLS {asked.kills} on {asked.database} in {seconds:.0f} s; {told}; nothing lost, nothing by half"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
