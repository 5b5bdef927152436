"""Every public page is walked: no person of the cast, no draft, no unpublished plan, no other tenant stands there."""

from __future__ import annotations

import re
from collections import deque

import pytest
from django.test import Client

from luc.kernel.models import User
from luc.kernel.writing import writing
from luc.portal.privacy import kept_back, names_of
from tests.cast import Cast, Side
from tests.plan import make_plan
from tests.portal.life import publish, reported
from tests.reporting import life

SECRET_PLAN = "99/KH-MAT"
SECRET_WORDS = "Bản nháp chưa gửi của Sở Tài chính"


def walk() -> dict[str, str]:
    """Every page of everybody that links lead to, by address; the files they offer too."""
    client, pages = Client(), dict[str, str]()
    waiting = deque(["/", "/cong-khai/", "/en/public/", "/sitemap.xml", "/robots.txt"])
    while waiting:
        address = waiting.popleft()
        if address in pages:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        pages[address] = answer.content.decode(errors="replace")
        for found in re.findall(
            r'(?:href|src)="(?:http://127\.0\.0\.1:8000)?(/[^"#]*)|<loc>http://[^/]+(/[^<]*)', pages[address]
        ):
            one = (found[0] or found[1]).replace("&amp;", "&")
            if one.startswith(("/cong-khai/", "/en/public/")) and ".xlsx" not in one:
                waiting.append(one)
    return pages


def test_nothing_private_stands_on_any_public_page(cast: Cast, here: Side) -> None:
    plan = reported(here, "environment")
    life.write(here, "finance", {})
    draft = life.report_of(here, "finance")
    whole = life.draft_of(here, "finance")
    rows = life.full_answers(whole, words=SECRET_WORDS, value="61,379")
    life.write(here, "finance", rows, version=whole.report.version)
    assert draft.pk
    with writing():
        User.objects.filter(pk=here.people["clerk_environment"].pk).update(phone="0912345678")
    secret = make_plan(here, number=SECRET_PLAN)
    publish(here, plan, with_words=True)
    pages = walk()
    assert len(pages) > 60
    people = User.objects.values_list("username", "full_name", "email")
    private = {word for row in people for word in row} | {
        "0912345678",
        SECRET_PLAN,
        SECRET_WORDS,
        "61,379",
        "61.379",
    }
    private |= {f"/cong-khai/{secret.pk}/", f"/public/{secret.pk}/", cast.there.tenant.name}
    for address, page in pages.items():
        assert not [word for word in private if word in page], address


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gọi 0912.345.678 hoặc 02923 838 000", "0912.345.678"),
        ("Gọi +84 912 345 678", "+84 912 345 678"),
        ("Số căn cước 092087001234 của ông A", "092087001234"),
        ("Bà Nguyễn Thị Hoa phụ trách", "Nguyễn Thị Hoa"),
        ("Kinh phí 1.234.567.890 đồng; 0,95 lần; QĐ 1894/QĐ-TTg ngày 04/09/2025", ""),
        ("Hoa Sen được trồng ở 12 điểm, 1234567 m2", ""),
    ],
)
def test_personal_words_are_found_and_plain_ones_are_not(text: str, found: str) -> None:
    assert kept_back(text, names_of(["Nguyễn Thị Hoa", "Sen"])) == found
