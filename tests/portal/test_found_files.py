"""The list of a narrowed search as a file: the same entries as the page, bounded, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from luc.industry import actions
from luc.portal.registry import files
from tests.cast import Side
from tests.industry import life

FOUND = "/cong-khai/danh-ba/tim/"
EVIL = '=HYPERLINK("http://x.example";"lọc")'


@pytest.fixture
def client() -> Client:
    return Client()


def rows(client: Client, query: str) -> list[dict[str, str]]:
    text = client.get(f"{FOUND}?{query}&dang=csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_narrowed_list_is_taken_along(here: Side, client: Client) -> None:
    life.axes()
    _viewer, row, offer = life.verified(here)
    assert [one["id"] for one in rows(client, "muc=hang-hoa&tim=loc&tinh=92")] == [str(offer.pk)]
    assert rows(client, "muc=hang-hoa&tim=loc&tinh=01") == []
    (one,) = rows(client, "muc=doanh-nghiep&tim=xanh")
    assert (one["id"], one["tax_code"]) == (str(row.pk), life.CODE)
    told = json.loads(client.get(f"{FOUND}?tim=loc&dang=json").content)
    assert (told["cut"], [entry["id"] for entry in told["hang-hoa"]]) == ("", [offer.pk])
    text = client.get(f"{FOUND}?tim=loc&tinh=92").content.decode()
    assert "?muc=hang-hoa&amp;tim=loc&amp;tinh=92&amp;dang=xlsx" in text
    for query in ("dang=exe", "muc=khac&dang=csv"):
        assert client.get(f"{FOUND}?{query}").status_code == 404


def test_what_is_cut_is_said(here: Side, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    life.axes()
    life.verified(here)
    life.verified(here, "0200493225", "khac@xanh.example.vn")
    monkeypatch.setattr(files, "MOST", 1)
    told = json.loads(client.get(f"{FOUND}?tim=loc&dang=json").content)
    assert (len(told["hang-hoa"]), told["cut"]) == (1, "Chỉ gồm 1 mục đầu; hãy thu hẹp, hoặc dùng API.")


def test_a_name_is_no_formula(here: Side, client: Client) -> None:
    life.axes()
    viewer, _row, offer = life.verified(here)
    actions.save(viewer, "offer", offer.pk, values={**life.OFFER, "name": EVIL})
    actions.hand_in(viewer, offer.enterprise_id)
    life.accept(here, offer)
    assert rows(client, "muc=hang-hoa")[0]["name"] == f"'{EVIL}"
    answer = client.get(f"{FOUND}?muc=hang-hoa&dang=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert any(EVIL in line for line in sheet)
    assert b"<f>" not in answer.content
