"""The letters where people look for them: on the board, on an agency's page of a plan, on a report."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from luc.issuing.models import Draft
from luc.kernel.time import today
from luc.rounds.models import Cycle
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.life import open_cycle, report
from vanban import header
from vanban.reading import read_file


def signed_in(side: Side, person: str) -> Client:
    client = Client()
    client.force_login(side.people[person])
    return client


@pytest.fixture
def cycle(here: Side) -> Cycle:
    cycle = open_cycle(here)
    report(here, "finance")
    return cycle


def test_the_board_leads_to_the_letters_and_a_reminder_opens_as_a_draft(here: Side, cycle: Cycle) -> None:
    officer = signed_in(here, "officer")
    address = reverse("letters:of_round", args=[cycle.pk])
    assert f'href="{address}"' in officer.get(reverse("reporting:board", args=[cycle.pk])).content.decode()
    answer = officer.post(address, {"loai": "don-doc", "don-doc-unit": "QLCN"}, follow=True)
    made = Draft.objects.get(kind=Draft.Kind.REMINDER)
    assert answer.redirect_chain[-1][0] == reverse("issuing:draft", args=[made.pk])
    assert made.head["symbol"].endswith("-QLCN")
    shown = answer.content.decode()
    assert "Sở Khoa học và Công nghệ" in shown
    assert made.title in officer.get(address).content.decode()


def test_what_is_typed_wrong_is_said_at_its_field(here: Side, cycle: Cycle) -> None:
    officer = signed_in(here, "officer")
    address = reverse("letters:of_round", args=[cycle.pk])
    for typed, said in (
        ({"don-doc-until": f"{today():%d/%m/%Y}"}, "Ngày đề nghị gửi phải sau hôm nay."),
        ({"don-doc-as_of_hour": "17:00"}, "Hãy ghi ngày của giờ này."),
        ({"don-doc-as_of_day": "01/01/2020"}, "Lúc đó kỳ báo cáo chưa mở."),
        ({"don-doc-unit": "Quản lý công nghiệp"}, "Chỉ ghi chữ viết tắt"),
    ):
        answer = officer.post(address, {"loai": "don-doc", **typed})
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said
    assert not Draft.objects.exists()


def test_who_follows_sees_the_letters_and_drafts_none(here: Side, cycle: Cycle) -> None:
    leader = signed_in(here, "leader")
    address = reverse("letters:of_round", args=[cycle.pk])
    signed_in(here, "officer").post(address, {"loai": "de-nghi"})
    shown = leader.get(address).content.decode()
    assert Draft.objects.get().title in shown
    assert "Lập công văn" not in shown
    assert leader.post(address, {"loai": "de-nghi"}).status_code == 403
    assert signed_in(here, "clerk_finance").get(address).status_code == 403


def test_the_page_of_an_agency_in_a_plan_leads_to_its_letter(here: Side) -> None:
    plan, finance = make_plan(here), here.parties["finance"]
    officer = signed_in(here, "officer")
    address = reverse("letters:assignments", args=[plan.pk, finance.pk])
    page = reverse("plans:party", args=[plan.pk, finance.pk])
    assert f'href="{address}"' in officer.get(page).content.decode()
    assert f'href="{address}"' not in signed_in(here, "clerk_finance").get(page).content.decode()
    officer.post(address, {"unit": ""})
    made = Draft.objects.get(kind=Draft.Kind.ASSIGNMENTS)
    assert (made.about_id, made.head["addressees"]) == (finance.pk, ["Sở Tài chính"])
    assert made.title in officer.get(address).content.decode()
    assert signed_in(here, "clerk_finance").post(address, {"unit": ""}).status_code == 403


def test_an_agency_takes_its_own_report_as_a_paper_and_nobody_elses(here: Side, cycle: Cycle) -> None:
    (sent,) = report(here, "environment")
    address = reverse("letters:own_report", args=[sent.pk])
    clerk = signed_in(here, "clerk_environment")
    assert address in clerk.get(reverse("reporting:submission", args=[sent.pk])).content.decode()
    answer = clerk.get(address)
    assert "attachment" in answer["Content-Disposition"]
    assert header.read(read_file(answer.content, "x.docx"))["issuer"] == "Sở Nông nghiệp và Môi trường"
    assert signed_in(here, "clerk_finance").get(address).status_code == 404
    assert signed_in(here, "officer").get(address).status_code == 403
