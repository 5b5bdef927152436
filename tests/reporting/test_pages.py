"""The whole life of a report through its pages: opened, written, handed in, returned, corrected, accepted, told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luc.figures.models import Figure, Standing
from luc.kernel.time import today
from luc.plans.models import Progress, Regime, Target
from luc.reporting.models import Answer, Evidence, OfficialDraft, Report
from luc.rounds.models import Cycle, Obligation, Submission
from tests.cast import Cast, Side
from tests.plan import make_plan
from tests.reporting.life import NO_OBSTACLES, accept, draft_of, open_cycle, report, report_of, write

SignIn = Callable[..., Client]


def _opening_post(**more: str) -> dict[str, str]:
    day = today()
    values = {
        "title": "Báo cáo năm thử",
        "period_start": f"{day - timedelta(days=300):%d/%m/%Y}",
        "last_day": f"{day + timedelta(days=20):%d/%m/%Y}",
        "cutoff": f"{day:%d/%m/%Y}",
        "due_day": f"{day + timedelta(days=10):%d/%m/%Y}",
        "includes_day": "0",
    }
    return values | more


def _typed(side: Side, party: str, **cells: str) -> dict[str, str]:
    """A form filled in as a browser would send it."""
    whole = draft_of(side, party)
    post = {"version": str(whole.report.version), f"{NO_OBSTACLES}-nil": "1", "report-nil": ""}
    for line in whole.lines:
        post[f"{line.row.key}-nil"] = ""
        post[f"{line.row.key}-result"] = "Đã ban hành văn bản"
        if line.row.section == "part":
            post[f"{line.row.key}-state"] = "on_time"
        if line.row.section == "figure":
            post |= {f"{line.row.key}-value": "72,5 %", f"{line.row.key}-kind": "estimate"}
    return post | cells


def test_the_whole_thread(here: Side, signed_in: SignIn) -> None:
    regime = Regime.objects.get(plan=make_plan(here))
    officer, clerk = signed_in("officer"), signed_in("clerk_environment")

    page = officer.get(f"/ky-bao-cao/mo/{regime.pk}/")
    assert "Sở Nông nghiệp và Môi trường" in page.content.decode()
    opened = officer.post(f"/ky-bao-cao/mo/{regime.pk}/", _opening_post())
    cycle = Cycle.objects.get()
    assert opened.headers["Location"] == f"/ky-bao-cao/{cycle.pk}/"

    home = clerk.get("/").content.decode()
    assert "Báo cáo năm thử" in home
    row = report_of(here, "environment")
    form = clerk.get(f"/bao-cao/{row.pk}/").content.decode()
    assert "kế thừa Sở Tài nguyên và Môi trường (từ 01/03/2025)" in form
    assert "thuộc nhóm Các sở, ban, ngành" in form

    saved = clerk.post(f"/bao-cao/{row.pk}/", _typed(here, "environment", goto="review"))
    assert saved.headers["Location"] == f"/bao-cao/{row.pk}/xem-lai/"
    review = clerk.get(saved.headers["Location"]).content.decode()
    assert "Gửi báo cáo" in review
    version = Report.objects.get(pk=row.pk).version
    sent = clerk.post(f"/bao-cao/{row.pk}/xem-lai/", {"version": version})
    first = Submission.objects.get()
    assert sent.headers["Location"] == f"/bao-cao/da-gui/{first.pk}/"

    assert "Sở Nông nghiệp và Môi trường" in officer.get("/").content.decode()
    refused = officer.post(f"/bao-cao/da-gui/{first.pk}/tra-lai/", {"remarks": " "})
    assert refused.status_code == 422
    officer.post(f"/bao-cao/da-gui/{first.pk}/tra-lai/", {"remarks": "Ghi rõ số văn bản"})
    assert "Ghi rõ số văn bản" in clerk.get("/").content.decode()

    figure = next(
        line.row.key for line in draft_of(here, "environment").lines if line.row.section == "figure"
    )
    clerk.post(f"/bao-cao/{row.pk}/", _typed(here, "environment", **{f"{figure}-value": "1.074,25"}))
    version = Report.objects.get(pk=row.pk).version
    explained = {"version": version, f"explain-{figure}": "Gồm cả phần tồn của năm trước"}
    clerk.post(f"/bao-cao/{row.pk}/xem-lai/", explained)
    second = Submission.objects.get(version=2)
    shown = officer.get(f"/bao-cao/da-gui/{second.pk}/").content.decode()
    assert "72,5" in shown
    assert "1.074,25" in shown

    officer.post(f"/bao-cao/da-gui/{second.pk}/chap-nhan/")
    assert Obligation.objects.get(party=here.parties["environment"]).state == "accepted"
    kinds = [
        list(f.standings.order_by("pk").values_list("kind", flat=True)) for f in Figure.objects.order_by("pk")
    ]
    assert kinds == [["reported", "withdrawn"], ["reported", "accepted"]]
    assert Progress.objects.filter(party=here.parties["environment"], source_id=second.pk).exists()
    told = signed_in("leader").get(f"/ky-bao-cao/{cycle.pk}/tong-hop/?nguon=chap-nhan").content.decode()
    assert f"/bao-cao/da-gui/{second.pk}/#{figure}" in told
    assert "1/9" in told
    asked = officer.get(f"/so-lieu/{Figure.objects.last().pk}/").content.decode()
    target = Target.objects.get(indicator=Figure.objects.last().indicator_id)
    assert f'href="/ke-hoach/{target.plan_id}/chi-tieu/#chi-tieu-{target.pk}"' in asked  # the way up
    assert "đã rút" in asked
    assert "1.074,25" in asked

    made = officer.post(f"/ky-bao-cao/{cycle.pk}/du-thao/", {"nguon": "chap-nhan"})
    job = officer.get(made.headers["Location"])
    assert job.headers["Location"] == f"/ky-bao-cao/{cycle.pk}/du-thao/"
    draft = OfficialDraft.objects.get()
    file = officer.get(f"/ky-bao-cao/du-thao/{draft.pk}/")
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert (draft.answered, draft.bound) == (1, 9)


def test_a_nil_report_in_two_clicks(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row, clerk = report_of(here, "commune_1"), signed_in("clerk_commune")
    clerk.post(f"/bao-cao/{row.pk}/", {"version": "0", "report-nil": "1", "goto": "review"})
    clerk.post(f"/bao-cao/{row.pk}/xem-lai/", {"version": "1"})
    submission = Submission.objects.get()
    assert submission.is_nil
    assert all(one["nil"] for one in submission.content["rows"])
    assert submission.content["rows"]


def test_the_rest_of_a_section_is_nil_in_one_click(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row, clerk = report_of(here, "finance"), signed_in("clerk_finance")
    first, *rest = draft_of(here, "finance").section("part")
    clerk.post(
        f"/bao-cao/{row.pk}/",
        {
            "version": "0",
            f"{first.row.key}-result": "Có",
            f"{first.row.key}-state": "done",
            "nil-section": "part",
        },
    )
    after = draft_of(here, "finance").section("part")
    assert [line.is_nil for line in after] == [False] + [True] * len(rest)
    assert all(line.is_answered for line in after)


def test_unanswered_rows_are_named_with_their_places(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row, clerk = report_of(here, "finance"), signed_in("clerk_finance")
    sent = clerk.post(f"/bao-cao/{row.pk}/xem-lai/", {"version": "0"})
    assert sent.status_code == 409
    body = sent.content.decode()
    for line in draft_of(here, "finance").lines:
        assert f"/bao-cao/{row.pk}/#{line.row.key}" in body
    assert not Submission.objects.exists()


def test_a_number_that_could_be_two_is_asked_and_the_rest_is_kept(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row, clerk = report_of(here, "environment"), signed_in("clerk_environment")
    figure = draft_of(here, "environment").section("figure")[0].row.key
    answer = clerk.post(f"/bao-cao/{row.pk}/", _typed(here, "environment", **{f"{figure}-value": "1,234.5"}))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "1.234,5 hoặc 1,2345" in body
    assert 'value="1,234.5"' in body
    assert Answer.objects.get(report=row, section="figure").value is None
    assert Answer.objects.filter(report=row, section="part", state="on_time").exists()


def test_autosave_answers_with_the_version_and_with_what_is_wrong(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row, clerk = report_of(here, "environment"), signed_in("clerk_environment")
    figure = draft_of(here, "environment").section("figure")[0].row.key
    headers = {"X-Autosave": "1"}
    kept = clerk.post(f"/bao-cao/{row.pk}/", {"version": "0", f"{figure}-value": "7"}, headers=headers)
    assert kept.json() == {"fields": {"version": "1"}}
    wrong = clerk.post(f"/bao-cao/{row.pk}/", {"version": "1", f"{figure}-value": "7.5"}, headers=headers)
    assert "7,5 hoặc 75" in wrong.json()["error"]
    late = clerk.post(f"/bao-cao/{row.pk}/", {"version": "0", f"{figure}-value": "8"}, headers=headers)
    assert "Người b" not in late.json()["error"]
    assert "đã lưu báo cáo này" in late.json()["error"]
    assert Answer.objects.get(report=row, section="figure").value == 7


def test_two_people_on_one_report(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row = report_of(here, "finance")
    first, second = signed_in("clerk_finance"), signed_in("approver_finance")
    key = draft_of(here, "finance").lines[0].row.key
    first.post(f"/bao-cao/{row.pk}/", {"version": "0", f"{key}-result": "của người thứ nhất"})
    answer = second.post(f"/bao-cao/{row.pk}/", {"version": "0", f"{key}-result": "của người thứ hai"})
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "của người thứ hai" in body
    assert 'name="version" value="1"' in body
    assert Answer.objects.get().result == "của người thứ nhất"
    second.post(f"/bao-cao/{row.pk}/", {"version": "1", f"{key}-result": "của người thứ hai"})
    assert Answer.objects.get().result == "của người thứ hai"


def test_files_prove_a_report_and_stay_with_what_was_handed_in(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row, clerk = report_of(here, "finance"), signed_in("clerk_finance")
    upload = SimpleUploadedFile("Biên bản.pdf", b"%PDF-1.4 mau", "application/pdf")
    clerk.post(f"/bao-cao/{row.pk}/minh-chung/", {"file": upload})
    one = Evidence.objects.get()
    sent = clerk.get(f"/bao-cao/{row.pk}/minh-chung/{one.pk}/")
    assert sent.content == b"%PDF-1.4 mau"
    assert "attachment" in sent.headers["Content-Disposition"]
    (submission,) = report(here, "finance")
    assert clerk.post(f"/bao-cao/{row.pk}/minh-chung/{one.pk}/bo/").status_code in {302, 409}
    assert Evidence.objects.get().removed_at is None
    read = signed_in("officer").get(f"/bao-cao/da-gui/{submission.pk}/tep/{one.file_id}/")
    assert read.content == b"%PDF-1.4 mau"
    assert (
        signed_in("clerk_science").get(f"/bao-cao/da-gui/{submission.pk}/tep/{one.file_id}/").status_code
        == 404
    )


def test_a_file_that_is_too_large_or_empty_or_no_paper_is_refused(
    here: Side, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_cycle(here)
    row, clerk = report_of(here, "finance"), signed_in("clerk_finance")
    for name, data in (("a.exe", b"MZ\x90"), ("anh.jpg", b"MZ\x90"), ("a.exe", b"%PDF-1.4")):
        answer = clerk.post(f"/bao-cao/{row.pk}/minh-chung/", {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 422
        assert "Tệp «" in answer.content.decode()
    large = SimpleUploadedFile("lon.bin", b"0" * (20 * 1024 * 1024 + 1))
    answer = clerk.post(f"/bao-cao/{row.pk}/minh-chung/", {"file": large})
    assert answer.status_code == 422
    assert "20 MB" in answer.content.decode()
    assert (
        clerk.post(f"/bao-cao/{row.pk}/minh-chung/", {"file": SimpleUploadedFile("rong", b"")}).status_code
        == 422
    )
    assert not Evidence.objects.exists()


def test_several_are_accepted_at_once_from_the_board(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    rows = report(here, "finance", "environment")
    officer = signed_in("officer")
    board = officer.get(f"/ky-bao-cao/{cycle.pk}/").content.decode()
    assert all(f'name="chon" value="{row.pk}"' in board for row in rows)
    officer.post(f"/ky-bao-cao/{cycle.pk}/chap-nhan/", {"chon": [row.pk for row in rows]})
    assert Obligation.objects.filter(state="accepted").count() == 2
    assert not Standing.objects.filter(figure__source_id=rows[0].pk, kind="accepted").exists()
    assert Standing.objects.filter(figure__source_id=rows[1].pk, kind="accepted").count() == 1


def test_the_board_is_narrowed_by_kind_and_state(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    report(here, "finance")
    officer = signed_in("officer")

    def shown(query: str) -> set[str]:
        body = officer.get(f"/ky-bao-cao/{cycle.pk}/?{query}").content.decode()
        return {name for name in ("Sở Tài chính", "Sở Khoa học", "phường An Bình") if name in body}

    assert shown("trang_thai=waiting") == {"Sở Tài chính"}
    assert shown("trang_thai=missing&loai=department") == {"Sở Khoa học"}
    assert shown("loai=commune") == {"phường An Bình"}


def test_what_was_said_last_time_stands_beside(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here)
    day = today()
    old = open_cycle(
        here, plan, period_start=day - timedelta(days=800), last_day=day - timedelta(days=400), cutoff=day
    )
    accept(here, *report(here, "finance"))
    signed_in("officer").post(f"/ky-bao-cao/{old.pk}/khep/", {"confirmed": "yes"})
    new = open_cycle(here, plan)
    body = signed_in("clerk_finance").get(f"/bao-cao/{report_of(here, 'finance', new).pk}/").content.decode()
    assert "Kỳ trước đơn vị đã ghi" in body
    assert "Đã hoàn thành bước một" in body


def test_a_closed_cycle_takes_no_report(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    write(here, "finance")
    officer = signed_in("officer")
    assert "9 đơn vị chưa gửi" in officer.get(f"/ky-bao-cao/{cycle.pk}/khep/").content.decode()
    officer.post(f"/ky-bao-cao/{cycle.pk}/khep/", {"confirmed": "yes"})
    assert Cycle.objects.get().closed_at is not None
    row = report_of(here, "finance")
    sent = signed_in("clerk_finance").post(f"/bao-cao/{row.pk}/xem-lai/", {"version": row.version})
    assert "khép lại" in sent.content.decode()
    assert not Submission.objects.exists()


ADDRESSES = [
    ("/ky-bao-cao/", {"officer", "focal_head", "leader", "secretariat", "administrator", "ministry_reader"}),
    ("/ky-bao-cao/mo/{regime}/", {"officer", "focal_head"}),
    (
        "/ky-bao-cao/{cycle}/",
        {"officer", "focal_head", "leader", "secretariat", "administrator", "ministry_reader"},
    ),
    (
        "/ky-bao-cao/{cycle}/tong-hop/",
        {"officer", "focal_head", "leader", "secretariat", "administrator", "ministry_reader"},
    ),
    ("/ky-bao-cao/{cycle}/khep/", {"officer", "focal_head"}),
    ("/bao-cao/{report}/", {"clerk_finance", "approver_finance", "head_finance"}),
    ("/bao-cao/{report}/minh-chung/", {"clerk_finance", "approver_finance", "head_finance"}),
    (
        "/bao-cao/da-gui/{submission}/",
        {
            "clerk_finance",
            "approver_finance",
            "head_finance",
            "officer",
            "focal_head",
            "leader",
            "secretariat",
            "administrator",
        },
    ),
]


@pytest.mark.parametrize(("address", "allowed"), ADDRESSES)
def test_each_address_for_each_person(
    cast: Cast, here: Side, signed_in: SignIn, address: str, allowed: set[str]
) -> None:
    cycle = open_cycle(here)
    (submission,) = report(here, "finance")
    if "/bao-cao/{report}" in address:
        from luc.reporting import actions

        actions.give_back(here.viewer("officer"), submission.pk, remarks="sửa")
    filled = address.format(
        regime=Regime.objects.get().pk,
        cycle=cycle.pk,
        report=report_of(here, "finance").pk,
        submission=submission.pk,
    )
    for person in here.people:
        status = signed_in(person).get(filled).status_code
        assert (status == 200) == (person in allowed), (person, status)
        assert status in {200, 403, 404}
    for person in cast.there.people:
        status = signed_in(person, cast.there).get(filled).status_code
        if address == "/ky-bao-cao/":
            continue
        assert status in {403, 404}, person
    assert Client().get(filled).headers["Location"].startswith("/tai-khoan/")


def test_no_page_carries_inline_styles_or_scripts(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    row = report_of(here, "finance")
    for person, address in [
        ("clerk_finance", f"/bao-cao/{row.pk}/"),
        ("officer", f"/ky-bao-cao/{cycle.pk}/"),
        ("officer", f"/ky-bao-cao/{cycle.pk}/tong-hop/"),
    ]:
        body = signed_in(person).get(address).content.decode()
        assert not re.search(r"\sstyle=|\son\w+=", body)
