"""Nobody loses what was typed because the session ended."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from luc.kernel.models import Change
from tests.cast import PASSWORD, Side
from tests.reporting.life import open_cycle, report_of


def test_a_form_sent_without_a_session_is_offered_again_after_signing_in(here: Side) -> None:
    open_cycle(here)
    report = report_of(here, "finance")
    client, address = Client(), reverse("reporting:form", args=[report.pk])
    sent = {"version": str(report.version), "obstacle-0-obstacle": "Chữ <b>đang</b> nhập"}
    before = Change.objects.count()
    answer = client.post(address, sent)
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/giu-lai/")
    assert Change.objects.count() == before
    user = here.people["clerk_finance"].username
    signed = client.post(answer["Location"], {"login": user, "password": PASSWORD})
    assert signed["Location"] == "/giu-lai/"
    page = client.get("/giu-lai/").content.decode()
    assert f'action="{address}"' in page
    assert "Chữ &lt;b&gt;đang&lt;/b&gt; nhập" in page
    assert len(re.findall(r'name="csrfmiddlewaretoken"', page.split("<main")[1])) == 1


def test_nothing_held_leads_to_the_first_page(here: Side) -> None:
    client = Client()
    client.force_login(here.people["officer"])
    assert client.get("/giu-lai/")["Location"] == "/"


def test_reading_without_a_session_comes_back_to_the_same_page(here: Side) -> None:
    answer = Client().get("/co-quan/")
    assert answer["Location"].endswith("?next=/co-quan/")


def test_too_much_is_not_held(here: Side) -> None:
    answer = Client().post("/ke-hoach/tai-len/", {"words": "x" * 1_000_001})
    assert answer["Location"].endswith("?next=/ke-hoach/tai-len/")
