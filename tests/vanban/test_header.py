"""The head of a paper: how it is laid out does not matter for what it says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vanban.prose import words
from vanban import bases, closing, header, periods
from vanban.document import Document
from vanban.reading.text import from_text

BODY = "I. MỤC TIÊU\nGiảm rác.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\nBố trí vốn."


def head(text: str) -> dict[str, Any]:
    return header.read(from_text(f"{text}\n{BODY}"))


def test_the_two_columns_of_the_head() -> None:
    found = head(
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH GIA LAI\tĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 21 /KH-UBND\tGia Lai, ngày 05 tháng 6 năm 2026\n\nKẾ HOẠCH\nGiảm rác thải nhựa năm 2027"
    )
    assert (found["number"], found["date"], found["kind"]) == ("21/KH-UBND", "2026-06-05", "KẾ HOẠCH")
    assert found["issuer"] == "Ủy ban nhân dân tỉnh Gia Lai"
    assert (found["title"], found["period_start"], found["period_end"]) == (
        "Giảm rác thải nhựa năm 2027",
        2027,
        2027,
    )
    assert set(found["header_places"]) == {"number", "date", "issuer", "kind", "title", "period"}


@pytest.mark.parametrize(
    ("number", "place", "expected"),
    [
        ("Số:       /KH-UBND", "Huế, ngày     tháng     năm 2026", (None, None)),
        ("Số: ...../KH-UBND", "Huế, ngày ... tháng 8 năm 2026", (None, None)),
        ("Số: 07-KH/TU", "Huế, ngày 01 tháng 8 năm 2026", ("07-KH/TU", "2026-08-01")),
        ("Số: 12/2026/QĐ-UBND", "Huế, ngày 31 tháng 02 năm 2026", ("12/2026/QĐ-UBND", None)),
        ("Số: 415/KH- UBND", "TP. Huế, ngày 9 tháng 8 năm 2026", ("415/KH-UBND", "2026-08-09")),
    ],
)
def test_numbers_and_dates_also_of_drafts(
    number: str, place: str, expected: tuple[str | None, str | None]
) -> None:
    found = head(f"{number}\n{place}\nKẾ HOẠCH\nGiảm rác")
    assert (found["number"], found["date"]) == expected


@pytest.mark.parametrize(
    ("top", "preamble", "issuer"),
    [
        ("BỘ CÔNG THƯƠNG\nSố: 3/KH-BCT", "Bộ Công Thương ban hành Kế hoạch:", "Bộ Công Thương"),
        ("UBND TỈNH CÀ MAU\nSỞ XÂY DỰNG\nSố: 3/KH-SXD", "Sở Xây dựng giao các phòng:", "Sở Xây dựng"),
        (
            "Số: 3/KH-UBND\nVinh, ngày 2 tháng 3 năm 2026",
            "UBND tỉnh Nghệ An ban hành:",
            "Ủy ban nhân dân tỉnh Nghệ An",
        ),
        (
            "Số: 3/KH-UBND\nHuế, ngày 2 tháng 3 năm 2026",
            "UBND thành phố ban hành ở thành phố Huế:",
            "Ủy ban nhân dân thành phố Huế",
        ),
        ("Số: 3/KH", "Các đơn vị triển khai:", None),
    ],
)
def test_issuers(top: str, preamble: str, issuer: str | None) -> None:
    assert head(f"{top}\nKẾ HOẠCH\nGiảm rác\n{preamble}")["issuer"] == issuer


def test_the_note_under_the_title_names_the_decision() -> None:
    found = head(
        "KẾ HOẠCH\nGiảm rác giai đoạn 2026 - 2030\n"
        "(Ban hành kèm theo Quyết định số 88/QĐ-UBND ngày 07/5/2026\ncủa Chủ tịch Ủy ban nhân dân tỉnh Sơn La)"
    )
    assert (found["number"], found["date"]) == ("88/QĐ-UBND", "2026-05-07")
    assert (found["issuer"], found["title"]) == (
        "Ủy ban nhân dân tỉnh Sơn La",
        "Giảm rác giai đoạn 2026 - 2030",
    )


def test_a_kind_in_small_letters_and_a_title_on_its_line() -> None:
    assert head("KẾ HOẠCH GIẢM RÁC TẠI CÁC CHỢ DÂN SINH")["title"] == "GIẢM RÁC TẠI CÁC CHỢ DÂN SINH"
    found = head("# Kế hoạch\n## Giảm rác tại chợ")
    assert (found["kind"], found["title"]) == ("Kế hoạch", "Giảm rác tại chợ")
    assert head("Số: 1/SCT")["title"] is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("giai đoạn 2026 - 2030", ("2026 - 2030", 2026, 2030, None)),
        ("giai đoạn từ năm 2026 đến năm 2030, tầm nhìn đến năm 2045", (None, 2026, 2030, 2045)),
        (
            "đến năm 2030, định hướng đến năm 2050",
            ("đến năm 2030, định hướng đến năm 2050", None, 2030, 2050),
        ),
        ("giai đoạn từ nay đến năm 2028", ("từ nay đến năm 2028", None, 2028, None)),
        ("năm 2027", ("năm 2027", 2027, 2027, None)),
        ("thực hiện Đề án giai đoạn 2021-2030 trong giai đoạn 2026-2028", ("2026-2028", 2026, 2028, None)),
        ("theo Quyết định ngày 4 tháng 9 năm 2025 giai đoạn 2026-2030", ("2026-2030", 2026, 2030, None)),
    ],
)
def test_periods(title: str, expected: tuple[str | None, int | None, int | None, int | None]) -> None:
    found = periods.read(f"Giảm rác {title}")
    assert found is not None
    assert (found.start, found.end, found.vision) == expected[1:]
    assert expected[0] in (None, found.text)


def test_no_period_is_made_up() -> None:
    assert periods.read("Giảm rác theo Quyết định ngày 4 tháng 9 năm 2025") is None


def listed(text: str) -> list[tuple[str | None, str | None]]:
    return [(basis.number or basis.name, basis.date) for basis in bases.read([words(text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Luật Điện lực ngày 30 tháng 11 năm 2024;", [("Luật Điện lực", "2024-11-30")]),
        ("Căn cứ Luật Đo lường số 04/2011/QH13;", [("04/2011/QH13", None)]),
        (
            "Căn cứ Nghị định số 08/2022/NĐ-CP ngày 10/01/2022 sửa đổi Nghị định số 38/2015/NĐ-CP",
            [("08/2022/NĐ-CP", "2022-01-10")],
        ),
        (
            "Thực hiện Chỉ thị 20/CT-TTg ngày 1/6/2026 và Công văn số 77/BCT-CN ngày 9/6/2026 về pin",
            [("20/CT-TTg", "2026-06-01"), ("77/BCT-CN", "2026-06-09")],
        ),
        (
            "Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện Quyết định số 5/QĐ-TTg ngày 2/2/2026:",
            [("5/QĐ-TTg", "2026-02-02")],
        ),
        (
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đê điều và Luật Thủy lợi ngày 17/6/2020;",
            [("Luật sửa đổi, bổ sung một số điều của Luật Đê điều và Luật Thủy lợi", "2020-06-17")],
        ),
        (
            "Căn cứ các Quyết định của Bộ trưởng: số 31/QĐ-BXD ngày 4/4/2026 về cát; số 32/QĐ-BXD ngày 5/4/2026 về đá;",
            [("31/QĐ-BXD", "2026-04-04"), ("32/QĐ-BXD", "2026-04-05")],
        ),
        ("Theo Công văn số 18-CV/TU của Tỉnh ủy ngày 7/7/2026", [("18-CV/TU", "2026-07-07")]),
        (
            "Thực hiện Chiến lược phát triển nghề muối ban hành kèm theo Quyết định số 9/QĐ-TTg ngày 3/3/2026",
            [("9/QĐ-TTg", "2026-03-03")],
        ),
        ("Căn cứ chức năng, nhiệm vụ được giao;", []),
        ("Căn cứ Quyết định số 6/QĐ-TTg ngày 31/02/2026;", [("6/QĐ-TTg", None)]),
    ],
)
def test_legal_bases(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert listed(text) == expected


def test_a_proposal_has_its_role_and_a_basis_stands_once() -> None:
    found = bases.read(
        [
            words("Căn cứ Quyết định số 5/QĐ-TTg ngày 2/2/2026; Quyết định số 5/QĐ-TTg ngày 2/2/2026;"),
            words("Xét đề nghị của Giám đốc Sở Tài chính tại Tờ trình số 9/TTr-STC ngày 3/3/2026,"),
        ]
    )
    assert [(basis.number, basis.role is not None) for basis in found] == [
        ("5/QĐ-TTg", False),
        ("9/TTr-STC", True),
    ]


def closed(text: str) -> closing.Closing:
    return closing.read([words(line) for line in text.splitlines()])


def test_recipients_and_signature_in_either_order() -> None:
    recipients = "Nơi nhận:\n- Bộ Công Thương;\n- Các sở, ban,\nngành;\n- Lưu: VT.\n"
    signature = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Văn Ơn\n"
    for text in (recipients + signature, signature + recipients):
        found = closed(text)
        assert [r.text for r in found.recipients or []] == ["Bộ Công Thương", "Các sở, ban, ngành", "Lưu: VT"]
        assert (found.authority.text, found.name.text) == ("TM. ỦY BAN NHÂN DÂN", "Trần Văn Ơn")
        assert found.title.text == "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"


def test_the_head_of_an_annex_behind_the_signature_is_no_part_of_it() -> None:
    found = closed("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Ơn\nỦY BAN NHÂN DÂN\nTỈNH HÀ TIÊN")
    assert (found.title.text, found.name.text) == ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Trần Văn Ơn")


def test_a_closing_without_list_or_name() -> None:
    assert closed("BỘ TRƯỞNG").recipients is None
    assert closed("BỘ TRƯỞNG").name.text == ""
    assert not closed("Nơi nhận:\n- Như trên;").signed


def test_a_decision_and_its_plan_are_one_reading() -> None:
    decision = (
        "Số: 5/QĐ-UBND\nHuế, ngày 2 tháng 3 năm 2026\nQUYẾT ĐỊNH\nBan hành Kế hoạch giảm rác\n"
        "CHỦ TỊCH UBND THÀNH PHỐ HUẾ\nCăn cứ Luật Bảo vệ môi trường ngày 17/11/2020;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch giảm rác.\nNơi nhận:\n- Như Điều 1;\n"
        "CHỦ TỊCH\nLê Thị Sen\n"
    )
    found = head(f"{decision}KẾ HOẠCH\nGiảm rác giai đoạn 2026-2030")
    assert (found["number"], found["kind"], found["title"]) == (
        "5/QĐ-UBND",
        "KẾ HOẠCH",
        "Giảm rác giai đoạn 2026-2030",
    )
    assert found["signer"] == {"name": "Lê Thị Sen", "authority": None, "title": "CHỦ TỊCH"}
    assert [basis["name"] for basis in found["legal_bases"]] == ["Luật Bảo vệ môi trường"]
    assert found["recipients"] == ["Như Điều 1"]


def test_an_empty_paper_says_nothing() -> None:
    found = header.read(Document(()))
    assert {value for key, value in found.items() if key not in {"legal_bases", "header_places"}} == {None}


def test_columns_side_by_side_on_one_line() -> None:
    found = header.read(
        from_text(
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LONG AN Độc lập - Tự do - Hạnh phúc\n"
            f"Số: 61/KH-UBND Tân An, ngày 04 tháng 3 năm 2026\nKẾ HOẠCH\nThu lốp cũ năm 2026\n{BODY}\n"
            "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Bộ Công Thương; KT. CHỦ TỊCH\n- Các sở; PHÓ CHỦ TỊCH\n"
            "- UBND các xã; (Đã ký)\n- Lưu: VT, CN. Trần Thị Lúa"
        )
    )
    assert (found["number"], found["date"]) == ("61/KH-UBND", "2026-03-04")
    assert found["issuer"] == "Ủy ban nhân dân tỉnh Long An"
    assert found["recipients"] == ["Bộ Công Thương", "Các sở", "UBND các xã", "Lưu: VT, CN"]
    assert found["signer"] == {
        "name": "Trần Thị Lúa",
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "title": "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
    }


def test_the_heading_of_a_web_page_is_no_kind_and_hard_lines_are_joined() -> None:
    found = head(
        "KẾ HOẠCH 88/KH-UBND VỀ THU LỐP CŨ DO TỈNH LONG AN BAN HÀNH\nỦY BAN NHÂN DÂN\nTỈNH LONG AN\n-------\n|\nCỘNG\n"
        "HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n|\nSố:\n88/KH-UBND\n|\nLong\nAn, ngày 09 tháng 3 năm 2026\n|\nKẾ HOẠCH\n"
        "THU LỐP CŨ TRÊN ĐỊA BÀN TỈNH\nThực hiện Quyết định số\n77/QĐ-TTg ngày 2/2/2026 của Thủ tướng Chính phủ:"
    )
    assert (found["number"], found["date"], found["title"]) == (
        "88/KH-UBND",
        "2026-03-09",
        "THU LỐP CŨ TRÊN ĐỊA BÀN TỈNH",
    )
    assert found["issuer"] == "Ủy ban nhân dân tỉnh Long An"
    assert [basis["number"] for basis in found["legal_bases"]] == ["77/QĐ-TTg"]


def test_a_paper_that_lost_its_kind_keeps_its_head_and_bases() -> None:
    found = head(
        "ỦY BAN NHÂN DÂN\nSố: 88/KH-UBND\nLong An, ngày 09 tháng 3 năm 2026\n"
        "Căn cứ Quyết định số 77/QĐ-TTg ngày 2/2/2026;\nỦy ban nhân dân tỉnh Long An ban hành Kế hoạch thu lốp cũ:"
    )
    assert (found["number"], found["kind"], found["title"]) == ("88/KH-UBND", None, None)
    assert [basis["number"] for basis in found["legal_bases"]] == ["77/QĐ-TTg"]
