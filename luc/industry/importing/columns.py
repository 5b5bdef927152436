"""Which column says what: by its heading, other names of it, nearly the same letters; the officer has the last word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as lazy
from rapidfuzz import fuzz, process

from luc.kernel.text import search_key, written
from luc.kernel.workbooks.foreign import Table
from luc.kernel.workbooks.tables import Value, as_text

if TYPE_CHECKING:
    from luc.kernel.rights import Title

NEAR = 86  # of 100 letters alike; below it a heading is not proposed
_HEADS = 30  # rows among which the headings are looked for


@dataclass(frozen=True, slots=True)
class Target:
    """What a column may say; `names`: further headings under which offices keep it."""

    name: str
    title: Title
    names: tuple[str, ...] = ()
    is_offer: bool = False


TARGETS = (
    Target("tax_code", lazy("Mã số thuế"), ("mst", "mã số doanh nghiệp", "mã doanh nghiệp", "tax code")),
    Target(
        "name",
        lazy("Tên doanh nghiệp"),
        ("doanh nghiệp", "tên công ty", "công ty", "tên đơn vị", "tên cơ sở", "company"),
    ),
    Target("short", lazy("Tên viết tắt"), ("viết tắt", "tên ngắn")),
    Target("name_en", lazy("Tên tiếng Anh"), ("tên nước ngoài", "english name")),
    Target("size", lazy("Quy mô"), ("quy mô doanh nghiệp",)),
    Target(
        "branch",
        lazy("Ngành chính (VSIC 2025)"),
        ("mã ngành", "vsic", "ngành nghề chính", "mã ngành kinh tế"),
    ),
    Target("founded", lazy("Năm thành lập"), ("thành lập",)),
    Target("province", lazy("Tỉnh, thành phố"), ("tỉnh", "tỉnh thành", "thành phố")),
    Target("commune", lazy("Xã, phường, đặc khu"), ("xã", "phường", "xã phường", "phường xã", "địa bàn")),
    Target("street", lazy("Số nhà, đường, ấp, lô đất"), ("địa chỉ", "số nhà", "địa chỉ trụ sở")),
    Target("park", lazy("Khu, cụm công nghiệp"), ("khu công nghiệp", "cụm công nghiệp", "kcn", "ccn")),
    Target("about", lazy("Giới thiệu"), ("giới thiệu doanh nghiệp", "lĩnh vực hoạt động", "hoạt động")),
    Target("markets", lazy("Thị trường"), ("thị trường tiêu thụ",)),
    Target("certificates", lazy("Chứng nhận"), ("chứng chỉ", "iso")),
    Target("website", lazy("Trang web"), ("website", "web", "trang thông tin")),
    Target(
        "offer_name",
        lazy("Tên hàng hóa, dịch vụ"),
        ("hàng hóa", "sản phẩm", "tên sản phẩm", "tên hàng hóa", "dịch vụ", "sản phẩm dịch vụ"),
        True,
    ),
    Target("field", lazy("Lĩnh vực"), ("lĩnh vực môi trường",), True),
    Target("kind", lazy("Loại"), ("loại hàng hóa", "loại hình", "phân loại"), True),
    Target(
        "offer_about", lazy("Mô tả hàng hóa, dịch vụ"), ("mô tả", "mô tả sản phẩm", "đặc tính kỹ thuật"), True
    ),
    Target("capacity", lazy("Năng lực cung cấp"), ("công suất", "năng lực", "sản lượng"), True),
    Target(
        "capacity_unit",
        lazy("Đơn vị của năng lực"),
        ("đơn vị", "đơn vị tính", "đvt", "đơn vị công suất"),
        True,
    ),
    Target("standards", lazy("Tiêu chuẩn, quy chuẩn"), ("tiêu chuẩn", "quy chuẩn", "tcvn", "qcvn"), True),
    Target("hs_code", lazy("Mã HS"), ("hs", "hs code"), True),
    Target("ecolabel", lazy("Nhãn sinh thái"), ("nhãn xanh", "nhãn môi trường"), True),
    Target(
        "ecolabel_until",
        lazy("Nhãn có hiệu lực đến ngày"),
        ("hiệu lực nhãn", "hạn nhãn", "ngày hết hạn", "hết hạn nhãn"),
        True,
    ),
    Target("references", lazy("Công trình, khách hàng tiêu biểu"), ("khách hàng", "công trình"), True),
)
BY_NAME = {target.name: target for target in TARGETS}


@cache
def _keys() -> dict[str, str]:
    """Every heading without marks, and the target it means; headings are Vietnamese in every session."""
    found: dict[str, str] = {}
    with written():
        for target in TARGETS:
            for words in (str(target.title), *target.names):
                found.setdefault(_key(words), target.name)
    return found


def _key(words: str) -> str:
    return " ".join(search_key(words.partition("(")[0]).replace(",", " ").replace("*", " ").split())


@dataclass(frozen=True, slots=True)
class Match:
    """What a column is proposed to say ("" for nothing), and whether its heading says exactly that."""

    target: str = ""
    is_sure: bool = False


def match(headings: Sequence[Value]) -> list[Match]:
    """For each heading what it says; no target is proposed twice."""
    known = _keys()
    found = [Match() for _heading in headings]
    taken: set[str] = set()
    keys = [_key(as_text(heading)) for heading in headings]
    for x, key in enumerate(keys):
        if key in known and known[key] not in taken:
            found[x] = Match(known[key], True)
            taken.add(known[key])
    for x, key in enumerate(keys):
        if found[x].target or len(key) < 4:
            continue
        near = process.extractOne(key, list(known), scorer=fuzz.ratio, score_cutoff=NEAR)
        if near and known[near[0]] not in taken:
            found[x] = Match(known[near[0]])
            taken.add(known[near[0]])
    return found


def head_of(table: Table) -> tuple[int, list[Match]]:
    """The row of a table that holds the headings (from 0), with what they say: the one that says most."""
    tried = [(y, match(row)) for y, row in enumerate(table.rows[:_HEADS])]
    return max(tried, key=lambda one: (sum(bool(each.target) for each in one[1]), -one[0]))
