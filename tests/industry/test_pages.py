"""The pages of the registry: a stranger registers without JavaScript, an officer verifies, nobody is told too much."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luc.industry import actions, queries
from luc.industry.models import Enterprise, Knock, Offer
from luc.kernel.models import Mail
from tests.cast import Side
from tests.industry import life

SignedIn = Callable[..., Client]


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


def registered(side: Side, client: Client, code: str = life.CODE, mail: str = life.MAIL) -> str:
    """The page that answers a registration, and the link that was mailed."""
    asked = {"mail": mail, "tax_code": code, "tenant": side.tenant.pk}
    answer = client.post(reverse("industry:register"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_registers_lists_and_is_verified(side: Side, signed_in: SignedIn) -> None:
    client = Client()
    registered(side, client)
    link = re.search(r"http\S+/dang-ky-doanh-nghiep/\S+", Mail.objects.latest("pk").body)
    assert link
    path = link.group().split("8000")[1]
    assert "Mã số thuế" in client.get(path).content.decode()
    begun = {"name": "Công ty Xanh", "full_name": "Trần Thị Xanh", "password": life.PASSWORD}
    answer = client.post(path, begun)
    row = Enterprise.objects.get()
    assert answer.headers["Location"] == f"/ho-so-doanh-nghiep/{row.pk}/khai/dia-chi/"
    assert client.get("/doanh-nghiep-cua-toi/").status_code == 302
    assert (
        f'<option value="{side.province.pk}" selected>'
        in client.get(answer.headers["Location"]).content.decode()
    )
    said = {"province": side.province.pk, "commune": "an binh", "street": "12 Ba Mươi", "tiep": "1"}
    assert client.post(answer.headers["Location"], said).headers["Location"].endswith("/hoat-dong/")
    client.post(
        f"/ho-so-doanh-nghiep/{row.pk}/khai/hoat-dong/", {"about": "Lọc nước.", "markets": "Lào\n\nMỹ"}
    )
    assert 'value="Công ty Xanh"' in client.get(f"/ho-so-doanh-nghiep/{row.pk}/khai/ten/").content.decode()
    client.post(f"/ho-so-doanh-nghiep/{row.pk}/hang-hoa/", {"name": "Bồn lọc"})
    offer = Offer.objects.get()
    main = {"name": "Bồn lọc", "field": "nuoc_thai", "kind": "thiet_bi", "about": "Ba lớp."}
    client.post(f"/hang-hoa-cua-toi/{offer.pk}/khai/co-ban/", main)
    more = {
        "capacity": "1.200,5",
        "capacity_unit": "m³/ngày",
        "ecolabel": "Nhãn A",
        "ecolabel_until": "31/12/2030",
    }
    client.post(f"/hang-hoa-cua-toi/{offer.pk}/khai/ky-thuat/", more)
    photo = SimpleUploadedFile("a.html", life.photograph(), "text/html")
    client.post(f"/hang-hoa-cua-toi/{offer.pk}/anh/", {"file": photo, "words": "Bồn"})
    assert "Bồn" in client.get(f"/hang-hoa-cua-toi/{offer.pk}/").content.decode()
    assert "Xem như công chúng" in client.get(f"/ho-so-doanh-nghiep/{row.pk}/").content.decode()
    assert "1.200,5 m³/ngày" in client.get(f"/ho-so-doanh-nghiep/{row.pk}/xem-truoc/").content.decode()
    client.post(f"/ho-so-doanh-nghiep/{row.pk}/gui/")
    officer = signed_in("officer")
    assert "Công ty Xanh" in officer.get("/doanh-nghiep/cho-kiem-tra/").content.decode()
    judge(officer, row.pk)
    judge(officer, row.pk)
    assert queries.public_offers().get().capacity_unit == "m³/ngày"
    assert queries.public_offers().get().ecolabel_until is not None
    assert queries.public_enterprises().get().markets == ["Lào", "Mỹ"]


def judge(officer: Client, enterprise: int, **remarks: str) -> None:
    """Send the first form of the page of checking as it is, with remarks."""
    page = officer.get(f"/doanh-nghiep/{enterprise}/kiem-tra/").content.decode()
    hidden = re.findall(r'<input type="hidden" name="(kind|pk|seen)" value="(\w+)"', page)[:3]
    told = {f"remark-{name}": words for name, words in remarks.items()}
    assert officer.post(f"/doanh-nghiep/{enterprise}/kiem-tra/", dict(hidden) | told).status_code == 302


def test_the_answer_is_the_same_for_known_and_unknown(side: Side) -> None:
    life.verified(side)
    known = registered(side, Client(), life.CODE, life.MAIL)
    unknown = registered(side, Client(), life.OTHER_CODE, "moi@moi.example.vn")
    assert known.replace(life.MAIL, "") == unknown.replace("moi@moi.example.vn", "")


def test_trying_codes_is_slowed_down(side: Side) -> None:
    client = Client()
    for number in range(10):
        registered(side, client, mail=f"{number}@a.example.vn")
    assert "sau một giờ" in registered(side, client, mail="x@a.example.vn")
    assert not Knock.objects.filter(who__contains="127.0.0.1").exists()


def test_what_is_wrong_stands_at_its_field(side: Side) -> None:
    client = Client()
    assert "số kiểm tra không khớp" in registered(side, client, "0100109107")
    viewer, row = life.register(side)
    client.force_login(life.User.objects.get(pk=viewer.user))
    said = {"province": side.province.pk, "commune": "an binhh", "point": "91; 5"}
    page = client.post(f"/ho-so-doanh-nghiep/{row.pk}/khai/dia-chi/", said).content.decode()
    assert "Có phải: Phường An Bình" in page
    assert "vĩ độ (từ 6 đến 24)" in page
    offer = actions.add_offer(viewer, row.pk, name="Bồn")
    wrong = {"capacity": "1.5x", "capacity_unit": "m³/ngày", "hs_code": "12"}
    page = client.post(f"/hang-hoa-cua-toi/{offer.pk}/khai/ky-thuat/", wrong).content.decode()
    assert "Mã HS gồm" in page


def test_a_picture_is_nothing_but_a_picture(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    picture = actions.add_picture(viewer, offer.pk, data=life.photograph(form="PNG"), words="x")
    path = f"/anh-hang-hoa/{picture.pk}/lon/"
    stranger, own = Client(), Client()
    own.force_login(life.User.objects.get(pk=viewer.user))
    assert stranger.get(path).status_code == 404
    assert own.get(path).headers["Cache-Control"] == "private, no-store"
    actions.hand_in(viewer, row.pk)
    life.accept(side, offer)
    answer = stranger.get(path)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert life.Image.open(io.BytesIO(answer.content)).format == "JPEG"
    assert stranger.get(f"/anh-hang-hoa/{picture.pk}/goc/").status_code == 404
    actions.withdraw(viewer, "offer", offer.pk)
    assert stranger.get(path).status_code == 404


def test_what_somebody_types_is_shown_as_words(side: Side, signed_in: SignedIn) -> None:
    viewer, row = life.register(side, name="<script>alert(1)</script>")
    actions.save(
        viewer, "enterprise", row.pk, values=life.entry(side) | {"name": "<script>alert(1)</script>"}
    )
    actions.hand_in(viewer, row.pk)
    officer = signed_in("officer")
    for path in (f"/doanh-nghiep/{row.pk}/kiem-tra/", f"/ho-so-doanh-nghiep/{row.pk}/", "/doanh-nghiep/"):
        page = officer.get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_an_enterprise_finds_nothing_of_the_tenant(side: Side) -> None:
    viewer, _row = life.register(side)
    client = Client()
    client.force_login(life.User.objects.get(pk=viewer.user))
    for path in ("/co-quan/", "/doanh-nghiep/", "/ke-hoach/", "/con-nguoi/"):
        answer = client.get(path)
        assert answer.status_code in {200, 403}
        assert "Sở Tài chính" not in answer.content.decode()
    assert client.get("/").headers["Location"] == "/doanh-nghiep-cua-toi/"
    desk = client.get("/doanh-nghiep-cua-toi/", follow=True).content.decode()
    assert "Doanh nghiệp của tôi" in desk
    assert 'href="/co-quan/"' not in desk


def test_a_list_costs_the_same_for_many(
    side: Side, signed_in: SignedIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    viewer, row, _offer = life.verified(side)
    for number in range(12):
        offer = actions.add_offer(viewer, row.pk, name=f"Bồn {number}")
        actions.save(viewer, "offer", offer.pk, values=life.OFFER)
    client = Client()
    client.force_login(life.User.objects.get(pk=viewer.user))
    with django_assert_max_num_queries(32):  # type: ignore[attr-defined]
        assert client.get(f"/ho-so-doanh-nghiep/{row.pk}/").status_code == 200
