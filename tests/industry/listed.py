"""Invented official lists, and an officer who takes them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luc.industry.catalogue import actions, queries
from luc.industry.catalogue.comparing import fingerprint
from luc.industry.models import CatalogueItem, CatalogueVersion
from tests.cast import Side

NAME = "Danh mục thiết bị, sản phẩm thử"
HEAD = """\
BỘ THỬ NGHIỆM
Số: {number}

Hà Nội, ngày {day} tháng 8 năm 2026

QUYẾT ĐỊNH
Ban hành Danh mục thiết bị, sản phẩm thử

Điều 1. Ban hành kèm theo Quyết định này Danh mục thiết bị, sản phẩm thử.

DANH MỤC

| STT | Tên thiết bị, sản phẩm | Đơn vị tính | Tiêu chuẩn | Mã HS |
|---|---|---|---|---|
"""
WATER, AIR = "| I | Xử lý nước thải | | | |", "| II | Xử lý khí thải | | | |"
LINES = (
    WATER,
    "| 1 | Bồn lọc nước thải ba lớp | bộ | TCVN 1:2026 | 8421.21 |",
    "| 2 | Máy ép bùn khung bản | cái | | 8421.29 |",
    AIR,
    "| 1 | Tháp hấp thụ khí axit | bộ | QCVN 2:2026 | 8421.39 |",
    "| 2 | Quạt hút chịu ăn mòn | cái | | 8414.59 |",
)
LATER = (
    WATER,
    "| 1 | Bồn lọc nước thải ba lớp | bộ | TCVN 9:2027 | 8421.21 |",
    "| 2 | Máy ép bùn khung bản tự động | cái | | 8421.29 |",
    "| 3 | Đĩa thổi khí mịn | cái | | 8414.90 |",
    AIR,
    "| 1 | Tháp hấp thụ khí axit | bộ | QCVN 2:2026 | 8421.39 |",
)


def paper(lines: Sequence[str] = LINES, number: str = "1/QĐ-BTN", day: int = 1) -> bytes:
    """The text of a decision with the list."""
    return (HEAD.format(number=number, day=day) + "\n".join(lines) + "\n").encode()


def brought(side: Side, data: bytes | None = None, name: str = "danh-muc.txt") -> CatalogueVersion:
    """A version that was read and waits for its review; of the list of the tests where there is one."""
    there = queries.catalogues(side.viewer("officer")).first()
    return actions.bring(
        side.viewer("officer"),
        tenant=side.tenant.pk,
        catalogue=there.pk if there else None,
        name=NAME,
        file_name=name,
        data=data or paper(),
    )


def adopted(side: Side, row: CatalogueVersion, number: str = "1/QĐ-BTN") -> CatalogueVersion:
    """The officer adopts a version as it is shown now."""
    nodes, beside = queries.beside(CatalogueVersion.objects.get(pk=row.pk))
    return actions.adopt(
        side.viewer("officer"),
        row.pk,
        seen=fingerprint(nodes, beside),
        paper_number=number,
        paper_date=date(2026, 8, 1),
        issuer="Bộ Thử nghiệm",
    )


def in_force(side: Side) -> CatalogueVersion:
    """The list of the tests, adopted."""
    return adopted(side, brought(side))


def item(name: str) -> CatalogueItem:
    """The item that begins with some words, of the version that holds."""
    return CatalogueItem.objects.get(name__startswith=name, gone_in=None)
