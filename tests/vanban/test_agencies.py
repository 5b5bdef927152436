"""Lists of bodies are cut into single bodies; a body is told by its kind; bodies are found in prose."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vanban.prose import assert_places_cut_out, document, words
from vanban import agencies
from vanban.document import Document, Paragraph
from vanban.folding import bare

LISTS = [
    ("Sở Y tế", ["Sở Y tế"]),
    ("Sở Y tế, Sở Tư pháp và Sở Du lịch.", ["Sở Y tế", "Sở Tư pháp", "Sở Du lịch"]),
    (
        "Các Sở: Y tế, Văn hóa, Thể thao và Du lịch; Tư pháp",
        ["Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch", "Sở Tư pháp"],
    ),
    ("các Sở Y tế, Tư pháp và các đơn vị liên quan", ["Sở Y tế", "Sở Tư pháp", "các đơn vị liên quan"]),
    ("Sở Giáo dục và Đào tạo, Y tế", ["Sở Giáo dục và Đào tạo", "Sở Y tế"]),
    ("Các Bộ: Y tế, Giáo dục và Đào tạo", ["Bộ Y tế", "Bộ Giáo dục và Đào tạo"]),
    ("Các Cục: Thủy sản, Kiểm ngư và Chăn nuôi", ["Cục Thủy sản", "Cục Kiểm ngư", "Cục Chăn nuôi"]),
    ("Vụ Kế hoạch, Tài chính và Quản lý doanh nghiệp", ["Vụ Kế hoạch, Tài chính và Quản lý doanh nghiệp"]),
    (
        "Viện Khí tượng, Thủy văn và Biến đổi khí hậu; Cục Quản lý đê điều và Phòng, chống thiên tai",
        ["Viện Khí tượng, Thủy văn và Biến đổi khí hậu", "Cục Quản lý đê điều và Phòng, chống thiên tai"],
    ),
    (
        "Báo và Phát thanh, Truyền hình tỉnh, Công an tỉnh",
        ["Báo và Phát thanh, Truyền hình tỉnh", "Công an tỉnh"],
    ),
    (
        "Các sở, ban, ngành, đoàn thể; UBND các xã, phường",
        ["Các sở, ban, ngành, đoàn thể", "UBND các xã, phường"],
    ),
    ("Sở, ngành liên quan và UBND cấp xã", ["Sở, ngành liên quan", "UBND cấp xã"]),
    ("UBND cấp huyện, cấp xã", ["UBND cấp huyện, cấp xã"]),
    (
        "UBND các xã: An Phú, An Hòa và phường Tân Lập",
        ["UBND xã An Phú", "UBND xã An Hòa", "UBND phường Tân Lập"],
    ),
    ("Mặt trận Tổ quốc tỉnh và các tổ chức thành viên", ["Mặt trận Tổ quốc tỉnh và các tổ chức thành viên"]),
    ("các viện, trường, trung tâm, các doanh nghiệp", ["các viện, trường, trung tâm", "các doanh nghiệp"]),
    ("các tổ chức xã hội, tổ chức nghề nghiệp", ["các tổ chức xã hội", "tổ chức nghề nghiệp"]),
    ("- Sở Y tế;\n- Sở Tư pháp.", ["Sở Y tế", "Sở Tư pháp"]),
    ("1. Sở Y tế\n2. Sở Tư pháp", ["Sở Y tế", "Sở Tư pháp"]),
    ("Sở Y tế (đầu mối), Tỉnh đoàn", ["Sở Y tế (đầu mối)", "Tỉnh đoàn"]),
    ("Giám đốc các Sở: Y tế, Tư pháp", ["Giám đốc Sở Y tế", "Giám đốc Sở Tư pháp"]),
    ("Các sở, ngành: Y tế, Tư pháp; UBND các xã", ["Sở Y tế", "Sở Tư pháp", "UBND các xã"]),
    ("UBND xã An Phú, phường Tân Lập", ["UBND xã An Phú", "UBND phường Tân Lập"]),
    ("Các Vụ: Pháp chế, Tổ chức cán bộ", ["Vụ Pháp chế", "Vụ Tổ chức cán bộ"]),
    ("Giám đốc Sở Y tế; Chủ tịch UBND các xã", ["Giám đốc Sở Y tế", "Chủ tịch UBND các xã"]),
    (
        "Ban Quản lý các khu kinh tế và khu công nghiệp tỉnh",
        ["Ban Quản lý các khu kinh tế và khu công nghiệp tỉnh"],
    ),
    ("Sở KH&CN, NN&MT; BQL các KCN", ["Sở KH&CN", "Sở NN&MT", "BQL các KCN"]),
    ("Chi cục Thủy lợi - Sở Y tế", ["Chi cục Thủy lợi - Sở Y tế"]),
    ("Sở Xây dựng, chủ đầu tư các khu đô thị", ["Sở Xây dựng", "chủ đầu tư các khu đô thị"]),
    ("Sở Tài chính và các ngân hàng thương mại", ["Sở Tài chính", "các ngân hàng thương mại"]),
    ("Sở Y tế, Bưu điện tỉnh, Viễn thông tỉnh", ["Sở Y tế", "Bưu điện tỉnh", "Viễn thông tỉnh"]),
    ("Sở Bưu chính, Viễn thông", ["Sở Bưu chính, Viễn thông"]),
    ("Sở Y tế, phường Hòa Bình, xã Tân An", ["Sở Y tế", "phường Hòa Bình", "xã Tân An"]),
    ("Sở Y tế và các xã, phường", ["Sở Y tế", "các xã, phường"]),
    ("Sở Lao động - Thương binh, Xã hội", ["Sở Lao động - Thương binh, Xã hội"]),
    ("Hội Nông dân xã Tân An, xã Tân Lập", ["Hội Nông dân xã Tân An, xã Tân Lập"]),
    ("", []),
    (" - ", []),
]


@pytest.mark.parametrize(("text", "bodies"), LISTS)
def test_lists_are_cut_where_a_new_body_begins(text: str, bodies: list[str]) -> None:
    assert [body.text for body in agencies.split(words(text))] == bodies


@pytest.mark.parametrize("text", [text for text, _ in LISTS])
def test_each_body_stands_where_its_places_say(text: str) -> None:
    paper = Document((Paragraph(text),))
    for body in agencies.split(words(text)):
        assert body.places
        assert_places_cut_out(paper, body)


KINDS = [
    *(
        "Sở Y tế",
        "các viện, trường",
        "UBND các xã",
        "Cục Thủy sản",
        "Hội Nông dân tỉnh",
        "doanh nghiệp",
        "Tư pháp",
    ),
    *("Văn hóa và Thể thao", "các Sở: Y tế", "đơn vị liên quan", "Công an tỉnh", "Vụ Pháp chế"),
]


@given(
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=7),
    st.sampled_from([", ", "; ", " và ", "\n- ", " / "]),
)
def test_no_word_is_lost_and_the_order_is_kept(parts: list[str], joint: str) -> None:
    text = joint.join(parts)
    printed = [w for w in bare(text).split() if w not in {"va", "cac", "so", "ubnd", "xa"}]
    read = [w for body in agencies.split(words(text)) for w in bare(body.text).split()]
    assert [w for w in read if w not in {"va", "cac", "so", "ubnd", "xa"}] == printed


@given(st.text(alphabet="SởBanCụcvà,;:-\n()&. abcÁđ1", max_size=60))
def test_any_text_is_cut_without_error_into_what_it_says(text: str) -> None:
    paper = Document((Paragraph(text),))
    for body in agencies.split(words(text)):
        assert body.text.strip()
        assert_places_cut_out(paper, body)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sở Y tế", "department"),
        ("Văn phòng UBND tỉnh", "department"),
        ("Ban Quản lý Khu kinh tế", "board"),
        ("UBND xã An Phú", "commune"),
        ("Ủy ban nhân dân các phường, xã", "commune"),
        ("Chủ tịch UBND đặc khu", "commune"),
        ("UBND huyện An Bình", "district"),
        ("UBND các quận, huyện", "district"),
        ("UBND tỉnh", "other"),
        ("Bộ Y tế", "central"),
        ("Bộ, ngành Trung ương", "central"),
        ("Vụ Pháp chế", "central"),
        ("Bộ Chỉ huy Quân sự tỉnh", "other"),
        ("Tập đoàn Hóa chất Việt Nam", "enterprise"),
        ("các doanh nghiệp tái chế", "enterprise"),
        ("Hiệp hội Nhựa", "association"),
        ("Tỉnh đoàn", "association"),
        ("Trường Đại học An Bình", "other"),
        ("", "other"),
    ],
)
def test_a_body_is_told_by_its_kind(name: str, kind: str) -> None:
    assert agencies.kind(name) == kind


@pytest.mark.parametrize(
    "name", ["Các sở, ban, ngành", "UBND các xã, phường", "các cơ quan, đơn vị có liên quan"]
)
def test_generic_bodies(name: str) -> None:
    assert agencies.is_generic(name)


@pytest.mark.parametrize(
    "name", ["Sở Y tế", "UBND xã An Phú", "Công an tỉnh", "Các Sở: Y tế, Tư pháp", "Mục tiêu", ""]
)
def test_named_bodies_are_not_generic(name: str) -> None:
    assert not agencies.is_generic(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "gửi báo cáo về Sở Y tế để tổng hợp, báo cáo UBND tỉnh và Bộ Y tế theo quy định",
            ["Sở Y tế", "UBND tỉnh và Bộ Y tế"],
        ),
        ("Thủ trưởng các sở, ban, ngành chủ động triển khai", ["Thủ trưởng các sở, ban, ngành"]),
        ("giao Sở Văn hóa, Thể thao và Du lịch chủ trì", ["Sở Văn hóa, Thể thao và Du lịch"]),
        (
            "đề nghị UBND thành phố Tân An và các huyện, thị xã gửi",
            ["UBND thành phố Tân An và các huyện, thị xã"],
        ),
        ("Vụ Thị trường trong nước chủ trì", ["Vụ Thị trường trong nước"]),
        ("giao Sở Y tế làm đầu mối", ["Sở Y tế"]),
        ("báo cáo UBND tỉnh các khó khăn gặp phải", ["UBND tỉnh"]),
        ("doanh nghiệp tổ chức thực hiện phân loại rác", []),
        ("các đơn vị tổ chức thực hiện", ["các đơn vị"]),
        ("ban hành Kế hoạch hội nhập quốc tế", []),
    ],
)
def test_bodies_in_prose_end_before_the_verb(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in agencies.mentions(text)] == found


@given(
    st.lists(
        st.sampled_from(["Sở Y tế", "các sở, ngành", "và", ",", "báo cáo", "qua", "UBND tỉnh", ".", "(", "x"])
    )
)
def test_mentions_stand_in_order_and_apart(parts: list[str]) -> None:
    text = " ".join(parts)
    spans = agencies.mentions(text)
    assert all(a < b <= c < d for (a, b), (c, d) in pairwise(spans))
    assert all(re.match(r"\w", text[a:b]) for a, b in spans)


def test_a_body_written_out_has_only_printed_places() -> None:
    text = "Các Sở: Y tế và Tư pháp"
    paper = document(text)
    last = agencies.split(words(text))[-1]
    assert last.text == "Sở Tư pháp"
    assert [paper.at(place) for place in last.places] == ["Tư pháp"]
