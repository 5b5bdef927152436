"""Who harvests and enumerates: every public door is opened, and nothing that is not public stands behind one.

Secret words are planted in a draft, in what waits, in what was returned, hidden, merged, withdrawn, refused, and looked
for behind every address that links, lists, numbers and searches lead to, in pages, files, feeds and the API.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from luc.exchange import limiting
from luc.industry import actions
from luc.industry.models import Enterprise, Picture, Sheet
from luc.industry.proposing import actions as proposing
from luc.kernel.rights import STRANGER
from luc.kernel.search.vocabulary import recount
from luc.kernel.text import search_key
from luc.portal.registry import pages
from tests.cast import Side
from tests.industry import life, listed

HOUSEHOLD = "092090001234"
SECRETS = {
    "draft": "Ngọcbíchdraft",
    "draft offer": "Trântrâudraft",
    "waiting": "Kimngânchờ",
    "open value": "Lamngọcsửa",
    "returned": "Hổpháchtrả",
    "remark": "Nhậnxétkín",
    "hidden": "Sanhôẩn",
    "merged": "Mãnãogộp",
    "contact": "Lưulyrút",
    "phone": "0912 888 777",
    "mail": "luuly@rut.example.vn",
    "suggestion": "Gópýbịbỏ",
    "reason": "Lýdobỏkín",
    "waiting suggestion": "Gópýđangchờ",
    "unverified picture": "Ảnhchưaduyệt",
    "sheet": "tailieukin",
    "proposal": "Đềxuấtnháp",
    "list": "Danhmụcchờduyệt",
    "household": HOUSEHOLD,
}
DOORS = ["/", "/cong-khai/", "/en/public/", "/sitemap.xml", "/robots.txt", "/api/v1/", "/api/v1/openapi.json"]
DOORS += ["/danh-muc-du-lieu.ttl", "/danh-muc-du-lieu.jsonld", "/dang-ky-doanh-nghiep/", "/tiep-can/"]
DOORS += [f"/api/v1/{name}?limit=200" for name in ("enterprises", "offers", "fields", "kinds", "plans")]
SPACES = ("/cong-khai/danh-ba/", "/en/public/danh-ba/")
NUMBERED = [f"{space}{name}/{{n}}/" for space in SPACES for name in ("doanh-nghiep", "hang-hoa")]
NUMBERED += [
    "/api/v1/enterprises/{n}",
    "/api/v1/offers/{n}",
    "/gop-y-doanh-nghiep/{n}/",
    "/tai-lieu-hang-hoa/{n}/",
]
NUMBERED += ["/anh-hang-hoa/{n}/lon/", "/anh-hang-hoa/{n}/nho/"]
FILES = [
    f"{{space}}du-lieu/{name}.{form}"
    for name in ("doanh-nghiep", "hang-hoa")
    for form in ("csv", "xlsx", "json")
]
FILES += [
    f"{{space}}tim/?muc={part}&dang={form}"
    for part in ("doanh-nghiep", "hang-hoa")
    for form in ("csv", "xlsx", "json")
]


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


def planted(side: Side) -> Enterprise:
    """A public enterprise, and beside it and in it every secret; returns the public one."""
    viewer, row, offer = life.verified(side)
    actions.save(viewer, "enterprise", row.pk, values={"about": SECRETS["open value"]})
    actions.add_picture(viewer, offer.pk, data=life.photograph(), words=SECRETS["unverified picture"])
    actions.add_sheet(viewer, offer.pk, name=f"{SECRETS['sheet']}.pdf", data=b"%PDF-1.7 tailieukin")
    contact = {"name": SECRETS["contact"], "position": "", "phone": SECRETS["phone"], "mail": SECRETS["mail"]}
    actions.give_contact(viewer, row.pk, **contact, agreed=True)
    actions.withdraw_contact(viewer, row.pk)
    _unseen(side)
    _hidden(side, row)
    _suggested(side, row)
    words = {"list_name": "Danh mục quốc gia", "name": SECRETS["proposal"], "reason": "Cần."}
    proposing.draft(side.viewer("clerk_finance"), party=side.parties["finance"].pk, catalogue=None, **words)
    listed.brought(side, listed.paper([f"| 1 | {SECRETS['list']} | bộ | | |"]))
    return row


def _unseen(side: Side) -> None:
    """A draft with a good, one that waits, one that came back."""
    viewer, row = life.register(side, "0200493225", "draft@an.example.vn", SECRETS["draft"])
    actions.save(viewer, "enterprise", row.pk, values={**life.entry(side), "name": SECRETS["draft"]})
    offer = actions.add_offer(viewer, row.pk, name=SECRETS["draft offer"])
    actions.add_picture(viewer, offer.pk, data=life.photograph(), words=SECRETS["draft offer"])
    for code, key in (("5700434869", "waiting"), ("0101248141", "returned")):
        viewer, row = life.register(side, code, f"{key}@an.example.vn", SECRETS[key])
        actions.save(viewer, "enterprise", row.pk, values={**life.entry(side), "name": SECRETS[key]})
        actions.hand_in(viewer, row.pk)
        if key == "returned":
            life.accept(side, row, about=SECRETS["remark"])


def _hidden(side: Side, into: Enterprise) -> None:
    """One that was public and is withdrawn, one that was merged, a household."""
    for code, key in (("0101243150", "hidden"), ("0304741634", "merged"), (HOUSEHOLD, "household")):
        viewer, row = life.register(side, code, f"{key}@an.example.vn", "Hộ kinh doanh Sen")
        name = "Hộ kinh doanh Sen" if key == "household" else SECRETS[key]
        actions.save(viewer, "enterprise", row.pk, values={**life.entry(side), "name": name})
        actions.hand_in(viewer, row.pk)
        life.accept(side, row)
        if key == "hidden":
            actions.withdraw(viewer, "enterprise", row.pk)
        if key == "merged":
            actions.merge(side.viewer("officer"), row.pk, into=into.pk, reason="một doanh nghiệp")


def _suggested(side: Side, row: Enterprise) -> None:
    said = actions.suggest(STRANGER, row.pk, text=SECRETS["suggestion"], origin="a")
    actions.settle(side.viewer("officer"), said.pk, taken=False, reason=SECRETS["reason"])
    actions.suggest(STRANGER, row.pk, text=SECRETS["waiting suggestion"], origin="a")


def behind(answer: HttpResponse) -> str:
    """All words of an answer: of its head, of its body, of the parts of a workbook."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    head = " ".join(f"{name}: {value}" for name, value in answer.items())
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return head + " ".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return head + data.decode(errors="replace")


def doors() -> Iterator[str]:
    """Every address that links lead to from the public doors, then every number one may try, every file."""
    client, seen = Client(), set[str]()
    waiting = deque(DOORS)
    while waiting:
        address = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        yield address
        text = behind(client.get(address))
        for found in re.findall(r"(?:href|src|action)=\"([^\"#]+)|<loc>([^<]+)|\"(http[^\"]+)\"", text):
            one = next(filter(None, found)).replace("&amp;", "&").removeprefix("http://127.0.0.1:8000")
            if one.startswith(
                ("/cong-khai/", "/en/public/", "/api/", "/anh-hang-hoa/", "/tai-lieu-hang-hoa/")
            ):
                waiting.append(one)
    highest = max(model.objects.order_by("-pk")[0].pk for model in (Enterprise, Picture, Sheet)) + 2
    yield from (address.format(n=n) for address in NUMBERED for n in range(1, highest))
    yield from (address.format(space=space) for address in FILES for space in SPACES)


def leaks(text: str, but: str = "") -> list[str]:
    """The secrets that a text holds, as written or without marks."""
    bare = search_key(text)
    return [
        name for name, word in SECRETS.items() if word != but and (word in text or search_key(word) in bare)
    ]


def test_no_public_door_shows_what_is_not_public(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(side)
    monkeypatch.setattr(limiting, "MOST", 10**6)
    monkeypatch.setattr(pages, "MOST", 10**6)
    client, opened = Client(), 0
    for address in doors():
        answer = client.get(address)
        assert answer.status_code in {200, 301, 302, 304, 404, 405}, (address, answer.status_code)
        assert leaks(behind(answer)) == [], address
        opened += answer.status_code == 200
    assert opened > 60
    assert client.cookies.get("sessionid") is None


def test_no_search_finds_it_nor_helps_towards_it(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(side)
    recount()
    monkeypatch.setattr(limiting, "MOST", 10**6)
    for word in SECRETS.values():
        slip = word[:2] + word[3:]
        for asked in (search_key(word), slip):
            assert_not_found(word, asked)
            assert word not in Client().get(f"{SPACES[0]}tim/", {"tim": slip}).content.decode()


def assert_not_found(word: str, asked: str) -> None:
    """Neither page nor file nor API finds anything, whatever is asked, or names another secret."""
    client = Client()
    for space in SPACES:
        text = client.get(f"{space}tim/", {"tim": asked}).content.decode()
        assert not re.findall(r'href="[^"]*/(?:doanh-nghiep|hang-hoa)/\d+/"', text), asked
        assert leaks(text, but=word) == [], asked
    for form in ("csv", "xlsx", "json"):
        file = client.get(f"{SPACES[0]}tim/", {"tim": asked, "muc": "doanh-nghiep", "dang": form})
        assert leaks(behind(file), but=word) == [], (asked, form)
    for kind in ("enterprises", "offers"):
        assert client.get(f"/api/v1/{kind}", {"tim": asked}).json()["items"] == [], asked


def test_the_secrets_are_there_for_whom_they_concern(side: Side) -> None:
    """What is looked for everywhere else stands where it should: a search that cannot find proves nothing."""
    planted(side)
    officer = Client()
    officer.force_login(side.people["officer"])
    seen = "".join(
        officer.get(address).content.decode()
        for address in (
            "/doanh-nghiep/",
            "/doanh-nghiep/gop-y/",
            "/danh-muc-hang-hoa/nhap/",
            "/danh-muc-hang-hoa/de-xuat/",
        )
    )
    assert {"waiting", "returned", "hidden", "waiting suggestion", "proposal"} <= set(leaks(seen))


def test_what_a_browser_kept_is_not_said_to_be_still_right(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    client = Client()
    contact = {"name": SECRETS["contact"], "position": "", "phone": SECRETS["phone"], "mail": ""}
    actions.give_contact(viewer, row.pk, **contact, agreed=True)
    entry = f"{SPACES[0]}doanh-nghiep/{row.pk}/"
    kept = client.get(entry)["ETag"]
    actions.withdraw_contact(viewer, row.pk)
    again = client.get(entry, headers={"if-none-match": kept})
    assert (again.status_code, leaks(again.content.decode())) == (200, [])
    addresses = [SPACES[0], f"{SPACES[0]}tim/", f"{SPACES[0]}thong-ke/", "/sitemap.xml", "/api/v1/offers"]
    addresses += [
        entry,
        f"{SPACES[0]}hang-hoa/{offer.pk}/",
        f"/api/v1/enterprises/{row.pk}",
        "/danh-muc-du-lieu.ttl",
    ]
    addresses += [address.format(space=SPACES[0]) for address in FILES]
    marks = {address: client.get(address)["ETag"] for address in addresses}
    actions.withdraw(viewer, "enterprise", row.pk)
    for address in addresses:
        answer = client.get(address, headers={"if-none-match": marks[address]})
        if "danh-muc-du-lieu" not in address:  # names tables, no entries
            assert answer.status_code in {200, 404}, address
        assert "Công ty Xanh" not in behind(answer), address


def test_files_of_what_is_hidden_are_gone_with_it(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    picture = actions.add_picture(viewer, offer.pk, data=life.photograph(), words="Bồn")
    sheet = actions.add_sheet(viewer, offer.pk, name="a.pdf", data=b"%PDF-1.7")
    addresses = [
        f"/anh-hang-hoa/{picture.pk}/lon/",
        f"/anh-hang-hoa/{picture.pk}/nho/",
        f"/tai-lieu-hang-hoa/{sheet.pk}/",
    ]
    client = Client()
    assert [client.get(one).status_code for one in addresses] == [404] * 3
    actions.save(viewer, "offer", offer.pk, values={"about": "Bồn lọc bốn lớp."})
    actions.hand_in(viewer, row.pk)
    life.accept(side, offer)
    assert [client.get(one).status_code for one in addresses] == [200] * 3
    actions.withdraw(viewer, "enterprise", row.pk)
    assert [client.get(one).status_code for one in addresses] == [404] * 3


def test_registering_says_of_no_code_whether_it_is_known(side: Side) -> None:
    life.verified(side)
    told = []
    for code in (life.CODE, "0200493225"):
        form = {"mail": "hoi@dau.example.vn", "tax_code": code, "tenant": side.tenant.pk}
        answer = Client(REMOTE_ADDR="203.0.113.7").post("/dang-ky-doanh-nghiep/", form)
        told.append(re.sub(r'nonce="[^"]*"|value="[^"]{64}"', "", answer.content.decode()))
    assert told[0] == told[1]


def test_who_opens_entries_too_fast_waits_and_others_do_not(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    _viewer, row, offer = life.verified(side)
    monkeypatch.setattr(pages, "MOST", 3)
    addresses = [
        f"{SPACES[0]}doanh-nghiep/{row.pk}/",
        f"{SPACES[0]}hang-hoa/{offer.pk}/",
        f"{SPACES[0]}hang-hoa/999/",
    ]
    client, tomorrow = Client(), timezone.now() + timedelta(days=1)
    with time_machine.travel(tomorrow.replace(second=20, microsecond=0), tick=False) as clock:
        assert [client.get(one).status_code for one in addresses] == [200, 200, 404]
        late = client.get(addresses[0])
        assert (late.status_code, late["Retry-After"]) == (429, "40")
        assert "no-store" in late["Cache-Control"]
        assert "Vừa có quá nhiều trang" in late.content.decode()
        english = client.get(addresses[0].replace("/cong-khai/", "/en/public/"))
        assert (english.status_code, "Too many pages" in english.content.decode()) == (429, True)
        assert client.get(f"{SPACES[0]}tim/").status_code == 200
        assert Client(REMOTE_ADDR="203.0.113.9").get(addresses[0]).status_code == 200
        inside = Client()
        inside.force_login(side.people["officer"])
        assert inside.get(addresses[0]).status_code == 200
        clock.shift(40)
        assert client.get(addresses[0]).status_code == 200
