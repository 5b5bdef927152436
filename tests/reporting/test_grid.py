"""The grid of a cycle: figures typed, pasted and brought by Excel for many parties; nothing of others overwritten."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.kernel.models import Change
from luc.reporting import actions
from luc.reporting.grid.cells import Grid
from luc.reporting.grid.queries import grid
from luc.reporting.models import Answer, Report
from luc.rounds.models import Cycle
from tests.cast import Cast, Side
from tests.reporting.life import hand_in, open_cycle, report_of, write
from tests.reporting.two_years import ITEMS, tell
from tests.workbook import cells_of, retyped

SignIn = Callable[..., Client]


@pytest.fixture
def cycle(here: Side) -> Cycle:
    return open_cycle(here)


def shown(here: Side, cycle: Cycle) -> Grid:
    return grid(here.viewer("officer"), cycle)


def form_of(whole: Grid) -> dict[str, str]:
    return {f"v-{line.report.pk}": str(line.report.version) for line in whole.lines}


def some_cell(whole: Grid) -> str:
    return next(cell.name for line in whole.lines for cell in line.cells if cell.name and line.is_writable)


def value_of(name: str) -> str:
    report, target = map(int, name.split("-"))
    row = Answer.objects.filter(report=report, target=target).first()
    return "" if row is None or row.value is None else f"{row.value.normalize():f}"


def test_a_figure_typed_for_a_party_stands_in_its_draft(here: Side, cycle: Cycle, signed_in: SignIn) -> None:
    whole = shown(here, cycle)
    name = some_cell(whole)
    client = signed_in("officer")
    answer = client.post(
        reverse("reporting:grid", args=[cycle.pk]), form_of(whole) | {f"c-{name}": "1.234,5"}
    )
    assert answer.status_code == 302
    assert value_of(name) == "1234.5"
    report = Report.objects.get(pk=name.split("-")[0])
    assert report.version == 1
    assert Change.objects.filter(act="reporting.enter", object_id=str(report.pk)).count() == 1
    assert "1.234,5" in client.get(reverse("reporting:grid", args=[cycle.pk])).content.decode()


def test_what_cannot_be_read_is_named_and_stays_typed_the_rest_is_kept(
    here: Side, cycle: Cycle, signed_in: SignIn
) -> None:
    whole = shown(here, cycle)
    cells = [cell.name for line in whole.lines for cell in line.cells if cell.name]
    wrong, *right = cells
    typed = {f"c-{name}": "12" for name in right} | {f"c-{wrong}": "1,234.5"}
    answer = signed_in("officer").post(reverse("reporting:grid", args=[cycle.pk]), form_of(whole) | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#c-{wrong}"' in page
    assert re.search(rf'name="c-{wrong}" value="1,234.5"[^>]*aria-invalid', page)
    assert value_of(wrong) == ""
    assert all(value_of(name) == "12" for name in right)


def test_a_draft_that_its_party_saved_meanwhile_is_left(here: Side, cycle: Cycle, signed_in: SignIn) -> None:
    whole = shown(here, cycle)
    name = some_cell(whole)
    old = form_of(whole)
    client = signed_in("officer")
    client.post(reverse("reporting:grid", args=[cycle.pk]), old | {f"c-{name}": "5"})
    answer = client.post(reverse("reporting:grid", args=[cycle.pk]), old | {f"c-{name}": "7"})
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in answer.content.decode()
    assert value_of(name) == "5"


def test_what_was_handed_in_is_not_typed_over(here: Side, cycle: Cycle, signed_in: SignIn) -> None:
    whole = shown(here, cycle)
    party = next(
        name
        for name in ("environment", "finance", "science")
        if any(line.party.pk == here.parties[name].pk for line in whole.lines)
    )
    write(here, party)
    hand_in(here, party)
    whole = shown(here, cycle)
    line = next(line for line in whole.lines if line.party.pk == here.parties[party].pk)
    cell = next(cell for cell in line.cells if cell.name)
    before = value_of(cell.name)
    page = signed_in("officer").get(reverse("reporting:grid", args=[cycle.pk])).content.decode()
    assert f'name="c-{cell.name}"' not in page
    answer = signed_in("officer").post(
        reverse("reporting:grid", args=[cycle.pk]),
        form_of(whole) | {f"v-{line.report.pk}": str(line.report.version), f"c-{cell.name}": "99"},
    )
    assert answer.status_code == 422
    assert value_of(cell.name) == before


def test_cells_of_other_cycles_and_tenants_are_refused(
    here: Side, cast: Cast, cycle: Cycle, signed_in: SignIn
) -> None:
    foreign = signed_in("officer", cast.there)
    for name in ("reporting:grid", "reporting:grid_sheet"):
        assert foreign.get(reverse(name, args=[cycle.pk])).status_code == 404
    for person in ("clerk_finance", "leader"):
        assert signed_in(person).get(reverse("reporting:grid", args=[cycle.pk])).status_code == 403
    answer = signed_in("officer").post(
        reverse("reporting:grid", args=[cycle.pk]), {"c-999999-1": "5", "c-x": "1"}
    )
    assert answer.status_code == 422
    assert not Answer.objects.exists()


def bring(client: Client, cycle: Cycle, data: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("bang.xlsx", data)
    answer = client.post(reverse("reporting:grid_bring", args=[cycle.pk]), {"file": file})
    return answer.status_code, answer.content.decode()


def test_the_workbook_brings_every_figure(here: Side, cycle: Cycle, signed_in: SignIn) -> None:
    client = signed_in("officer")
    whole = shown(here, cycle)
    data = client.get(reverse("reporting:grid_sheet", args=[cycle.pk])).content
    cells = {
        ("Số liệu", f"{line.report.pk}~", column.key): 40 + n
        for n, line in enumerate(whole.lines)
        for column, cell in zip(whole.columns, line.cells, strict=True)
        if cell.name
    }
    status, _page = bring(client, cycle, retyped(data, cells))
    assert status == 302
    for n, line in enumerate(whole.lines):
        assert {value_of(cell.name) for cell in line.cells if cell.name} == {str(40 + n)}


def test_one_wrong_cell_of_a_workbook_keeps_all_of_it_out(
    here: Side, cycle: Cycle, signed_in: SignIn
) -> None:
    client = signed_in("officer")
    whole = shown(here, cycle)
    data = client.get(reverse("reporting:grid_sheet", args=[cycle.pk])).content
    names = [
        (line, column)
        for line in whole.lines
        for column, cell in zip(whole.columns, line.cells, strict=True)
        if cell.name
    ]
    cells: dict[tuple[str, str, str], object] = {
        ("Số liệu", f"{line.report.pk}~", column.key): 5 for line, column in names
    }
    (line, column) = names[-1]
    cells["Số liệu", f"{line.report.pk}~", column.key] = "khoảng 5"
    filled = retyped(data, cells)
    rows = cells_of(filled, "Số liệu")
    y = next(n for n, row in enumerate(rows, 1) if str(row[0]).startswith(f"{line.report.pk}~"))
    status, page = bring(client, cycle, filled)
    assert status == 422
    assert f"<strong>{chr(65 + rows[0].index(column.key))}{y}</strong>" in page
    assert not Answer.objects.exists()


def test_a_workbook_of_another_cycle_is_refused(here: Side, cycle: Cycle, signed_in: SignIn) -> None:
    client = signed_in("officer")
    data = client.get(reverse("reporting:grid_sheet", args=[cycle.pk])).content
    wrong = retyped(data, {}, edit=lambda rows: rows[0].__setitem__(0, "luc:grid:999"))
    client.post(
        reverse("reporting:grid_bring", args=[cycle.pk]), {"file": SimpleUploadedFile("a.xlsx", wrong)}
    )
    assert not Answer.objects.exists()


def test_the_grid_costs_the_same_whatever_it_holds(here: Side, cycle: Cycle, signed_in: SignIn) -> None:
    client = signed_in("officer")
    address = reverse("reporting:grid", args=[cycle.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as empty:
        client.get(address)
    whole = shown(here, cycle)
    names = [cell.name for line in whole.lines for cell in line.cells if cell.name]
    client.post(address, form_of(whole) | {f"c-{name}": "3" for name in names})
    with CaptureQueriesContext(connection) as full:
        client.get(address)
    assert len(full) == len(empty) <= 20


def test_the_estimate_of_the_year_has_a_cell_beside_the_value(here: Side, signed_in: SignIn) -> None:
    asked = ["lead", "coordinate", "duty", "figure", "estimate"]
    sections = dict.fromkeys(("leading", "coordinating", "commune", "other"), asked)
    cycle = open_cycle(here, sections=sections, without=True)
    whole = shown(here, cycle)
    line = next(line for line in whole.lines if line.is_writable)
    done, estimated = (cell.name for cell in line.cells if cell.name)
    client = signed_in("officer")
    address = reverse("reporting:grid", args=[cycle.pk])
    answer = client.post(address, form_of(whole) | {f"c-{done}": "60", f"c-{estimated}": "80"})
    assert answer.status_code == 302
    row = Answer.objects.get(report=line.report)
    assert (row.value, row.estimate) == (60, 80)
    data = client.get(reverse("reporting:grid_sheet", args=[cycle.pk])).content
    column = next(one for one in whole.columns if one.number == "estimate")
    assert bring(client, cycle, retyped(data, {("Số liệu", f"{line.report.pk}~", column.key): 85}))[0] == 302
    row.refresh_from_db()
    assert (row.value, row.estimate) == (60, 85)
    wrong = client.post(address, form_of(shown(here, cycle)) | {f"c-{estimated}": "tám mươi"})
    assert wrong.status_code == 422
    assert "Ước cả năm: " in wrong.content.decode()


def numbers_of(here: Side, cycle: Cycle) -> dict[str, str]:
    """The names of what the environment department is asked, by column."""
    party = here.parties["environment"].pk
    line = next(line for line in shown(here, cycle).lines if line.party.pk == party)
    return {cell.column.key: cell.name for cell in line.cells if cell.name}


def money_of(here: Side, cycle: Cycle) -> dict[str, Answer]:
    rows = Answer.objects.filter(report=report_of(here, "environment", cycle), section="money", is_nil=False)
    return {row.source: row for row in rows}


def test_the_final_figure_of_what_was_estimated_stands_beside_it(here: Side, signed_in: SignIn) -> None:
    cycle = tell(here)
    column = next(one for one in shown(here, cycle).columns if one.number == "final")
    name = numbers_of(here, cycle)[column.key]
    client, address = signed_in("officer"), reverse("reporting:grid", args=[cycle.pk])
    assert "ước 80 (" in client.get(address).content.decode()
    assert client.post(address, form_of(shown(here, cycle)) | {f"c-{name}": "78,5"}).status_code == 302
    row = Answer.objects.get(report=report_of(here, "environment", cycle), section="figure")
    assert (row.final, row.value) == (Decimal("78.5"), None)
    data = client.get(reverse("reporting:grid_sheet", args=[cycle.pk])).content
    head, said = cells_of(data, "Số liệu")[0], cells_of(data, "Số liệu")
    place = head.index(f"{column.key}-before")
    assert any(str(line[place]).startswith("ước 80 (") for line in said)
    key = f"{row.report_id}~"
    assert bring(client, cycle, retyped(data, {("Số liệu", key, column.key): 79}))[0] == 302
    row.refresh_from_db()
    assert row.final == 79


def test_money_by_source_goes_with_what_is_carried_forward(here: Side, signed_in: SignIn) -> None:
    cycle = tell(here)
    names = numbers_of(here, cycle)
    client, address = signed_in("officer"), reverse("reporting:grid", args=[cycle.pk])
    typed = {f"c-{names['money-central-disbursed']}": "1.000", f"c-{names['money-other-cumulative']}": "2,5"}
    assert client.post(address, form_of(shown(here, cycle)) | typed).status_code == 302
    rows = money_of(here, cycle)
    assert (rows["central"].title, rows["central"].approved, rows["central"].disbursed) == (
        ITEMS[0][0],
        12500,
        1000,
    )
    assert (rows["local"].title, rows["local"].approved) == (ITEMS[1][0], 3200)
    assert (rows["other"].cumulative, rows["other"].title) == (Decimal("2.5"), "Kinh phí thực hiện kế hoạch")
    data = client.get(reverse("reporting:grid_sheet", args=[cycle.pk])).content
    key = f"{rows['other'].report_id}~"
    cells = {("Số liệu", key, "money-local-disbursed"): 7, ("Số liệu", key, "money-other-cumulative"): None}
    assert bring(client, cycle, retyped(data, cells))[0] == 302
    rows = money_of(here, cycle)
    assert rows["local"].disbursed == 7
    assert "other" not in rows  # it says nothing any more


def test_several_items_of_one_source_are_told_in_the_form_of_the_party(here: Side, signed_in: SignIn) -> None:
    cycle = tell(here)
    report = report_of(here, "environment", cycle)
    item = {"title": "Dự án", "source": "central", "disbursed": "10"}
    rows = {f"money-{n}": item for n in (1, 2)}
    actions.save_draft(here.viewer("clerk_environment"), report.pk, version=0, rows=rows)
    assert "money-central-disbursed" not in numbers_of(here, cycle)
    client, address = signed_in("officer"), reverse("reporting:grid", args=[cycle.pk])
    assert re.search(
        r'<td class="is-sent">20<span class="cell-note">2 dòng', client.get(address).content.decode()
    )
    data = client.get(reverse("reporting:grid_sheet", args=[cycle.pk])).content
    changed = retyped(data, {("Số liệu", f"{report.pk}~", "money-central-disbursed"): 21})
    status, page = bring(client, cycle, changed)
    assert (status, "nhiều dòng kinh phí" in page) == (422, True)
    assert bring(client, cycle, data)[0] == 302


def test_money_and_final_figures_cost_a_few_statements_more(here: Side, signed_in: SignIn) -> None:
    cycle = tell(here)
    client, address = signed_in("officer"), reverse("reporting:grid", args=[cycle.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 24
