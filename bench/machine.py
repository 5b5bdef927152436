"""What the machine did while something was measured on it: the server, the clients, and everybody else."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.server import Server

TICK = os.sysconf("SC_CLK_TCK")


class Machine:
    """Counts from when it is made: `started` when a server answers, `count` before each kill and at the end."""

    def __init__(self) -> None:
        self.began, self.busy, self.own = time.monotonic(), busy(), time.process_time()
        self.loads = [os.getloadavg()[0]]
        self.server, self.starting = 0.0, 0.0

    def started(self, server: Server) -> None:
        """Lay the CPU time until it answered aside."""
        assert server.process is not None
        spent = group(server.process.pid)
        self.starting, self.server = self.starting + spent, self.server - spent

    def count(self, server: Server) -> None:
        """Add the CPU time of a server's processes; look at the load."""
        assert server.process is not None
        self.server += group(server.process.pid)
        self.loads.append(os.getloadavg()[0])

    def told(self, reports: int) -> str:
        """CPU per report and the share that others took, in words."""
        seconds = time.monotonic() - self.began
        own, cores = time.process_time() - self.own, os.cpu_count() or 1
        others = busy() - self.busy - own - self.server - self.starting
        loads = " ".join(f"{load:.1f}" for load in self.loads)
        return (
            f"CPU: server {self.server:.0f} s ({self.server / max(reports, 1) * 1000:.0f} ms a report), "
            f"starting {self.starting:.0f} s, clerks {own:.0f} s, "
            f"everything else {max(0.0, others):.0f} s of {seconds * cores:.0f} s on {cores} cores; "
            f"loadavg {loads}"
        )


def busy() -> float:
    """Seconds that all cores together worked since the machine started."""
    user, nice, system, _idle, _wait, irq, soft, steal, *_ = (
        int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    )
    return (user + nice + system + irq + soft + steal) / TICK


def group(number: int) -> float:
    """Seconds of CPU of the living processes of a group and of their children that ended."""
    total = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = file.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(words[2]) == number:
            total += sum(int(word) for word in words[11:15])
    return total / TICK
