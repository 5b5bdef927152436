"""An official list: read from its paper, looked through, adopted as it was shown, superseded line by line."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luc.industry.catalogue import actions, queries
from luc.industry.catalogue.comparing import fingerprint
from luc.industry.catalogue.reading import lines_of, tables_of
from luc.industry.catalogue.tree import tree
from luc.industry.models import Catalogue, CatalogueItem, CatalogueLine, CatalogueVersion
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.models import Job
from tests.cast import Side
from tests.industry.listed import LATER, NAME, WATER, adopted, brought, in_force, item, paper
from tests.vanban.word import as_word
from vanban.reading import read_file

SignedIn = Callable[..., Client]


@pytest.fixture
def side(here: Side) -> Side:
    return here


def read(*lines: str) -> list[tuple[str, str, bool, str]]:
    """Number, name, whether it is a branch, and the name above, of each line of a list."""
    document = read_file(paper(lines), "a.txt")
    return [
        (node.row["number"], node.row["name"], node.is_branch, node.parent.row["name"] if node.parent else "")
        for node in tree(lines_of(document, tables_of(document)))
    ]


def test_lines_stand_below_their_branches() -> None:
    assert read(
        "| A | Thiết bị | | | |",
        WATER,
        "| 1 | Bồn lọc | bộ | | |",
        "| 1.1 | Bồn lọc nhỏ | bộ | | |",
        "| a) | Bồn lọc rất nhỏ | bộ | | |",
        "| 2 | Máy ép | cái | | |",
        "| II | Khí thải | | | |",
        "| 1 | Tháp | bộ | | |",
        "| B | Dịch vụ | | | |",
        "| 1 | Vận hành | | | |",
    ) == [
        ("A", "Thiết bị", True, ""),
        ("I", "Xử lý nước thải", True, "Thiết bị"),
        ("1", "Bồn lọc", True, "Xử lý nước thải"),
        ("1.1", "Bồn lọc nhỏ", True, "Bồn lọc"),
        ("a)", "Bồn lọc rất nhỏ", False, "Bồn lọc nhỏ"),
        ("2", "Máy ép", False, "Xử lý nước thải"),
        ("II", "Khí thải", True, "Thiết bị"),
        ("1", "Tháp", False, "Khí thải"),
        ("B", "Dịch vụ", True, ""),
        ("1", "Vận hành", False, "Dịch vụ"),
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("| 1 | | bộ | | |", "| 2 | Bồn | | | |"), "Chưa có tên"),
        (("| 1 | Bồn lọc | | | |", "| 2 | BỒN LỌC | | | |"), "đã có ở: Bảng 1, dòng 1"),
        (("| 1 | Bồn lọc | | | tám bốn |",), "không phải mã HS"),
        (("| 1 | Bồn lọc | | | 8421.2 |",), "không phải mã HS"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(side: Side, lines: tuple[str, ...], words: str) -> None:
    row = brought(side, paper(lines))
    nodes, _beside = queries.beside(row)
    assert any(words in wrong for node in nodes for wrong in node.wrong)
    with pytest.raises(Refused, match="Bảng 1, dòng"):
        adopted(side, row)
    assert not CatalogueItem.objects.exists()


def test_a_leap_of_numbers_is_pointed_at(side: Side) -> None:
    nodes, _beside = queries.beside(brought(side, paper(("| 1 | Bồn | | | |", "| 3 | Máy | | | |"))))
    assert nodes[1].doubts == ["Sau số 1 là số 3: có thể thiếu dòng."]
    assert not nodes[1].wrong


def test_word_and_excel_read_as_the_text_does(side: Side) -> None:
    text = paper()
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        rows = [line.strip("|").split("|") for line in text.decode().splitlines() if line.startswith("| ")]
        for y, cells in enumerate(rows):
            page.write_row(y, 0, [cell.strip() for cell in cells])
    told = []
    for name, data in (("a.txt", text), ("a.docx", as_word(text.decode())), ("a.xlsx", out.getvalue())):
        document = read_file(data, name)
        lines = tree(lines_of(document, tables_of(document)))
        told.append(
            [(n.row["number"].strip("."), n.row["name"], n.row["hs"], n.is_branch, n.depth) for n in lines]
        )
    assert told[0] == told[1] == told[2]
    assert len(told[0]) == 6


def test_adopting_makes_the_tree_and_keeps_the_places(side: Side) -> None:
    version = in_force(side)
    assert (version.number, version.paper_number) == (1, "1/QĐ-BTN")
    row = item("Bồn lọc")
    assert (str(row.parent), row.unit, row.standard, row.hs_code) == (
        "I Xử lý nước thải",
        "bộ",
        "TCVN 1:2026",
        "8421.21",
    )
    assert CatalogueLine.objects.filter(version=version, change="new").count() == 6
    place = CatalogueLine.objects.get(item=row).places[1]
    document = read_file(paper(), "a.txt")
    assert document.blocks[place["block"]].rows[place["row"]][place["cell"]].text == row.name  # type: ignore[union-attr]
    assert broken_links(side.tenant.pk) == []


def test_nothing_is_adopted_that_was_not_shown(side: Side) -> None:
    row = brought(side)
    officer = side.viewer("officer")
    nodes, beside = queries.beside(row)
    seen = fingerprint(nodes, beside)
    actions.correct(officer, row.pk, seen=0, key=nodes[1].key, values={"number": "1", "name": "Bồn khác"})
    told = {"paper_number": "1/QĐ", "paper_date": date(2026, 8, 1), "issuer": ""}
    with pytest.raises(Conflict):
        actions.adopt(officer, row.pk, seen=seen, **told)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        actions.drop(officer, row.pk, seen=0, key=nodes[1].key, dropped=True)
    with pytest.raises(Refused, match="số, ký hiệu"):
        actions.adopt(officer, row.pk, seen=seen, paper_number=" ", paper_date=None, issuer="")
    assert not CatalogueItem.objects.exists()


def test_a_line_is_corrected_left_out_and_added(side: Side) -> None:
    officer, row = side.viewer("officer"), brought(side)
    keys = [line["key"] for line in row.lines]
    row = actions.drop(officer, row.pk, seen=0, key=keys[2], dropped=True)
    row = actions.add_line(officer, row.pk, seen=1, after=keys[1], values={"number": "2", "name": "Bơm bùn"})
    row = actions.correct(
        officer, row.pk, seen=2, key=keys[1], values={"number": "1", "name": "Bồn lọc mới", "hs": "8421"}
    )
    adopted(side, row)
    names = [one.item.name for one in queries.shown(Catalogue.objects.get())]
    assert names[:3] == ["Xử lý nước thải", "Bồn lọc mới", "Bơm bùn"]
    assert not CatalogueItem.objects.filter(name__startswith="Máy ép bùn").exists()


def test_columns_are_said_by_the_officer(side: Side) -> None:
    data = paper().replace("Mã HS".encode(), "Cột lạ".encode())
    row = brought(side, data)
    assert row.tables[0]["roles"] == ["number", "name", "unit", "standard", ""]
    roles = [["number", "name", "unit", "standard", "hs"]]
    with pytest.raises(Refused, match="cột tên"):
        actions.say_columns(side.viewer("officer"), row.pk, seen=0, roles=[["", "", "", "", ""]], used=[True])
    with pytest.raises(Refused, match="một cột"):
        actions.say_columns(
            side.viewer("officer"), row.pk, seen=0, roles=[["name", "name", "", "", ""]], used=[True]
        )
    row = actions.say_columns(side.viewer("officer"), row.pk, seen=0, roles=roles, used=[True])
    assert row.lines[1]["hs"] == "8421.21"


def test_a_later_list_is_compared_decided_and_supersedes(side: Side) -> None:
    officer = side.viewer("officer")
    in_force(side)
    filter_, press, fan = item("Bồn lọc"), item("Máy ép"), item("Quạt hút")
    row = brought(side, paper(LATER, "2/QĐ-BTN"))
    _nodes, beside = queries.beside(row)
    assert [one.node.row["name"] for one in beside.of("reworded")] == ["Bồn lọc nước thải ba lớp"]
    assert [(d.before, d.after) for d in beside.of("reworded")[0].differences] == [
        ("TCVN 1:2026", "TCVN 9:2027")
    ]
    (asked,) = beside.asked
    assert (asked.node.row["name"], asked.choices[0]) == ("Máy ép bùn khung bản tự động", press)
    with pytest.raises(Refused, match="mục cũ hay mục mới: Bảng 1, dòng 3"):
        adopted(side, row)
    two = {asked.node.key: filter_.pk, beside.lines[0].node.key: filter_.pk}
    with pytest.raises(Refused, match="chỉ ứng với một dòng"):
        actions.decide(officer, row.pk, seen=0, decisions=two)
    actions.decide(officer, row.pk, seen=0, decisions={asked.node.key: press.pk})
    version = adopted(side, row, "2/QĐ-BTN")
    for one in (filter_, press, fan):
        one.refresh_from_db()
    assert (filter_.standard, filter_.gone_in) == ("TCVN 9:2027", None)
    assert (press.name, press.first.number, press.last.number) == ("Máy ép bùn khung bản tự động", 1, 2)
    assert fan.gone_in == version
    changes = dict(CatalogueLine.objects.filter(version=version).values_list("item__name", "change"))
    assert (changes["Đĩa thổi khí mịn"], changes["Quạt hút chịu ăn mòn"]) == ("new", "gone")
    before = CatalogueLine.objects.get(version=version, item=press).before
    assert before["name"] == "Máy ép bùn khung bản"


def test_a_decision_for_a_new_item_lets_the_old_one_go(side: Side) -> None:
    in_force(side)
    press = item("Máy ép")
    row = brought(side, paper(LATER))
    _nodes, beside = queries.beside(row)
    actions.decide(side.viewer("officer"), row.pk, seen=0, decisions={beside.asked[0].node.key: 0})
    adopted(side, row)
    press.refresh_from_db()
    assert press.gone_in is not None
    assert item("Máy ép bùn khung bản tự động").pk != press.pk


def test_one_version_is_under_review_at_a_time_and_can_be_discarded(side: Side) -> None:
    row = brought(side)
    with pytest.raises(Refused, match="đang có một bản"):
        brought(side)
    actions.discard(side.viewer("officer"), row.pk)
    assert brought(side).state == CatalogueVersion.State.REVIEW
    with pytest.raises(Refused, match="không sửa được"):
        adopted(side, row)


def test_a_paper_without_a_table_says_so(side: Side) -> None:
    row = brought(side, "Không có bảng nào ở đây.".encode())
    job = Job.objects.get(pk=row.job_id or 0)
    assert "Không thấy bảng nào" in job.error
    assert row.state == CatalogueVersion.State.WAITING
    actions.discard(side.viewer("officer"), row.pk)


def test_only_officers_take_lists_in(side: Side) -> None:
    row = brought(side)
    for person in ("clerk_finance", "enterprise"):
        viewer = side.viewer(person)
        with pytest.raises(NotAllowed):
            actions.bring(
                viewer, tenant=side.tenant.pk, catalogue=None, name="A", file_name="a.txt", data=paper()
            )
        with pytest.raises(CatalogueVersion.DoesNotExist):
            actions.discard(viewer, row.pk)


def test_the_officers_way_through_the_pages(side: Side, signed_in: SignedIn) -> None:
    officer = signed_in("officer")
    sent = {"name": NAME, "file": SimpleUploadedFile("danh-muc.txt", paper())}
    answer = officer.post("/danh-muc-hang-hoa/nhap/", sent)
    path = answer.headers["Location"]
    if "/ban/" not in path:
        path = f"/danh-muc-hang-hoa/ban/{CatalogueVersion.objects.get().pk}/"
    page = officer.get(path).content.decode()
    assert "Bồn lọc nước thải ba lớp" in page
    assert "Bảng 1, dòng 2" in page
    assert 'data-place="noi-1-2"' in page
    assert officer.get(f"{path}cot/").status_code == 200
    assert "Mã HS" in officer.get(f"{path}dong/1-2/").content.decode()
    told = {"seen": "0", "number": "1", "name": "Bồn lọc sửa", "hs": "8421.21"}
    assert officer.post(f"{path}dong/1-2/", told).status_code == 302
    assert officer.post(f"{path}dong/1-3/bo/", {"seen": "1"}).status_code == 302
    assert "1 dòng đã bỏ" in officer.get(path).content.decode()
    shown = officer.get(f"{path}thong-qua/")
    form = shown.context["form"]
    assert (form["paper_number"].value(), form["paper_date"].value()) == ("1/QĐ-BTN", date(2026, 8, 1))
    adopting = {"seen": shown.context["seen"], "paper_number": "1/QĐ-BTN", "paper_date": "01/08/2026"}
    done = officer.post(f"{path}thong-qua/", adopting)
    page = officer.get(done.headers["Location"]).content.decode()
    assert "Bồn lọc sửa" in page
    assert "Máy ép bùn" not in page
    assert "theo 1/QĐ-BTN ngày 01/08/2026" in page
    assert "Xem thay đổi" in page
    pk = Catalogue.objects.get().pk
    assert "mới" in officer.get(f"/danh-muc-hang-hoa/{pk}/lan/1/").content.decode()
    assert "Bồn lọc sửa" in signed_in("clerk_finance").get(f"/danh-muc-hang-hoa/{pk}/").content.decode()
