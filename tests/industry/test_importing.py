"""A file comes in: columns matched, every fault at its cell, nothing before it is confirmed, the whole undone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope

from luc.agencies.models import Party
from luc.industry import actions as registry
from luc.industry.importing import actions, queries
from luc.industry.models import Enterprise, Import, ImportedEntry, Offer, State, Value
from luc.kernel.errors import Refused
from luc.kernel.history import broken_links
from luc.kernel.rights import NotAllowed
from luc.kernel.workbooks.foreign import tables
from tests.cast import Cast, Side
from tests.industry import filled, life

SignedIn = Callable[..., Client]


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


def brought(side: Side, data: bytes, name: str = "danh-sach.xlsx", person: str = "officer") -> Import:
    """A file of the department, as it was matched by itself."""
    return actions.bring(side.viewer(person), keeper=side.parties["industry"].pk, name=name, data=data)


def looked(side: Side, row: Import, numbers: str = "vi", columns: list[str] | None = None) -> Import:
    """The preview with the columns as they stand."""
    told = {"sheet": row.sheet, "head": row.head, "columns": columns or row.columns, "numbers": numbers}
    return actions.match(side.viewer("officer"), row.pk, **told)


def put_in(side: Side, data: bytes, name: str = "danh-sach.xlsx", only_good: bool = False) -> Import:
    """A file that is in."""
    row = looked(side, brought(side, data, name))
    actions.confirm(side.viewer("officer"), row.pk, only_good=only_good)
    row.refresh_from_db()
    assert row.state == Import.State.DONE, row.job and row.job.error
    return row


def undone(side: Side, row: Import) -> Import:
    actions.undo(side.viewer("officer"), row.pk)
    row.refresh_from_db()
    assert row.state == Import.State.UNDONE
    return row


def test_columns_are_matched_by_names_synonyms_and_near_names(side: Side) -> None:
    row = brought(side, filled.xlsx(filled.rows(2), above=3))
    assert row.head == 4
    assert row.columns == [
        "",
        "tax_code",
        "name",
        "commune",
        "street",
        "about",
        "offer_name",
        "field",
        "kind",
        "offer_about",
        "capacity",
        "capacity_unit",
        "ecolabel_until",
        "ecolabel",
    ]


def test_every_fault_is_said_at_its_cell_and_nothing_is_written(side: Side) -> None:
    before = Party.objects.count()
    row = looked(side, brought(side, filled.xlsx(filled.with_faults(60))))
    assert row.looked is not None
    assert (row.looked["rows"], row.looked["good"], row.looked["wrong"]) == (60, 40, 20)
    told = {fault["row"]: fault for fault in reversed(row.looked["faults"])}
    for number, (_other, words) in enumerate(filled.FAULTS, 42):
        assert words in told[number]["words"], (number, told[number])
        assert re.fullmatch(rf"[A-N]{number}", told[number]["at"])
    assert told[50]["at"] == "D50"
    assert not Enterprise.objects.exists()
    assert Party.objects.count() == before
    with pytest.raises(Refused, match="Còn dòng sai"):
        actions.confirm(side.viewer("officer"), row.pk, only_good=False)


def test_the_good_rows_go_in_alone_with_their_source(side: Side) -> None:
    row = put_in(side, filled.xlsx(filled.with_faults(60)), only_good=True)
    assert row.result == {
        "enterprises": 40,
        "offers": 40,
        "changed": 0,
        "undone": 0,
        "kept": 0,
        "wrong": 20,
    }
    third = Enterprise.objects.get(tax_code=filled.code(3))
    assert (third.name, third.state, third.is_public) == ("Công ty Môi trường số 3", State.WAITING, False)
    assert third.keeper == side.parties["industry"]
    told = {value.field: value for value in third.values.all()}
    assert told["address"].value == {"street": "Lô 3", "unit": side.parties["commune_1"].unit_id}
    assert told["about"].source == "Tệp danh-sach.xlsx, dòng 4"
    offer = third.offers.get()
    values = {value.field: value.value for value in offer.values.all()}
    assert values["capacity"] == {"amount": "120", "unit": "m³/ngày"}
    assert (values["field"], values["kind"]) == ("nuoc_thai", "thiet_bi")
    assert broken_links(side.tenant.pk) == []


def test_what_was_put_in_can_be_verified_as_if_typed(side: Side) -> None:
    put_in(side, filled.xlsx(filled.rows(1)))
    row, offer = Enterprise.objects.get(), Offer.objects.get()
    assert life.accept(side, row).is_public
    assert life.accept(side, offer).is_public
    offer.refresh_from_db()
    assert offer.yearly_unit == "m³/năm"


def test_numbers_are_asked_and_never_guessed(side: Side) -> None:
    table = [filled.row(1, **{"Công suất": "1.234"}), filled.row(2, **{"Công suất": "1,234.5"})]
    row = looked(side, brought(side, filled.xlsx(table)), numbers="")
    assert row.looked is not None
    assert row.looked["asks_numbers"]
    assert [fault["at"] for fault in row.looked["faults"]] == ["K2", "K3"]
    row = looked(side, row, numbers="vi")
    assert row.looked is not None
    assert [fault["at"] for fault in row.looked["faults"]] == ["K3"]
    row = looked(side, row, numbers="en")
    assert row.looked is not None
    assert row.looked["faults"] == []
    actions.confirm(side.viewer("officer"), row.pk, only_good=False)
    told = Value.objects.filter(field="capacity").order_by("pk").values_list("value", flat=True)
    assert [value["amount"] for value in told] == ["1.234", "1234.5"]


def test_a_csv_is_read_like_a_workbook(side: Side) -> None:
    row = put_in(side, filled.csv(filled.rows(3)), name="danh-sach.csv")
    assert row.result is not None
    assert row.result["enterprises"] == 3
    with pytest.raises(Refused, match="UTF-8"):
        brought(side, filled.csv(filled.rows(1)).decode("utf-8-sig").encode("utf-16-le"), name="a.csv")


def test_an_excel_that_dropped_the_first_zero_is_whole_again(side: Side) -> None:
    table = [filled.row(1, MST=int(life.CODE)), filled.row(2, MST=int(life.CODE) + 1)]
    row = looked(side, brought(side, filled.xlsx(table)))
    assert row.looked is not None
    assert row.looked["sample"][0]["code"] == life.CODE
    assert [fault["at"] for fault in row.looked["faults"]] == ["B3"]


def test_several_goods_of_one_enterprise(side: Side) -> None:
    more = filled.row(1, **{"Sản phẩm": "Máy ép bùn", "Tên công ty": "", "Địa chỉ": "Lô 1"})
    row = put_in(side, filled.xlsx([*filled.rows(1), more]))
    assert row.result is not None
    assert (row.result["enterprises"], row.result["offers"]) == (1, 2)
    assert {offer.enterprise_id for offer in Offer.objects.all()} == {Enterprise.objects.get().pk}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"PK\x03\x04 nothing", "hỏng|Excel"),
        ("a.xlsx", b"<html></html>", "Excel"),
        ("a.csv", b'"a;b', "bị hỏng"),
        ("a.csv", b"\x00\x01", "CSV"),
        ("a.xlsx", filled.xlsx([]), "tiêu đề"),
        ("a.csv", b"a;b\n" + b"1;2\n" * 20_001, "20000 dòng"),
    ],
)
def test_hostile_files_are_refused(side: Side, name: str, data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        brought(side, data, name)
    assert not Import.objects.exists()


def test_macros_and_bombs_are_refused(side: Side) -> None:
    out = io.BytesIO(filled.xlsx(filled.rows(1)))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Refused, match="macro"):
        brought(side, out.getvalue())
    bomb = io.BytesIO(filled.xlsx(filled.rows(1)))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 400_000_000)
    with pytest.raises(Refused):
        brought(side, bomb.getvalue())


def test_a_text_that_looks_like_a_formula_stays_text(side: Side) -> None:
    put_in(side, filled.csv([filled.row(1, **{"Tên công ty": "=HYPERLINK(1)"})]), name="a.csv")
    assert Enterprise.objects.get().name == "=HYPERLINK(1)"


def test_what_is_kept_is_changed_only_where_the_file_says_more(side: Side) -> None:
    put_in(side, filled.xlsx(filled.rows(2)))
    table = [filled.row(1), filled.row(2, **{"Giới thệu": "Xử lý khí thải."})]
    row = put_in(side, filled.xlsx(table), name="lan-hai.xlsx")
    assert row.result is not None
    assert (row.result["enterprises"], row.result["offers"], row.result["changed"]) == (0, 0, 1)
    second = Enterprise.objects.get(tax_code=filled.code(2))
    open_ = second.values.get(field="about", standing=Value.Standing.OPEN)
    assert (open_.value, open_.source) == ("Xử lý khí thải.", "Tệp lan-hai.xlsx, dòng 3")


def test_what_belongs_to_others_is_not_touched(side: Side) -> None:
    viewer, mine = life.register(side, filled.code(1))
    registry.save(viewer, "enterprise", mine.pk, values={"about": "Đang viết."})
    row = looked(side, brought(side, filled.xlsx(filled.rows(2))))
    assert row.looked is not None
    assert [(f["at"], "không được sửa" in f["words"]) for f in row.looked["faults"]] == [("B2", True)]
    registry.save(viewer, "enterprise", mine.pk, values=life.entry(side))
    registry.hand_in(viewer, mine.pk)
    life.accept(side, mine)
    registry.save(viewer, "enterprise", mine.pk, values={"about": "Đang viết lại."})
    row = looked(side, row)
    assert row.looked is not None
    assert "đang tự sửa" in row.looked["faults"][0]["words"]


def test_a_branch_leads_to_its_head_in_the_same_file_and_both_go(side: Side) -> None:
    branch = filled.row(2, MST=f"{filled.code(1)}-001", **{"Tên công ty": "Chi nhánh một"})
    row = put_in(side, filled.xlsx([branch, filled.row(1)]))
    head = Enterprise.objects.get(tax_code=filled.code(1))
    assert Enterprise.objects.get(name="Chi nhánh một").head == head
    undone(side, row)
    assert not Enterprise.objects.exists()


def test_the_same_name_under_another_code_is_pointed_out(side: Side) -> None:
    put_in(side, filled.xlsx(filled.rows(1)))
    table = [filled.row(7, **{"Tên công ty": "Cong ty moi truong so 1"})]
    row = looked(side, brought(side, filled.xlsx(table)))
    assert row.looked is not None
    (alike,) = row.looked["alike"]
    assert alike["code"] == filled.code(1)
    assert row.looked["good"] == 1


def test_the_whole_is_undone_as_if_it_had_never_been(side: Side) -> None:
    parties = Party.objects.count()
    row = undone(side, put_in(side, filled.xlsx(filled.rows(230))))
    assert row.result is not None
    assert (row.result["undone"], row.result["kept"]) == (460, 0)
    assert not Enterprise.objects.exists()
    assert not Value.objects.exists()
    assert Party.objects.count() == parties
    assert broken_links(side.tenant.pk) == []
    again = put_in(side, filled.xlsx(filled.rows(230)))
    assert again.result is not None
    assert again.result["enterprises"] == 230


def test_undoing_keeps_what_others_did_since_and_says_so(side: Side) -> None:
    officer = side.viewer("officer")
    row = put_in(side, filled.xlsx(filled.rows(4)))
    first, second, third, fourth = Enterprise.objects.order_by("pk")
    life.accept(side, first)
    registry.save(officer, "enterprise", second.pk, values={"about": "Sửa tay."})
    registry.add_offer(officer, third.pk, name="Thêm tay")
    undone(side, row)
    assert set(Enterprise.objects.all()) == {first, second, third}
    assert [offer.name for offer in Offer.objects.all()] == ["Thêm tay"]
    assert not Enterprise.objects.filter(pk=fourth.pk).exists()
    why = {one.enterprise_id: one.kept_because for one in queries.kept_on(row)}
    assert why[first.pk] == "đã xác minh"
    assert why[second.pk] == "đã được sửa sau khi nhập"
    assert "hàng hóa" in why[third.pk]


def test_undoing_gives_an_entry_its_former_words_back(side: Side) -> None:
    _viewer, mine, offer = life.verified(side, filled.code(1))
    before = {value.field: value.value for value in mine.values.filter(standing=Value.Standing.VERIFIED)}
    row = put_in(side, filled.xlsx([filled.row(1, **{"Sản phẩm": "Bồn lọc nước thải"})]))
    mine.refresh_from_db()
    assert mine.state == State.WAITING
    undone(side, row)
    mine.refresh_from_db()
    offer.refresh_from_db()
    assert (mine.state, offer.state) == (State.VERIFIED, State.VERIFIED)
    assert not Value.objects.filter(standing__in=["open", "returned"]).exists()
    assert {v.field: v.value for v in mine.values.filter(standing=Value.Standing.VERIFIED)} == before


def test_undoing_twice_gives_back_what_stood_before_the_first(side: Side) -> None:
    officer = side.viewer("officer")
    kept = registry.add_enterprise(
        officer, keeper=side.parties["industry"].pk, tax_code=filled.code(1), name="Tên cũ"
    )
    registry.save(officer, "enterprise", kept.pk, values={"about": "Lời cũ."})
    row = put_in(side, filled.xlsx(filled.rows(1)))
    kept.refresh_from_db()
    assert kept.name == "Công ty Môi trường số 1"
    undone(side, row)
    kept.refresh_from_db()
    assert (kept.name, kept.state) == ("Tên cũ", State.DRAFT)
    open_ = {v.field: v.value for v in kept.values.filter(standing=Value.Standing.OPEN)}
    assert open_ == {"name": "Tên cũ", "about": "Lời cũ."}


def test_a_run_that_was_lost_goes_on_where_it_stopped(side: Side) -> None:
    row = looked(side, brought(side, filled.xlsx(filled.rows(5))))
    from luc.industry.importing.looking import look
    from luc.industry.importing.putting import put_in as portion

    officer = side.viewer("officer")
    portion(officer, row, look(officer, row).groups[:2])
    assert Enterprise.objects.count() == 2
    actions.confirm(officer, row.pk, only_good=False)
    assert Enterprise.objects.count() == Offer.objects.count() == 5
    assert ImportedEntry.objects.filter(is_new=True).count() == 10


def test_only_for_an_agency_of_ones_own(side: Side, cast: Cast) -> None:
    there = cast.there
    officer = side.viewer("officer")
    with pytest.raises(Party.DoesNotExist):
        actions.bring(
            officer, keeper=side.parties["board"].pk, name="a.xlsx", data=filled.xlsx(filled.rows(1))
        )
    row = brought(side, filled.xlsx(filled.rows(1)))
    with scope(tenant=[side.tenant.pk, there.tenant.pk]):
        for viewer in (there.viewer("officer"), side.viewer("clerk_finance")):
            with pytest.raises(Import.DoesNotExist):
                actions.confirm(viewer, row.pk, only_good=True)
    with pytest.raises((Party.DoesNotExist, NotAllowed)):
        actions.bring(side.viewer("enterprise"), keeper=side.parties["industry"].pk, name="a.xlsx", data=b"x")


def test_the_pages_work_without_javascript(side: Side, signed_in: SignedIn) -> None:
    officer = signed_in("officer")
    empty = officer.get("/doanh-nghiep/nhap-tep/mau.xlsx").content
    with pytest.raises(Refused, match="tiêu đề"):
        brought(side, empty)
    table = filled.with_faults(30)
    file = SimpleUploadedFile("ds.xlsx", filled.xlsx(table))
    keeper = side.parties["industry"].pk
    answer = officer.post("/doanh-nghiep/nhap-tep/", {"file": file, "keeper": keeper})
    path = answer.headers["Location"]
    page = officer.get(path).content.decode()
    assert "ghép theo tên gần giống" in page
    row = Import.objects.get()
    sent = {f"column_{x}": name for x, name in enumerate(row.columns)}
    sent |= {"sheet": row.sheet, "head": "1", "numbers": "vi"}
    twice = officer.post(path, sent | {"column_0": "name"}).content.decode()
    assert "Hai cột cùng được chọn là: Tên doanh nghiệp" in twice
    assert officer.post(path, sent).status_code == 302
    page = officer.get(path).content.decode()
    assert "10 trong 30 dòng nhập được" in page
    assert "số kiểm tra không khớp" in page
    assert officer.post(f"{path}nhap/", {}).status_code in {302, 409}
    assert not Enterprise.objects.exists()
    officer.post(f"{path}nhap/", {"only_good": "on"})
    page = officer.get(path).content.decode()
    assert "Công ty Môi trường số 1" in page
    assert "Gỡ 10 doanh nghiệp và 10 hàng hóa" in officer.get(f"{path}bo/").content.decode()
    officer.post(f"{path}bo/")
    assert "Đã bỏ cả lần nhập, không giữ lại gì." in officer.get(path).content.decode()


def test_the_wrong_rows_are_taken_along_corrected_and_brought_again(side: Side, signed_in: SignedIn) -> None:
    row = looked(side, brought(side, filled.xlsx(filled.with_faults(30))))
    address = f"/doanh-nghiep/nhap-tep/{row.pk}/dong-sai.xlsx"
    assert address in signed_in("officer").get(f"/doanh-nghiep/nhap-tep/{row.pk}/").content.decode()
    data = signed_in("officer").get(address).content
    (table,) = tables("sai.xlsx", data, most=100)
    at = next(y for y, line in enumerate(table.rows) if "MST" in line)
    wrong = [line for line in table.rows[at + 1 :] if any(line)]
    assert len(wrong) == len(filled.FAULTS)
    for line, (_other, words) in zip(wrong, filled.FAULTS, strict=True):
        assert words in str(line[1])
    again = brought(side, data)
    assert again.columns[2:] == row.columns  # the keys and what is to be corrected stand before
    assert signed_in("clerk_finance").get(address).status_code in {403, 404}
    actions.confirm(side.viewer("officer"), row.pk, only_good=True)
    assert signed_in("officer").get(address).status_code == 404


def test_another_row_of_headings_matches_anew(side: Side) -> None:
    row = brought(side, filled.xlsx(filled.rows(2)))
    moved = actions.match(
        side.viewer("officer"), row.pk, sheet=row.sheet, head=2, columns=row.columns, numbers=""
    )
    assert moved.looked is None
    assert set(moved.columns) == {""}
    with pytest.raises(Refused, match="cột mã số thuế"):
        looked(side, moved)
    with pytest.raises(Refused, match="không có dòng 99"):
        actions.match(side.viewer("officer"), row.pk, sheet="", head=99, columns=[], numbers="")
