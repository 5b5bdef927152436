"""For the walk of every address: one small example of everything that an address of a room can name."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django_scopes import scope

from luc.agencies import actions as agencies
from luc.agencies.models import GroupMember, Membership
from luc.figures.models import Figure, Indicator
from luc.industry import actions as industry
from luc.industry.confirming import actions as confirming
from luc.industry.importing import actions as importing
from luc.industry.proposing import actions as proposing
from luc.industry.supply import actions as supply
from luc.issuing import actions as issuing
from luc.issuing.actions.at_once import keep_paper
from luc.issuing.actions.files import keep_file
from luc.kernel.models import Job
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.kernel.writing import writing
from luc.papers.models import StoredFile
from luc.plans import actions as plans
from luc.plans.models import Plan, Programme, Reading, Regime, Task
from luc.portal import actions as portal
from luc.reporting import actions as reporting
from luc.reporting.many.actions import bring as bring_many
from luc.reporting.many.actions import prepare_forms
from luc.reporting.models import Evidence, Report
from luc.reporting.word.actions import upload as upload_own
from luc.requests import actions as requests
from luc.rounds.models import Cycle, Submission
from luc.rounds.reminders import actions as reminders
from luc.site.accounts import WANTED
from luc.threads.actions import raise_thread
from tests.cast import Side
from tests.industry import life as registry
from tests.industry import listed
from tests.industry.filled import rows, xlsx
from tests.issuing import signing
from tests.plan import make_plan
from tests.plans.amending import AMENDMENT
from tests.plans.papers import PLAN
from tests.reporting import life
from tests.requests import life as asking
from tests.vanban.word import as_word

# what third parties bring: no act of ours stands before it
NO_ACT = WANTED | {"set_language"}

Things = dict[str, object]


def examples(side: Side) -> Things:
    """One example for each parameter of an address: "parameter", or "view.parameter" where a view needs its own.

    Everything belongs to the side: a plan with a cycle in which finance and commune_1 have written and finance has
    handed in, a second paper under review, an invitation that waits. A value is a row or what stands in the address.
    """
    with scope(tenant=[side.tenant.pk]):
        plan = make_plan(side)
        return (
            _agencies(side)
            | _review(side)
            | _amendment(side, plan)
            | _plan(side, plan)
            | _round(side, plan)
            | _reminders(side)
            | _requests(side)
            | _public(side, plan)
            | _industry(side)
        )


def _agencies(side: Side) -> Things:
    """A party, a group with a member by name, a role, an invitation that waits and its secret."""
    administrator = side.viewer("administrator")
    group, member = side.parties["departments"], side.parties["commune_3"]
    agencies.add_member(administrator, group.pk, party=member.pk)
    issued = agencies.invite(
        administrator,
        party=side.parties["science"].pk,
        role="head",
        full_name="Người được mời",
        address="{secret}",
    )
    head = Membership.objects.get(user=side.people["head_finance"])
    delegated = agencies.delegate(
        side.viewer("head_finance"),
        head.pk,
        user=side.people["clerk_finance"].pk,
        valid_from=today() + timedelta(days=400),
        last_day=today() + timedelta(days=401),
        reason="đi công tác",
    )
    return {
        "agencies:end_delegation.membership": delegated,
        "party": side.parties["finance"],
        "agencies:correct_end.party": side.parties["planning"],
        "agencies:end_member.party": group,
        "agencies:end_member.member": GroupMember.objects.get(group=group, party=member).party_id,
        "membership": Membership.objects.get(user=side.people["clerk_science"]),
        "user": side.people["clerk_science"],
        "invitation": issued.invitation,
        "secret": issued.link,
        "unit": side.parties["commune_1"].unit,
    }


def _reminders(side: Side) -> Things:
    """A day of the administrator's calendar, and the secret of a clerk's."""
    tenant, day = side.tenant.pk, date(2026, 11, 24)
    said = reminders.say_day(side.viewer("administrator"), tenant=tenant, day=day, works=False, name="nghỉ")
    return {"day": said, "rounds:feed.secret": reminders.make_feed(side.viewer("clerk_finance"))}


def _review(side: Side) -> Things:
    """A paper under review, with the keys of one item of every kind of question."""
    officer = side.viewer("officer")
    paper = PLAN.encode()
    reading = plans.upload(officer, tenant=side.tenant.pk, name="ke-hoach.txt", data=paper)
    reading = Reading.objects.get(pk=reading.pk)
    assert reading.state == Reading.State.REVIEW, reading.job and reading.job.error
    content, choices = reading.content or {}, reading.choices
    body = content["body"][0]["key"] if content["body"] else content["tasks"][0]["key"]
    plans.drop(officer, reading.pk, key=content["duties"][0]["key"], version=reading.version)
    return {
        "reading": reading,
        "section": "nhiem-vu",
        "key": content["tasks"][0]["key"],
        "plans:restore.key": content["duties"][0]["key"],
        "plans:covered.key": body,
        "plans:choose.key": next(iter(choices["answering"])),
        "plans:choose.kind": "answering",
        "job": Job.objects.get(pk=reading.job_id or 0),
    }


def _amendment(side: Side, plan: Plan) -> Things:
    """A paper that amends the plan, under review; and a correction of a task."""
    officer = side.viewer("officer")
    paper = AMENDMENT.replace("31/KH-UBND", plan.number).encode()
    reading = plans.upload(officer, tenant=side.tenant.pk, name="sua-doi.txt", data=paper)
    plans.relate(officer, reading.pk, kind="amends", plan=plan.pk, scope="named")
    key = f"task-{plan.tasks.order_by('order')[0].pk}"
    made = plans.rectify(officer, plan.pk, key=key, values={"note": "Ghi chú"}, reason="bỏ sót", seen=0)
    related = ("relation", "compare", "decide", "pair", "place", "apply")
    return {
        **{f"plans:{name}.reading": reading for name in related},
        "plans:rectify.key": key,
        "amendment": made,
    }


def _plan(side: Side, plan: Plan) -> Things:
    """An adopted plan, a task and a question of it, and the regime of a second one that has no cycle yet."""
    other = make_plan(side, 2, number="16/KH-UBND", day=date(2026, 3, 2))
    return {
        "plan": plan,
        "task": Task.objects.filter(plan=plan)[0],
        "regime": Regime.objects.get(plan=other),
        "letter": "don-doc",
        "year": 2026,
        "thread": raise_thread(
            side.viewer("clerk_finance"),
            plan=plan.pk,
            task=None,
            party=side.parties["finance"].pk,
            kind="question",
            title="Hạn nào?",
            text="Hạn của nhiệm vụ này là ngày nào?",
        ),
    }


def _round(side: Side, plan: Plan) -> Things:
    """A cycle with a report handed in, one being written with a file, a figure, a draft of the paper out."""
    cycle = life.open_cycle(side, plan)
    evidence = {name: _evidence(side, name, cycle) for name in ("environment", "finance")}
    life.report(side, "environment")
    submission = Submission.objects.get(obligation__party=side.parties["environment"])
    officer = side.viewer("officer")
    draft = keep_paper(officer, cycle.pk, accepted_only=False)
    report = life.report_of(side, "finance", cycle)
    return _issuing(side, cycle) | {
        "cycle": cycle,
        "report": report,
        "own": _own_paper(side, report),
        "reporting:many_result.job": bring_many(officer, cycle.pk, files=[("bieu.xlsx", b"PK")]),
        "reporting:many_archive.job": prepare_forms(officer, cycle.pk),
        "obligation": report.obligation_id,
        "presentation": _presented(side, cycle),
        "asking": reporting.ask_to_correct(
            side.viewer("clerk_environment"), submission.pk, reason="nhầm một số liệu"
        ),
        "reporting:compare.other": submission,
        "evidence": evidence["finance"],
        "submission": submission,
        "reporting:submission_file.file": evidence["environment"].file_id,
        "figure": Figure.objects.get(source_id=submission.pk),
        "draft": draft,
        "file": StoredFile.objects.get(pk=evidence["finance"].file_id),
    }


def _issuing(side: Side, cycle: Cycle) -> Things:
    """The official report being written, with a version of which a file was made, on which finance answered."""
    officer = side.viewer("officer")
    paper = issuing.start(officer, cycle.pk, accepted_only=False)
    block = paper.blocks.order_by("order")[0]
    version = issuing.keep(officer, paper.pk)
    finance = side.parties["finance"]
    (opinion,) = issuing.ask(officer, version.pk, parties=[finance.pk], last_day=today() + timedelta(days=3))
    clerk = side.viewer("clerk_finance")
    issuing.give(clerk, opinion.pk, state="remarked", general="Nêu rõ căn cứ.")
    return {
        "paper": paper,
        "block": block,
        "comment": issuing.comment(officer, block.pk, text="Xem lại câu này."),
        "version": version,
        "written": keep_file(officer, version.pk),
        "opinion": opinion,
        "remark": opinion.remarks.get(),
        "signed": signing.brought(side, version, signing.as_word(version)),
    } | _issued(side, cycle)


def _issued(side: Side, cycle: Cycle) -> Things:
    """A paper that was signed and issued, with one of its numbers and a row of a report that it rests on."""
    issued = signing.issued(side, issuing.start(side.viewer("officer"), cycle.pk, accepted_only=False))
    use = issued.uses.exclude(cell="").order_by("pk")[0]
    return {"issued": issued, "bookmark": use.bookmark, "issued:row.key": use.row}


def _own_paper(side: Side, report: Report) -> object:
    """A report of finance's own, read and not yet looked at."""
    words = "BÁO CÁO\n\nII. KHÓ KHĂN, VƯỚNG MẮC\n\n- Thiếu cán bộ chuyên trách."
    viewer = side.viewer("clerk_finance")
    return upload_own(viewer, report.pk, name="bao-cao.docx", data=as_word(words))


def _presented(side: Side, cycle: Cycle) -> object:
    """A report that its clerk has put before the approver."""
    life.write(side, "finance")
    report = life.report_of(side, "finance", cycle)
    return reporting.present(side.viewer("clerk_finance"), report.pk, version=report.version)


def _evidence(side: Side, party: str, cycle: Cycle) -> Evidence:
    """A tiny file beside a party's report; its bytes are the party's own."""
    report = life.report_of(side, party, cycle)
    return reporting.add_evidence(
        side.viewer(life.PEOPLE[party]),
        report.pk,
        name=f"bien-ban-{party}.pdf",
        data=f"%PDF-1.4 biên bản của {party}".encode(),
        media_type="application/pdf",
    )


def _requests(side: Side) -> Things:
    """A draft, and a request with a paper to finance, who writes with a file, and environment, who has answered."""
    officer = side.viewer("officer")
    asked = [side.parties["finance"].pk, side.parties["environment"].pk]
    draft, row = (asking.draft(side, parties=asked) for _ in range(2))
    requests.attach(officer, row.pk, name="cong-van.pdf", data=b"%PDF-1.4 c", media_type="application/pdf")
    requests.send(officer, row.pk, version=row.version)
    (*_others, files) = asking.questions_of(row)
    kept = [
        requests.add_file(
            side.viewer(asking.PEOPLE[party]),
            asking.reply_of(side, party, row).pk,
            files.pk,
            name=f"anh-{party}.pdf",
            data=f"%PDF-1.4 ảnh của {party}".encode(),
            media_type="application/pdf",
        )
        for party in ("finance", "environment")
    ]
    (submission,) = asking.answer(side, "environment", request=row)
    asking.write(side, "finance", request=row)
    reply = asking.reply_of(side, "finance", row)
    waiting = requests.present(side.viewer("clerk_finance"), reply.pk, version=reply.version)
    drafts = ("edit", "attach", "preview", "drop")
    answers = ("submission", "submission_file", "give_back", "accept", "take_back", "reopen", "ask")
    presented = ("presentation", "confirm", "pass_back", "withdraw")
    return {
        "asked": row,
        **{f"requests:{view}.asked": draft for view in drafts},
        "question": files,
        "reply": kept[0].reply,
        "attachment": kept[0],
        **{f"requests:{view}.submission": submission for view in answers},
        "requests:answer_request.asking": requests.ask_to_correct(
            side.viewer("clerk_environment"), submission.pk, reason="nhầm một câu"
        ),
        **{f"requests:{view}.presentation": waiting for view in presented},
        "requests:submission_file.file": kept[1].file_id,
    }


def _public(side: Side, plan: Plan) -> Things:
    """The plan published, of a programme, with a question that waits."""
    with writing():
        Plan.objects.filter(pk=plan.pk).update(programme=Programme.objects.order_by("pk")[0])
    officer = side.viewer("officer")
    seen = portal.preview(officer, plan.pk, with_words=False).sha256
    portal.publish(officer, plan.pk, seen=seen)
    question = portal.ask(
        Viewer(), plan.pk, task=None, text="Bao giờ xong?", name="", mail="", agreed=False, origin="walk"
    )
    return {
        "programme": Programme.objects.order_by("pk")[0].code.lower(),
        "table": "nhiem-vu",
        "form": "csv",
        "picture": "tien-do",
        "asked_publicly": question,
    }


def _industry(side: Side) -> Things:
    """A public enterprise with an offer that waits again, its files, a contact, a suggestion, a link to register."""
    registry.axes()
    row = registry.joined(side, side.people["enterprise"])
    person, officer = side.viewer("enterprise"), side.viewer("officer")
    offer = registry.filled(side, person, row)
    industry.hand_in(person, row.pk)
    for entry in (row, offer):
        registry.accept(side, entry)
    picture = industry.add_picture(person, offer.pk, data=registry.photograph(), words="Bồn lọc")
    sheet = industry.add_sheet(person, offer.pk, name="bon-loc.pdf", data=b"%PDF-1.7")
    contact = {"name": "Người liên hệ", "position": "", "phone": "0912 345 678", "mail": ""}
    industry.give_contact(person, row.pk, **contact, agreed=True)
    industry.hand_in(person, row.pk)
    board = side.parties["board"].pk
    industry.add_park(officer, tenant=side.tenant.pk, kind="park", name="Khu công nghiệp mẫu", board=board)
    keeper = side.parties["industry"].pk
    return {
        "enterprise": row,
        "demand": _demand(side),
        **_lists(side, offer),
        "confirmation": confirming.open_round(officer, year=2026, last_day=today()),
        "source": importing.bring(officer, keeper=keeper, name="ds.xlsx", data=xlsx(rows(3))),
        "own_enterprise": row,
        "public_enterprise": row,
        "public_offer": offer,
        "registry_table": "hang-hoa",
        "catalogue_form": "ttl",
        "api_rest": "khong-co",
        "entry": row,
        "offer": offer,
        **{f"industry:{view}.picture": picture for view in ("picture", "remove_picture")},
        "sheet": sheet,
        "size": "nho",
        "industry:part.part": "ten",
        "industry:offer_part.part": "co-ban",
        "industry:begin.key": registry.apply(side, "0200493225", "them@xanh.example.vn"),
        "suggestion": industry.suggest(Viewer(), row.pk, text="Sai số nhà.", origin="walk"),
    }


def _lists(side: Side, offer: object) -> Things:
    """An official list that holds, a later one under review, a good beside it."""
    adopted = listed.in_force(side)
    later = listed.brought(side, listed.paper(listed.LATER, "2/QĐ-BTN"))
    return {
        "catalogue": adopted.catalogue,
        "number": 1,
        "catalogue_version": later,
        "catalogue_line": later.lines[1]["key"],
        "mapped_offer": offer,
        "proposal": _proposal(side),
    }


def _proposal(side: Side) -> object:
    """What finance proposes to add to a national list, not sent yet."""
    words = {"list_name": "Danh mục quốc gia", "name": "Bồn lọc", "reason": "Trong tỉnh đã làm được."}
    party = side.parties["finance"].pk
    return proposing.draft(side.viewer("clerk_finance"), party=party, catalogue=None, **words)


def _demand(side: Side) -> object:
    """What a field needs, with the supply stated, for a target of the plan."""
    indicator = Indicator.objects.filter(tenant=side.tenant, unit="%").order_by("pk")[0]
    return supply.say_demand(
        side.viewer("officer"),
        tenant=side.tenant.pk,
        field="nuoc_thai",
        year=2026,
        territory=side.province.pk,
        amount=Decimal(100),
        unit="m³/năm",
        basis="survey",
        source="Khảo sát",
        indicator=indicator.pk,
        stated=Decimal(80),
        stated_source="Khảo sát",
    )


def by_parameter(things: Things, view: str, parameter: str) -> object:
    """The value of a parameter in the address of a view. Raises LookupError when there is no example for it."""
    for name in (f"{view}.{parameter}", parameter):
        if name in things:
            thing = things[name]
            return getattr(thing, "pk", thing)
    raise LookupError(f"tests/walk.py has no example for {view}.{parameter}")
