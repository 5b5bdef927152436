"""The public pages: what they show, to whom, in which language, from where, and what they never do."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from luc.kernel.writing import writing
from luc.plans.models import Plan, Programme, Task
from luc.portal import actions
from tests.cast import Side
from tests.portal.life import publish, reported


@pytest.fixture
def plan(here: Side) -> int:
    """A published plan."""
    row = reported(here)
    publish(here, row)
    return row.pk


def get(address: str, **headers: str) -> str:
    answer = Client(headers=headers).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_a_stranger_reads_who_promised_what_and_how_far_it_is(plan: int) -> None:
    page = get(f"/cong-khai/{plan}/")
    assert "Phát triển ngành công nghiệp môi trường giai đoạn 2026 - 2030" in page
    assert "72,5 %" in page
    assert "<script" not in page
    assert "31/12/2030" in page
    tasks = get(f"/cong-khai/{plan}/nhiem-vu/")
    assert "Nhiệm vụ số 3: xây dựng mô hình xử lý chất thải" in tasks
    assert "Sở Nông nghiệp và Môi trường" in tasks
    assert f"/cong-khai/{plan}/" in get("/cong-khai/")
    assert "/cong-khai/" in get("/")


def test_each_task_has_its_page_and_its_twin(plan: int) -> None:
    task = Task.objects.filter(plan=plan, number="3").get()
    page = get(f"/cong-khai/{plan}/nhiem-vu/{task.pk}/")
    assert "đúng tiến độ" in page
    twin = json.loads(get(f"/cong-khai/{plan}/nhiem-vu/{task.pk}/du-lieu.json"))
    assert twin["task"]["leads"] == ["Sở Nông nghiệp và Môi trường"]
    assert Client().get(f"/cong-khai/{plan}/nhiem-vu/{task.pk + 1000}/").status_code == 404


def test_the_list_of_tasks_is_narrowed(plan: int) -> None:
    page = get(f"/cong-khai/{plan}/nhiem-vu/?trang-thai=on_time")
    assert "Nhiệm vụ số 3:" in page
    assert "Nhiệm vụ số 1:" not in page
    assert "Nhiệm vụ số 2:" in get(f"/cong-khai/{plan}/nhiem-vu/?tu=so+2")
    assert "Không có nhiệm vụ nào" in get(f"/cong-khai/{plan}/nhiem-vu/?han=2029-01-01")


def test_in_english_at_an_address_of_its_own(plan: int) -> None:
    page = get(f"/en/public/{plan}/")
    assert '<html lang="en"' in page
    assert "Targets" in page
    assert f'href="/en/public/{plan}/nhiem-vu/"' in page
    assert f'href="/cong-khai/{plan}/"' in page
    assert '<html lang="vi"' in get(f"/cong-khai/{plan}/", cookie="django_language=en")


PAGES = [
    "plan",
    "targets",
    "tasks",
    "units",
    "changes",
    "questions",
    "ask",
    "data",
    "feed",
    "calendar",
    "plan_json",
]


@pytest.mark.parametrize("name", PAGES)
def test_no_cookie_is_set_for_a_stranger(plan: int, name: str) -> None:
    answer = Client().get(reverse(f"portal:{name}", args=[plan]))
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize("name", [name for name in PAGES if name != "ask"])
def test_a_browser_that_has_it_gets_304(plan: int, here: Side, name: str) -> None:
    address = reverse(f"portal:{name}", args=[plan])
    first = Client().get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = Client().get(address, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content
    publish(here, Plan.objects.get(pk=plan), note="Lần hai")
    assert Client().get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_who_is_signed_in_shares_nothing_with_others(plan: int, here: Side) -> None:
    client = Client()
    client.force_login(here.people["officer"])
    answer = client.get(f"/cong-khai/{plan}/")
    assert "private" in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers


def test_a_page_is_made_once_for_strangers_and_anew_when_something_changed(plan: int, here: Side) -> None:
    address = f"/cong-khai/{plan}/nhiem-vu/?tu=so+3"
    first = Client().get(address)
    with CaptureQueriesContext(connection) as asked:
        again = Client().get(address)
    assert again.content == first.content
    assert {again.headers[one] for one in ("ETag", "Content-Type", "Content-Language")} == {
        first.headers[one] for one in ("ETag", "Content-Type", "Content-Language")
    }
    assert "Content-Security-Policy" in again.headers
    with CaptureQueriesContext(connection) as with_cookie:
        Client(headers={"cookie": "theme=dark"}).get(address)
    assert len(asked) <= len(with_cookie)
    officer = Client()
    officer.force_login(here.people["officer"])
    assert here.people["officer"].full_name in officer.get(address).content.decode()
    assert here.people["officer"].full_name not in Client().get(address).content.decode()
    publish(here, Plan.objects.get(pk=plan), note="Lần hai")
    assert Client().get(address).content != first.content


def test_a_page_takes_few_statements(plan: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """The edition, which figures and which progress of it were withdrawn, the answered questions."""
    client = Client()
    client.get(f"/cong-khai/{plan}/")
    with django_assert_num_queries(4):
        client.get(f"/cong-khai/{plan}/")
    with django_assert_num_queries(3):
        client.get(f"/cong-khai/{plan}/nhiem-vu/")
    with django_assert_num_queries(2):
        client.get("/cong-khai/")


def test_public_pages_read_published_rows_only(plan: int) -> None:
    """Nothing of the rows that people work on is asked, so nothing of them can be shown."""
    task = Task.objects.filter(plan=plan)[0].pk
    addresses = [reverse(f"portal:{name}", args=[plan]) for name in PAGES if name != "units"]
    addresses += ["/cong-khai/", f"/cong-khai/{plan}/nhiem-vu/{task}/", "/sitemap.xml", "/cong-khai/so-sanh/"]
    with CaptureQueriesContext(connection) as caught:
        for address in addresses:
            Client().get(address)
    tables = {name for query in caught for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    withdrawn = {"figures_standing", "plans_progresswithdrawal", "plans_progress", "plans_part", "plans_task"}
    # the map of the site names the public entries, and asks whether anything was done since
    registry = {"industry_enterprise", "industry_offer", "kernel_chainhead"}
    published = {"portal_edition", "portal_removal", "portal_question", "agencies_party"}
    assert tables <= published | withdrawn | registry


def test_framing_is_allowed_for_pictures_alone(plan: int) -> None:
    for picture in ("tien-do", "chi-tieu", "dia-ban", "thoi-han"):
        framed = Client().get(f"/cong-khai/{plan}/hinh/{picture}/")
        assert framed.status_code == 200
        assert "X-Frame-Options" not in framed.headers
        assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    page = Client().get(f"/cong-khai/{plan}/")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_the_data_come_as_csv_xlsx_and_json(plan: int) -> None:
    text = get(f"/cong-khai/{plan}/du-lieu/nhiem-vu.csv")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [line["number"] for line in lines] == ["1", "2", "3", "4", "5", "6"]
    assert lines[2]["state"] == "on_time"
    book = Client().get(f"/cong-khai/{plan}/du-lieu/tat-ca.xlsx").content
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    assert sheets[:2] == ["Nhiệm vụ", "Chỉ tiêu"]
    assert len(sheets) == 7
    whole = json.loads(get(f"/cong-khai/{plan}/du-lieu.json"))
    assert [row["value"] for row in whole["duong-chi-tieu"]] == [72.5]
    english = json.loads(get(f"/en/public/{plan}/du-lieu.json"))
    assert english["nhiem-vu"][0].keys() == whole["nhiem-vu"][0].keys()
    for address in ("khong-co.csv", "nhiem-vu.pdf", "tat-ca.csv"):
        assert Client().get(f"/cong-khai/{plan}/du-lieu/{address}").status_code == 404


def test_feeds_and_what_search_machines_read(plan: int) -> None:
    feed = get(f"/cong-khai/{plan}/tin.atom")
    assert "<title>Công bố lần 1</title>" in feed
    calendar = get(f"/cong-khai/{plan}/thoi-han.ics")
    assert "DTSTART;VALUE=DATE:20301231" in calendar
    assert calendar == get(f"/cong-khai/{plan}/thoi-han.ics")
    robots = get("/robots.txt")
    assert "Disallow: /\n" in robots
    assert f"/en/public/{plan}/</loc>" in get("/sitemap.xml")
    head = get(f"/cong-khai/{plan}/").partition("</head>")[0]
    assert 'hreflang="en"' in head
    assert '<meta property="og:title" content="15/KH-UBND' in head


def test_a_removed_plan_has_no_page_of_any_kind(plan: int, here: Side) -> None:
    actions.remove(here.viewer("officer"), plan, reason="Rà soát")
    for name in PAGES:
        assert Client().get(reverse(f"portal:{name}", args=[plan])).status_code == 404
    assert f"/cong-khai/{plan}/" not in get("/cong-khai/") + get("/sitemap.xml")


def test_plans_of_one_programme_stand_side_by_side(here: Side) -> None:
    row = reported(here)
    with writing():
        programme = Programme.objects.order_by("pk")[0]
        Plan.objects.filter(pk=row.pk).update(programme=programme)
    publish(here, Plan.objects.get(pk=row.pk))
    code = programme.code.lower()
    assert f"/cong-khai/so-sanh/{code}/" in get("/cong-khai/so-sanh/")
    page = get(f"/cong-khai/so-sanh/{code}/")
    assert here.province.full_name in page
    lines = list(
        csv.DictReader(io.StringIO(get(f"/cong-khai/so-sanh/{code}/du-lieu.csv").removeprefix("\ufeff")))
    )
    assert (lines[0]["tasks"], lines[0]["targets"], lines[0]["reached"]) == ("6", "2", "1")
    assert Client().get("/cong-khai/so-sanh/khong-co/").status_code == 404
