"""What looks wrong is asked back before it is handed in; the explanation travels with the report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from luc.issuing.actions.at_once import keep_paper
from luc.kernel.errors import Refused
from luc.kernel.time import today
from luc.kernel.writing import writing
from luc.plans.models import Target
from luc.reporting import actions
from luc.reporting.queries.drafts import NO_OBSTACLES
from luc.rounds.models import Submission
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.life import (
    accept,
    draft_of,
    full_answers,
    hand_in,
    open_cycle,
    report,
    report_of,
    write,
)

SignIn = Callable[..., Client]


def _figure(side: Side) -> str:
    return draft_of(side, "environment").section("figure")[0].row.key


def _said(side: Side, value: str) -> None:
    write(side, "environment", full_answers(draft_of(side, "environment"), value=value))


@pytest.mark.parametrize("value", ["120", "-5", "1.234,5"])
def test_a_share_beyond_the_whole_is_asked_back(here: Side, signed_in: SignIn, value: str) -> None:
    open_cycle(here)
    _said(here, value)
    key, row, clerk = _figure(here), report_of(here, "environment"), signed_in("clerk_environment")
    address = f"/bao-cao/{row.pk}/xem-lai/"
    page = clerk.get(address).content.decode()
    assert f"{value} % nằm ngoài khoảng từ 0 đến 100 %." in page
    assert f'name="explain-{key}"' in page
    refused = clerk.post(address, {"version": row.version, f"explain-{key}": "  "})
    assert refused.status_code == 409
    assert f'id="explain-{key}-error"' in refused.content.decode()
    assert not Submission.objects.exists()
    sent = clerk.post(address, {"version": row.version, f"explain-{key}": "Tính cả phần của năm trước"})
    submission = Submission.objects.get()
    assert sent.headers["Location"] == f"/bao-cao/da-gui/{submission.pk}/"
    for person in ("officer", "clerk_environment", "leader"):
        body = signed_in(person).get(f"/bao-cao/da-gui/{submission.pk}/").content.decode()
        assert "Tính cả phần của năm trước" in body
        assert f"{value} % nằm ngoài khoảng" in body


def test_what_was_typed_stays_when_something_else_is_refused(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    _said(here, "120")
    key, row = _figure(here), report_of(here, "environment")
    values = {"version": row.version + 5, f"explain-{key}": "Số liệu của cả vùng"}
    answer = signed_in("clerk_environment").post(f"/bao-cao/{row.pk}/xem-lai/", values)
    assert answer.status_code == 409
    assert "Số liệu của cả vùng</textarea>" in answer.content.decode()


@pytest.mark.parametrize(
    ("before", "now", "is_asked"),
    [("40", "81", True), ("40", "80", False), ("40", "20", False), ("40", "19,9", True), ("0", "80", False)],
)
def test_a_value_far_from_the_last_is_asked_back(
    here: Side, signed_in: SignIn, before: str, now: str, is_asked: bool
) -> None:
    plan = make_plan(here)
    last_year = today() - timedelta(days=400)
    open_cycle(here, plan, period_start=last_year, last_day=last_year + timedelta(days=30))
    _said(here, before)
    accept(here, hand_in(here, "environment"))
    cycle = open_cycle(here, plan)
    whole = draft_of(here, "environment", cycle)
    saved = actions.save_draft(
        here.viewer("clerk_environment"), whole.report.pk, version=0, rows=full_answers(whole, value=now)
    )
    page = signed_in("clerk_environment").get(f"/bao-cao/{whole.report.pk}/xem-lai/").content.decode()
    assert (f"kỳ trước là {before} %: chênh lệch quá hai lần" in page) is is_asked
    viewer = here.viewer("clerk_environment")
    if is_asked:
        with pytest.raises(Refused, match="cần xác nhận"):
            actions.submit(viewer, whole.report.pk, version=saved.version)
    else:
        assert actions.submit(viewer, whole.report.pk, version=saved.version).pk


def test_a_part_of_what_is_counted_is_refused_at_its_field(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    key, row = _figure(here), report_of(here, "environment")
    with writing():
        Target.objects.filter(answering=here.parties["environment"]).update(unit="doanh nghiệp")
    answer = signed_in("clerk_environment").post(
        f"/bao-cao/{row.pk}/", {"version": "0", f"{key}-value": "38,4"}
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert body.count("Số doanh nghiệp phải là số nguyên") == 2
    bar = body[body.index('class="save-bar"') :]
    assert "1 ô chưa lưu được:" in bar
    assert f'href="#{key}-value"' in bar


def test_none_together_with_some_is_asked(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    both = full_answers(draft_of(here, "finance")) | {"obstacle-0": {"obstacle": "Thiếu người"}}
    write(here, "finance", both)
    row, clerk = report_of(here, "finance"), signed_in("clerk_finance")
    for address in (f"/bao-cao/{row.pk}/", f"/bao-cao/{row.pk}/xem-lai/"):
        page = clerk.get(address).content.decode()
        assert "đã chọn «không có» nhưng vẫn ghi" in page.lower().replace("kiến nghị dưới đây", "")
    with pytest.raises(Refused) as refused:
        actions.submit(here.viewer("clerk_finance"), row.pk, version=row.version)
    assert {NO_OBSTACLES, "obstacle-0"} == set(refused.value.fields)
    write(here, "finance", {NO_OBSTACLES: {"nil": ""}})
    assert hand_in(here, "finance").content["obstacles"]


def test_a_save_is_told_where_its_button_is(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row, clerk = report_of(here, "finance"), signed_in("clerk_finance")
    assert "Đã lưu lúc" not in clerk.get(f"/bao-cao/{row.pk}/").content.decode()
    key = draft_of(here, "finance").lines[0].row.key
    values = {"version": "0", f"{key}-result": "một câu", "goto": "nil"}
    body = clerk.post(f"/bao-cao/{row.pk}/", values, follow=True).content.decode()
    bar = body[body.index('class="save-bar"') :]
    assert '<p class="saved" role="status" data-saved>Đã lưu lúc ' in bar


def test_after_one_report_comes_the_next_that_waits(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    first, second = report(here, "finance", "science")
    officer = signed_in("officer")
    page = officer.post(f"/bao-cao/da-gui/{first.pk}/chap-nhan/", follow=True).content.decode()
    assert f'href="/bao-cao/da-gui/{second.pk}/"' in page
    assert "Báo cáo tiếp theo" in page
    page = officer.post(
        f"/bao-cao/da-gui/{second.pk}/tra-lai/", {"remarks": "Bổ sung"}, follow=True
    ).content.decode()
    assert "Báo cáo tiếp theo" not in page
    assert f"/ky-bao-cao/{cycle.pk}/" in page


def test_what_was_handed_in_is_read_and_printed_by_its_clerk(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    (sent,) = report(here, "finance")
    row = report_of(here, "finance")
    clerk = signed_in("clerk_finance")
    page = clerk.get(f"/bao-cao/{row.pk}/", follow=True)
    assert page.redirect_chain[-1][0] == f"/bao-cao/da-gui/{sent.pk}/"
    body = page.content.decode()
    assert "data-print" in body
    assert f"<dt>Người gửi</dt><dd>{here.people['clerk_finance'].full_name}</dd>" in body
    assert f"{today():%d/%m/%Y}" in body
    for line in sent.content["rows"]:
        assert line["text"] in body
    assert "Báo cáo tiếp theo" not in body


def test_the_board_is_short_and_begins_with_who_is_missing(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    report(here, "finance")
    body = signed_in("officer").get(f"/ky-bao-cao/{cycle.pk}/").content.decode()
    heat = body[body.index('class="heat"') : body.index("</ul>", body.index('class="heat"'))]
    assert "Phường An Bình" in heat
    assert "Ủy ban nhân dân" not in heat
    assert heat.index("Sở Khoa học và Công nghệ") < heat.index("Phường An Bình") < heat.index("Sở Tài chính")


def test_a_ministry_reads_what_was_accepted_and_no_draft(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    waiting, accepted = report(here, "finance", "science")
    accept(here, accepted)
    paper = keep_paper(here.viewer("officer"), cycle.pk, accepted_only=False)
    reader = signed_in("ministry_reader")
    assert reader.get(f"/bao-cao/da-gui/{accepted.pk}/").status_code == 200
    for address in (f"da-gui/{waiting.pk}/", f"da-gui/{waiting.pk}/tep/1/"):
        assert reader.get(f"/bao-cao/{address}").status_code == 404
    for address in (f"{cycle.pk}/du-thao/", f"du-thao/{paper.pk}/"):
        assert reader.get(f"/ky-bao-cao/{address}").status_code == 404
        assert signed_in("leader").get(f"/ky-bao-cao/{address}").status_code == 200
    told = reader.get(f"/ky-bao-cao/{cycle.pk}/tong-hop/").content.decode()
    assert f"/bao-cao/da-gui/{accepted.pk}/" in told
    assert f"/bao-cao/da-gui/{waiting.pk}/" not in told
    board = reader.get(f"/ky-bao-cao/{cycle.pk}/").content.decode()
    assert "du-thao" not in board + told
    assert f"/bao-cao/da-gui/{waiting.pk}/" not in board + reader.get("/").content.decode()
