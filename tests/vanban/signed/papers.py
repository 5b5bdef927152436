"""Invented papers with bound numbers, for the tests of what comes back signed."""

from __future__ import annotations

from collections.abc import Sequence

from vanban.writing import (
    Annex,
    Cell,
    Column,
    IssueDate,
    Item,
    Paper,
    Paragraph,
    Run,
    Section,
    Signer,
    Table,
)


def report(
    values: Sequence[str],
    table: Sequence[Sequence[str]],
    *,
    number: str = "",
    day: int | None = None,
    bound: bool = True,
) -> Paper:
    """A report with one item for each value, and an annex with a table of values; all of them bound."""

    def run(words: str, key: str) -> Run:
        return Run(words, key=key if bound else None)

    items = tuple(
        Item(
            (
                Run(f"Cơ sở sản xuất thứ {n} trên địa bàn đạt "),
                run(value, f"so_{n}"),
                Run(" so với kế hoạch."),
            )
        )
        for n, value in enumerate(values, 1)
    )
    rows = tuple(
        (
            Cell(str(y)),
            Cell(f"Nhiệm vụ kiểm soát nguồn thải số {y}"),
            *(Cell(value, key=f"o_{y}_{x}" if bound else None) for x, value in enumerate(row)),
        )
        for y, row in enumerate(table, 1)
    )
    width = len(table[0]) if table else 0
    columns = (Column(1, "center"), Column(5), *(Column(2, "right") for _ in range(width)))
    heads = (Cell("STT"), Cell("Nhiệm vụ"), *(Cell(f"Cột {x}") for x in range(width)))
    annexes = (
        (Annex("Kết quả theo nhiệm vụ", (Table(columns, rows, head=(heads,)),), landscape=True),)
        if table
        else ()
    )
    return Paper(
        parent="UBND thành phố Cần Thơ",
        issuer="Sở Công Thương",
        symbol="BC-SCT",
        place="Cần Thơ",
        date=IssueDate(2026, 12 if day else None, day),
        number=number,
        kind="Báo cáo",
        title="Kết quả thực hiện kế hoạch phát triển công nghiệp môi trường năm 2026",
        addressees=("Ủy ban nhân dân thành phố",),
        body=(
            Paragraph("Thực hiện chỉ đạo của Ủy ban nhân dân thành phố, Sở Công Thương báo cáo như sau:"),
            Section("Kết quả thực hiện", items),
            Paragraph("Trên đây là báo cáo của Sở Công Thương."),
        ),
        signer=Signer("Giám đốc", "Nguyễn Văn Mẫu"),
        recipients=("Như trên", "Lưu: VT, KTMT"),
        annexes=annexes,
    )
