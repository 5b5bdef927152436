"""An enterprise registers on a phone, lists three goods with pictures, is verified, confirms a year later.

The board of an industrial park sees its park's enterprises, and nobody's drafts.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from luc.kernel.time import today
from tests.industry import life
from tests.journeys.conftest import Visit, Visitor

pytestmark = pytest.mark.browser
STORY = "registry"
NAME = "Công ty TNHH Nước Xanh"
GOODS = ["Bồn lọc nước thải", "Máy ép bùn", "Vận hành trạm xử lý"]


def test_an_enterprise_registers_is_verified_and_confirms_a_year_later(come: Visit, tmp_path: Path) -> None:
    officer = come("a.officer")
    phone = come("a.enterprise", phone=True)
    phone.page.context.clear_cookies()
    register(phone)
    say_who(phone)
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(life.photograph((1200, 900)))
    for name in GOODS:
        list_good(phone, name, photo)
    phone.press("Xem như công chúng")
    phone.look("enterprise-05-preview")
    phone.page.go_back()
    phone.press("Gửi để kiểm tra")
    phone.reads("Đã gửi 4 mục")
    verify(officer)
    mend(phone)
    take(officer)
    phone.server.story("year")
    ask(officer)
    confirm(phone)
    officer.page.reload()
    officer.reads("Đã xác nhận")
    officer.look("enterprise-11-board-done")
    complaints = [*officer.complaints, *phone.complaints]
    assert complaints == [], "\n".join(complaints)


def register(phone: Visitor) -> None:
    """Mail and tax code; the link that was mailed; name and password."""
    phone.go("/dang-ky-doanh-nghiep/")
    phone.page.fill("input[name=mail]", life.MAIL)
    phone.page.fill("input[name=tax_code]", life.CODE)
    if phone.page.locator("select[name=tenant]").count():
        phone.page.select_option("select[name=tenant]", index=1)
    phone.look("enterprise-01-register")
    phone.press("Gửi đường dẫn cho tôi")
    phone.reads("Hãy mở thư")
    secret = phone.server.story("mailed").split()[-2]
    phone.go(f"/dang-ky-doanh-nghiep/{secret}/")
    phone.page.fill("input[name=name]", NAME)
    phone.page.fill("input[name=full_name]", "Trần Thị Xanh")
    phone.page.fill("input[name=password]", life.PASSWORD)
    phone.look("enterprise-02-begin")
    phone.press("Tạo hồ sơ")


def say_who(phone: Visitor) -> None:
    """Three short steps, each saved."""
    phone.page.fill("input[name=commune]", "an binh")
    phone.page.fill("input[name=street]", "12 đường Ba Mươi")
    phone.look("enterprise-03-step")
    phone.press("Lưu và làm tiếp")
    phone.page.fill("textarea[name=about]", "Thiết kế và lắp đặt hệ thống xử lý nước thải.")
    phone.press("Lưu và làm tiếp")
    phone.press("Lưu", exact=True)
    phone.reads("Hàng hóa, dịch vụ")


def list_good(phone: Visitor, name: str, photo: Path) -> None:
    """A good with its main facts and a picture from the phone."""
    page = phone.page
    page.locator("a[href$='/hang-hoa/']").click()
    page.fill("input[name=name]", name)
    phone.press("Thêm", exact=True)
    page.select_option("select[name=field]", "nuoc_thai")
    page.select_option("select[name=kind]", "thiet_bi")
    page.fill("textarea[name=about]", f"{name} cho khu công nghiệp.")
    phone.press("Lưu", exact=True)
    page.set_input_files("input[name=file][accept*='image']", photo)
    page.fill("input[name=words]", name)
    phone.press("Thêm ảnh")
    phone.reads("Đã thêm ảnh.")
    if name == GOODS[0]:
        phone.look("enterprise-04-good")
    page.locator("nav.crumbs a").first.click()


def verify(officer: Visitor) -> None:
    """The officer takes what waits, but for one field of one good, which goes back."""
    officer.go("/doanh-nghiep/cho-kiem-tra/")
    officer.press(NAME)
    officer.look("enterprise-06-check")
    officer.page.get_by_role("button", name="Xác minh hoặc trả lại").first.click()
    officer.reads("Đã xác minh")
    first = officer.page.locator("form.sheet").first
    first.locator("input[name=remark-about]").fill("Hãy ghi công suất.")
    first.get_by_role("button", name="Xác minh hoặc trả lại").click()
    officer.reads("Đã trả lại")
    take(officer)


def take(officer: Visitor) -> None:
    """Everything that waits is taken."""
    officer.page.reload()
    button = officer.page.get_by_role("button", name="Xác minh hoặc trả lại")
    while button.count():
        button.first.click()
        officer.reads("Đã xác minh")
    officer.reads("Hồ sơ này không có gì chờ kiểm tra")


def mend(phone: Visitor) -> None:
    """What came back is mended and sent again."""
    phone.go("/doanh-nghiep-cua-toi/")
    phone.press(GOODS[0])
    phone.reads("Trả lại: Hãy ghi công suất.")
    phone.look("enterprise-07-returned")
    phone.press("Sửa: Thông tin chính")
    phone.page.fill("textarea[name=about]", "Bồn lọc 20 m³/ngày cho khu công nghiệp.")
    phone.press("Lưu", exact=True)
    phone.page.locator("nav.crumbs a").first.click()
    phone.press("Gửi để kiểm tra")
    phone.reads("Đã gửi 1 mục")


def ask(officer: Visitor) -> None:
    """The officer opens this year's confirmation."""
    officer.go("/doanh-nghiep/")
    officer.press("Xác nhận hằng năm")
    officer.press("Mở đợt xác nhận")
    officer.page.fill("input[name=last_day]", f"{today():%d/%m/%Y}")
    officer.look("enterprise-08-open")
    officer.press("Mở đợt xác nhận")
    officer.reads("Đã mở đợt xác nhận cho 3 doanh nghiệp.")
    officer.look("enterprise-09-board")


def confirm(phone: Visitor) -> None:
    """One block, then all the others, on one page."""
    phone.go("/doanh-nghiep-cua-toi/")
    phone.reads("Đến lượt xác nhận hằng năm")
    phone.press("Xác nhận", exact=True)
    phone.press(f"Vẫn đúng: {NAME}")
    phone.reads("Còn mục chưa xác nhận ở dưới.")
    phone.look("enterprise-10-confirm")
    phone.press("Mọi thông tin vẫn đúng")
    phone.reads("Đã xác nhận cả hồ sơ.")


def test_a_board_sees_its_park_and_nobodys_drafts(come: Visit) -> None:
    board = come("a.board")
    board.go("/doanh-nghiep/")
    board.reads("Công ty Trong Khu")
    assert board.page.get_by_text("Công ty Ngoài Khu").count() == 0
    assert board.page.get_by_text("Công ty Đang Soạn").count() == 0
    board.look("enterprise-12-park")
    board.press("Công ty Trong Khu")
    board.press("Sửa: Hoạt động")
    board.page.fill("textarea[name=about]", "Xử lý nước thải, khí thải cho khu công nghiệp.")
    board.press("Lưu", exact=True)
    board.press("Gửi để kiểm tra")
    board.reads("Đã gửi 1 mục")
    board.reads("nội dung mới, chưa kiểm tra")
    assert board.complaints == [], "\n".join(board.complaints)
