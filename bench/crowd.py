"""Clerks at their browsers on the evening a report is due, and an officer who watches the board.

Everybody comes when the clock says so, however slow the server is; a fixed number of threads carries them.
"""

from __future__ import annotations

import gzip
import heapq
import http.client
import itertools
import random
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from bench.country import Collected, Desk
from tests.crash.load import GONE, found
from tests.server import Answer

AUTOSAVE_AGAIN = 15.0  # luc.js tries a save that failed again after this
RELOAD = 2.0  # a person presses again after an error page of the browser
THINK = (1.0, 3.0)
LOOK_EVERY = 1.0  # how long the officer waits between two looks at a board
Work = Generator[float, None, None]


@dataclass(frozen=True, slots=True)
class Timing:
    """One acknowledged request: what it was, when it was sent, how long until its last byte was there."""

    kind: str
    sent: float
    seconds: float


@dataclass
class Told:
    """What the server acknowledged, and what it took."""

    words: set[str] = field(default_factory=set)
    by_report: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    handed_in: dict[int, int] = field(default_factory=dict)
    by_province: Counter[int] = field(default_factory=Counter)
    timings: list[Timing] = field(default_factory=list)
    cut_off: int = 0
    wrong: list[str] = field(default_factory=list)
    late: float = 0.0
    last: tuple[float, int] | None = None

    def submitted(self, desk: Desk, submission: int) -> None:
        """A submission was acknowledged just now."""
        self.handed_in[desk.report] = submission
        with _LOCK:
            self.by_province[desk.province] += 1
            self.last = (time.monotonic(), desk.province)


_LOCK = threading.Lock()


class Browser:
    """Asks with the cookies it was given; takes compressed pages as browsers do; follows no redirect."""

    def __init__(self, address: str, session: str) -> None:
        self.address, self.host = address, urlsplit(address).netloc
        self.cookies = {"sessionid": session}

    def ask(
        self, path: str, values: Mapping[str, str] | None = None, heads: Mapping[str, str] | None = None
    ) -> Answer:
        """GET, or POST when there are values. Raises one of GONE when no whole answer comes."""
        sent = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Encoding": "gzip",
            "Content-Type": "application/x-www-form-urlencoded",
            **(heads or {}),
        }
        body = None if values is None else urlencode(values)
        line = http.client.HTTPConnection(self.host, timeout=30)
        try:
            line.request("GET" if body is None else "POST", path.partition("#")[0], body, sent)
            answer = line.getresponse()
            data = answer.read()
        finally:
            line.close()
        for one in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value
        page = gzip.decompress(data) if answer.headers.get("Content-Encoding") == "gzip" else data
        return Answer(answer.status, answer.headers.get("Location", ""), page.decode())


class Clerk:
    """Opens the form, writes, is saved twice by the page, looks once more and hands in."""

    def __init__(self, address: str, desk: Desk, told: Told, chance: random.Random) -> None:
        self.desk, self.told, self.chance = desk, told, chance
        self.browser = Browser(address, desk.session)
        self.form = f"/bao-cao/{desk.report}/"

    def work(self) -> Work:
        """Every step; yields how many seconds pass before the next."""
        fields = fields_of((yield from self._get("form", self.form)).page)
        rows = [name.removesuffix("-state") for name in fields if re.fullmatch(r"part-\d+-state", name)]
        values = [name for name in fields if re.fullmatch(r"figure-\d+-value", name)]
        for turn, row in enumerate(rows[:2], 1):
            yield self.chance.uniform(*THINK)
            word = f"[{self.desk.name}-{turn}]"
            fields |= {f"{row}-state": "took_part", f"{row}-result": f"Đã tổ chức tập huấn {word}"}
            fields[values[turn - 1]] = f"7{self.chance.randint(0, 9)},5"
            if turn == 2:
                fields |= {"rest-nil": "1", "obstacle-99-nil": "1"}
            yield from self._autosave(fields, word)
        yield self.chance.uniform(*THINK)
        yield from self._hand_in(fields)

    def _autosave(self, fields: dict[str, str], word: str) -> Generator[float, None, None]:
        answer = yield from self._ask("save", self.form, fields, {"X-Autosave": "1"}, again=AUTOSAVE_AGAIN)
        assert answer.status == 200, (answer.status, answer.page[-500:])
        assert '"error"' not in answer.page, answer.page
        fields["version"] = found(r'"version": "(\d+)"', answer.page)
        self.told.words.add(word)
        self.told.by_report[self.desk.report].add(word)

    def _hand_in(self, fields: dict[str, str]) -> Work:
        answer = yield from self._ask("to review", self.form, {**fields, "goto": "review"})
        assert answer.status == 302, (answer.status, answer.page[-500:])
        page = (yield from self._get("review", answer.to)).page
        yield self.chance.uniform(*THINK)
        sent = {
            name: found(rf'name="{name}" value="([^"]+)"', page)
            for name in ("version", "csrfmiddlewaretoken")
        }
        answer = yield from self._ask("hand in", f"{self.form}xem-lai/", sent)
        if answer.status != 302:  # sent again after an answer that never came: the report is there already
            answer = yield from self._ask("after a conflict", f"{self.form}xem-lai/")
        assert answer.status == 302, (answer.status, answer.page[-500:])
        self.told.submitted(self.desk, int(found(r"/bao-cao/da-gui/(\d+)/", answer.to)))
        yield from self._get("what was sent", answer.to)

    def _get(self, kind: str, path: str) -> Generator[float, None, Answer]:
        answer = yield from self._ask(kind, path)
        assert answer.status == 200, (path, answer.status, answer.page[-500:])
        return answer

    def _ask(
        self,
        kind: str,
        path: str,
        values: Mapping[str, str] | None = None,
        heads: Mapping[str, str] | None = None,
        again: float = RELOAD,
    ) -> Generator[float, None, Answer]:
        """Until there is an answer."""
        while True:
            sent = time.monotonic()
            try:
                answer = self.browser.ask(path, values, heads)
            except GONE:
                self.told.cut_off += 1
                yield again
                continue
            self.told.timings.append(Timing(kind, sent, time.monotonic() - sent))
            return answer


def fields_of(page: str) -> dict[str, str]:
    """The fields of the report's form that say something yet, or would as they stand; buttons are left out."""
    form = page.partition('id="bieu"')[2].partition("</form>")[0]
    names = re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', form)
    fields = dict.fromkeys(names, "") | dict.fromkeys((n for n in names if n.endswith("-kind")), "actual")
    for name in ("version", "csrfmiddlewaretoken"):
        fields[name] = found(rf'name="{name}" value="([^"]+)"', form)
    return fields


class Watcher(threading.Thread):
    """As soon as a submission is acknowledged the officer loads that province's board: is it counted, and how soon.

    Between two looks the officer rests; what was acknowledged meanwhile is not looked at, or the rest would be counted.
    """

    def __init__(self, address: str, rounds: list[Collected], told: Told) -> None:
        super().__init__(daemon=True)
        self.rounds, self.told = rounds, told
        self.browsers = [Browser(address, row.officer) for row in rounds]
        self.seen: list[Timing] = []
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.02):
            with _LOCK:
                last, self.told.last = self.told.last, None
                count = self.told.by_province[last[1]] if last else 0
            if last:
                self._look(*last, count)
                self.ended.wait(LOOK_EVERY)
                with _LOCK:
                    self.told.last = None

    def _look(self, since: float, province: int, count: int) -> None:
        try:
            answer = self.browsers[province].ask(f"/ky-bao-cao/{self.rounds[province].cycle}/")
        except GONE:
            return
        shown = int(found(r'<progress max="\d+" value="(\d+)"', answer.page))
        self.seen.append(Timing("board", since, time.monotonic() - since))
        if shown < count:
            self.told.wrong.append(f"board of province {province} shows {shown}, {count} were acknowledged")


class Crowd:
    """Carries every clerk from arrival to the end by a fixed number of threads."""

    def __init__(self, address: str, desks: list[Desk], seconds: float, threads: int, seed: int = 4) -> None:
        self.told, chance = Told(), random.Random(seed)
        begin, order = time.monotonic(), itertools.count()
        self._due = [
            (begin + chance.uniform(0, seconds), next(order), Clerk(address, desk, self.told, chance).work())
            for desk in desks
        ]
        heapq.heapify(self._due)
        self._order, self._left = order, len(desks)
        self._change = threading.Condition()
        self._threads = [threading.Thread(target=self._carry, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def wait(self, until: float) -> int:
        """Until everybody is done or the moment has come; returns how many are not."""
        with self._change:
            self._change.wait_for(lambda: not self._left, max(0.0, until - time.monotonic()))
            return self._left

    def _carry(self) -> None:
        while (step := self._next()) is not None:
            due, work = step
            self.told.late = max(self.told.late, time.monotonic() - due)
            try:
                pause = next(work)
            except StopIteration:
                self._put(None)
            except Exception as error:
                self.told.wrong.append(repr(error)[:800])
                self._put(None)
            else:
                self._put((time.monotonic() + pause, next(self._order), work))

    def _put(self, step: tuple[float, int, Work] | None) -> None:
        with self._change:
            if step:
                heapq.heappush(self._due, step)
            else:
                self._left -= 1
            self._change.notify_all()

    def _next(self) -> tuple[float, Work] | None:
        with self._change:
            while self._left:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    due, _, work = heapq.heappop(self._due)
                    return due, work
                self._change.wait(wait)
            return None
