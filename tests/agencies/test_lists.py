"""People from Excel: the sheet goes out, faults come back by cell, and everybody is invited at once or nobody."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence

import pytest
import python_calamine as calamine
import xlsxwriter  # type: ignore[import-untyped]
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.agencies.models import Invitation
from tests.cast import Cast, Side

SignIn = Callable[..., Client]
Line = Sequence[str]


def filled(empty: bytes, people: Sequence[Line]) -> bytes:
    """The sheet that went out, with lines (party, name, role, mail) typed into it."""
    source = calamine.CalamineWorkbook.from_filelike(io.BytesIO(empty))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name in source.sheet_names:
            rows = source.get_sheet_by_name(name).to_python(skip_empty_area=False)
            page = book.add_worksheet(name)
            for y, row in enumerate(rows):
                page.write_row(y, 0, row)
            if name.startswith("1."):
                head = next(y for y, row in enumerate(rows) if row[0] == "luc_keys")
                for y, line in enumerate(people, head + 1):
                    page.write_row(y, 1, line)
    return out.getvalue()


def send(client: Client, people: Sequence[Line]) -> tuple[int, str]:
    empty = client.get(reverse("agencies:list_sheet")).content
    file = SimpleUploadedFile("ds.xlsx", filled(empty, people))
    answer = client.post(reverse("agencies:list"), {"file": file})
    return answer.status_code, answer.content.decode()


def confirm(client: Client, page: str) -> str:
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept
    return client.post(reverse("agencies:list_confirm"), {"kept": kept[1]}).content.decode()


def lines(side: Side) -> list[Line]:
    finance, commune = side.parties["finance"].name, side.parties["commune_1"].name
    return [
        (finance, "Trần Thị Mới", "Chuyên viên báo cáo", "moi@example.org"),
        (finance.upper(), "Lê Văn Hai", "người duyệt", ""),
        (commune, "Phạm Ba", "Thủ trưởng đơn vị", ""),
    ]


def test_a_list_is_looked_at_then_everybody_is_invited(signed_in: SignIn, here: Side) -> None:
    client = signed_in("administrator")
    status, preview = send(client, lines(here))
    assert status == 200
    assert Invitation.objects.count() == 0
    done = confirm(client, preview)
    rows = {(row.full_name, row.party_id, row.role) for row in Invitation.objects.all()}
    assert rows == {
        ("Trần Thị Mới", here.parties["finance"].pk, "clerk"),
        ("Lê Văn Hai", here.parties["finance"].pk, "approver"),
        ("Phạm Ba", here.parties["commune_1"].pk, "head"),
    }
    links = re.findall(r"http://testserver(/loi-moi/[^<\s]+)", done)
    assert len(links) == 3
    assert Client().get(links[0]).status_code == 200


def test_the_same_list_again_invites_nobody_twice(signed_in: SignIn, here: Side) -> None:
    client = signed_in("administrator")
    confirm(client, send(client, lines(here))[1])
    _status, preview = send(
        client, [*lines(here), (here.parties["finance"].name, "Người Mới", "người duyệt", "")]
    )
    assert "đã có lời mời đang chờ" in preview
    confirm(client, preview)
    assert Invitation.objects.count() == 4


def test_a_confirmation_pressed_twice_invites_once(signed_in: SignIn, here: Side) -> None:
    client = signed_in("administrator")
    _status, preview = send(client, lines(here))
    confirm(client, preview)
    assert "3 người vừa được người khác mời" in confirm(client, preview)
    assert Invitation.objects.count() == 3


def test_faults_are_named_by_cell_and_nobody_is_invited(signed_in: SignIn, here: Side) -> None:
    finance = here.parties["finance"].name
    wrong: list[Line] = [
        ("Sở Không Có", "A B", "Chuyên viên báo cáo", ""),
        (finance, "", "Chuyên viên báo cáo", ""),
        (finance, "C D", "Vua", ""),
        (finance, "E F", "Chuyên viên báo cáo", "không phải thư"),
        (finance, "Trùng Tên", "Chuyên viên báo cáo", ""),
        (finance, "trùng tên", "Chuyên viên báo cáo", ""),
    ]
    client = signed_in("administrator")
    status, page = send(client, wrong)
    assert status == 422
    first = 5
    for cell in (f"B{first}", f"C{first + 1}", f"D{first + 2}", f"E{first + 3}", f"C{first + 5}"):
        assert f"<strong>{cell}</strong>" in page, cell
    assert 'name="kept"' not in page
    assert Invitation.objects.count() == 0


def test_a_head_invites_into_the_own_agency_only(signed_in: SignIn, here: Side) -> None:
    client = signed_in("head_finance")
    own, other = here.parties["finance"], here.parties["commune_1"]
    status, page = send(client, [(other.name, "Ai Đó", "Chuyên viên báo cáo", "")])
    assert status == 422
    status, page = send(client, [(own.name, "Ai Đó", "Quản trị", "")])
    assert status == 422
    status, page = send(client, [(own.name, "Ai Đó", "Chuyên viên báo cáo", "")])
    assert status == 200
    confirm(client, page)
    assert Invitation.objects.get().party == own


def test_what_somebody_else_uploaded_or_changed_is_not_taken(
    signed_in: SignIn, here: Side, cast: Cast
) -> None:
    _status, preview = send(signed_in("administrator"), lines(here))
    kept = re.search(r'name="kept" value="([^"]+)"', preview)
    assert kept
    for client, value in (
        (signed_in("administrator", cast.there), kept[1]),
        (signed_in("administrator"), kept[1] + "x"),
    ):
        client.post(reverse("agencies:list_confirm"), {"kept": value})
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("person", ["clerk_finance", "leader"])
def test_who_invites_nobody_has_no_list(signed_in: SignIn, here: Side, person: str) -> None:
    for name in ("agencies:list", "agencies:list_sheet"):
        assert signed_in(person).get(reverse(name)).status_code == 403


def test_more_people_cost_no_more_statements_to_look_at(signed_in: SignIn, here: Side) -> None:
    client = signed_in("administrator")
    counts = []
    for n in (1, 60):
        people = [
            (here.parties["finance"].name, f"Người Số {i}", "Chuyên viên báo cáo", "") for i in range(n)
        ]
        with CaptureQueriesContext(connection) as asked:
            assert send(client, people)[0] == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
