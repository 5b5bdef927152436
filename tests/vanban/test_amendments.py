"""Papers that amend another one give the named items only, and change these in its reading."""

from __future__ import annotations

from typing import Any

from tests.vanban.checks.plans import PLAN
from vanban.amendments import Amendment, amended, changes, is_amendment, read
from vanban.document import Document
from vanban.reading import read_file
from vanban.understanding import understand

PAPER = """
ỦY BAN NHÂN DÂN TỈNH HÀ SƠN

Số: 902/QĐ-UBND

Hà Sơn, ngày 3 tháng 3 năm 2028

QUYẾT ĐỊNH

Sửa đổi, bổ sung một số nội dung của Kế hoạch số 31/KH-UBND ngày 12 tháng 5 năm 2027

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ SƠN

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;

QUYẾT ĐỊNH:

Điều 1. Sửa đổi, bổ sung một số nội dung của Kế hoạch số 31/KH-UBND như sau:

1. Sửa đổi điểm a khoản 2 Mục II thành:

“a) Mở rộng mạng lưới thu mua phế liệu;

- Mỗi xã có một điểm thu mua.”

2. Điều chỉnh thời gian thực hiện nhiệm vụ số 1 tại Phụ lục từ “Năm 2028” thành “Năm 2029”.

3. Sửa đổi nhiệm vụ số 2 Phụ lục như sau: “2. Rà soát, bãi bỏ quy định về thu gom phế liệu; cơ quan chủ trì: \
Sở Tài chính; thời gian thực hiện: 2028 - 2030.”

4. Bổ sung nhiệm vụ số 3 vào Phụ lục: “3. Lập quỹ nghề tái chế; cơ quan chủ trì: Sở Y tế; thời gian thực hiện: \
Quý III/2028.”

5. Bãi bỏ nhiệm vụ số 9 tại Phụ lục.

6. Thay cụm từ “Sở Tư pháp” bằng cụm từ “Sở Nội vụ” tại Phần III.

Điều 2. Quyết định này có hiệu lực từ ngày ký.

Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành./.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Văn Mẫu
"""


def document(text: str = PAPER) -> Document:
    return read_file(text.encode(), "sua-doi.txt")


def found() -> list[Amendment]:
    return read(document())


def old() -> dict[str, Any]:
    return understand(read_file(PLAN.encode(), "plan.txt"))


def test_it_is_an_amendment_of_a_named_paper() -> None:
    assert is_amendment(document())
    assert amended(document()) == "31/KH-UBND"
    assert not is_amendment(document(PLAN))


def test_every_instruction_once_and_nothing_else() -> None:
    assert [(a.action, a.refers) for a in found()] == [
        ("replace", (("point", "a"), ("clause", "2"), ("section", "II"))),
        ("replace", (("task", "1"), ("appendix", None))),
        ("replace", (("task", "2"), ("appendix", None))),
        ("add", (("task", "3"), ("appendix", None))),
        ("drop", (("task", "9"), ("appendix", None))),
        ("words", (("part", "III"),)),
    ]


def test_new_words_of_several_paragraphs_with_their_places() -> None:
    first = found()[0]
    assert first.new is not None
    assert "Mở rộng mạng lưới thu mua phế liệu" in first.new.text
    assert first.new.text.endswith("Mỗi xã có một điểm thu mua")
    paper = document()
    for offset, place in first.new.pieces:
        assert paper.at(place) == first.new.text[offset : offset + place.end - place.start]


def test_one_field_from_old_to_new_words() -> None:
    second = found()[1]
    assert second.field == "timeframe"
    assert second.old is not None
    assert second.new is not None
    assert (second.old.text, second.new.text) == ("Năm 2028", "Năm 2029")


def test_one_wording_for_another() -> None:
    last = found()[-1]
    assert last.as_json() | {"places": [], "new_places": []} == {
        "action": "words",
        "refers": [["part", "III"]],
        "field": None,
        "old": "Sở Tư pháp",
        "new": "Sở Nội vụ",
        "places": [],
        "new_places": [],
    }


def test_what_the_instructions_change_in_the_plan() -> None:
    result = changes(found()[:5], old())
    assert [(c.section, c.kind) for c in result] == [
        ("text", "added"),
        ("tasks", "changed"),
        ("tasks", "changed"),
        ("tasks", "added"),
        ("text", "added"),
    ]
    one_field, whole, new = result[1:4]
    assert [f.field for f in one_field.fields] == ["timeframe"]
    assert one_field.fields[0].new["start"] == "2029"
    assert [f.field for f in whole.fields] == ["text", "lead", "timeframe"]
    assert new.new is not None
    assert (new.new["no"], new.new["text"], new.new["lead"]) == ("3", "Lập quỹ nghề tái chế", ["Sở Y tế"])


def test_a_wording_changes_every_item_that_has_it() -> None:
    result = changes(found()[5:], old())
    assert {(c.section, c.kind) for c in result} == {("tasks", "changed"), ("organisation", "changed")}


def test_dropping_a_task_that_is_there() -> None:
    paper = document(PAPER.replace("nhiệm vụ số 9", "nhiệm vụ số 2"))
    (change,) = [c for c in changes(read(paper), old()) if c.kind == "dropped"]
    assert change.old is not None
    assert change.old["no"] == "2"
