"""A province in which something waits for everybody, for pictures of the desk and of the leader's page."""

from __future__ import annotations

from datetime import timedelta

from luc.kernel.time import now, telling
from luc.plans.models import Plan
from luc.reporting import actions
from luc.reporting.queries.drafts import NO_OBSTACLES
from luc.requests import actions as requests
from luc.rounds.models import Cycle, Submission
from luc.threads import actions as threads
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting import life
from tests.requests import life as asking

OPINION = "Đề nghị lãnh đạo UBND giao Sở Xây dựng ban hành đơn giá trước ngày 30 tháng này."


def tell(side: Side) -> None:
    """A round that was accepted, one that is two days late: finance has presented, others are silent."""
    plan = make_plan(side)
    ago = now()
    with telling(ago - timedelta(days=150)):
        earlier = life.open_cycle(side, plan, title="Báo cáo 6 tháng")
        life.accept(side, _report(side, earlier, "environment", "61"))
        actions.close_cycle(side.viewer("officer"), earlier.pk)
    with telling(ago - timedelta(days=12)):
        cycle = life.open_cycle(side, plan)
        life.accept(side, _report(side, cycle, "environment", "66,5", _proposal(side)))
        _report(side, cycle, "commune_2", "1")
        _write(side, cycle, "finance", "1")
        report = life.report_of(side, "finance", cycle)
        actions.present(side.viewer("clerk_finance"), report.pk, version=report.version)
        _raise(side, plan)
    _ask(side)


def _ask(side: Side) -> None:
    """An ad-hoc request to finance, whose clerk has presented the answer."""
    row = asking.send(side, parties=[side.parties["finance"].pk, side.parties["science"].pk])
    asking.write(side, "finance", request=row)
    reply = asking.reply_of(side, "finance", row)
    requests.present(side.viewer("clerk_finance"), reply.pk, version=reply.version)


def _write(
    side: Side, cycle: Cycle, party: str, value: str, more: dict[str, dict[str, str]] | None = None
) -> None:
    whole = life.draft_of(side, party, cycle)
    rows = life.full_answers(whole, "Đã thực hiện theo kế hoạch trong kỳ", value) | (more or {})
    viewer = side.viewer(life.PEOPLE[party])
    actions.save_draft(viewer, whole.report.pk, version=whole.report.version, rows=rows)


def _report(
    side: Side, cycle: Cycle, party: str, value: str, more: dict[str, dict[str, str]] | None = None
) -> Submission:
    _write(side, cycle, party, value, more)
    report = life.report_of(side, party, cycle)
    return actions.submit(side.viewer(life.PEOPLE[party]), report.pk, version=report.version)


def _proposal(side: Side) -> dict[str, dict[str, str]]:
    said = {
        "obstacle": "Ba cụm công nghiệp chưa có hệ thống xử lý nước thải tập trung",
        "proposal": "Bố trí vốn đầu tư công cho ba hệ thống trong kế hoạch năm sau",
        "addressee": side.tenant.name,
    }
    return {NO_OBSTACLES: {"nil": ""}, "obstacle-0": said}


def _raise(side: Side, plan: Plan) -> None:
    """One obstacle that was passed up, one question that waits for the focal agency."""
    raised = threads.raise_thread(
        side.viewer("clerk_finance"),
        plan=plan.pk,
        task=plan.tasks.order_by("order")[1].pk,
        party=side.parties["finance"].pk,
        kind="obstacle",
        title="Chưa có đơn giá thu gom chất thải xây dựng",
        text="Định mức cũ hết hiệu lực từ tháng 6; Sở đã có hai văn bản đề nghị nhưng chưa có trả lời.",
    )
    threads.pass_up(side.viewer("officer"), raised.pk, text=OPINION, seen="waiting")
    threads.raise_thread(
        side.viewer("clerk_commune"),
        plan=plan.pk,
        task=None,
        party=side.parties["commune_1"].pk,
        kind="question",
        title="Phường báo cáo theo địa bàn cũ hay mới?",
        text="Từ 1/7/2025 phường gồm ba phường cũ; số liệu năm trước lấy theo địa bàn nào?",
    )
