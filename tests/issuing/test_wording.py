"""The words of letters are the officer's: settled for a regime, checked, tried with examples, the default again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luc.issuing.letters import actions, agency_report, settling
from luc.issuing.letters.previewing import preview
from luc.issuing.letters.wording import Letter, letter
from luc.issuing.models import Draft, Wording
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.plans.models import Regime
from tests.cast import Cast, Side
from tests.issuing.life import blocks_of, refresh, wrong
from tests.issuing.test_letters import document, own_paper, texts
from tests.reporting.life import accept, open_cycle, report


def settle(side: Side, kind: str, *blocks: dict[str, Any], title: str = "đôn đốc báo cáo ({ky})") -> Wording:
    regime = Regime.objects.get().pk
    row = Wording.objects.filter(regime=regime, kind=kind).first()
    return settling.settle(
        side.viewer("officer"), regime, kind, version=row.version if row else 0, words=Letter(title, blocks)
    )


@pytest.mark.parametrize("kind", settling.KINDS)
def test_every_default_is_good_and_can_be_previewed(kind: str) -> None:
    words = settling.checked(kind, letter(kind))
    shown = preview(kind, words)
    assert "{" not in shown.title
    assert not [line for line in shown.lines if "{" in line.words or "[[" in line.words]
    assert shown.bare == []
    assert {line.kind for line in shown.lines} >= {"paragraph", "annex", "fill"}


def test_a_letter_is_written_in_the_words_of_its_regime_and_a_draft_goes_on_by_its_own(here: Side) -> None:
    cycle = open_cycle(here)
    settle(
        here,
        "reminder",
        {"paragraph": "Kính mong các đơn vị gửi báo cáo {han_gui}; còn [[don-vi-chua-co]] đơn vị."},
        {"annex": "Danh sách"},
        {"table": "late"},
    )
    draft = actions.start_reminder(here.viewer("officer"), cycle.pk)
    assert draft.title.startswith("đôn đốc báo cáo (")
    before = texts(draft)
    assert before[0].startswith("Kính mong các đơn vị gửi báo cáo trước ngày")
    document(here, draft)
    settle(here, "reminder", {"paragraph": "Lời khác."})
    accept(here, *report(here, "finance"))
    assert [one.kind for one in wrong(draft)] == ["number"]
    refresh(here, draft)
    after = texts(draft)
    assert after[0].startswith("Kính mong các đơn vị gửi báo cáo trước ngày")
    assert after[0] != before[0]
    assert "Sở Tài chính" in before[-1]
    assert "Sở Tài chính" not in after[-1]
    assert len(blocks_of(draft)) == 3
    assert texts(actions.start_reminder(here.viewer("officer"), cycle.pk)) == ["Lời khác."]


def test_the_report_of_an_agency_is_written_in_the_words_of_its_regime(here: Side) -> None:
    cycle = open_cycle(here)
    (sent,) = report(here, "finance")
    settle(
        here,
        Draft.Kind.AGENCY_REPORT,
        {"paragraph": "{co_quan} kính báo cáo kết quả {ky}:"},
        {"section": "Các nhiệm vụ", "table": "parts", "when": "nhiem_vu"},
        {"paragraph": "Không có gì thêm.", "when": "khong_phat_sinh"},
        title="Kết quả {ky} của {co_quan}",
    )
    paper = agency_report.paper_of(sent)
    assert paper.title == f"Kết quả {cycle.title.removeprefix('Báo cáo ')} của Sở Tài chính"
    assert paper.annexes == ()
    said = "\n".join(getattr(block, "text", "") for block in own_paper(sent).blocks)
    assert "Sở Tài chính kính báo cáo" in said
    assert "Không có gì thêm" not in said


@pytest.mark.parametrize(
    ("words", "place", "message"),
    [
        (Letter("x", ()), None, "ít nhất một đoạn"),
        (Letter(" ", ({"paragraph": "A"},)), "title", "chưa ghi lời"),
        (Letter("x", ({"paragraph": "Gửi {ai_do}."},)), "text-0", "không có chỗ điền «{ai_do}».*{co_quan}"),
        (Letter("x", ({"paragraph": "A"}, {"paragraph": "Gửi {co_quan"})), "text-1", "chưa đủ cặp"),
        (Letter("x", ({"paragraph": "Gửi co_quan}"},)), "text-0", "chưa đủ cặp"),
        (Letter("x", ({"paragraph": "{co_quan!r}"},)), "text-0", "chỉ ghi tên chỗ điền"),
        (Letter("x", ({"paragraph": "{co_quan.__class__}"},)), "text-0", "không có chỗ điền"),
        (Letter("x", ({"paragraph": "{0}"},)), "text-0", "không có chỗ điền"),
        (Letter("x", ({"paragraph": "{}"},)), "text-0", "không có chỗ điền"),
        (Letter("x", ({"paragraph": "{qua_han}"},)), "text-0", "không có chỗ điền"),
        (Letter("x", ({"paragraph": "[[so-la]] đơn vị"},)), "text-0", "không có số liệu «so-la»"),
        (Letter("x", ({"paragraph": "[[don-vi-chua-co:5]]"},)), "text-0", "ghi chưa đúng"),
        (Letter("[[don-vi-chua-co]]", ({"paragraph": "A"},)), "title", "không nêu số liệu"),
        (Letter("x", ({"paragraph": "A"}, {"table": "tasks"})), "text-1", "chọn một bảng"),
        (Letter("x", ({"paragraph": "A"}, {"table": "late"}, {"table": "late"})), "text-2", "hai lần"),
        (Letter("x", ({"paragraph": "A"}, {"annex": "Của {co_quan}"})), "text-1", "không có chỗ điền"),
        (Letter("x", ({"paragraph": "A"}, {"section": "B", "table": "late"})), "text-1", "Đề mục"),
        (Letter("x", ({"paragraph": "A", "when": "ke_hoach"},)), "text-0", "điều kiện"),
        (Letter("x", ({"paragraph": "A"}, {"item": "B", "each": "ke_hoach"})), "text-1", "lặp"),
        (Letter("x", ({"paragraph": "x" * 4000},)), "text-0", "dài quá"),
        (Letter("x", ({"paragraph": "A"},) * 61), None, "quá 60 đoạn"),
    ],
)
def test_words_that_no_letter_can_be_written_by_are_refused(
    words: Letter, place: str | None, message: str
) -> None:
    with pytest.raises(Refused, match=message) as refused:
        settling.checked("reminder", words)
    assert list(refused.value.fields) == ([place] if place else [])


def test_a_list_stands_in_items_of_its_own() -> None:
    for block in ({"paragraph": "{noi_dung}"}, {"item": "{noi_dung}"}, {"item": "A", "each": "noi_dung"}):
        with pytest.raises(Refused):
            settling.checked("asking", Letter("x", ({"paragraph": "A"}, block)))
    settling.checked(
        "asking", Letter("x", ({"paragraph": "A"}, {"item": "- {noi_dung}", "each": "noi_dung"}))
    )


def test_two_officers_and_strangers(here: Side, cast: Cast) -> None:
    open_cycle(here)
    regime = Regime.objects.get().pk
    settle(here, "asking", {"paragraph": "A"})
    words = Letter("x", ({"paragraph": "B"},))
    with pytest.raises(Conflict):
        settling.settle(here.viewer("officer"), regime, "asking", version=0, words=words)
    for stranger in (here.viewer("clerk_finance"), cast.there.viewer("officer")):
        with pytest.raises((NotAllowed, Regime.DoesNotExist)):
            settling.settle(stranger, regime, "asking", version=1, words=words)
    settling.reset(here.viewer("officer"), regime, "asking", version=1)
    assert settling.of_regime(Regime.objects.get(), "asking")[0] == letter("asking")


def test_the_page_tries_keeps_and_takes_back(here: Side) -> None:
    open_cycle(here)
    regime, client = Regime.objects.get().pk, Client()
    client.force_login(here.people["officer"])
    address = reverse("letters:wording", args=[regime, "don-doc"])
    assert address.replace("don-doc", "de-nghi") in client.get(reverse("issuing:list")).content.decode()
    assert "Đang dùng lời văn chung" in client.get(address).content.decode()
    rows = {"version": "0", "title": "đôn đốc {ky}", "row": ["0", "1", "2", "3"]}
    rows |= {"said-0": "paragraph", "text-0": "Còn [[don-vi-chua-co]] đơn vị, 30 việc.", "order-0": "20"}
    rows |= {
        "said-1": "paragraph",
        "text-1": "Thực hiện {ke_hoach}.",
        "order-1": "10",
        "on-1": "when:gui_truoc",
    }
    rows |= {
        "said-2": "annex",
        "text-2": "Danh sách",
        "landscape-2": "1",
        "order-2": "30",
        "said-3": "table",
        "table-3": "late",
        "order-3": "40",
    }
    tried = client.post(address, rows | {"viec": "xem"}).content.decode()
    assert "Còn 7 đơn vị, 30 việc." in tried
    assert "Có số gõ tay" in tried
    assert not Wording.objects.exists()
    client.post(address, rows | {"viec": "luu"})
    kept = Wording.objects.get()
    assert kept.words == {
        "title": "đôn đốc {ky}",
        "blocks": [
            {"paragraph": "Thực hiện {ke_hoach}.", "when": "gui_truoc"},
            {"paragraph": "Còn [[don-vi-chua-co]] đơn vị, 30 việc."},
            {"annex": "Danh sách", "landscape": True},
            {"table": "late"},
        ],
    }
    wrong_words = client.post(address, rows | {"version": "1", "text-0": "Gửi {ai}."})
    assert wrong_words.status_code == 422
    assert "Gửi {ai}." in wrong_words.content.decode()
    client.post(address, {"version": "1", "viec": "mac-dinh"})
    assert "Đang dùng lời văn chung" in client.get(address).content.decode()
    assert client.get(reverse("letters:wording", args=[regime, "khong-co"])).status_code == 404
