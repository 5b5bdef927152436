"""The pages of drafts as people use them, without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.issuing import actions
from luc.issuing.content import as_marks, words
from luc.issuing.models import Draft, Opinion, OpinionRemark, Outline, WrittenFile
from luc.kernel.models import User
from luc.kernel.time import today
from luc.plans.models import Regime
from luc.reporting import actions as reporting
from luc.rounds.models import Submission
from tests.cast import Side
from tests.issuing.life import block_at, blocks_of, drafted, reported


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _page(client: Client, name: str, *args: int, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_officer_drafts_writes_binds_and_keeps(here: Side) -> None:
    cycle, officer = reported(here), _client(here.people["officer"])
    assert reverse("issuing:new", args=[cycle.pk]) in _page(officer, "issuing:list")
    answer = officer.post(reverse("issuing:new", args=[cycle.pk]), {"nguon": "chap-nhan"})
    draft = Draft.objects.get()
    assert answer.headers["Location"] == reverse("issuing:draft", args=[draft.pk])
    page = _page(officer, "issuing:draft", draft.pk)
    assert "Mọi con số khớp số liệu hiện có" in page
    row = block_at(draft, "opening")
    page = _page(officer, "issuing:draft", draft.pk, query=f"?sua={row.pk}")
    assert 'name="text"' in page
    text = f"{as_marks(row.content['runs'])} Đạt 72,5%."
    answer = officer.post(reverse("issuing:block", args=[row.pk]), {"version": "0", "text": text})
    page = officer.get(answer.headers["Location"]).content.decode()
    assert '<mark class="bare">72,5</mark>' in page
    assert "1 số gõ tay chưa rõ nguồn" in page
    (cell,) = set(re.findall(r'<option value="(chi-tieu-\d+-\d+)">72,5', page))
    answer = officer.post(
        reverse("issuing:figure", args=[row.pk]), {"version": "1", "so": "0", "viec": "gan", "cell": cell}
    )
    assert "gõ tay chưa rõ nguồn" not in officer.get(answer.headers["Location"]).content.decode()
    answer = officer.post(reverse("issuing:versions", args=[draft.pk]), {"note": "trình ký"})
    assert "Đủ điều kiện để trình ký" in officer.get(answer.headers["Location"]).content.decode()


def test_what_is_refused_keeps_what_was_typed(here: Side) -> None:
    draft, officer = drafted(here), _client(here.people["officer"])
    row = block_at(draft, "opening")
    answer = officer.post(reverse("issuing:block", args=[row.pk]), {"version": "0", "text": "Có [[la]] gì"})
    assert answer.status_code == 422
    assert "Có [[la]] gì" in answer.content.decode()
    actions.save_block(here.viewer("focal_head"), row.pk, version=0, text="Lời của trưởng phòng.")
    answer = officer.post(reverse("issuing:block", args=[row.pk]), {"version": "0", "text": "Lời của tôi."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Có người vừa sửa đoạn này" in page
    assert "Lời của tôi." in page
    assert "Lời của trưởng phòng." in page


def test_words_for_a_block_taken_out_meanwhile_are_kept_and_may_be_put_in_its_place(here: Side) -> None:
    draft, officer = drafted(here), _client(here.people["officer"])
    row = block_at(draft, "opening")
    order = [one.pk for one in blocks_of(draft)]
    actions.remove_block(here.viewer("focal_head"), row.pk, version=0)
    answer = officer.post(reverse("issuing:block", args=[row.pk]), {"version": "0", "text": "Lời của tôi."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Có người vừa bỏ đoạn này khỏi dự thảo." in page
    assert re.search(r"<textarea[^>]*>Lời của tôi\.</textarea>", page)
    address = reverse("issuing:add", args=[draft.pk])
    assert address in page
    wrong = officer.post(address, {"sau": row.pk, "kind": "paragraph", "text": "Có [[la]] gì"})
    assert wrong.status_code == 422
    assert "Có [[la]] gì" in wrong.content.decode()
    right = officer.post(address, {"sau": row.pk, "kind": "paragraph", "text": "Lời của tôi."})
    assert right.status_code == 302
    now = blocks_of(draft)
    place = order.index(row.pk)
    assert words(now[place].content) == "Lời của tôi."
    assert [one.pk for one in now[place + 1 :]] == order[place + 1 :]


def test_a_report_that_is_opened_again_is_seen_and_taken_anew(here: Side) -> None:
    draft, officer = drafted(here), _client(here.people["officer"])
    row = Submission.objects.get(obligation__party=here.parties["environment"])
    reporting.reopen(here.viewer("officer"), row.pk, reason="nhầm số liệu")
    page = _page(officer, "issuing:draft", draft.pk)
    assert "Chưa ban hành được" in page
    assert "Báo cáo của Sở Nông nghiệp và Môi trường đã được mở lại để sửa." in page
    page = _page(officer, "issuing:refresh", draft.pk)
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page)
    assert "<del>2</del>" in page
    assert "<ins>1</ins>" in page
    officer.post(reverse("issuing:refresh", args=[draft.pk]), {"seen": seen, "viec": "het"})
    assert "Mọi con số khớp số liệu hiện có" in _page(officer, "issuing:draft", draft.pk)
    answer = officer.post(reverse("issuing:refresh", args=[draft.pk]), {"seen": seen, "viec": "chon"})
    assert answer.status_code == 422


def test_an_agency_reads_its_version_and_answers_and_the_officer_settles(here: Side) -> None:
    draft, officer = drafted(here), _client(here.people["officer"])
    version = actions.keep(here.viewer("officer"), draft.pk)
    party, day = here.parties["finance"].pk, today() + timedelta(days=4)
    asked = {"parties": [str(party)], "last_day": f"{day:%d/%m/%Y}"}
    assert officer.post(reverse("issuing:ask", args=[version.pk]), asked).status_code == 302
    opinion, clerk = Opinion.objects.get(), _client(here.people["clerk_finance"])
    assert draft.title in _page(clerk, "issuing:asked")
    assert "Gửi ý kiến của đơn vị" in _page(clerk, "issuing:give", opinion.pk)
    block = version.content["blocks"][0]["id"]
    address = reverse("issuing:give", args=[opinion.pk])
    answer = clerk.post(address, {"state": "agreed", f"doan-{block}": "Nêu rõ căn cứ"})
    assert answer.status_code == 422
    assert "Nêu rõ căn cứ" in answer.content.decode()
    clerk.post(address, {"state": "remarked", f"doan-{block}": "Nêu rõ căn cứ"})
    assert "Nêu rõ căn cứ" in _page(clerk, "issuing:give", opinion.pk)
    remark = OpinionRemark.objects.get()
    page = _page(officer, "issuing:opinions", draft.pk)
    assert "1/1 đơn vị đã trả lời" in page
    settled = {"taken": "explained", "explanation": "Đã nêu"}
    officer.post(reverse("issuing:settle", args=[remark.pk]), settled)
    officer.post(reverse("issuing:opinions", args=[draft.pk]))
    assert "Giải trình: Đã nêu" in words(block_at(draft, "opinions", "table").content)


def test_versions_are_compared_and_made_into_a_word_file(here: Side) -> None:
    draft, officer = drafted(here), _client(here.people["officer"])
    actions.keep(here.viewer("officer"), draft.pk)
    actions.save_block(here.viewer("officer"), block_at(draft, "opening").pk, version=0, text="Câu đã sửa.")
    second = actions.keep(here.viewer("officer"), draft.pk)
    page = _page(officer, "issuing:version", second.pk, query="?so-voi=1")
    assert "<ins>Câu đã sửa.</ins>" in page
    answer = officer.post(reverse("issuing:make_file", args=[second.pk]))
    assert answer.status_code == 302
    made = WrittenFile.objects.get()
    answer = officer.get(reverse("issuing:file", args=[made.pk]))
    assert b"".join(answer).startswith(b"PK")


def test_the_outline_is_changed_on_its_page(here: Side) -> None:
    reported(here)
    officer, regime = _client(here.people["officer"]), Regime.objects.get()
    assert "Đang dùng đề cương chung" in _page(officer, "issuing:outline", regime.pk)
    rows = {"version": "0", "row": ["0", "1"], "title-0": "Kết quả", "level-0": "1", "fill-0": "tasks"}
    rows |= {"title-1": "Tình hình", "level-1": "1", "order-0": "20", "order-1": "10"}
    officer.post(reverse("issuing:outline", args=[regime.pk]), rows)
    kept = Outline.objects.get()
    assert kept.sections is not None
    assert [row["title"] for row in kept.sections] == ["Tình hình", "Kết quả"]
    officer.post(reverse("issuing:outline", args=[regime.pk]), {"version": "1", "viec": "mac-dinh"})
    assert "Đang dùng đề cương chung" in _page(officer, "issuing:outline", regime.pk)


def test_blocks_are_added_moved_taken_out_and_commented_on_their_page(here: Side) -> None:
    draft, officer = drafted(here), _client(here.people["officer"])
    first = blocks_of(draft)[0]
    added = {"sau": str(first.pk), "kind": "item", "text": "Thêm một ý."}
    officer.post(reverse("issuing:add", args=[draft.pk]), added)
    made = blocks_of(draft)[1]
    assert words(made.content) == "Thêm một ý."
    officer.post(reverse("issuing:move", args=[made.pk]), {"version": "0", "viec": "len"})
    assert blocks_of(draft)[0] == made
    officer.post(reverse("issuing:move", args=[made.pk]), {"version": "1", "viec": "bo"})
    assert made not in blocks_of(draft)
    officer.post(reverse("issuing:comment", args=[first.pk]), {"text": "Xem lại."})
    page = _page(officer, "issuing:draft", draft.pk)
    assert "1 trao đổi chưa xong" in page
    head = {"title": "Kết quả năm", "symbol": "BC-SCT", "place": "Cần Thơ", "signer_title": "Giám đốc"}
    officer.post(reverse("issuing:head", args=[draft.pk]), head | {"addressees": "Bộ Công Thương\nUBND"})
    draft.refresh_from_db()
    assert (draft.title, draft.head["addressees"]) == ("Kết quả năm", ["Bộ Công Thương", "UBND"])
    officer.post(reverse("issuing:drop", args=[draft.pk]), {"confirmed": "yes"})
    assert "không dùng nữa" in _page(officer, "issuing:draft", draft.pk)


def test_a_long_table_is_shown_in_part_and_whole_on_wish(here: Side) -> None:
    draft, officer = drafted(here), _client(here.people["officer"])
    table = block_at(draft, "agency_table", "table")
    count = len(table.content["rows"])
    page = _page(officer, "issuing:draft", draft.pk)
    assert f"còn {count - 8} dòng" in page
    whole = _page(officer, "issuing:draft", draft.pk, query=f"?bang={table.pk}")
    assert whole.count("<tr>") == page.count("<tr>") + count - 8


def test_the_page_of_a_draft_asks_a_fixed_number_of_statements(here: Side) -> None:
    draft, officer = drafted(here), _client(here.people["officer"])
    _page(officer, "issuing:draft", draft.pk)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            _page(officer, "issuing:draft", draft.pk)
        counts.append(len(asked))
        actions.add_block(
            here.viewer("officer"), draft.pk, after=None, kind="item", text="Thêm [[don-vi-chua-co]]."
        )
    assert counts[0] == counts[1]
    assert counts[0] <= 20
