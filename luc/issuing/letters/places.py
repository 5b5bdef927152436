"""What the words of each kind of letter can ask for: names to fill in, numbers, tables; each with an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luc.issuing.models import Draft

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Name:
    """A name to fill in. example: what a preview shows; several lines where it is a list. may_lack: blocks can hang on
    whether it is there. told: whether it can stand in a sentence, or only says whether something is there."""

    label: Label
    example: str | tuple[str, ...]
    may_lack: bool = False
    told: bool = True

    @property
    def is_list(self) -> bool:
        return isinstance(self.example, tuple)


@dataclass(frozen=True, slots=True)
class Places:
    """All of a kind of letter. cells: numbers by key with an example; tables by name; sections: whether it has some."""

    names: Mapping[str, Name]
    tables: Mapping[str, Label]
    cells: Mapping[str, tuple[Label, str]] = field(default_factory=dict)
    has_sections: bool = False

    @property
    def lists(self) -> dict[str, Name]:
        return {name: one for name, one in self.names.items() if one.is_list}

    @property
    def conditions(self) -> dict[str, Name]:
        return {name: one for name, one in self.names.items() if one.may_lack}


_PLAN = "Kế hoạch số 15/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân thành phố về phát triển"
_DUE = "trước ngày 10 tháng 12 năm 2026"
_SHARED = {
    "co_quan": Name(_("cơ quan ban hành công văn"), "Sở Công Thương"),
    "ke_hoach": Name(_("kế hoạch, nêu đầy đủ số, ngày, cơ quan ban hành"), _PLAN),
    "so_ke_hoach": Name(_("kế hoạch, nêu số, ký hiệu"), "Kế hoạch số 15/KH-UBND"),
}
_ROUND = _SHARED | {
    "ky": Name(_("kỳ báo cáo"), "năm 2026"),
    "han_gui": Name(_("hạn gửi báo cáo"), _DUE),
}
_COUNTED = {
    "don-vi-phai-bao-cao": (_("số đơn vị phải báo cáo"), "42"),
}

PLACES: dict[str, Places] = {
    Draft.Kind.ASKING.value: Places(
        _ROUND
        | {
            "tu_ngay": Name(_("ngày đầu của kỳ"), "15/12/2025"),
            "den_ngay": Name(_("ngày cuối của kỳ"), "14/12/2026"),
            "ngay_chot": Name(_("ngày chốt số liệu"), "30/11/2026"),
            "noi_dung": Name(_("các nội dung phải trả lời"), ("Nhiệm vụ chủ trì", "Chỉ tiêu", "Kinh phí")),
            "don_vi_tien": Name(_("đơn vị tính của kinh phí"), "triệu đồng", may_lack=True),
        },
        {"parties": _("danh sách đơn vị phải báo cáo")},
        _COUNTED,
    ),
    Draft.Kind.REMINDER.value: Places(
        _ROUND
        | {
            "tinh_den": Name(_("thời điểm tính"), "17 giờ 00 phút ngày 10 tháng 12 năm 2026"),
            "gui_truoc": Name(_("thời điểm đề nghị gửi"), "trước ngày 15 tháng 12 năm 2026", may_lack=True),
            "qua_han": Name(_("có đơn vị quá hạn"), "5", may_lack=True, told=False),
            "phai_sua": Name(_("có đơn vị được trả lại, chưa gửi lại"), "2", may_lack=True, told=False),
        },
        {"late": _("danh sách đơn vị chưa có báo cáo")},
        _COUNTED
        | {
            "don-vi-da-bao-cao": (_("số đơn vị đã gửi"), "35"),
            "don-vi-chua-co": (_("số đơn vị chưa có báo cáo"), "7"),
            "don-vi-qua-han": (_("số đơn vị quá hạn"), "5"),
            "don-vi-phai-sua": (_("số đơn vị được trả lại, chưa gửi lại"), "2"),
        },
    ),
    Draft.Kind.ASSIGNMENTS.value: Places(
        _SHARED
        | {
            "don_vi": Name(_("đơn vị được giao"), "Sở Nông nghiệp và Môi trường"),
            "trach_nhiem": Name(
                _("các trách nhiệm khác"), ("Theo dõi, tổng hợp báo cáo", "Phối hợp kiểm tra"), may_lack=True
            ),
            "chi_tieu": Name(_("các chỉ tiêu phải trả lời"), ("Tỷ lệ thu gom chất thải",), may_lack=True),
        },
        {"tasks": _("bảng nhiệm vụ được giao"), "targets": _("bảng chỉ tiêu phải trả lời")},
        {
            "nhiem-vu-chu-tri": (_("số nhiệm vụ chủ trì"), "4"),
            "nhiem-vu-phoi-hop": (_("số nhiệm vụ phối hợp"), "9"),
            "chi-tieu-tra-loi": (_("số chỉ tiêu phải trả lời"), "1"),
        },
    ),
    Draft.Kind.AGENCY_REPORT.value: Places(
        {
            "co_quan": Name(_("đơn vị báo cáo"), "Sở Nông nghiệp và Môi trường"),
            "so_ke_hoach": _SHARED["so_ke_hoach"],
            "ky": _ROUND["ky"],
            "ngay_chot": Name(_("ngày chốt số liệu"), "30/11/2026"),
            "khong_phat_sinh": Name(_("báo cáo không phát sinh"), "x", may_lack=True, told=False),
            "nhiem_vu": Name(_("có nhiệm vụ"), "x", may_lack=True, told=False),
            "trach_nhiem": Name(_("có nội dung tổ chức thực hiện"), "x", may_lack=True, told=False),
            "chi_tieu": Name(_("có chỉ tiêu"), "x", may_lack=True, told=False),
            "kinh_phi": Name(_("có kinh phí"), "x", may_lack=True, told=False),
        },
        {
            "parts": _("kết quả các nhiệm vụ"),
            "duties": _("kết quả tổ chức thực hiện"),
            "figures": _("bảng chỉ tiêu"),
            "money": _("bảng kinh phí"),
            "obstacles": _("khó khăn, kiến nghị"),
            "tasks": _("bảng tiến độ nhiệm vụ"),
        },
        has_sections=True,
    ),
}
