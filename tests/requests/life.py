"""The life of an ad-hoc request in steps, through the actions, for tests that start somewhere in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from luc.kernel.time import today
from luc.requests import actions
from luc.requests.drafting import blank
from luc.requests.models import Question, Reply, Request
from luc.rounds.models import Submission
from tests.cast import Side

PEOPLE = {
    "finance": "clerk_finance",
    "environment": "clerk_environment",
    "science": "clerk_science",
    "commune_1": "clerk_commune",
    "commune_2": "clerk_commune_2",
}
TITLE = "Rà soát bãi tập kết rác thải xây dựng"


def question(kind: str, text: str, **more: Any) -> dict[str, Any]:
    """A question as it is typed."""
    return blank(kind, text) | more


def every_kind() -> list[dict[str, Any]]:
    """One question of each kind, the number with bounds, text not required."""
    columns = [
        {"text": "Tên bãi", "kind": "text", "unit": ""},
        {"text": "Diện tích", "kind": "number", "unit": "ha"},
        {"text": "Dùng từ", "kind": "date", "unit": ""},
    ]
    return [
        question("number", "Số bãi tập kết", unit="bãi", lowest="0", highest="50"),
        question("choice", "Có bãi tự phát không", choices="Có\nKhông"),
        question("date", "Ngày kiểm tra gần nhất"),
        question("text", "Khó khăn", required=""),
        question("table", "Danh sách bãi", required="", columns=columns),
        question("file", "Ảnh hiện trạng", required=""),
    ]


def typed(side: Side, questions: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """A draft to the communes of the tests, due in five days."""
    values = {
        "title": TITLE,
        "words": "",
        "questions": every_kind() if questions is None else questions,
        "parties": [side.parties["communes"].pk],
        "due_day": f"{today() + timedelta(days=5):%d/%m/%Y}",
        "due_time": "17:00",
    }
    return values | more


def draft(side: Side, questions: list[dict[str, Any]] | None = None, **more: Any) -> Request:
    return actions.begin(side.viewer("officer"), typed=typed(side, questions, **more))


def send(side: Side, questions: list[dict[str, Any]] | None = None, **more: Any) -> Request:
    """A request that was sent."""
    row = draft(side, questions, **more)
    return actions.send(side.viewer("officer"), row.pk, version=row.version)


def reply_of(side: Side, party: str, request: Request | None = None) -> Reply:
    rows = Reply.objects.filter(obligation__party=side.parties[party])
    return rows.get(request=request) if request else rows.get()


def questions_of(request: Request) -> list[Question]:
    return list(Question.objects.filter(request=request).order_by("order"))


def full_answers(request: Request, number: str = "7") -> dict[str, dict[str, Any]]:
    """Something typed into every question but the files."""
    said: dict[str, dict[str, Any]] = {}
    for one in questions_of(request):
        said[str(one.pk)] = {
            "number": {"value": number},
            "choice": {"choices": one.choices[:1]},
            "date": {"value": "20/11/2026"},
            "text": {"value": "Thiếu kinh phí thu gom"},
            "table": {"rows": [["Bãi số 1", "1,5", "01/02/2026"], ["Bãi số 2", "0,25", ""]]},
            "file": {},
        }[one.kind]
    return said


def write(
    side: Side,
    party: str,
    said: dict[str, dict[str, Any]] | None = None,
    request: Request | None = None,
    **more: Any,
) -> actions.Saved:
    """Save answers as the party's clerk; everything is answered when nothing is given."""
    row = reply_of(side, party, request)
    said = full_answers(row.request) if said is None else said
    version = more.pop("version", row.version)
    return actions.save_reply(side.viewer(PEOPLE[party]), row.pk, version=version, typed=said)


def hand_in(side: Side, party: str, request: Request | None = None) -> Submission:
    row = reply_of(side, party, request)
    return actions.submit(side.viewer(PEOPLE[party]), row.pk, version=row.version)


def answer(side: Side, *parties: str, number: str = "7", request: Request | None = None) -> list[Submission]:
    """Write and hand in everything, party by party."""
    out = []
    for party in parties:
        row = reply_of(side, party, request)
        write(side, party, full_answers(row.request, number), row.request)
        out.append(hand_in(side, party, row.request))
    return out
