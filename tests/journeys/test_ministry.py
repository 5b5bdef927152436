"""A ministry over three provinces: one answers out of its own consolidation, the ministry sees all three."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import Visit, Visitor, number_in

pytestmark = pytest.mark.browser
STORY = "ministry"


def test_three_provinces_and_one_ministry(come: Visit) -> None:
    province = come("a.officer")
    answer_out_of_the_own_round(province)
    officer = come("m.officer")
    cycle = look_at_provinces(officer)
    accept_the_first(officer, cycle)
    reader = come("m.reader")
    follow(reader, cycle)
    copy_to_the_next_period(province)
    complaints = [words for visitor in (province, officer, reader) for words in visitor.complaints]
    assert complaints == [], "\n".join(complaints)


def answer_out_of_the_own_round(province: Visitor) -> None:
    page = province.page
    province.go("/bao-cao/")
    page.get_by_role("link", name="Báo cáo của các tỉnh năm 2026").first.click()
    province.press("Lấy từ tổng hợp của tỉnh")
    province.look("90-ministry-not-paired")
    province.press("Ghép mục của hai kế hoạch")
    tick(province, "Xây dựng mô hình xử lý chất thải tại địa phương", "Nhiệm vụ số 3")
    tick(province, "Tỷ lệ nước thải sinh hoạt", "Nước thải sinh hoạt")
    province.look("91-ministry-pairs")
    province.press("Xác nhận các cặp")
    province.look("92-ministry-offer")
    province.press("Lấy các mục đã chọn vào báo cáo")
    province.reads("Lấy từ tổng hợp «")
    province.look("93-ministry-form")
    for box in page.locator("fieldset.answer:not(.is-answered) input[type=checkbox][name$='-nil']").all():
        box.check()
    page.locator("input[type=checkbox][name='obstacle-99-nil']").check()
    province.press("Xem lại và gửi")
    province.press("Gửi báo cáo")
    province.reads("Lấy từ tổng hợp «")
    province.look("94-ministry-sent")


def tick(province: Visitor, item: str, own: str) -> None:
    """Tick an item of the own plan under an item of the ministry's; the folded rest is opened for it."""
    group = province.page.locator("fieldset.group", has=province.page.locator("legend", has_text=item))
    for box in group.locator("input[type=checkbox]:checked").all():
        box.uncheck()
    for fold in group.locator("details:not([open]) summary").all():
        fold.click()
    group.locator(".check", has_text=own).first.locator("input").check()


def look_at_provinces(officer: Visitor) -> int:
    officer.go("/ky-bao-cao/")
    officer.press("Báo cáo của các tỉnh năm 2026")
    cycle = number_in(r"/ky-bao-cao/(\d+)/", officer.path)
    officer.look("95-ministry-board")
    officer.press("Theo từng tỉnh")
    officer.reads("Độ đầy đủ bên dưới")
    officer.look("96-ministry-provinces")
    officer.go(f"/ky-bao-cao/{cycle}/tong-hop/")
    officer.reads("từ thấp đến cao, 2 số liệu")
    officer.look("97-ministry-consolidation")
    return cycle


def accept_the_first(officer: Visitor, cycle: int) -> None:
    officer.go(f"/ky-bao-cao/{cycle}/?trang_thai=waiting")
    officer.page.get_by_role("link", name=re.compile("an giang", re.IGNORECASE)).first.click()
    officer.reads("Lấy từ tổng hợp «")
    officer.press("Chấp nhận báo cáo")
    officer.reads("đã chấp nhận")


def follow(reader: Visitor, cycle: int) -> None:
    """The reader of all provinces goes down from the ministry's round to a province's own."""
    reader.go("/ky-bao-cao/cac-tinh/")
    reader.look("98-ministry-country")
    reader.go(f"/ky-bao-cao/{cycle}/cac-tinh/")
    reader.page.locator("td .cell-note a").first.click()
    reader.reads("Tổng hợp")
    assert "/tong-hop/" in reader.path
    reader.look("99-ministry-below")


def copy_to_the_next_period(province: Visitor) -> None:
    province.go("/ke-hoach/")
    province.page.get_by_role("link", name=re.compile("công nghiệp môi trường giai đoạn 2026")).first.click()
    province.press("Chép sang giai đoạn sau")
    assert province.page.input_value("input[name=tu-nam]") == "2031"
    province.look("99a-next-period")
    province.press("Tạo dự thảo kế hoạch mới")
    province.reads("2031 - 2035")
    province.look("99b-next-period-review")
