"""An agency that only has its own Word report: uploaded, read, looked at beside its source, taken over item by item."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload

from tests.journeys.conftest import Visit, Visitor, number_in
from tests.vanban.word import as_word

pytestmark = pytest.mark.browser
STORY = "round"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORT = """SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG

Số: 214/BC-SNNMT

BÁO CÁO

Kết quả thực hiện Kế hoạch số 15/KH-UBND năm 2026

Kính gửi: Sở Công Thương

I. TÌNH HÌNH CHUNG

Ngay sau khi kế hoạch được ban hành, Sở đã phân công các phòng theo dõi từng nhiệm vụ.

II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ

| TT | Nhiệm vụ | Kết quả trong kỳ | Lũy kế | Tiến độ | Khó khăn | Kiến nghị |
|---|---|---|---|---|---|---|
| 1 | Nhiệm vụ số 3: xây dựng mô hình xử lý chất thải | Vận hành thử 02 mô hình | 05 mô hình | Đúng tiến độ | | Vốn |
| 2 | Xây dựng mô hình xử lý | Đã góp ý hồ sơ thiết kế | | | | |
| 3 | Trồng cây xanh trong khuôn viên cơ quan | Trồng 40 cây | | Hoàn thành | | |

III. SỐ LIỆU

- Tỷ lệ nước thải sinh hoạt được xử lý: 71.5 %.

- Về việc xây dựng kế hoạch năm của đơn vị mình: đã ban hành Kế hoạch số 09/KH-SNNMT.

IV. KHÓ KHĂN, VƯỚNG MẮC

- Thiếu cán bộ chuyên trách ở cấp xã.

V. NHIỆM VỤ KỲ TỚI

1. Nhiệm vụ số 3: xây dựng mô hình xử lý chất thải: mở rộng thêm 10 mô hình.

Nơi nhận:

- Như trên;
"""


def test_a_word_report_is_read_in(come: Visit) -> None:
    clerk = come("a.clerk_environment")
    bring(clerk)
    take_what_is_sure(clerk)
    settle_the_rest(clerk)
    see_the_form(clerk)
    phone = come("a.clerk_environment", phone=True)
    report = number_in(r"/bao-cao/(\d+)/", clerk.path)
    phone.go(f"/bao-cao/{report}/word/")
    phone.page.get_by_role("link", name="bao-cao-nam.docx").click()
    phone.look("word-07-phone")
    assert [*clerk.complaints, *phone.complaints] == []


def bring(clerk: Visitor) -> None:
    """From the desk to the passages; what is no report is refused in one sentence."""
    page = clerk.page
    clerk.go("/")
    page.get_by_role("link", name="Làm báo cáo").first.click()
    clerk.press("Lấy từ báo cáo Word")
    broken = FilePayload(name="bc.docx", mimeType=DOCX, buffer=b"khong phai Word")
    page.set_input_files("input[type=file]", broken)
    clerk.press("Tải lên và đọc")
    clerk.reads("không phải là ảnh, PDF, Word hay Excel")
    clerk.look("word-01-refused")
    file = FilePayload(name="bao-cao-nam.docx", mimeType=DOCX, buffer=as_word(REPORT))
    page.set_input_files("input[type=file]", file)
    clerk.press("Tải lên và đọc")
    page.wait_for_url("**/word/*/")
    clerk.look("word-02-passages")


def take_what_is_sure(clerk: Visitor) -> None:
    """All that is sure at once; what is doubtful, or was planned only, is not among it."""
    clerk.press("Ghi 3 mục chắc chắn")
    clerk.reads("Đã ghi 3 mục vào báo cáo")
    clerk.look("word-03-sure-taken")


def settle_the_rest(clerk: Visitor) -> None:
    """A number that can be read two ways, a title like more than one item, a row on something else."""
    page = clerk.page
    number = page.locator("article", has_text="không ghi theo cách viết")
    assert number.get_by_label("Giá trị").input_value() == ""
    number.get_by_label("Giá trị").fill("71,5")
    clerk.look("word-04-asked")
    number.get_by_role("button", name="Ghi mục này").click()
    clerk.reads("Đã ghi 1 mục vào báo cáo")
    unclear = page.locator("article", has_text="Đã góp ý hồ sơ thiết kế")
    unclear.get_by_role("button", name="Ghi mục này").click()
    clerk.reads("Hãy chọn đoạn này thuộc mục nào")
    clerk.look("word-05-which")
    unclear.locator("select").first.select_option(index=2)
    unclear.get_by_role("button", name="Ghi mục này").click()
    clerk.reads("Đã ghi 1 mục vào báo cáo")
    page.locator("article", has_text="Trồng cây xanh").get_by_role("button", name="Không cần").click()
    clerk.reads("Đã xem hết các đoạn")


def see_the_form(clerk: Visitor) -> None:
    """The form holds what was taken, and the file is its evidence."""
    page = clerk.page
    clerk.press("Về biểu báo cáo")
    words = [box.input_value() for box in page.locator("textarea[name$='-result']").all()]
    assert any("Vận hành thử 02 mô hình\nLũy kế: 05 mô hình" in one for one in words)
    assert not any("mở rộng thêm" in one for one in words)
    assert "71,5" in [box.input_value() for box in page.locator("input[name$='-value']").all()]
    clerk.reads("bao-cao-nam.docx")
    clerk.look("word-06-form")
