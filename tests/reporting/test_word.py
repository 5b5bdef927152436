"""A report in the agency's own Word: read, looked at passage by passage, taken over into the draft."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.reporting.models import Evidence, OwnPaper, Report
from luc.reporting.queries.drafts import Draft, Line
from luc.reporting.word import actions, queries
from luc.reporting.word.actions import Chosen
from tests.cast import Side
from tests.reporting.life import draft_of, hand_in, open_cycle, report_of, write
from tests.vanban.word import as_word

SignIn = Callable[..., Client]


def line_of(whole: Draft, section: str) -> Line:
    return next(line for line in whole.lines if line.row.asked_in == section)


def report_text(whole: Draft) -> str:
    """A report of the environment department: a table on its task and its target, prose on the rest."""
    lead, figure = line_of(whole, "lead").row, line_of(whole, "figure").row
    name = figure.text.partition(" đạt")[0]
    return "\n\n".join(
        [
            "BÁO CÁO",
            "I. KẾT QUẢ",
            "| TT | Nhiệm vụ | Kết quả trong kỳ | Tiến độ | Khó khăn, vướng mắc | Kiến nghị |\n"
            "|---|---|---|---|---|---|\n"
            f"| 1 | {lead.text} | Đã xây xong 02 mô hình | Chậm tiến độ | Thiếu mặt bằng | Bố trí đất |\n"
            "| 2 | Việc không ai hỏi | Đã làm | Hoàn thành | | |",
            f"Về chỉ tiêu: {name[0].lower()}{name[1:]} đạt 71,5 %.",
            "II. KHÓ KHĂN, VƯỚNG MẮC",
            "- Thiếu cán bộ.",
        ]
    )


@pytest.fixture
def environment(here: Side) -> Report:
    open_cycle(here)
    return report_of(here, "environment")


def bring(here: Side, report: Report, text: str, name: str = "bao-cao.docx") -> OwnPaper:
    return actions.upload(here.viewer("clerk_environment"), report.pk, name=name, data=as_word(text))


def cards(here: Side, own: OwnPaper) -> list[queries.Card]:
    return queries.cards(own, draft_of(here, "environment"))


def take_sure(here: Side, own: OwnPaper) -> actions.Taken:
    viewer, report = here.viewer("clerk_environment"), report_of(here, "environment")
    return actions.take_sure(viewer, own.pk, version=report.version)


def test_what_is_sure_goes_into_the_draft_and_the_file_is_evidence(here: Side, environment: Report) -> None:
    own = bring(here, environment, report_text(draft_of(here, "environment")))
    assert own.state == OwnPaper.State.REVIEW, own.job and own.job.error
    assert not Evidence.objects.filter(report=environment).exists()
    taken = take_sure(here, own)
    assert taken.count == 3
    assert not taken.problems
    whole = draft_of(here, "environment")
    lead, figure = line_of(whole, "lead"), line_of(whole, "figure")
    assert lead.values["result"] == "Đã xây xong 02 mô hình"
    assert lead.values["state"] == "behind"
    assert (lead.values["obstacle"], lead.values["proposal"]) == ("Thiếu mặt bằng", "Bố trí đất")
    assert figure.values["value"] == "71,5"
    assert [values["obstacle"] for values in whole.obstacles] == ["Thiếu cán bộ."]
    assert [one.file_id for one in whole.evidence] == [own.file_id]
    own.refresh_from_db()
    assert [card.item for card in cards(here, own) if not card.is_done] == [""]


def test_every_value_opens_at_its_words(here: Side, environment: Report, signed_in: SignIn) -> None:
    own = bring(here, environment, report_text(draft_of(here, "environment")))
    page = signed_in("clerk_environment").get(reverse("reporting:word_review", args=[environment.pk, own.pk]))
    shown = page.content.decode()
    for card in cards(here, own):
        assert f'id="noi-{card.number}"' in shown
        assert f'href="#noi-{card.number}"' in shown
    assert re.search(r"<mark[^>]*>(?:<a[^>]*>)?Thiếu mặt bằng", shown)


def test_a_person_says_which_item_a_doubtful_passage_means(here: Side, environment: Report) -> None:
    own = bring(here, environment, report_text(draft_of(here, "environment")))
    other = next(card for card in cards(here, own) if card.passage["item"] is None)
    lead = line_of(draft_of(here, "environment"), "lead").row.key
    viewer = here.viewer("clerk_environment")
    with pytest.raises(Refused, match="thuộc mục nào"):
        actions.take(viewer, own.pk, version=0, chosen={other.number: Chosen("", {"result": "Đã làm"})})
    actions.take(viewer, own.pk, version=0, chosen={other.number: Chosen(lead, {"result": "Đã làm"})})
    assert line_of(draft_of(here, "environment"), "lead").values["result"] == "Đã làm"


def test_words_of_a_picked_item_are_added_and_its_state_is_not_touched(
    here: Side, environment: Report
) -> None:
    own = bring(here, environment, report_text(draft_of(here, "environment")))
    take_sure(here, own)
    other = next(card for card in cards(here, own) if card.passage["item"] is None)
    whole = draft_of(here, "environment")
    key, version = line_of(whole, "lead").row.key, whole.report.version
    viewer = here.viewer("clerk_environment")
    both = Chosen(key, {"result": "Đã làm", "state": "done"}, was_shown=False)
    with pytest.raises(Refused, match="chậm tiến độ"):
        actions.take(viewer, own.pk, version=version, chosen={other.number: both})
    words = Chosen(key, {"result": "Đã làm"}, was_shown=False)
    actions.take(viewer, own.pk, version=version, chosen={other.number: words})
    lead = line_of(draft_of(here, "environment"), "lead")
    assert lead.values["result"] == "Đã xây xong 02 mô hình\nĐã làm"
    assert lead.values["state"] == "behind"


def test_another_unit_is_asked_and_never_filled_in(here: Side, environment: Report) -> None:
    figure = line_of(draft_of(here, "environment"), "figure").row
    name = figure.text.partition(" đạt")[0]
    own = bring(here, environment, f"BÁO CÁO\n\nII. SỐ LIỆU\n\n- {name}: 1.250 m3.")
    (card,) = cards(here, own)
    (offer,) = card.offers
    assert "m3" in offer.doubt
    assert offer.offered == ""
    assert not card.is_sure
    with pytest.raises(Refused, match="Không còn mục nào chắc chắn"):
        take_sure(here, own)


def test_what_stands_in_the_draft_is_not_overwritten_together(here: Side, environment: Report) -> None:
    whole = draft_of(here, "environment")
    key = line_of(whole, "lead").row.key
    own = bring(here, environment, report_text(whole))
    write(here, "environment", {key: {"result": "Của người khác"}})
    take_sure(here, own)
    assert line_of(draft_of(here, "environment"), "lead").values["result"] == "Của người khác"


def test_a_number_that_cannot_be_read_is_named_and_stays_open(here: Side, environment: Report) -> None:
    own = bring(here, environment, report_text(draft_of(here, "environment")))
    figure = next(card for card in cards(here, own) if card.item.startswith("figure"))
    chosen = {figure.number: Chosen(figure.item, {"value": "71.5"})}
    taken = actions.take(here.viewer("clerk_environment"), own.pk, version=0, chosen=chosen)
    assert taken.count == 0
    assert "71,5 hoặc 715" in taken.problems[0]
    own.refresh_from_db()
    assert own.taken == []


def test_two_people_and_strangers(here: Side, environment: Report) -> None:
    own = bring(here, environment, report_text(draft_of(here, "environment")))
    write(here, "environment", {line_of(draft_of(here, "environment"), "lead").row.key: {"state": "done"}})
    with pytest.raises(Conflict):
        actions.take_sure(here.viewer("clerk_environment"), own.pk, version=0)
    with pytest.raises(OwnPaper.DoesNotExist):
        actions.take_sure(here.viewer("clerk_finance"), own.pk, version=1)
    with pytest.raises((NotAllowed, Report.DoesNotExist)):
        actions.upload(here.viewer("officer"), environment.pk, name="a.docx", data=as_word("BÁO CÁO"))


def test_a_report_that_was_handed_in_takes_nothing_more(here: Side, environment: Report) -> None:
    own = bring(here, environment, report_text(draft_of(here, "environment")))
    write(here, "environment")
    hand_in(here, "environment")
    report = report_of(here, "environment")
    figure = next(card for card in cards(here, own) if card.item.startswith("figure"))
    with pytest.raises(Refused):
        actions.take(
            here.viewer("clerk_environment"),
            own.pk,
            version=report.version,
            chosen={figure.number: Chosen(figure.item, {"value": "70"})},
        )
    with pytest.raises(Refused):
        actions.upload(here.viewer("clerk_environment"), report.pk, name="a.docx", data=as_word("BÁO CÁO"))


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", b""), ("a.docx", b"PK\x03\x04 broken"), ("a.exe", b"MZ\x90"), ("a.txt", b"Xin")],
)
def test_what_is_no_report_is_refused_in_one_sentence(
    here: Side, environment: Report, signed_in: SignIn, name: str, data: bytes
) -> None:
    address = reverse("reporting:word", args=[environment.pk])
    answer = signed_in("clerk_environment").post(address, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert "Tệp" in answer.content.decode()
    assert not OwnPaper.objects.exists()


def test_a_file_that_cannot_be_read_fails_in_words(here: Side, environment: Report) -> None:
    own = actions.upload(
        here.viewer("clerk_environment"), environment.pk, name="hong.pdf", data=b"%PDF-1.4 khong co gi"
    )
    assert own.state == OwnPaper.State.WAITING
    assert own.job
    assert own.job.state == "failed"
    assert own.job.error.endswith(".")
    assert "\n" not in own.job.error
    assert not Evidence.objects.filter(report=environment).exists()


def test_through_the_pages(here: Side, environment: Report, signed_in: SignIn) -> None:
    client = signed_in("clerk_environment")
    data = as_word(report_text(draft_of(here, "environment")))
    answer = client.post(
        reverse("reporting:word", args=[environment.pk]),
        {"file": SimpleUploadedFile("bc.docx", data)},
        follow=True,
    )
    own = OwnPaper.objects.get()
    address = reverse("reporting:word_review", args=[environment.pk, own.pk])
    assert answer.redirect_chain[-1][0] == address
    shown = answer.content.decode()
    assert "Ghi 3 mục chắc chắn" in shown
    assert "không khớp mục nào" in shown
    answer = client.post(address, {"version": "0"}, follow=True)
    assert "Đã ghi 3 mục" in answer.content.decode()
    (left,) = [card for card in cards(here, OwnPaper.objects.get()) if not card.is_done]
    refused = client.post(
        address, {"version": str(report_of(here, "environment").version), "only": left.number}
    )
    assert refused.status_code == 422
    client.post(reverse("reporting:word_aside", args=[environment.pk, own.pk]), {"only": left.number})
    assert "Đã xem hết các đoạn" in client.get(address).content.decode()
    client.post(reverse("reporting:word_drop", args=[environment.pk, own.pk]))
    assert client.get(address).status_code == 404
    assert line_of(draft_of(here, "environment"), "lead").values["result"]
