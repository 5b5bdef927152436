"""Papers that amend another one give the named items only, and change these in its reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.vanban.checks.plans import PLAN
from vanban.amendments import Amendment, amended, changes, is_amendment, read
from vanban.document import Document, Place
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
        "more": [],
        "rows": [],
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
    ], "II has no second clause with a point a, and the appendix no ninth task"
    one_field, whole, new = result[1:4]
    assert [f.field for f in one_field.fields] == ["timeframe"]
    assert one_field.fields[0].new["start"] == "2029"
    assert [f.field for f in whole.fields] == ["text", "lead", "timeframe"]
    assert new.new is not None
    assert (new.new["no"], new.new["text"], new.new["lead"]) == ("3", "Lập quỹ nghề tái chế", ["Sở Y tế"])


def test_a_wording_changes_every_item_that_has_it_at_the_places_named() -> None:
    result = changes(found()[5:], old())
    assert {(c.section, c.kind) for c in result} == {("organisation", "changed")}
    everywhere = document(PAPER.replace(" tại Phần III.", "."))
    result = changes(read(everywhere)[5:], old())
    assert {(c.section, c.kind) for c in result} == {("tasks", "changed"), ("organisation", "changed")}


def test_dropping_a_task_that_is_there() -> None:
    paper = document(PAPER.replace("nhiệm vụ số 9", "nhiệm vụ số 2"))
    (change,) = [c for c in changes(read(paper), old()) if c.kind == "dropped"]
    assert change.old is not None
    assert change.old["no"] == "2"


AMENDED = (Path(__file__).parent / "papers" / "lang-nghe.txt").read_bytes()
Expected = list[tuple[str, str, str]]  # section, kind, words of the new item, else of the old


def made_of(instructions: str) -> Expected:
    """What instructions, written under the article, make of an invented plan with parts, sections and clauses."""
    start, end = PAPER.index("1. Sửa đổi điểm a"), PAPER.index("Điều 2.")
    paper = document(PAPER[:start] + instructions.strip() + "\n\n" + PAPER[end:])
    reading = understand(read_file(AMENDED, "plan.txt"))
    result = changes(read(paper), reading)
    return [(c.section, c.kind, str((c.new or c.old or {}).get("text") or "")) for c in result]


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        (
            "1. Sửa đổi khoản 2 mục I phần C như sau: “2. Bố trí đất cho hai trạm xử lý.”",
            [("body_tasks", "changed", "Bố trí đất cho hai trạm xử lý")],
        ),
        (
            "1. Điểm 1.2 khoản 1 Mục I Phần C được bãi bỏ.",
            [("body_tasks", "dropped", "Lập bản đồ điểm xả thải.")],
        ),
        (
            "1. Sửa đổi gạch đầu dòng thứ nhất mục I phần B thành: “- Đến năm 2030, ít nhất 65% làng nghề có hệ thống "
            "thu gom nước thải.”",
            [("targets", "changed", "Đến năm 2030, ít nhất 65% làng nghề có hệ thống thu gom nước thải")],
        ),
        (
            "1. Bổ sung khoản 3 vào mục III phần D: “3. Kiểm tra các hộ xả thải.”",
            [("organisation", "added", "Kiểm tra các hộ xả thải")],
        ),
        (
            "1. Bãi bỏ nội dung tại số thứ tự 1 Phụ lục I.",
            [("tasks", "dropped", "Điều tra hiện trạng xả thải của làng nghề")],
        ),
        (
            "1. Bãi bỏ các nhiệm vụ số 1, 2 và số 8 tại Phụ lục.",
            [
                ("tasks", "dropped", "Điều tra hiện trạng xả thải của làng nghề"),
                ("tasks", "dropped", "Lập bản đồ điểm xả thải"),
                ("text", "added", "Bãi bỏ các nhiệm vụ số 1, 2 và số 8 tại Phụ lục."),
            ],
        ),
        (
            "1. Bổ sung nhiệm vụ số 2a vào sau nhiệm vụ số 2 Phụ lục: “2a. Lập quỹ; cơ quan chủ trì: Sở Y tế”.",
            [("tasks", "added", "Lập quỹ")],
        ),
        (
            "1. Tại Mục I Phần C:\n\na) Bãi bỏ khoản 2.\n\nb) Sửa đổi điểm 1.1 khoản 1 thành: “1.1. Điều tra lại.”\n\n"
            "2. Bãi bỏ nhiệm vụ số 3 Phụ lục.",
            [
                ("body_tasks", "dropped", "Bố trí đất cho trạm xử lý."),
                ("body_tasks", "changed", "Điều tra lại"),
                ("tasks", "dropped", "Thử nghiệm công nghệ xử lý quy mô nhỏ"),
            ],
        ),
        (
            "1. Thay thế cụm từ “trạm xử lý” bằng cụm từ “nhà máy xử lý” tại khoản 2 mục I phần C và Phụ lục.",
            [("body_tasks", "changed", "Bố trí đất cho nhà máy xử lý.")],
        ),
        (
            "1. Bỏ cụm từ “hiện trạng” tại khoản 1 mục I phần C.",
            [("body_tasks", "changed", "Điều tra xả thải của làng nghề.")],
        ),
        (
            "1. Bổ sung nhiệm vụ của Sở Tài chính như sau: “- Thẩm định giá dịch vụ.”",
            [("organisation", "added", "Thẩm định giá dịch vụ")],
        ),
        (
            "1. Sửa đổi chỉ tiêu làng nghề có hệ thống thu gom nước thải từ “80%” thành “85%”.",
            [("targets", "changed", "85% làng nghề có hệ thống thu gom nước thải")],
        ),
        (
            "1. Bổ sung cơ quan phối hợp vào nhiệm vụ số 1 Phụ lục: Sở Xây dựng.",
            [("tasks", "changed", "Điều tra hiện trạng xả thải của làng nghề")],
        ),
        (
            "1. Điều chỉnh thời gian thực hiện các nhiệm vụ số 1 và số 3 Phụ lục thành: Năm 2029.",
            [
                ("tasks", "changed", "Điều tra hiện trạng xả thải của làng nghề"),
                ("tasks", "changed", "Thử nghiệm công nghệ xử lý quy mô nhỏ"),
            ],
        ),
        (
            "1. Sửa đổi nhiệm vụ số 3 Phụ lục như sau: “Mở lớp dạy nghề gốm”.",
            [("tasks", "changed", "Mở lớp dạy nghề gốm")],
        ),
        (
            "1. Sửa đổi, bổ sung một số nhiệm vụ tại Phụ lục như sau:\n\n"
            "STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện\n"
            "2\tLập bản đồ số điểm xả thải\tSở Y tế\t\t2028\n15\tLập quỹ nước\tSở Y tế\t\t2028",
            [("tasks", "changed", "Lập bản đồ số điểm xả thải"), ("tasks", "added", "Lập quỹ nước")],
        ),
        (
            "1. Thay thế Phụ lục bằng Phụ lục sau:\n\n"
            "STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện\n"
            "1\tLập bản đồ các điểm xả thải\tSở Y tế\t\t2028",
            [
                ("tasks", "changed", "Lập bản đồ các điểm xả thải"),
                ("tasks", "dropped", "Điều tra hiện trạng xả thải của làng nghề"),
                ("tasks", "dropped", "Thử nghiệm công nghệ xử lý quy mô nhỏ"),
            ],
        ),
        (
            "Nội dung cụ thể:\n\nVị trí\tNội dung hiện hành\tNội dung sửa đổi, bổ sung\n"
            "Khoản 2 mục I phần C\tBố trí đất cho trạm xử lý.\tBố trí đất cho ba trạm xử lý.\n"
            "Nhiệm vụ số 1 Phụ lục\tĐiều tra\tBãi bỏ",
            [
                ("body_tasks", "changed", "Bố trí đất cho ba trạm xử lý."),
                ("tasks", "dropped", "Điều tra hiện trạng xả thải của làng nghề"),
            ],
        ),
    ],
)
def test_real_shapes_of_instructions(instruction: str, expected: Expected) -> None:
    assert made_of(instruction) == expected


def test_the_figure_of_a_target_is_read_anew() -> None:
    start, end = PAPER.index("1. Sửa đổi điểm a"), PAPER.index("Điều 2.")
    said = "1. Sửa đổi chỉ tiêu làng nghề có hệ thống thu gom nước thải từ “80%” thành “ít nhất 85%”.\n\n"
    paper = document(PAPER[:start] + said + PAPER[end:])
    (change,) = changes(read(paper), understand(read_file(AMENDED, "plan.txt")))
    assert {f.field: (f.old, f.new) for f in change.fields if f.field != "text"} == {
        "value_min": (80, 85),
        "value_max": (80, None),
        "comparator": ("eq", "gte"),
    }


def test_one_place_may_hold_a_duty_and_a_report() -> None:
    new = "“2. Hằng năm, trước ngày 20 tháng 12, tổng hợp báo cáo Ủy ban nhân dân tỉnh.”"
    found = made_of(f"1. Khoản 2 mục I phần D sửa đổi như sau: {new}")
    assert [(section, kind) for section, kind, _ in found] == [
        ("organisation", "changed"),
        ("reporting", "changed"),
    ]


def test_a_number_that_two_places_bear_means_neither() -> None:
    assert [kind for kind, _, _ in made_of("1. Bãi bỏ khoản 2.")] == ["text"]


def test_every_new_word_is_at_its_place() -> None:
    start, end = PAPER.index("1. Sửa đổi điểm a"), PAPER.index("Điều 2.")
    added = "1. Bổ sung vào mục III phần D: “3. Kiểm tra các hộ xả thải.”\n\n"
    paper = document(PAPER[:start] + added + PAPER[end:])
    (change,) = changes(read(paper), understand(read_file(AMENDED, "plan.txt")))
    assert change.new is not None
    (place,) = change.new["places"]
    assert paper.at(Place(**place)) == "Kiểm tra các hộ xả thải"
