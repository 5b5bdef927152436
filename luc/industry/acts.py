"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import EVERYBODY, act

_AGENCIES = {"clerk", "approver", "head", "officer", "focal_head"}

ACTS = [
    act("industry.read", _("Xem ảnh và hồ sơ công khai của doanh nghiệp"), {EVERYBODY}, "any"),
    act("industry.register", _("Đăng ký doanh nghiệp bằng thư điện tử và mã số thuế"), {EVERYBODY}, "any"),
    act("industry.suggest", _("Góp ý về hồ sơ công khai của doanh nghiệp"), {EVERYBODY}, "any"),
    act("industry.own", _("Khai và sửa hồ sơ, hàng hóa của doanh nghiệp mình"), {"enterprise"}, "own"),
    act(
        "industry.edit", _("Mở hồ sơ doanh nghiệp của mình hoặc do mình theo dõi"), {"enterprise", *_AGENCIES}
    ),
    act("industry.keep", _("Nhập, sửa doanh nghiệp do đơn vị mình theo dõi"), _AGENCIES, "own"),
    act(
        "industry.verify",
        _("Kiểm tra, xác minh, trả lại, gộp hồ sơ doanh nghiệp; xử lý góp ý"),
        {"officer", "focal_head"},
    ),
    act(
        "industry.supply",
        _("Ghi nhu cầu theo lĩnh vực, tính tỷ lệ đáp ứng và ghi vào sổ số liệu"),
        {"officer", "focal_head"},
    ),
    act(
        "industry.round",
        _("Mở đợt xác nhận hồ sơ doanh nghiệp hằng năm, xem ai đã xác nhận"),
        {"officer", "focal_head"},
        "own",
    ),
    act(
        "industry.catalogue",
        _("Đưa danh mục hàng hóa của nhà nước vào, rà soát, thông qua; xếp hàng hóa vào từng mục"),
        {"officer", "focal_head"},
    ),
    act("industry.proposals", _("Xem đề xuất vào danh mục của đơn vị mình hoặc trong tỉnh"), _AGENCIES),
    act("industry.propose", _("Đề xuất bổ sung vào danh mục quốc gia và ghi các bước"), _AGENCIES, "own"),
    act(
        "industry.follow",
        _("Theo dõi đề xuất vào danh mục của mọi đơn vị, ghi trả lời, công khai"),
        {"officer", "focal_head"},
    ),
    act("industry.parks", _("Ghi khu, cụm công nghiệp và ban quản lý"), {"officer", "focal_head"}),
]
