"""An invented paper that has every component of the decree but the title of a letter, and a letter."""

from __future__ import annotations

from dataclasses import replace

from tests.vanban.writing.examples import REPORT, RESULTS
from vanban.writing import (
    Article,
    Copy,
    Division,
    IssueDate,
    Item,
    Paragraph,
    Section,
    recipients,
    signing,
    symbol,
)

_REGULATION = Division(
    "Chương",
    "Phạm vi",
    (
        Division(
            "Mục",
            "Đối tượng",
            (
                Division(
                    "Tiểu mục",
                    "Cơ quan",
                    (
                        Article(
                            "Phạm vi điều chỉnh",
                            (
                                Section(
                                    "Văn bản này quy định việc báo cáo theo điểm b khoản 2 Điều 3.",
                                    (Section("Cơ quan báo cáo;"), Section("Cơ quan tổng hợp.")),
                                    sentence=True,
                                ),
                            ),
                        ),
                        Article("Quy định này có hiệu lực từ ngày ký.", sentence=True),
                    ),
                ),
            ),
        ),
    ),
)
_WORK = Section(
    "Trách nhiệm",
    (
        Section("Sở Công Thương", (Paragraph("Tổng hợp báo cáo."), RESULTS, Item("gửi đúng hạn."))),
        Section("Sở Tài chính", (Paragraph("Bố trí kinh phí."),)),
    ),
)

FULL = replace(
    REPORT,
    urgency="Thượng khẩn",
    draft="Dự thảo lần 2",
    mark="Lưu hành nội bộ",
    drafter="pl",
    copies=300,
    contact=("Địa chỉ: số 1 đường Mẫu, phường Ninh Kiều", "ĐT: 0292 000 0000"),
    body=(
        Division("Phần", "Quy định chung", (_REGULATION,)),
        Division("Phần", "Tổ chức thực hiện", (_WORK, Section("Hiệu lực", (Paragraph("Từ ngày ký."),)))),
    ),
    signer=signing(
        "Phó Chủ tịch",
        "PGS.TS. Trần Thị Mẫu",
        collective="Ủy ban nhân dân",
        form="KT.",
        head="Chủ tịch",
        post="Trưởng Ban Chỉ đạo",
    ),
    recipients=recipients("Bộ Công Thương", addressed=True, unit="QLCN"),
    copy=Copy(
        form="Sao y",
        issuer="Văn phòng Ủy ban nhân dân",
        number="3",
        symbol="SY-VP",
        place="Cần Thơ",
        date=IssueDate(2026, 1, 6),
        signer=signing("Phó Chánh Văn phòng", "Lê Văn Mẫu", form="KT.", head="Chánh Văn phòng"),
        recipients=recipients(addressed=False),
    ),
)

LETTER = replace(
    REPORT,
    kind=None,
    number="5",
    symbol=symbol(None, "SCT", "QLCN"),
    date=IssueDate(2026, 2, 5),
    title="báo cáo kết quả thực hiện Kế hoạch phát triển công nghiệp môi trường năm 2025",
    addressees=("Sở Tài chính",),
    legal_bases=(),
    annexes=REPORT.annexes[:1],
    urgency="Hỏa tốc",
)
