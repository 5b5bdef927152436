"""The whole history is verified by the machine; its page says when, and turns."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.agencies import actions
from luc.kernel.chains import check_chains
from luc.kernel.history import action
from luc.kernel.models import Change
from luc.kernel.rights import Viewer
from luc.kernel.writing import writing
from tests.cast import Side
from tests.kernel.test_job_pages import SignIn


def add(here: Side, name: str) -> None:
    actions.add_party(here.viewer("administrator"), tenant=here.tenant.pk, kind="other", name=name)


def test_the_page_says_when_the_chain_was_whole(here: Side, signed_in: SignIn) -> None:
    add(here, "Hội A")
    client, address = signed_in("administrator"), reverse("kernel:changes")
    assert "chưa được kiểm tra" in client.get(address).content.decode()
    assert check_chains() == 1
    assert "nguyên vẹn" in client.get(address).content.decode()
    assert check_chains() == 0


def test_a_line_too_many_is_shown(here: Side, signed_in: SignIn) -> None:
    add(here, "Hội A")
    with writing():
        Change.objects.create(tenant=here.tenant, sequence=2, at="2026-01-01T00:00Z", act="agencies.manage")
    check_chains(older_than=timedelta(0))
    page = signed_in("administrator").get(reverse("kernel:changes")).content.decode()
    assert "bị đứt" in page
    assert "nguyên vẹn" not in page


def test_the_chain_of_the_installation_is_verified_too(here: Side) -> None:
    with action(Viewer(name="Người lạ"), "account.password", tenant=None) as acting:
        acting.log(here.people["officer"], None, {"password": "changed"})
    assert check_chains() == 1


def test_older_lines_are_on_the_next_page_and_no_page_reads_them_all(here: Side, signed_in: SignIn) -> None:
    for number in range(51):
        add(here, f"Hội thứ {number}")
    client, address = signed_in("administrator"), reverse("kernel:changes")
    with CaptureQueriesContext(connection) as asked:
        first = client.get(address).content.decode()
    assert "?page=2" in first
    assert "Hội thứ 50<" in first
    assert "Hội thứ 0<" not in first
    assert "Hội thứ 0<" in client.get(address + "?page=2").content.decode()
    reads = [query["sql"] for query in asked if 'FROM "kernel_change"' in query["sql"]]
    assert all("COUNT" in sql or "LIMIT 50" in sql for sql in reads)
