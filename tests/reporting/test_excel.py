"""The form as a workbook: taken away, filled in, brought back; looked at before anything is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luc.reporting.models import Answer, Report
from luc.reporting.queries.drafts import NO_OBSTACLES, Draft
from tests.cast import Cast, Side
from tests.reporting.life import draft_of, full_answers, hand_in, open_cycle, report_of, write
from tests.workbook import cells_of, retyped

SignIn = Callable[..., Client]


def take(client: Client, report: Report) -> bytes:
    return client.get(reverse("reporting:excel_form", args=[report.pk])).content


def bring(client: Client, report: Report, data: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("bieu.xlsx", data)
    answer = client.post(reverse("reporting:excel", args=[report.pk]), {"file": file})
    return answer.status_code, answer.content.decode()


def keep(client: Client, report: Report, page: str, *take_over: str) -> int:
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept, page[page.find("<main") :][:3000]
    values = {"kept": kept[1], "lay": list(take_over)}
    return client.post(reverse("reporting:excel_confirm", args=[report.pk]), values).status_code


def first(whole: Draft, section: str) -> Any:
    return next(line for line in whole.lines if line.row.asked_in == section)


@pytest.fixture
def finance(here: Side, signed_in: SignIn) -> tuple[Client, Report]:
    open_cycle(here)
    return signed_in("clerk_finance"), report_of(here, "finance")


def test_what_is_filled_in_is_shown_then_kept(here: Side, finance: tuple[Client, Report]) -> None:
    client, report = finance
    lead = first(draft_of(here, "finance"), "lead").row
    data = retyped(
        take(client, report),
        {
            ("chủ trì", lead.key, "state"): "dung tien do",
            ("chủ trì", lead.key, "result"): "Đã họp ba lần",
            ("Vướng mắc", NO_OBSTACLES, "nil"): "X",
        },
    )
    status, page = bring(client, report, data)
    assert status == 200
    assert "Đã họp ba lần" in page
    assert not Answer.objects.filter(report=report).exists()
    assert keep(client, report, page) == 302
    whole = draft_of(here, "finance")
    assert first(whole, "lead").values["state"] == "on_time"
    assert first(whole, "lead").values["result"] == "Đã họp ba lần"
    assert whole.no_obstacles


def test_what_is_answered_goes_out_and_comes_back_unchanged(
    here: Side, finance: tuple[Client, Report]
) -> None:
    client, report = finance
    write(here, "finance")
    status, page = bring(client, report, take(client, report))
    assert status == 200
    assert "giống hệt" in page


def test_every_answer_can_be_given_in_the_workbook(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    for party, person in (("environment", "clerk_environment"), ("science", "clerk_science")):
        client, report = signed_in(person), report_of(here, party)
        whole = draft_of(here, party)
        cells: dict[tuple[str, str, str], object] = {("Vướng mắc", NO_OBSTACLES, "nil"): "x"}
        for line in whole.lines:
            sheet = {"lead": "chủ trì", "coordinate": "phối hợp", "duty": "Tổ chức", "figure": "Chỉ tiêu"}[
                line.row.asked_in
            ]
            given: dict[str, dict[str, object]] = {
                "lead": {"state": "Hoàn thành", "result": "Xong"},
                "coordinate": {"took": "x", "result": "Góp ý"},
                "duty": {"result": "Đã làm"},
                "figure": {"value": 72.5, "kind": "Thực hiện"},
            }
            cells |= {(sheet, line.row.key, name): value for name, value in given[line.row.asked_in].items()}
        status, page = bring(client, report, retyped(take(client, report), cells))
        assert status == 200, page
        keep(client, report, page)
        assert draft_of(here, party).open_count == 0
        hand_in(here, party)


def test_faults_are_named_by_cell_and_nothing_is_kept(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    party, person = next(
        (party, person)
        for party, person in (
            ("environment", "clerk_environment"),
            ("finance", "clerk_finance"),
            ("science", "clerk_science"),
        )
        if any(line.row.section == "figure" for line in draft_of(here, party).lines)
    )
    client, report = signed_in(person), report_of(here, party)
    figure = first(draft_of(here, party), "figure").row
    data = retyped(
        take(client, report),
        {("Chỉ tiêu", figure.key, "value"): "1,234.5", ("Chỉ tiêu", figure.key, "kind"): "đoán"},
    )
    rows = cells_of(data, "Chỉ tiêu")
    y = next(n for n, row in enumerate(rows, 1) if str(row[0]).startswith(figure.key))
    status, page = bring(client, report, data)
    assert status == 422
    for name in ("value", "kind"):
        column = chr(ord("A") + rows[0].index(name))
        assert f"<strong>{column}{y}</strong>" in page
    assert "1.234,5" in page
    assert 'name="kept"' not in page
    assert not Answer.objects.filter(report=report).exists()


def test_a_row_that_somebody_changed_meanwhile_is_asked_about(
    here: Side, finance: tuple[Client, Report]
) -> None:
    client, report = finance
    lead = first(draft_of(here, "finance"), "lead").row
    data = retyped(take(client, report), {("chủ trì", lead.key, "result"): "Từ tệp"})
    write(here, "finance", {lead.key: {"state": "behind", "result": "Trên máy"}})
    _status, page = bring(client, report, data)
    assert "có người khác vừa sửa" in page
    keep(client, report, page)
    assert first(draft_of(here, "finance"), "lead").values["result"] == "Trên máy"
    _status, page = bring(client, report, data)
    keep(client, report, page, lead.key)
    assert first(draft_of(here, "finance"), "lead").values["result"] == "Từ tệp"


def test_a_row_that_was_not_touched_overwrites_nothing(here: Side, finance: tuple[Client, Report]) -> None:
    client, report = finance
    data = take(client, report)
    lead = first(draft_of(here, "finance"), "lead").row
    write(here, "finance", {lead.key: {"state": "behind", "result": "Trên máy"}})
    assert "giống hệt" in bring(client, report, data)[1]


def test_rows_may_be_sorted_and_columns_taken_out(here: Side, finance: tuple[Client, Report]) -> None:
    client, report = finance
    write(here, "finance")
    lead = first(draft_of(here, "finance"), "lead").row

    def edit(rows: list[list[object]]) -> None:
        head = next(n for n, row in enumerate(rows) if row[0] == "luc_keys")
        rows[head + 1 :] = rows[:head:-1]
        if "obstacle" in rows[0]:
            at = rows[0].index("obstacle")
            for row in rows:
                del row[at]

    data = retyped(take(client, report), {("chủ trì", lead.key, "result"): "Đổi"}, edit=edit)
    status, page = bring(client, report, data)
    assert status == 200
    keep(client, report, page)
    assert first(draft_of(here, "finance"), "lead").values["result"] == "Đổi"
    assert draft_of(here, "finance").open_count == 0


def test_a_row_that_was_copied_or_made_up_is_a_fault(here: Side, finance: tuple[Client, Report]) -> None:
    client, report = finance
    lead = first(draft_of(here, "finance"), "lead").row

    def twice(rows: list[list[object]]) -> None:
        rows += [list(row) for row in rows if str(row[0]).startswith(lead.key)]
        if "result" in rows[0]:
            rows.append(["part-999999", *[""] * (len(rows[0]) - 1)])

    data = retyped(take(client, report), {("chủ trì", lead.key, "result"): "Đổi"}, edit=twice)
    status, page = bring(client, report, data)
    assert status == 422
    assert "hai lần" in page
    assert "không có trong biểu" in page
    assert not Answer.objects.filter(report=report).exists()


def test_the_form_of_another_report_is_refused(here: Side, cast: Cast, signed_in: SignIn) -> None:
    open_cycle(here)
    client = signed_in("clerk_finance")
    other = take(signed_in("clerk_environment"), report_of(here, "environment"))
    status, page = bring(client, report_of(here, "finance"), other)
    assert status == 422
    assert "báo cáo khác" in page


def test_nobody_else_takes_or_brings(here: Side, cast: Cast, signed_in: SignIn) -> None:
    open_cycle(here)
    report = report_of(here, "finance")
    for client in (signed_in("clerk_environment"), signed_in("clerk_finance", cast.there)):
        for name in ("reporting:excel_form", "reporting:excel"):
            assert client.get(reverse(name, args=[report.pk])).status_code == 404


def test_what_was_looked_at_before_somebody_saved_is_not_kept(
    here: Side, finance: tuple[Client, Report]
) -> None:
    client, report = finance
    whole = draft_of(here, "finance")
    lead = first(whole, "lead").row
    _status, page = bring(
        client, report, retyped(take(client, report), {("chủ trì", lead.key, "result"): "Tệp"})
    )
    write(here, "finance", full_answers(whole))
    keep(client, report, page)
    assert first(draft_of(here, "finance"), "lead").values["result"] != "Tệp"
