"""Text in columns of spaces, as `pdftotext -layout` leaves it: heads, closings, tables, pages."""

from __future__ import annotations

from vanban.document import Paragraph, Table
from vanban.reading import read_file, understand

PAGES = """\
ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  TỈNH LÂM ĐỒNG                      Độc lập - Tự do - Hạnh phúc
Số: 61/KH-UBND                   Lâm Đồng, ngày 04 tháng 5 năm 2026

                              KẾ HOẠCH
                 Thu gom rác nhựa trên địa bàn tỉnh

Thực hiện Chỉ thị của Thủ tướng Chính phủ về quản lý chất thải nhựa, Ủy ban
nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:
                                   1
\fPHỤ LỤC
NHIỆM VỤ
STT   Nhiệm vụ                       Cơ quan chủ trì       Cơ quan phối hợp       Thời gian

1     Đặt điểm thu gom tại chợ và    Sở Nông nghiệp và     UBND các xã,           2026-2027
      bến xe                         Môi trường            phường

2     Hướng dẫn cửa hàng dùng túi    Sở Công Thương        Hội Liên hiệp Phụ nữ   Hằng năm
      giấy                                                 tỉnh
                                   2
"""


def test_columns_are_read_one_by_one_and_rows_as_rows() -> None:
    found = read_file(PAGES.encode(), "ke-hoach.txt").blocks
    head, table = (block for block in found if isinstance(block, Table))
    assert [cell.text.split("\n")[0] for cell in head.rows[0]] == [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]
    assert [[cell.text for cell in row] for row in table.rows[1:]] == [
        [
            "1",
            "Đặt điểm thu gom tại chợ và bến xe",
            "Sở Nông nghiệp và Môi trường",
            "UBND các xã, phường",
            "2026-2027",
        ],
        ["2", "Hướng dẫn cửa hàng dùng túi giấy", "Sở Công Thương", "Hội Liên hiệp Phụ nữ tỉnh", "Hằng năm"],
    ]
    assert table.page == 2
    words = [block.text for block in found if isinstance(block, Paragraph)]
    assert words[2] == (
        "Thực hiện Chỉ thị của Thủ tướng Chính phủ về quản lý chất thải nhựa, Ủy ban nhân dân tỉnh ban hành Kế hoạch"
        " với các nội dung sau:"
    )


def test_the_plan_in_it_is_understood() -> None:
    reading = understand(read_file(PAGES.encode(), "ke-hoach.txt"))
    assert (reading["number"], reading["date"], reading["issuer"]) == (
        "61/KH-UBND",
        "2026-05-04",
        "Ủy ban nhân dân tỉnh Lâm Đồng",
    )
    assert [task["lead"] for task in reading["tasks"]] == [
        ["Sở Nông nghiệp và Môi trường"],
        ["Sở Công Thương"],
    ]


def test_a_text_with_a_head_in_columns_only_stays_a_text() -> None:
    text = "UBND TỈNH A          CỘNG HÒA\nSố: 1/KH-UBND        Độc lập\nKẾ HOẠCH\n1. Việc thứ nhất\n2. Việc thứ hai"
    found = read_file(text.encode(), "a.txt").blocks
    assert all(isinstance(block, Paragraph) for block in found)
    assert len(found) == 5


LONG = """\
TT   Nhiệm vụ              Cơ quan chủ trì      Thời gian
1    Đo nước tại các       Sở Y tế              2026
     điểm lấy nước
     của các hồ chứa
     trên các sông
     lớn của tỉnh
     và tại các bến
     phà, bến đò
     dọc biên giới
2    Tập huấn về kiểm định Sở Xây dựng          2027
     nước cho các xã
     miền núi
     và ven biển
     của tỉnh
3    Đo khí                Sở Y tế              2027
4    Đo đất                Sở Y tế              2028
5    Đo bụi                Sở Y tế              2028
6    Đo ồn                 Sở Y tế              2029
7    Đo rung               Sở Y tế              2029
"""


def test_a_column_is_known_from_all_lines_of_its_table() -> None:
    (table,) = (block for block in read_file(LONG.encode(), "a.txt").blocks if isinstance(block, Table))
    assert [cell.text for cell in table.rows[2]] == [
        "2",
        "Tập huấn về kiểm định nước cho các xã miền núi và ven biển của tỉnh",
        "Sở Xây dựng",
        "2027",
    ]
