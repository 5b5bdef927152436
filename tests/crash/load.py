"""People who work while the server is killed, and what each was told is saved."""

from __future__ import annotations

import hashlib
import itertools
import re
import threading
import time
import urllib.error
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.cast import PASSWORD
from tests.server import Person, Server

GONE = (urllib.error.URLError, HTTPException, OSError)


@dataclass
class Told:
    """What the server acknowledged, by everybody: words saved, files kept, reports handed in and judged."""

    words: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)
    handed_in: set[int] = field(default_factory=set)
    judged: dict[int, str] = field(default_factory=dict)

    def copy(self) -> Told:
        return Told(set(self.words), dict(self.files), set(self.handed_in), dict(self.judged))

    def __len__(self) -> int:
        return len(self.words) + len(self.files) + len(self.handed_in) + len(self.judged)


class Crowd:
    """Each person in a thread of its own, doing one thing after the other until `stop`; a dead server is waited for."""

    def __init__(self, server: Server) -> None:
        self.told = Told()
        self.wrong: list[BaseException] = []
        self._ended = threading.Event()
        writes = ["clerk_finance", "clerk_science", "clerk_commune"]
        works = [Writer(server, name, self.told).work for name in writes]
        works.append(Judged(server, "clerk_environment", self.told).work)
        self._threads = [threading.Thread(target=self._live, args=[work], daemon=True) for work in works]

    def _live(self, work: Callable[[], Iterator[None]]) -> None:
        try:
            while not self._ended.is_set():
                try:
                    for _ in work():
                        if self._ended.is_set():
                            return
                except GONE:
                    time.sleep(0.05)
        except BaseException as error:
            self.wrong.append(error)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish; raises what went wrong for one of them."""
        self._ended.set()
        for thread in self._threads:
            thread.join(timeout=60)
        self.check()

    def check(self) -> None:
        if self.wrong:
            raise AssertionError("somebody was told something wrong") from self.wrong[0]


class Writer:
    """A clerk who saves a part of the own report, again and again, and now and then adds a file."""

    def __init__(self, server: Server, name: str, told: Told) -> None:
        self.name, self.told = name, told
        self.person = Person(server)
        self.person.sign_in(f"a.{name}", PASSWORD)
        self.report = found(r'href="/bao-cao/(\d+)/"', self.person.get("/bao-cao/"))
        self.numbers = itertools.count(1)

    @property
    def form(self) -> str:
        return f"/bao-cao/{self.report}/"

    def work(self) -> Iterator[None]:
        page = self.person.get(self.form)
        rows = re.findall(r'name="((?:part|duty)-\d+)-result"', page)
        for row in itertools.cycle(rows):
            number = next(self.numbers)
            self.save(found(r'name="version" value="(\d+)"', self.person.get(self.form)), row, number)
            yield
            if number % 4 == 0:
                self.add_file(number)
                yield

    def save(self, version: str, row: str, number: int) -> None:
        words = f"[{self.name}-{number}]"
        values = {"version": version, f"{row}-result": words, f"{row}-state": "on_time", f"{row}-nil": ""}
        answer = self.person.post(self.form, values)
        assert answer.status in {302, 409}, (
            answer.status,
            answer.page[-2000:],
        )  # 409: an unacknowledged save came in
        if answer.status == 302:
            self.told.words.add(words)

    def add_file(self, number: int) -> None:
        data = b"%PDF-1.4\n" + f"{self.name} {number} ".encode() * 2000
        name = f"{self.name}-{number}.pdf"
        answer = self.person.post(f"{self.form}minh-chung/", {}, {"file": (name, data)})
        assert answer.status == 302, (answer.status, answer.page[-2000:])
        self.told.files[name] = hashlib.sha256(data).hexdigest()


class Judged(Writer):
    """A clerk who answers everything and hands in; an officer returns it; it is corrected and handed in again."""

    def __init__(self, server: Server, name: str, told: Told) -> None:
        super().__init__(server, name, told)
        self.officer = Person(server)
        self.officer.sign_in("a.officer", PASSWORD)

    def work(self) -> Iterator[None]:
        while True:
            page = self.person.get(self.form)
            if waiting := re.search(r'action="/bao-cao/da-gui/(\d+)/tra-lai/"', self.officer_sees(page)):
                self.give_back(int(waiting[1]))
            else:
                self.hand_in(page, next(self.numbers))
            yield

    def officer_sees(self, page: str) -> str:
        """The page of the last submission, as the officer has it, when the report is not open for writing."""
        submission = re.search(r"/bao-cao/da-gui/(\d+)/tra-lai/|/bao-cao/da-gui/(\d+)/", page)
        is_open = 'name="version"' in page
        return (
            ""
            if is_open or not submission
            else self.officer.get(f"/bao-cao/da-gui/{submission[1] or submission[2]}/")
        )

    def give_back(self, submission: int) -> None:
        answer = self.officer.post(f"/bao-cao/da-gui/{submission}/tra-lai/", {"remarks": "Ghi rõ hơn"})
        assert answer.status == 302, (answer.status, answer.page[-2000:])
        self.told.judged[submission] = "returned"

    def hand_in(self, page: str, number: int) -> None:
        words = f"[{self.name}-{number}]"
        values = {"version": found(r'name="version" value="(\d+)"', page), "obstacle-99-nil": "1"}
        for row in re.findall(r'name="((?:part|duty|figure)-\d+)-result"', page):
            values |= {f"{row}-result": words, f"{row}-nil": ""}
            values |= {f"{row}-state": "on_time"} if row.startswith("part") else {}
            values |= (
                {f"{row}-value": f"{number % 90},5", f"{row}-kind": "actual"}
                if row.startswith("figure")
                else {}
            )
        answer = self.person.post(self.form, values)
        assert answer.status in {302, 409}, (answer.status, answer.page[-2000:])
        if answer.status != 302:
            return
        self.told.words.add(words)
        review = self.person.get(f"{self.form}xem-lai/")
        version = re.search(r'name="version" value="(\d+)"', review)
        if version:
            answer = self.person.post(f"{self.form}xem-lai/", {"version": version[1]})
            assert answer.status == 302, (answer.status, answer.page[-2000:])
            self.told.handed_in.add(int(found(r"/bao-cao/da-gui/(\d+)/", answer.to)))


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match is not None, (pattern, page[-3000:])
    return match[1]
