"""What was read from pictures is looked at before it counts; what cannot be read or kept is said plainly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from luc.kernel.errors import Refused
from luc.plans import actions, queries, scans
from luc.plans.fields import BY_SLUG
from luc.plans.gaps import gaps
from luc.plans.models import Reading
from tests.cast import Side
from tests.plans.papers import PLAN
from tests.plans.scanned import as_scan
from tests.plans.test_reading import read
from vanban.reading import scan

SignIn = Callable[..., Client]
SHORT = PLAN[: PLAN.index("PHỤ LỤC")]


@pytest.fixture(scope="module")
def pictures() -> bytes:
    return as_scan(SHORT)


def scanned(side: Side, data: bytes) -> Reading:
    return actions.upload(side.viewer("officer"), tenant=side.tenant.pk, name="ban-quet.pdf", data=data)


def test_the_reader_says_scans_in_the_words_that_are_looked_for() -> None:
    assert scans.TO_BE_CHECKED in scan.REMARK


def test_every_item_of_a_scan_waits_until_somebody_has_looked_at_it(
    here: Side, signed_in: SignIn, pictures: bytes
) -> None:
    reading, viewer = scanned(here, pictures), here.viewer("officer")
    review = queries.review(viewer, reading.pk)
    waiting = scans.unchecked(review)
    assert "dau-van-ban" in waiting
    assert {item["key"] for item in review.content["duties"]} <= waiting
    key = review.content["duties"][0]["key"]
    client = signed_in("officer")
    page = client.get(reverse("plans:section", args=[reading.pk, "to-chuc-thuc-hien"])).content.decode()
    assert scan.REMARK in page
    assert page.count("Đã đối chiếu, đúng") == len(review.content["duties"])
    assert any("cần kiểm tra" in gap.message for gap in gaps(review))
    client.post(reverse("plans:check", args=[reading.pk, key]))
    assert scans.unchecked(queries.review(viewer, reading.pk)) == waiting - {key}
    with pytest.raises(Refused):
        actions.check(viewer, reading.pk, key=key)


def test_a_corrected_item_was_looked_at_and_a_whole_part_can_be(here: Side, pictures: bytes) -> None:
    reading, viewer = scanned(here, pictures), here.viewer("officer")
    actions.correct(viewer, reading.pk, key="dau-van-ban", values={"kind": "KẾ HOẠCH NĂM"}, version=0)
    assert "dau-van-ban" not in scans.unchecked(queries.review(viewer, reading.pk))
    for section in BY_SLUG.values():
        if any(key.startswith(section.prefix) for key in scans.unchecked(queries.review(viewer, reading.pk))):
            assert actions.check(viewer, reading.pk, section=section)
    assert scans.unchecked(queries.review(viewer, reading.pk)) == set()


def test_only_the_pages_that_are_pictures_are_to_be_checked(here: Side) -> None:
    reading, viewer = read(here), here.viewer("officer")
    review = queries.review(viewer, reading.pk)
    assert scans.unchecked(review) == set()
    document = {**(review.reading.document or {}), "remarks": [f"trang 2 {scan.REMARK}"]}
    review.reading.document = document
    first, second = review.content["tasks"][:2]
    first["places"], second["places"] = (
        [{**first["places"][0], "page": 1}],
        [{**second["places"][0], "page": 2}],
    )
    assert {first["key"], second["key"]} & scans.unchecked(review) == {second["key"]}


@pytest.fixture
def no_ocr(pictures: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine on which no program is found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    scan.is_installed.cache_clear()
    yield
    scan.is_installed.cache_clear()


def test_a_machine_without_ocr_says_so(here: Side, signed_in: SignIn, pictures: bytes, no_ocr: None) -> None:
    page = signed_in("officer").get(reverse("plans:upload")).content.decode()
    assert "Máy này chưa cài OCR" in page
    reading = scanned(here, pictures)
    assert reading.state == Reading.State.WAITING
    assert reading.job is not None
    assert "máy này chưa có OCR" in reading.job.error
    page = signed_in("officer").get(reverse("plans:readings")).content.decode()
    assert "máy này chưa có OCR" in page


@pytest.mark.parametrize(
    ("name", "data", "is_read"),
    [
        ("nul.txt", PLAN.replace("Sở Tài chính", "Sở Tài\x00chính").encode(), False),
        ("nul.html", f"<p>{PLAN.replace(chr(10), '</p><p>')}&#0;</p>".encode(), True),
    ],
)
def test_a_nul_is_refused_or_left_out_and_never_kept(
    here: Side, name: str, data: bytes, is_read: bool
) -> None:
    reading = actions.upload(here.viewer("officer"), tenant=here.tenant.pk, name=name, data=data)
    assert (reading.state == Reading.State.REVIEW) == is_read
    assert "\\u0000" not in json.dumps([reading.document, reading.content])


def test_every_finding_leads_to_its_words(here: Side, signed_in: SignIn) -> None:
    text = PLAN.replace("| Sở Công Thương | 2026 - 2028 |", "| Sở Tài chính | |").replace(
        "Mở lớp tập huấn", "Mở lớp tập huấn kĩ thuật và tuyên tuyền"
    )
    reading = read(here, text)
    found = [one for one in reading.findings if one["places"]]
    assert any("row" in place for one in found for place in one["places"]), "none in a table"
    page = signed_in("officer").get(reverse("plans:section", args=[reading.pk, "phat-hien"])).content.decode()
    for n, one in enumerate(reading.findings, 1):
        if one["places"]:
            assert f'href="#noi-phat-hien-{n}"' in page
            assert page.count(f'id="noi-phat-hien-{n}"') == 1
            assert f'data-place="noi-phat-hien-{n}"' in page.split('id="ben-noi-dung"')[0]
