"""From a number of an issued paper down to what a clerk typed, and up again; known then, known now."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.issuing import actions
from luc.issuing.issued import queries
from luc.issuing.issued.models import Issued, Use
from luc.issuing.lineage import down, knowing, up
from luc.kernel.time import now, today
from luc.reporting import actions as reporting
from luc.rounds.models import Submission
from luc.rounds.past import counted_on
from tests.cast import Cast, Side
from tests.issuing.life import drafted
from tests.issuing.signing import corrected, issued


def out(side: Side, **more: object) -> Issued:
    """An issued report; environment said 72,5."""
    return issued(side, drafted(side), **more)


def figure_use(row: Issued, side: Side) -> Use:
    """Where the paper tells a figure of environment's."""
    of = Submission.objects.get(obligation__party=side.parties["environment"], version=1)
    uses = row.uses.filter(submission=of, cell__startswith="chi-tieu-", row__startswith="figure-")
    return uses.order_by("pk")[0]


def test_a_number_leads_down_to_who_typed_it(here: Side) -> None:
    row = out(here)
    use = figure_use(row, here)
    told = {one.bookmark: one for one in queries.told(row)}[use.bookmark]
    assert "72,5" in told.words
    assert told.place is not None
    leaves, hidden = down.leaves(here.viewer("officer"), told.rows)
    assert hidden == 0
    leaf = next(one for one in leaves if one.submission.obligation.party == here.parties["environment"])
    assert ("Giá trị", "72,5") in leaf.said
    assert leaf.still_counts
    roots = down.roots(here.viewer("officer"), leaf)
    assert [one.who for one in roots.typed] == [here.people["clerk_environment"].full_name]
    assert any(after == "72,5" for _label, _was, after in roots.typed[0].changes)


def test_a_row_leads_up_to_every_paper_and_page_that_used_it(here: Side) -> None:
    row = out(here)
    use = figure_use(row, here)
    officer = here.viewer("officer")
    (found,) = up.issued_with(officer, use.submission_id, use.row)
    assert found.issued == row
    told = {address: words for words, address in found.told}
    assert told[reverse("issued:told", args=[row.pk, use.bookmark])].startswith("72,5 (Chỉ tiêu")
    again = drafted(here, row.cycle)
    kept = actions.keep(officer, again.pk)
    assert list(up.versions_with(officer, use.submission_id, use.row)) == [kept]
    assert list(up.versions_with(officer, use.submission_id, "figure-0")) == []
    (leaf,) = down.leaves(officer, [(use.submission_id, use.row)])[0]
    titles = [one.title for one in up.pages_with(officer, leaf)]
    assert titles[0].startswith("Tổng hợp: ")
    assert titles[1].startswith("Sổ số liệu: ")


def test_a_frozen_report_leads_to_its_rows_and_what_used_them(
    here: Side, signed_in: Callable[..., Client]
) -> None:
    row = out(here)
    use = figure_use(row, here)
    client = signed_in("clerk_environment")
    page = client.get(reverse("issued:rows", args=[use.submission_id])).content.decode()
    assert reverse("issued:row", args=[use.submission_id, use.row]) in page
    assert up.counted(here.viewer("officer"), use.submission_id)[use.row] == 1
    (offered,) = up.on_submission(here.viewer("officer"), use.submission_id)
    assert offered.address == reverse("issued:rows", args=[use.submission_id])
    assert up.on_submission(here.viewer("officer"), 0) == []
    assert signed_in("clerk_finance").get(offered.address).status_code == 404


def test_nobody_sees_more_than_the_rooms_below_show(here: Side, cast: Cast) -> None:
    row = out(here)
    use = figure_use(row, here)
    rows = [(one.submission_id, one.row) for one in row.uses.filter(cell="")]
    leaves, hidden = down.leaves(here.viewer("clerk_finance"), rows)
    assert {one.submission.obligation.party for one in leaves} == {here.parties["finance"]}
    assert hidden
    assert queries.issued(here.viewer("clerk_finance")).filter(pk=row.pk).exists()  # it answered in the round
    assert not queries.issued(cast.there.viewer("officer")).exists()
    client = Client()
    client.force_login(here.people["clerk_finance"])
    assert client.get(reverse("issued:row", args=[use.submission_id, use.row])).status_code == 404
    assert client.get(reverse("issued:told", args=[row.pk, use.bookmark])).status_code == 200


def test_while_nothing_moves_every_number_holds_and_nothing_is_added_up(here: Side) -> None:
    row = out(here)
    assert knowing.known_now(row) is None
    said = knowing.said_on(here.viewer("officer"), row, today())
    assert said
    assert all(one.holds_now and one.held_then for one in said)
    assert knowing.restated(here.viewer("officer"), [row]) == []


def test_what_moved_after_issuing_makes_the_list_of_restatements_by_itself(here: Side) -> None:
    row = out(here)
    use = figure_use(row, here)
    corrected(here)
    found = {one.cell: one for one in knowing.restated(here.viewer("officer"), [row])}
    one = found[use.cell]
    assert (one.said, one.now) == ("72,5", "75")
    (moved,) = [move for move in one.moved_since.seen if move.submission == use.submission_id]
    assert moved.party == here.parties["environment"].name
    assert "lần 2" in moved.words
    assert moved.why == "nhầm đơn vị tính"
    (leaf,) = down.leaves(here.viewer("officer"), [(use.submission_id, use.row)])[0]
    assert leaf.standing == "đã thay bằng bản gửi lần 2 (đã chấp nhận)"
    client = Client()
    client.force_login(here.people["officer"])
    page = client.get(reverse("issued:restated")).content.decode()
    assert "72,5" in page
    assert "<strong>75</strong>" in page
    assert "số nay đã khác" in client.get(reverse("issued:issued", args=[row.pk])).content.decode()


def test_what_did_we_say_on_a_day(here: Side) -> None:
    """Issued today, opened again tomorrow: at the end of today every number held, the day after it did not."""
    row = out(here)
    use = figure_use(row, here)
    first = today()
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        corrected(here)
        then = {one.cell: one for one in knowing.said_on(here.viewer("officer"), row, first)}
        after = {one.cell: one for one in knowing.said_on(here.viewer("officer"), row, today())}
        assert then[use.cell].held_then
        assert not then[use.cell].holds_now
        assert then[use.cell].now == "75"
        assert not after[use.cell].held_then
        client = Client()
        client.force_login(here.people["leader"])
        address = reverse("issued:day")
        page = client.get(address, {"ngay": first.isoformat()}).content.decode()
        assert row.number in page
        assert "mọi số vẫn đúng như văn bản" in page
        assert "số đã khác" in page
        before = client.get(address, {"ngay": (first - timedelta(days=1)).isoformat()}).content.decode()
        assert "chưa ban hành văn bản nào" in before
        assert client.get(address, {"ngay": "2026-13-40"}).status_code == 200
        known = client.get(reverse("issued:known", args=[row.pk]), {"ngay": first.isoformat()})
        assert "<strong>75</strong>" in known.content.decode()


def test_what_counted_at_a_moment_is_read_off_rows_that_are_only_added(here: Side) -> None:
    out(here)
    old = Submission.objects.get(obligation__party=here.parties["environment"], version=1)
    before = old.at - timedelta(seconds=1)
    of = {old.obligation_id}
    accepted = now()
    assert counted_on(of, before) == {}
    assert counted_on(of, accepted)[old.obligation_id].state == "accepted"
    reporting.reopen(here.viewer("officer"), old.pk, reason="nhầm đơn vị tính")
    opened = counted_on(of, now())[old.obligation_id]
    assert (opened.submission, opened.state, opened.why) == (None, "reopened", "nhầm đơn vị tính")
    assert counted_on(of, accepted)[old.obligation_id].submission == old.pk


@pytest.mark.parametrize(
    ("most", "address"),
    [
        (24, lambda row, use: reverse("issued:list")),
        (30, lambda row, use: reverse("issued:issued", args=[row.pk])),
        (34, lambda row, use: reverse("issued:told", args=[row.pk, use.bookmark])),
        (34, lambda row, use: reverse("issued:row", args=[use.submission_id, use.row])),
        (34, lambda row, use: reverse("issued:day")),
    ],
)
def test_a_page_asks_a_fixed_number_of_times(
    here: Side, most: int, address: Callable[[Issued, Use], str]
) -> None:
    row = out(here)
    client = Client()
    client.force_login(here.people["officer"])
    where = address(row, figure_use(row, here))
    client.get(where)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(where).status_code == 200
    assert len(asked) <= most, len(asked)


def test_what_answers_pages_never_loads_what_the_worker_signs_and_draws_with() -> None:
    words = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'luc.site.settings'; import django; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns; import luc.site.wsgi;"
        "loaded = {name.partition('.')[0] for name in sys.modules};"
        "print(sorted(loaded & {'pyhanko', 'pyhanko_certvalidator', 'aiohttp', 'asn1crypto', 'vl_convert'}))"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
