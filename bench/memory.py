"""What the processes of `luc serve` keep in memory, at first and after 2,000 requests: <= 150 MB a web process, flat.

    python -m bench.memory [--requests 2000] [--web 2] [--database postgresql]

A real province with a running round (103 communes, its departments) in a folder of its own; an officer, a clerk and a
leader go through every page that links lead to, downloads too, again and again, four at once. Prints for each process
what is its own (USS), its share of what is shared (PSS) and all it maps (RSS), from /proc; exit code 1 when a web
process has a PSS above the bound or grew by more than a tenth from a quarter of the requests on. Not measured: forms
that are sent, other tenants.
"""

from __future__ import annotations

import re
import sys
import tempfile
import threading
from itertools import cycle, islice
from pathlib import Path

from bench.evening import database
from bench.sizes import sizes
from tests.server import Person, Server

PASSWORD = "lucxanh2026"  # of the people whom the story invents
BOUND, GROWTH = 150.0, 1.1  # MB of PSS; from a quarter of the requests to the end
ROLES = ("officer", "clerk", "leader")
LINK = re.compile(r'href="(/[^"#?]*(?:\?[^"#]*)?)"')
LEFT_OUT = ("/tinh/", "/tai-khoan/", "/ngon-ngu/", "/sang-toi/")


def main() -> int:
    """Build, ask, print; 1 when a bound is not kept."""
    asked = sizes(__doc__, requests=2000, web=2, database="sqlite")
    with tempfile.TemporaryDirectory() as folder, database(asked.database) as address:
        server = Server(Path(folder) / "home", database=address or f"sqlite:///{folder}/home/luc.sqlite3")
        server.story("communes")
        server.luc("collectstatic", "--noinput", "-v0")
        server.start("--web", str(asked.web))
        try:
            return measure(server, asked.requests)
        finally:
            server.kill()


def measure(server: Server, requests: int) -> int:
    """Go through the pages and look at the processes in between."""
    assert server.process is not None
    _serving, worker = children(server.process.pid)[:2]
    print("requests  process        USS    PSS    RSS (MB)")
    show(0, webs(server), worker)
    visitors = [signed_in(server, role) for role in ROLES]
    pages = [(who, page) for who in visitors for page in reachable(who)]
    print(f"{len(pages)} pages of {len(visitors)} people")
    quarter = requests // 4
    first: list[float] = []
    for step in range(1, 5):
        ask_all(list(islice(cycle(pages), (step - 1) * quarter, step * quarter)))
        found = show(step * quarter, webs(server), worker)
        first = first or found
    most, grown = max(found), max(found) / max(first)
    kept = most <= BOUND and grown <= GROWTH
    said = "kept" if kept else "OVER"
    print(f"largest web process {most:.0f} of {BOUND:.0f} MB, x{grown:.2f} since {quarter} requests: {said}")
    return 0 if kept else 1


def children(number: int) -> list[int]:
    """The processes that a process has started."""
    return [int(word) for word in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def webs(server: Server) -> list[int]:
    assert server.process is not None
    return children(children(server.process.pid)[0])


def signed_in(server: Server, role: str) -> Person:
    """The first of the province who holds a role."""
    held = f"SELECT username FROM kernel_user WHERE username LIKE '%.{role}' ORDER BY id"
    person = Person(server)
    person.sign_in(server.rows(held)[0][0][0], PASSWORD)
    return person


def reachable(person: Person) -> list[str]:
    """Every address that links lead to from the first page; of those that differ by numbers only, three."""
    found, shapes, waiting = [], {}, ["/"]  # type: list[str], dict[str, int], list[str]
    seen = {"/"}
    while waiting and len(found) < 250:
        path = waiting.pop(0)
        answer = person.ask(path)
        if answer.status != 200:
            continue
        found.append(path)
        for link in LINK.findall(answer.page):
            link = link.replace("&amp;", "&")
            shape = re.sub(r"\d+|=[^&]*", "0", link)
            if link in seen or link.startswith(LEFT_OUT) or shapes.get(shape, 0) >= 3:
                continue
            seen.add(link)
            shapes[shape] = shapes.get(shape, 0) + 1
            waiting.append(link)
    return found


def ask_all(pages: list[tuple[Person, str]]) -> None:
    """Four at once."""
    going = iter(pages)
    lock = threading.Lock()

    def ask() -> None:
        while True:
            with lock:
                page = next(going, None)
            if page is None:
                return
            page[0].ask(page[1])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def show(requests: int, serving: list[int], worker: int) -> list[float]:
    """Print a line a process; returns the PSS of the web processes."""
    shares = []
    for name, number in [*((f"web {n}", number) for n, number in enumerate(serving, 1)), ("worker", worker)]:
        own, share, mapped = memory(number)
        print(f"{requests:8}  {name:12} {own:6.0f} {share:6.0f} {mapped:6.0f}", flush=True)
        shares.append(share)
    return shares[: len(serving)]


def memory(number: int) -> tuple[float, float, float]:
    """MB that only this process has, its share of all, and all it maps."""
    lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()[1:]
    size = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return size["Private_Clean"] + size["Private_Dirty"], size["Pss"], size["Rss"]


if __name__ == "__main__":
    sys.exit(main())
