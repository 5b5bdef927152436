"""A department is merged in the middle of a cycle, a clerk is replaced with the draft open: nothing is lost.

And the way of a report through its agency and back: presented, confirmed, returned by row, corrected, accepted.
"""

from __future__ import annotations

import re

import pytest

from luc.kernel.time import today
from tests.journeys.conftest import Visit, Visitor, answer_everything, number_in

pytestmark = pytest.mark.browser
STORY = "round"
WORDS = "Đã khảo sát 14 doanh nghiệp trước khi sáp nhập"


def test_a_department_merged_and_a_clerk_replaced(come: Visit) -> None:
    science, administrator = come("a.clerk_science"), come("a.administrator")
    write_a_little(science)
    merge(administrator, "Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Môi trường")
    see_what_moved(come("a.clerk_environment"))
    head, clerk = come("a.head_finance"), come("a.clerk_finance")
    confirm_before_sending(head)
    write_everything(clerk)
    replace(head, administrator, "Người a.clerk_finance", "Người a.clerk_science")
    cycle = present_as_successor(science)
    approve(head)
    returned = return_by_row(come("a.officer"), cycle)
    correct(science, head, returned)
    officer = come("a.officer")
    compare_and_accept(officer, cycle)
    reopen_and_step_in(officer, cycle)
    everybody = (science, administrator, head, clerk, officer)
    assert [words for visitor in everybody for words in visitor.complaints] == []


def write_a_little(clerk: Visitor) -> None:
    page = clerk.page
    clerk.go("/")
    page.get_by_role("link", name="Làm báo cáo").first.click()
    page.locator("textarea[name^=part][name$='-result']").first.fill(WORDS)
    page.locator("label:has(input[type=radio][value=on_time])").first.click()
    page.locator("[data-saved]", has_text="Đã lưu lúc").wait_for()


def party_of(visitor: Visitor, name: str) -> int:
    ((row,),) = visitor.server.rows(
        f"SELECT p.id FROM agencies_party p JOIN kernel_tenant t ON t.id = p.tenant_id"
        f" WHERE p.name = '{name}' AND t.code = '92'"
    )
    return int(row[0])


def merge(administrator: Visitor, old: str, new: str) -> None:
    page = administrator.page
    administrator.go(f"/co-quan/{party_of(administrator, old)}/ket-thuc/")
    page.fill("input[name=on]", f"{today():%d/%m/%Y}")
    page.get_by_label(new, exact=True).check()
    page.fill("input[name=note]", "Nghị quyết sáp nhập số 9")
    administrator.look("merged-01-end")
    administrator.press("Lưu", exact=True)
    administrator.reads("Kết thúc hoạt động từ")
    administrator.look("merged-02-ended")


def see_what_moved(clerk: Visitor) -> None:
    clerk.go("/")
    clerk.reads("kế thừa Sở Khoa học và Công nghệ")
    clerk.look("merged-03-desk-of-successor")
    clerk.page.get_by_role("link", name="Làm báo cáo").or_(
        clerk.page.get_by_role("link", name="Sửa báo cáo")
    ).first.click()
    words = [box.input_value() for box in clerk.page.locator("textarea[name$='-result']").all()]
    assert WORDS in words
    clerk.look("merged-04-form-of-successor")


def confirm_before_sending(head: Visitor) -> None:
    head.go(f"/co-quan/{party_of(head, 'Sở Tài chính')}/duyet-truoc-khi-gui/")
    head.look("merged-05-approval")
    head.page.get_by_label("Có: người duyệt hoặc thủ trưởng xác nhận rồi mới gửi").check()
    head.press("Lưu", exact=True)
    head.reads("phải được người duyệt hoặc thủ trưởng xác nhận")
    head.press("Ủy quyền")
    head.look("merged-06-delegation")


def write_everything(clerk: Visitor) -> None:
    page = clerk.page
    clerk.go("/")
    page.get_by_role("link", name="Làm báo cáo").first.click()
    answer_everything(clerk, "Đã thực hiện theo kế hoạch trong kỳ")
    page.locator("[data-saved]", has_text="Đã lưu lúc").wait_for()
    page.get_by_role("button", name="Lưu", exact=True).last.click()


def replace(head: Visitor, administrator: Visitor, leaving: str, coming: str) -> None:
    administrator.go("/con-nguoi/trao-vai-tro/")
    page = administrator.page
    page.select_option("select[name=user]", label=next_label(administrator, "user", coming))
    page.select_option("select[name=party]", label="Sở Tài chính")
    page.get_by_label("Chuyên viên báo cáo", exact=True).check()
    administrator.press("Tiếp tục")
    administrator.reads("Đã trao vai trò")
    head.go("/con-nguoi/")
    row = head.page.locator("tr", has_text=leaving).filter(has_text="Chuyên viên báo cáo")
    row.get_by_role("link", name=re.compile("^Kết thúc")).click()
    head.press("Kết thúc vai trò")
    head.reads("Đã kết thúc vai trò")


def next_label(visitor: Visitor, name: str, words: str) -> str:
    options = visitor.page.locator(f"select[name={name}] option").all_inner_texts()
    return next(option for option in options if option.startswith(words))


def present_as_successor(clerk: Visitor) -> int:
    page = clerk.page
    clerk.go("/bao-cao/")
    page.locator("tr", has_text="Sở Tài chính").get_by_role("link").first.click()
    boxes = page.locator("textarea[name^=part][name$='-result']")
    assert boxes.first.input_value() == "Đã thực hiện theo kế hoạch trong kỳ"
    boxes.first.fill("Người mới bổ sung: đã giải ngân 2 tỷ đồng")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    assert boxes.first.input_value() == "Người mới bổ sung: đã giải ngân 2 tỷ đồng"
    form = clerk.path.partition("#")[0]
    clerk.press("Nhật ký", exact=True)
    clerk.reads("Người mới bổ sung: đã giải ngân 2 tỷ đồng")
    for name in ("Người a.clerk_finance", "Người a.clerk_science"):
        assert page.locator("main").get_by_text(name).count()
    clerk.look("merged-07-history")
    clerk.go(form)
    clerk.press("Xem lại và gửi")
    clerk.look("merged-08-review")
    clerk.press("Trình duyệt")
    clerk.reads("Đang chờ người duyệt")
    clerk.look("merged-09-presented")
    ((cycle,),) = clerk.server.rows("SELECT min(id) FROM rounds_cycle")
    return int(cycle[0])


def approve(head: Visitor) -> None:
    head.go("/")
    head.reads("Chờ bạn duyệt")
    head.look("merged-10-desk-of-approver")
    head.page.locator("a[href^='/bao-cao/trinh/']").first.click()
    head.look("merged-11-to-approve")
    head.press("Xác nhận và gửi")
    head.reads("Người trình")
    head.look("merged-12-sent")


def return_by_row(officer: Visitor, cycle: int) -> str:
    page = officer.page
    officer.go(f"/ky-bao-cao/{cycle}/chap-nhan-het/")
    officer.look("merged-13-clear")
    page.get_by_role("link", name="Sở Tài chính").first.click()
    page.get_by_text("Ghi lưu ý").first.click()
    box = page.locator("textarea[name^=remark-]").first
    box.fill("Ghi rõ nguồn vốn và số quyết định")
    officer.look("merged-14-remark")
    officer.press("Trả lại để sửa")
    officer.reads("Đã trả lại báo cáo")
    officer.look("merged-15-returned")
    return officer.path


def correct(clerk: Visitor, head: Visitor, _returned: str) -> None:
    page = clerk.page
    clerk.go("/")
    clerk.look("merged-16-desk-returned")
    page.locator("article", has_text="Sở Tài chính").get_by_role("link", name="Sửa báo cáo").click()
    clerk.reads("Ghi rõ nguồn vốn và số quyết định")
    clerk.look("merged-17-form-returned")
    remarked = page.locator(".answer:has(.remark), .fold:has(.remark)").first
    remarked.locator("textarea").first.fill("Giải ngân 2 tỷ đồng, ngân sách tỉnh, Quyết định 118")
    clerk.press("Xem lại và gửi")
    clerk.reads("Quyết định 118")
    clerk.press("Trình duyệt")
    head.go("/")
    head.page.locator("a[href^='/bao-cao/trinh/']").first.click()
    head.press("Xác nhận và gửi")
    head.reads("Người trình")


def compare_and_accept(officer: Visitor, cycle: int) -> None:
    officer.go(f"/ky-bao-cao/{cycle}/chap-nhan-het/")
    officer.reads("gửi lại lần 2")
    officer.page.get_by_role("link", name="Sở Tài chính").first.click()
    officer.reads("Các mục đã lưu ý ở bản gửi lần 1")
    officer.reads("Quyết định 118")
    officer.look("merged-18-second")
    officer.press("Chấp nhận báo cáo")
    officer.reads("Đã chấp nhận")
    officer.page.get_by_text("Các lần gửi").last.click()
    officer.page.get_by_role("link", name="so với lần 1").click()
    officer.look("merged-19-compare")


def reopen_and_step_in(officer: Visitor, cycle: int) -> None:
    page = officer.page
    officer.go(f"/ky-bao-cao/{cycle}/")
    officer.look("merged-20-board")
    page.get_by_role("link", name="Sở Tài chính").first.click()
    officer.press("Mở lại để sửa")
    page.fill("textarea[name=reason]", "Số vốn không khớp báo cáo của Kho bạc")
    officer.look("merged-21-reopen")
    page.locator("form.confirm button").first.click()
    officer.reads("Đã mở lại để sửa")
    officer.look("merged-22-reopened")
    officer.press("Việc của đơn vị trong kỳ")
    officer.look("merged-23-obligation")
    assert number_in(r"/don-vi/(\d+)/", officer.path)
