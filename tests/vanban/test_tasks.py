"""Tasks from tables and from the body, duties by agency."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vanban.prose import section, words
from vanban import duties, roles, sections, tasks
from vanban.reading.text import from_text

HEAD = "STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện\n"


def table(rows: str, head: str = HEAD) -> list[dict[str, Any]]:
    return tasks.of_appendix(from_text(head + rows))


def brief(found: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(task[key] for key in keys) for task in found]


def test_rows_groups_and_numbers() -> None:
    found = table(
        "I\tQuy hoạch\t\t\t\n1\tLập bản đồ\tSở Xây dựng\tUBND các xã\tNăm 2026\n"
        "II Công nghệ\t\t\t\t\n2\tThử nghiệm\tSở Công Thương\t\tHằng năm\n"
    )
    assert brief(found, "group", "no", "text", "lead", "coordinate") == [
        ("Quy hoạch", "1", "Lập bản đồ", ["Sở Xây dựng"], ["UBND các xã"]),
        ("Công nghệ", "2", "Thử nghiệm", ["Sở Công Thương"], []),
    ]
    assert [task["timeframe"]["recurrence"] for task in found] == [None, "annual"]


def test_a_numbered_row_after_a_group_of_the_same_kind_leaves_the_group() -> None:
    found = table("1\tNhóm một (Cao)\t\t\t\n\t- Việc a\tSở A\t\t\n2\tViệc riêng (Cao)\tSở Tài chính\t\t\n")
    assert brief(found, "group", "no", "text", "priority") == [
        ("Nhóm một", None, "- Việc a", None),
        (None, "2", "Việc riêng (Cao)", "Cao"),
    ]


def test_rows_cut_by_a_page_are_put_together_and_repeated_heads_left_out() -> None:
    found = table(
        "1\tXây dựng mạng lưới\tSở Khoa học và\tCác sở;\tGiai đoạn 2026-\n\n"
        + HEAD
        + "\tquan trắc nước.\tCông nghệ\tUBND các xã\t2030\n2\tĐo nước\tSở Công Thương\t\t2027\n"
    )
    assert brief(found, "no", "text", "lead") == [
        ("1", "Xây dựng mạng lưới quan trắc nước.", ["Sở Khoa học và Công nghệ"]),
        ("2", "Đo nước", ["Sở Công Thương"]),
    ]
    assert (found[0]["timeframe"]["start"], found[0]["timeframe"]["end"]) == ("2026", "2030")
    assert len(found[0]["places"]) == 2


def test_rows_that_count_the_columns_and_tables_of_other_things_are_none() -> None:
    assert brief(table("(1)\t(2)\t(3)\t(4)\t(5)\n1\tĐo nước\tSở A\t\t\n"), "text") == [("Đo nước",)]
    assert table("1\tTỷ lệ thu gom\t%\t80\t90\n", "TT\tChỉ tiêu\tĐơn vị tính\t2026\t2030\n") == []
    assert table("1\tTỷ lệ thu gom\t%\t80\t90\n", "TT\tNội dung\tĐơn vị\t2026\t2030\n") == []


def test_groups_in_groups_and_tables_without_a_number_column() -> None:
    found = table(
        "A\tNước\t\t\t\nI\tNước mặt\t\t\t\n1.\tĐo sông\tSở A\t\t\nB\tKhí\t\t\t\n2.\tĐo khí\tSở A\t\t\n"
    )
    assert brief(found, "group", "no") == [("Nước mặt", "1"), ("Khí", "2")]
    found = table("1. Đo sông\tSở Y tế<br>Sở Nội vụ\t2026\n", "Nhiệm vụ\tThực hiện\tThời gian\n")
    assert brief(found, "no", "text", "lead") == [("1", "Đo sông", ["Sở Y tế", "Sở Nội vụ"])]


def test_two_tables_with_heads_of_their_own() -> None:
    found = table(
        "1\tĐo sông\tSở A\tSở B\t2026\n\nTT\tDự án\tChủ đầu tư\tThời gian thực hiện\n1\tTrạm bơm\tCông ty Nước\t2027\n"
    )
    assert brief(found, "text", "lead") == [("Đo sông", ["Sở A"]), ("Trạm bơm", ["Công ty Nước"])]


def test_a_numbered_row_that_names_nobody_between_tasks_is_a_task() -> None:
    found = table("1\tĐo nước\tSở Xây dựng\t\t\n2\tĐo khí\t\t\t\n3\tĐo ồn\tSở Xây dựng\t\t\n")
    assert brief(found, "no", "lead", "group") == [
        ("1", ["Sở Xây dựng"], None),
        ("2", [], None),
        ("3", ["Sở Xây dựng"], None),
    ]


def test_other_columns() -> None:
    found = table(
        "1\tLập bản đồ\tBản đồ số\tSở Xây dựng chủ trì, phối hợp với Sở Tài chính\tQuý II/2027\t300\tMục 3\n",
        "TT\tNội dung công việc\tSản phẩm\tĐơn vị thực hiện\tThời hạn hoàn thành\tKinh phí\tGhi chú\n",
    )
    assert brief(found, "output", "lead", "coordinate", "funding", "note") == [
        ("Bản đồ số", ["Sở Xây dựng"], ["Sở Tài chính"], "300", "Mục 3")
    ]


@pytest.mark.parametrize(
    ("cell", "lead", "other"),
    [
        ("Sở A", "Sở A", ""),
        ("Chủ trì: Sở A; Phối hợp: Sở B, Sở C.", "Sở A", "Sở B, Sở C"),
        ("- Cơ quan chủ trì: Sở A\n- Cơ quan phối hợp: Sở B", "Sở A", "Sở B"),
        ("Sở A chủ trì, phối hợp với Sở B", "Sở A", "Sở B"),
        ("Sở A (chủ trì), Sở B (phối hợp)", "Sở A", "Sở B"),
        ("Sở A chủ trì; Sở B, Sở C phối hợp", "Sở A", "Sở B, Sở C"),
    ],
)
def test_one_cell_for_both_roles(cell: str, lead: str, other: str) -> None:
    assert tuple(part.text for part in roles.parted(words(cell))) == (lead, other)


def body(text: str) -> list[dict[str, Any]]:
    (found,) = sections.tasks(section(text))
    return tasks.of_body(found)


def test_items_of_the_body_with_group_and_subgroup() -> None:
    found = body(
        "I. NHIỆM VỤ\n1. Về nước\na) Nước mặt:\n- Đo nước sông.\n+ Sông lớn;\n- Đo nước hồ.\nb) Lập bản đồ nước ngầm.\n"
        "2. Về khí\nGiảm khí thải xe buýt.\n3. Tuyên truyền về tiết kiệm nước."
    )
    assert brief(found, "group", "subgroup", "marker", "text") == [
        ("Về nước", "Nước mặt", "-", "Đo nước sông. Sông lớn;"),
        ("Về nước", "Nước mặt", "-", "Đo nước hồ."),
        ("Về nước", None, "b)", "Lập bản đồ nước ngầm."),
        ("Về khí", None, None, "Giảm khí thải xe buýt."),
        (None, None, "3.", "Tuyên truyền về tiết kiệm nước."),
    ]
    assert {
        (task["lead"], task["coordinate"], task["timeframe"]) == (None, None, None) for task in found
    } == {True}


def test_items_that_name_who_and_when() -> None:
    found = body(
        "II. NHIỆM VỤ\n1. Lập bản đồ nước\n- Cơ quan chủ trì: Sở Xây dựng.\n- Cơ quan phối hợp: UBND các xã.\n"
        "- Thời gian: Năm 2027.\n2. Đo khí\nThời gian thực hiện: Hằng năm.\n- Đo tại chợ.\n- Đo tại trường học."
    )
    assert brief(found, "group", "text", "lead", "coordinate") == [
        (None, "Lập bản đồ nước", ["Sở Xây dựng"], ["UBND các xã"]),
        ("Đo khí", "Đo tại chợ.", None, None),
        ("Đo khí", "Đo tại trường học.", None, None),
    ]
    assert [task["timeframe"]["text"] for task in found] == ["Năm 2027", "Hằng năm", "Hằng năm"]


def test_items_led_in_by_a_line_or_told_in_their_last_words() -> None:
    found = body(
        "II. NHIỆM VỤ\n1. Bãi rác\nSở Xây dựng chủ trì, phối hợp với Sở Y tế:\n- Đóng bãi cũ;\n- Phủ bãi mới.\n"
        "2. Nước rỉ rác\na) Đo nước. Giao Sở Y tế chủ trì, phối hợp các Sở: Xây dựng, Tài chính thực hiện hằng năm.\n"
        "b) Giao Sở Xây dựng chủ trì lắp bơm, hoàn thành trước ngày 30/6/2027.\n3. Lò đốt\n(Chi tiết tại Phụ lục)"
    )
    assert brief(found, "text", "lead", "coordinate")[:3] == [
        ("Đóng bãi cũ;", ["Sở Xây dựng"], ["Sở Y tế"]),
        ("Phủ bãi mới.", ["Sở Xây dựng"], ["Sở Y tế"]),
        (found[2]["text"], ["Sở Y tế"], ["Sở Xây dựng", "Sở Tài chính"]),
    ]
    assert [task["timeframe"] and task["timeframe"]["recurrence"] for task in found] == [
        None,
        None,
        "annual",
        None,
    ]
    assert found[3]["timeframe"]["end"] == "2027-06-30"


def test_a_whole_sentence_with_who_and_when_below_it() -> None:
    found = body(
        "II. NHIỆM VỤ\n1. Bãi rác\n1.1. Rào quanh bãi rác cũ.\nĐơn vị thực hiện: Phòng Kinh tế; Đoàn xã.\n"
        "Thời gian: Quý II năm 2027.\n1.2. Trồng tre."
    )
    assert brief(found, "text", "lead") == [
        ("Rào quanh bãi rác cũ.", ["Phòng Kinh tế", "Đoàn xã"]),
        ("Trồng tre.", None),
    ]
    assert found[0]["timeframe"]["start"] == "2027-Q2"


def test_what_a_task_is_about_is_its_note_and_not_more_of_its_name() -> None:
    found = body(
        "II. NHIỆM VỤ\n1. Tập huấn\n- Nội dung: Mở lớp cho cán bộ xã.\n- Chủ trì: Sở Xây dựng\n- Thời gian: 2027\n"
        "2. Nội dung: Đo nước hồ.\n- Chủ trì: Sở Y tế"
    )
    assert brief(found, "text", "note", "lead") == [
        ("Tập huấn", "Mở lớp cho cán bộ xã.", ["Sở Xây dựng"]),
        ("Đo nước hồ.", None, ["Sở Y tế"]),
    ]


def test_a_section_is_one_of_tasks_where_its_items_name_who_leads() -> None:
    root = section(
        "I. MỤC TIÊU\nBớt rác.\nII. LÀM GÌ\n1. Rào bãi\n- Chủ trì: Sở Xây dựng\n- Thời gian: 2027\n"
        "2. Trồng tre\n- Chủ trì: UBND các xã\n- Thời gian: 2028\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng\n- Chủ trì: kế hoạch."
    )
    (found,) = sections.tasks(root)
    assert brief(tasks.of_body(found), "text", "lead") == [
        ("Rào bãi", ["Sở Xây dựng"]),
        ("Trồng tre", ["UBND các xã"]),
    ]


def duty(text: str) -> list[tuple[str, list[str]]]:
    (found,) = sections.organisation(section(text))
    return [(row["agency"], row["items"]) for row in duties.read(found)]


def test_duties_of_dashes_letters_paragraphs_and_heading_lines() -> None:
    assert duty(
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng\nChủ trì thực hiện Kế hoạch, cụ thể:\n- Lập bản đồ;\n"
        "- Đo nước:\n+ Sông;\n"
        "2. Sở Tài chính:\nBố trí vốn.\n3. Công an tỉnh\na) Kiểm tra việc:\n- Xả thải;\nb) Xử phạt.\n"
        "4. Các sở, ban, ngành căn cứ nhiệm vụ được giao tổ chức thực hiện Kế hoạch.\n"
        "Trong quá trình thực hiện, nếu có vướng mắc, báo cáo Sở Xây dựng./."
    ) == [
        ("Sở Xây dựng", ["Lập bản đồ;", "Đo nước: Sông;"]),
        ("Sở Tài chính", ["Bố trí vốn."]),
        ("Công an tỉnh", ["Kiểm tra việc:", "Xả thải;", "Xử phạt."]),
        ("Các sở, ban, ngành", ["Các sở, ban, ngành căn cứ nhiệm vụ được giao tổ chức thực hiện Kế hoạch."]),
    ]


def test_what_a_body_must_demand_is_its_duty_what_closes_the_paper_is_none() -> None:
    assert duty(
        "III. TỔ CHỨC THỰC HIỆN\n1. Ban Quản lý cảng cá\nYêu cầu chủ tàu khai báo rác thải.\n"
        "2. Sở Y tế\n- Đo nước.\nYêu cầu các sở, ngành nghiêm túc thực hiện Kế hoạch này./."
    ) == [("Ban Quản lý cảng cá", ["Yêu cầu chủ tàu khai báo rác thải."]), ("Sở Y tế", ["Đo nước."])]


def test_duties_under_further_headings_and_as_dashes() -> None:
    assert duty(
        "IV. TỔ CHỨC THỰC HIỆN\n1. Phân công\n1.1. Sở Y tế\n- Đo nước.\n2. Chế độ báo cáo\nBáo cáo hằng năm."
    ) == [("Sở Y tế", ["Đo nước."])]
    assert duty("IV. TỔ CHỨC THỰC HIỆN\n- Sở Y tế: Đo nước.\n- Sở Nội vụ chủ trì khen thưởng.") == [
        ("Sở Y tế", ["Sở Y tế: Đo nước."]),
        ("Sở Nội vụ", ["Sở Nội vụ chủ trì khen thưởng."]),
    ]
    assert duty("IV. TỔ CHỨC THỰC HIỆN\nSở Y tế\n- Đo nước.\nSở Nội vụ\nKhen thưởng tập thể.") == [
        ("Sở Y tế", ["Đo nước."]),
        ("Sở Nội vụ", ["Khen thưởng tập thể."]),
    ]


def test_a_heading_that_lists_bodies_is_no_duty_itself() -> None:
    assert duty(
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Lập bản đồ.\n2. Các Cục: Thủy sản, Kiểm ngư\n- Đo nước.\n- Tập huấn.\n"
        "3. Các Sở: Xây dựng; Tư pháp và Nội vụ: Rà soát văn bản.\n4. Các Sở: Tuyên truyền, vận động cán bộ.\n"
        "5. UBND các xã: An Phú, An Hòa kiểm tra bến bãi."
    ) == [
        ("Sở Y tế", ["Lập bản đồ."]),
        ("Các Cục: Thủy sản, Kiểm ngư", ["Đo nước.", "Tập huấn."]),
        (
            "Các Sở: Xây dựng; Tư pháp và Nội vụ",
            ["Các Sở: Xây dựng; Tư pháp và Nội vụ: Rà soát văn bản."],
        ),
        ("Các Sở", ["Các Sở: Tuyên truyền, vận động cán bộ."]),
        ("UBND các xã: An Phú, An Hòa", ["UBND các xã: An Phú, An Hòa kiểm tra bến bãi."]),
    ]


def test_running_prose_gives_no_duties() -> None:
    assert duty("IV. TỔ CHỨC THỰC HIỆN\nCác sở, ngành thực hiện Kế hoạch này. Giao Sở Y tế theo dõi.") == []


def test_which_sections_hold_what() -> None:
    root = section(
        "I. MỤC ĐÍCH, YÊU CẦU\nA.\nII. QUAN ĐIỂM, MỤC TIÊU\n1. Quan điểm\n- B.\n2. Mục tiêu\n- C.\n"
        "III. NỘI DUNG, GIẢI PHÁP\n- D.\nIV. KINH PHÍ THỰC HIỆN\nE.\nV. PHÂN CÔNG NHIỆM VỤ\n1. Sở Y tế\n- F.\n"
        "VI. CHẾ ĐỘ BÁO CÁO\nG."
    )
    assert [s.title.text for s in sections.objectives(root)] == ["Mục tiêu"]
    assert [s.marker for s in sections.tasks(root)] == ["III."]
    assert [s.marker for s in sections.organisation(root)] == ["V."]
    assert [s.marker for s in sections.reporting(root)] == ["IV.", "V.", "VI."]


@pytest.mark.parametrize(
    "head",
    [
        "STT\tNội dung công việc\tĐơn vị thực hiện\tCơ quan tham gia\tThời hạn hoàn thành\tSản phẩm",
        "TT\tHoạt động\tChủ trì thực hiện\tPhối hợp thực hiện\tNăm\tĐầu ra",
        "TT\tTên nhiệm vụ\tCQ chủ trì\tCQ phối hợp\tTG thực hiện\tSP dự kiến",
        "TT\tTên đề án\tTrách nhiệm chính\tĐơn vị liên quan\tMốc thời gian\tKết quả",
        "TT\tNhiệm vụ\tĐơn vị chịu trách nhiệm\tĐơn vị hỗ trợ\tThời điểm hoàn thành\tSản phẩm",
    ],
)
def test_columns_are_known_under_many_names(head: str) -> None:
    (task,) = table("1\tLập bản đồ\tSở Xây dựng\tSở Tài chính\tQuý II/2027\tBản đồ\n", f"{head}\n")
    assert (task["text"], task["lead"], task["coordinate"]) == (
        "Lập bản đồ",
        ["Sở Xây dựng"],
        ["Sở Tài chính"],
    )
    assert (task["timeframe"]["end"], task["output"]) == ("2027-Q2", "Bản đồ")


def test_an_officer_over_the_work_does_not_lead_it_and_two_columns_make_one_span() -> None:
    (task,) = table(
        "1\tLập bản đồ\tPhó Giám đốc\tPhòng Quy hoạch\t2026\t2028\n",
        "TT\tNhiệm vụ\tLãnh đạo phụ trách\tPhòng chủ trì\tBắt đầu\tKết thúc\n",
    )
    assert task["lead"] == ["Phòng Quy hoạch"]
    assert (task["timeframe"]["start"], task["timeframe"]["end"]) == ("2026", "2028")
