"""Who is proposed for what: by the words of the duties, never by chance."""

from __future__ import annotations

from luc.plans import suggest
from luc.plans.intake import content_of
from luc.plans.likeness import Voices, same_work

VOICES = Voices.of(
    [
        ("Sở Y tế", "Khám sức khỏe định kỳ cho công nhân các làng nghề."),
        ("Sở Y tế", "Tập huấn sơ cứu cho người lao động."),
        ("Sở Xây dựng", "Cải tạo hệ thống thoát nước, trạm bơm chống ngập."),
        ("Sở Giáo dục và Đào tạo", "Đưa nội dung phân loại rác vào trường học."),
    ]
)


def nearest(text: str) -> str:
    found = VOICES.nearest(text)
    return found.name if found else ""


def test_the_body_with_the_same_words_is_nearest() -> None:
    assert nearest("Xây trạm bơm thoát nước tại các khu bị ngập") == "Sở Xây dựng"
    assert nearest("Khám sức khỏe cho người lao động thu gom rác") == "Sở Y tế"


def test_the_name_of_a_body_counts_as_its_words() -> None:
    assert nearest("Đào tạo giáo viên, giáo dục môi trường") == "Sở Giáo dục và Đào tạo"


def test_nothing_near_is_nobody() -> None:
    assert nearest("Quảng bá du lịch sinh thái") == ""
    assert Voices.of([]).nearest("Bất cứ điều gì") is None


def test_the_same_work_in_other_order_is_found() -> None:
    rows = {"a": "Lập bản đồ các điểm ngập", "b": "Trồng cây xanh ven sông"}
    found = same_work("Trồng cây xanh ở ven sông", rows, 0.8)
    assert found is not None
    assert found.name == "b"
    assert same_work("Trồng rừng ngập mặn", rows, 0.8) is None


def test_everybodys_duty_proposes_nobody() -> None:
    content = content_of(
        {
            "title": "Kế hoạch",
            "tasks": [{"text": "Trồng cây xanh ven sông", "source": "body"}],
            "organisation": [{"agency": "Các sở, ban, ngành", "items": ["Trồng cây xanh ven sông."]}],
        }
    )
    made = suggest.choices(content, ())
    assert made["leads"]["nhiem-vu-1"]["name"] == ""


def test_the_programme_follows_from_the_title_or_the_legal_bases() -> None:
    known = [(1, "1894/QĐ-TTg", ["công nghiệp môi trường"]), (2, "1658/QĐ-TTg", ["tăng trưởng xanh", "TTX"])]

    def chosen(title: str, *bases: str) -> int | None:
        read = {"title": title, "legal_bases": [{"number": number} for number in bases]}
        return suggest.programme(content_of(read), known)

    assert chosen("Hành động về Tăng trưởng xanh đến năm 2030") == 2
    assert chosen("Triển khai Chương trình của tỉnh", "1894/QĐ-TTg") == 1
    assert chosen("Phòng, chống thiên tai", "02/QĐ-TTg") is None


def test_content_of_a_reading_always_has_the_same_keys() -> None:
    read = {"tasks": [{"text": "a"}, {"text": "b"}], "reporting": [{"quote": "Chậm nhất ngày 5 tháng 6"}]}
    first, second = content_of(read), content_of(read)
    assert first == second
    assert [task["key"] for task in first["tasks"]] == ["nhiem-vu-1", "nhiem-vu-2"]
    assert first["regimes"][0]["includes_day"]
