"""`python -m luc.kernel.health.probe`: asks the web processes of this machine whether they are ready (containers)."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request


def main() -> int:
    """0 when `/suc-khoe/` answers 200 under the first name of LUC_HOSTS; the port is LUC_PORT, else 8000."""
    host = os.environ.get("LUC_HOSTS", "127.0.0.1").split(",")[0].strip()
    address = f"http://127.0.0.1:{os.environ.get('LUC_PORT', '8000')}/suc-khoe/"
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Host": host}), timeout=4):
            return 0
    except (urllib.error.URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
