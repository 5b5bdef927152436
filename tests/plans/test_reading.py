"""A paper comes in: it is kept, read by a job, and looked through beside its source."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.models import Change, Job
from luc.papers import queries as papers
from luc.plans import actions, intake, queries
from luc.plans.models import Reading
from tests.cast import Cast, Side
from tests.plans.papers import PLAN

SignIn = Callable[..., Client]


def read(side: Side, text: str = PLAN, name: str = "ke-hoach.txt") -> Reading:
    """A paper uploaded by the officer and read by its job."""
    return actions.upload(side.viewer("officer"), tenant=side.tenant.pk, name=name, data=text.encode())


def test_an_uploaded_file_goes_on_to_its_review(here: Side, signed_in: SignIn) -> None:
    client = signed_in("officer")
    answer = client.post(reverse("plans:upload"), {"file": SimpleUploadedFile("ke-hoach.txt", PLAN.encode())})
    reading = Reading.objects.get()
    assert answer["Location"] == reverse("kernel:job", args=[reading.job_id])
    page = client.get(answer["Location"], follow=True)
    assert page.redirect_chain[-1][0] == reverse("plans:section", args=[reading.pk, "dau-van-ban"])
    assert "31/KH-UBND" in page.content.decode()
    assert papers.content(reading.file) == PLAN.encode()


def test_what_was_read(here: Side) -> None:
    review = queries.review(here.viewer("officer"), read(here).pk)
    content = review.content
    assert content["header"]["number"] == "31/KH-UBND"
    assert content["header"]["date"] == "2026-03-12"
    assert [task["lead"] for task in content["tasks"]] == [
        ["Sở Công Thương"],
        ["Sở Nông nghiệp và Môi trường"],
        [],
    ]
    assert [task["group"] for task in content["tasks"]] == ["Hỗ trợ doanh nghiệp"] * 2 + ["Vốn"]
    assert [duty["agencies"] for duty in content["duties"]][-1] == [
        "Các sở, ban, ngành",
        "Ủy ban nhân dân các xã, phường",
    ]
    assert (content["targets"][0]["value_min"], content["targets"][0]["year"]) == (35, 2030)
    due = [(regime["deadline_day"], regime["deadline_month"]) for regime in content["regimes"]]
    assert (10, 12) in due


def test_what_is_proposed(here: Side) -> None:
    review = queries.review(here.viewer("officer"), read(here).pk)
    assert review.name_of(review.focal) == "Sở Công Thương"
    assert review.choices["programme"] is not None
    assert review.choices["territory"] == here.province.pk
    lead = review.chosen("leads", "nhiem-vu-3")
    assert (lead["name"], lead["why"], lead["accepted"]) == ("Sở Tài chính", "trach-nhiem-3", False)
    assert review.name_of(review.meant("UBND các xã, phường")) == "Ủy ban nhân dân các xã, phường"


@pytest.mark.parametrize(("printed", "near"), [("Sở Tài nguyên", "finance"), ("Sở Công nghiệp", "industry")])
def test_a_body_that_is_hardly_alike_is_no_proposal(
    here: Side, signed_in: SignIn, printed: str, near: str
) -> None:
    reading = read(here, PLAN.replace("| Sở Công Thương | 2026", f"| {printed} | 2026"))
    review = queries.review(here.viewer("officer"), reading.pk)
    assert printed in review.names
    assert review.meant(printed) is None
    offered = signed_in("officer").get(reverse("plans:meaning", args=[reading.pk]), {"ten": printed})
    (_label, likely), *_ = offered.context["desk"].asking.fields["party"].choices[1:]
    assert likely[0] == (here.parties[near].pk, here.parties[near].name)


def test_a_paper_of_before_the_merger_has_the_territory_of_its_day(here: Side) -> None:
    reading = read(here, PLAN.replace("12 tháng 3 năm 2026", "12 tháng 3 năm 2024"))
    assert reading.choices["territory"] != here.province.pk


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", b"%PDF-1.4 nothing", "PDF"),
        ("a.docx", b"PK\x03\x04broken", "hỏng"),
        ("a.txt", b"  \n ", "trống"),
    ],
)
def test_what_cannot_be_read_says_why(
    here: Side, signed_in: SignIn, name: str, data: bytes, says: str
) -> None:
    client = signed_in("officer")
    answer = client.post(reverse("plans:upload"), {"file": SimpleUploadedFile(name, data)}, follow=True)
    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    assert says in job.error
    assert job.error in answer.content.decode()
    assert Reading.objects.get().state == Reading.State.WAITING
    assert job.error in client.get(reverse("plans:readings")).content.decode()


def test_an_empty_upload_stays_on_the_form(here: Side, signed_in: SignIn) -> None:
    answer = signed_in("officer").post(reverse("plans:upload"), {})
    assert "Hãy chọn tệp kế hoạch." in answer.content.decode()
    assert not Reading.objects.exists()


def test_a_paper_that_failed_can_be_put_away(here: Side) -> None:
    reading = actions.upload(here.viewer("officer"), tenant=here.tenant.pk, name="a.pdf", data=b"%PDF-")
    actions.discard(here.viewer("focal_head"), reading.pk)
    reading.refresh_from_db()
    assert reading.state == Reading.State.DISCARDED


def test_only_the_focal_agency_uploads(here: Side) -> None:
    for person in ("clerk_finance", "head_finance", "leader", "administrator", "ministry_reader"):
        with pytest.raises(NotAllowed):
            actions.upload(here.viewer(person), tenant=here.tenant.pk, name="a.txt", data=b"x")


def test_another_tenant_sees_nothing_of_it(here: Side, cast: Cast, signed_in: SignIn) -> None:
    reading = read(here)
    stranger = signed_in("officer", cast.there)
    for name in ("review", "adopt", "discard", "frame"):
        assert stranger.get(reverse(f"plans:{name}", args=[reading.pk])).status_code == 404
    for section in ("nhiem-vu", "co-quan", "con-lai"):
        assert stranger.get(reverse("plans:section", args=[reading.pk, section])).status_code == 404
    address = reverse("plans:drop", args=[reading.pk, "nhiem-vu-1"])
    assert stranger.post(address, {"version": 99}).status_code == 404
    assert stranger.get(reverse("kernel:job", args=[reading.job_id])).status_code == 404


def test_a_correction_keeps_what_was_read_and_is_told_by_history(here: Side, signed_in: SignIn) -> None:
    reading = read(here)
    viewer = here.viewer("officer")
    actions.correct(viewer, reading.pk, key="nhiem-vu-1", values={"output": "Sổ tay", "no": "1a"}, version=0)
    review = queries.review(viewer, reading.pk)
    _section, item = intake.find(review.content, "nhiem-vu-1")
    assert (item["output"], item["no"]) == ("Sổ tay", "1a")
    assert intake.find(review.read, "nhiem-vu-1")[1]["no"] == "1"
    line = Change.objects.order_by("sequence").last()
    assert line is not None
    assert line.before == {"key": "nhiem-vu-1", "no": "1", "output": ""}
    assert line.after == {"key": "nhiem-vu-1", "no": "1a", "output": "Sổ tay"}
    page = signed_in("officer").get(reverse("plans:section", args=[reading.pk, "nhiem-vu"])).content.decode()
    assert re.search(r"Máy đọc:\s*<del>1</del>", page)


def test_the_same_values_change_nothing(here: Side) -> None:
    reading = read(here)
    before = Change.objects.count()
    assert not actions.correct(
        here.viewer("officer"), reading.pk, key="nhiem-vu-1", values={"no": "1"}, version=0
    )
    assert Change.objects.count() == before


def test_two_people_on_one_item_the_second_is_told(here: Side) -> None:
    reading = read(here)
    actions.correct(here.viewer("officer"), reading.pk, key="nhiem-vu-1", values={"note": "một"}, version=0)
    with pytest.raises(Conflict):
        actions.correct(
            here.viewer("focal_head"), reading.pk, key="nhiem-vu-1", values={"note": "hai"}, version=0
        )
    actions.correct(here.viewer("focal_head"), reading.pk, key="nhiem-vu-2", values={"note": "ba"}, version=0)
    content = queries.review(here.viewer("officer"), reading.pk).content
    assert [task["note"] for task in content["tasks"]] == ["một", "ba", ""]


def form_of(client: Client, reading: Reading, slug: str, key: str) -> dict[str, str]:
    """The fields of an item's form as its page gives them."""
    page = client.get(reverse("plans:section", args=[reading.pk, slug]), {"sua": key})
    form = page.context["desk"].card(key).form
    return {bound.name: "" if bound.value() is None else str(bound.value()) for bound in form}


def test_the_form_of_an_item_saves_and_tells_of_a_conflict(here: Side, signed_in: SignIn) -> None:
    reading, client = read(here), signed_in("officer")
    mine, theirs = (form_of(client, reading, "chi-tieu", "chi-tieu-1") for _ in range(2))
    address = reverse("plans:correct", args=[reading.pk, "chi-tieu-1"])
    answer = client.post(address, mine | {"value_min": "37,5"})
    assert answer.status_code == 302
    answer = client.post(address, theirs | {"unit": "phần trăm"})
    page = answer.content.decode()
    assert "Người khác vừa sửa đúng mục này" in page
    assert 'value="phần trăm"' in page
    target = queries.review(here.viewer("officer"), reading.pk).content["targets"][0]
    assert (target["value_min"], target["unit"]) == (37.5, "%")


def test_a_wrong_value_names_its_place_and_keeps_what_was_typed(here: Side, signed_in: SignIn) -> None:
    reading, client = read(here), signed_in("officer")
    data = form_of(client, reading, "nhiem-vu", "nhiem-vu-1") | {"start": "năm tới", "text": ""}
    page = client.post(reverse("plans:correct", args=[reading.pk, "nhiem-vu-1"]), data).content.decode()
    assert "Ghi năm, tháng, quý hoặc ngày có trong lịch" in page
    assert 'value="năm tới"' in page
    assert queries.review(here.viewer("officer"), reading.pk).reading.version == 0


def test_items_are_added_moved_dropped_and_taken_back(here: Side) -> None:
    reading, viewer = read(here), here.viewer("officer")
    values = {"group": "Hỗ trợ doanh nghiệp", "text": "Mở hội chợ", "lead": ["Trung tâm Khuyến công"]}
    key = actions.add(viewer, reading.pk, section="tasks", values=values)
    review = queries.review(viewer, reading.pk)
    assert [task["key"] for task in review.content["tasks"]][2] == key
    assert "Trung tâm Khuyến công" in review.matches
    actions.correct(viewer, reading.pk, key=key, values={"group": "Vốn"}, version=1)
    actions.drop(viewer, reading.pk, key="nhiem-vu-1", version=2)
    keys = [task["key"] for task in queries.review(viewer, reading.pk).content["tasks"]]
    assert "nhiem-vu-1" not in keys
    actions.restore(viewer, reading.pk, key="nhiem-vu-1")
    content = queries.review(viewer, reading.pk).content
    assert [task["key"] for task in content["tasks"]][:2] == ["nhiem-vu-1", "nhiem-vu-2"]
    with pytest.raises(Refused):
        actions.restore(viewer, reading.pk, key="nhiem-vu-1")


def test_every_section_answers_and_every_mark_leads_to_its_item(here: Side, signed_in: SignIn) -> None:
    reading, client = read(here), signed_in("officer")
    review = queries.review(here.viewer("officer"), reading.pk)
    for slug in ("dau-van-ban", "can-cu", "chi-tieu", "nhiem-vu", "to-chuc-thuc-hien", "che-do-bao-cao"):
        page = client.get(reverse("plans:section", args=[reading.pk, slug])).content.decode()
        for section, item in intake.items(review.content):
            assert section.name == "header" or f'id="noi-{item["key"]}"' in page
            assert section.slug != slug or f'id="{item["key"]}"' in page
    for slug in ("co-quan", "phat-hien", "con-lai"):
        assert client.get(reverse("plans:section", args=[reading.pk, slug])).status_code == 200
    assert client.get(reverse("plans:section", args=[reading.pk, "khac"])).status_code == 404


def test_a_name_gets_a_party_or_a_new_one(here: Side, signed_in: SignIn) -> None:
    text = PLAN.replace("| Sở Công Thương | 2026 - 2028 |", "| Hiệp hội Tái chế | 2026 - 2028 |")
    reading, client = read(here, text), signed_in("officer")
    data = {
        "printed": "Hiệp hội Tái chế",
        "name": "Hiệp hội Tái chế Cần Thơ",
        "kind": "association",
        "reports_through": here.parties["industry"].pk,
    }
    assert client.post(reverse("plans:new_party", args=[reading.pk]), data).status_code == 302
    review = queries.review(here.viewer("officer"), reading.pk)
    assert review.name_of(review.settled("Hiệp hội Tái chế")) == "Hiệp hội Tái chế Cần Thơ"
    data = {"printed": "Hiệp hội Tái chế", "party": here.parties["board"].pk}
    client.post(reverse("plans:meaning", args=[reading.pk]), data)
    review = queries.review(here.viewer("officer"), reading.pk)
    assert review.settled("Hiệp hội Tái chế") == here.parties["board"].pk


def test_a_party_of_another_tenant_cannot_be_chosen(here: Side, cast: Cast) -> None:
    reading = read(here)
    with pytest.raises(Refused):
        actions.choose_meaning(
            here.viewer("officer"),
            reading.pk,
            printed="Sở Tài chính",
            party=cast.there.parties["finance"].pk,
        )


def test_choices_are_made_on_pages(here: Side, signed_in: SignIn) -> None:
    reading, client, viewer = read(here), signed_in("officer"), here.viewer("officer")
    address = reverse("plans:choose", args=[reading.pk, "nhiem-vu-3", "leads"])
    assert "Sở Tài chính" in client.get(address).content.decode()
    client.post(address, {"accept": "yes"})
    assert queries.review(viewer, reading.pk).accepted("leads", "nhiem-vu-3") == here.parties["finance"].pk
    client.post(address, {"party": here.parties["science"].pk})
    assert queries.review(viewer, reading.pk).accepted("leads", "nhiem-vu-3") == here.parties["science"].pk
    frame = {"focal": here.parties["finance"].pk, "programme": "", "territory": here.province.pk}
    client.post(reverse("plans:frame", args=[reading.pk]), frame)
    review = queries.review(viewer, reading.pk)
    assert (review.focal, review.choices["programme"]) == (here.parties["finance"].pk, None)


def test_a_task_that_gets_a_lead_needs_no_proposal_any_more(here: Side) -> None:
    reading, viewer = read(here), here.viewer("officer")
    actions.correct(viewer, reading.pk, key="nhiem-vu-3", values={"lead": ["Sở Tài chính"]}, version=0)
    assert "nhiem-vu-3" not in queries.review(viewer, reading.pk).choices["leads"]
    actions.correct(viewer, reading.pk, key="nhiem-vu-3", values={"lead": []}, version=1)
    assert queries.review(viewer, reading.pk).chosen("leads", "nhiem-vu-3")["name"] == "Sở Tài chính"
