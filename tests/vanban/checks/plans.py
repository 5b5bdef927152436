"""An invented plan without fault, and the registers it is checked against; each test spoils one thing."""

from __future__ import annotations

from datetime import date

from vanban.checks import Agency, Finding, LegalPaper, NationalTarget, Registers, check
from vanban.reading import read_file
from vanban.understanding import understand

TODAY = date(2028, 3, 1)

REGISTERS = Registers(
    agencies=(
        Agency("Sở Y tế"),
        Agency("Sở Tư pháp", abbreviation="Sở TP"),
        Agency("Sở Thủy lợi", valid_to=date(2026, 1, 1), successors=("Sở Y tế",), sure=False),
        Agency("Sở Năng lượng", valid_from=date(2027, 9, 1)),
        Agency("Ủy ban nhân dân quận, huyện", valid_to=date(2025, 7, 1)),
    ),
    papers=(
        LegalPaper("QĐ 412/QĐ-TTg", issued=date(2027, 1, 7)),
        LegalPaper(
            "NĐ 9/2020/NĐ-CP",
            in_force_until=date(2026, 6, 1),
            replaced_by="NĐ 5/2026/NĐ-CP",
            remark="cần xác nhận",
        ),
        LegalPaper("NĐ 77/2024/NĐ-CP", in_force_until=date(2028, 1, 1)),
        LegalPaper("Luật Tái chế 31/2024/QH15", issued=date(2024, 11, 29)),
        LegalPaper("Luật Khai hoang 8/2015/QH13", issued=date(2015, 2, 3), in_force_until=date(2024, 7, 1)),
        LegalPaper("Luật Khai hoang 9/2024/QH15", issued=date(2024, 1, 18)),
    ),
    targets=(
        NationalTarget("Tỷ lệ chất thải được tái chế", 40, 40, "%", 2031, "412/QĐ-TTg"),
        NationalTarget("Nguồn nhân lực", None, None, "", 2031, "412/QĐ-TTg"),
        NationalTarget("Rừng ngập mặn được phục hồi", 70, 80, "%", 2031, "999/QĐ-TTg"),
    ),
)

PLAN = """
ỦY BAN NHÂN DÂN TỈNH HÀ SƠN

Số: 31/KH-UBND

Hà Sơn, ngày 12 tháng 5 năm 2027

KẾ HOẠCH

Thực hiện Chương trình phát triển nghề tái chế giai đoạn 2027 - 2031 trên địa bàn tỉnh Hà Sơn

Căn cứ Quyết định số 412/QĐ-TTg ngày 07/01/2027 của Thủ tướng Chính phủ phê duyệt Chương trình \
phát triển nghề tái chế giai đoạn 2027 - 2031; Ủy ban nhân dân tỉnh Hà Sơn ban hành Kế hoạch với nội dung sau:

I. MỤC TIÊU

1. Đến năm 2031, tỷ lệ chất thải được tái chế đạt 40%.

II. NHIỆM VỤ

1. Phát triển thị trường

- Lập danh bạ cơ sở tái chế của tỉnh, giúp các cơ sở tìm đầu ra.

- Rà soát các quy định về thu gom phế liệu.

III. TỔ CHỨC THỰC HIỆN

1. Sở Y tế

- Theo dõi, đôn đốc việc thực hiện Kế hoạch.

2. Sở Tư pháp

- Rà soát văn bản của tỉnh có liên quan đến nghề tái chế.

3. Các sở, ngành

- Hằng năm báo cáo kết quả thực hiện gửi Sở Y tế trước ngày 05 tháng 12 để tổng hợp, báo cáo \
UBND tỉnh và Bộ Y tế.

Nơi nhận:

- Bộ Y tế;

- Các sở, ngành;

- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH



Lê Văn Mẫu

PHỤ LỤC
DANH MỤC NHIỆM VỤ
(Kèm theo Kế hoạch số 31/KH-UBND ngày 12 tháng 5 năm 2027 của Ủy ban nhân dân tỉnh Hà Sơn)

STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện
1\tLập danh bạ cơ sở tái chế của tỉnh\tSở Y tế\tCác sở, ngành\tNăm 2028
2\tRà soát quy định về thu gom phế liệu\tSở Tư pháp\tSở Y tế\tGiai đoạn 2027 - 2031
"""


def findings(text: str, registers: Registers = REGISTERS, today: date = TODAY) -> list[Finding]:
    """All findings on a plan."""
    document = read_file(text.encode(), "plan.txt")
    return check(document, understand(document), registers, today)


def spoilt(old: str, new: str, text: str = PLAN) -> str:
    """The plan with one thing changed; the words must be there."""
    assert old in text
    return text.replace(old, new)
