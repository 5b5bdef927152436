"""The pages of the yearly confirmation: the officer's board, opening a round, the one page on which one confirms."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from luc.industry import queries as industry
from luc.industry.confirming import actions, queries
from luc.industry.confirming.forms import OpenForm
from luc.industry.confirming.steps import is_answered, owed_by
from luc.industry.models import Enterprise, State
from luc.industry.pages import inside
from luc.industry.showing import Side, offers_beside, sides
from luc.kernel.pages import Request
from luc.kernel.time import today
from luc.rounds.models import Cycle, Obligation
from luc.rounds.words import due_words

ROWS = 50
USUAL_TIME = timedelta(days=60)


@inside("industry.round")
def latest(request: Request) -> HttpResponse:
    """The board of the newest round; where none was opened yet, what a round is."""
    row = queries.confirmations(request.viewer).first()
    if row:
        return redirect("industry:confirmation", row.pk)
    return render(request, "industry/confirming/none.html", {})


@inside("industry.round")
def open_round(request: Request) -> HttpResponse:
    """Ask every public enterprise."""
    initial = {"year": today().year, "last_day": today() + USUAL_TIME}
    form = OpenForm(request.POST or None, initial=initial)
    made = form.done(lambda values: actions.open_round(request.viewer, **values))
    if made:
        n = Obligation.objects.filter(cycle=made).count()
        messages.success(request, _("Đã mở đợt xác nhận cho %(n)d doanh nghiệp.") % {"n": n})
        return redirect("industry:confirmation", made.pk)
    asked = industry.kept(request.viewer).filter(is_public=True).count()
    return render(request, "industry/confirming/open.html", {"form": form, "asked": asked})


@inside("industry.round")
def board(request: Request, confirmation: int) -> HttpResponse:
    """How a round stands: counted by province and field, and who has (not) confirmed, narrowed by either."""
    row = get_object_or_404(queries.confirmations(request.viewer), pk=confirmation)
    found = queries.board(row)
    given = request.GET
    done, province, field = given.get("da") == "1", given.get("tinh", ""), given.get("linh-vuc", "")
    listed = found.listed(done=done, province=province, of=field)
    named = [one.name for one in (*found.provinces, *found.fields) if one.key in {province, field}]
    narrowed = "".join(
        "&" + urlencode({key: of}) for key, of in (("tinh", province), ("linh-vuc", field)) if of
    )
    counts = [len(found.listed(done=one, province=province, of=field)) for one in (False, True)]
    tabs = [
        (_("Chưa xác nhận"), f"?da=0{narrowed}", not done, counts[0]),
        (_("Đã xác nhận"), f"?da=1{narrowed}", done, counts[1]),
    ]
    more = {
        "cycle": row,
        "due": due_words(row),
        "board": found,
        "tabs": tabs,
        "named": named if province or field else [],
        "page": Paginator(listed, ROWS).get_page(given.get("page")),
        "others": _others(request, row),
    }
    return render(request, "industry/confirming/board.html", more)


def _others(request: Request, row: Cycle) -> list[tuple[int, str]]:
    rows = queries.confirmations(request.viewer).exclude(pk=row.pk)[:10]
    return [(one.period_start.year, reverse("industry:confirmation", args=[one.pk])) for one in rows]


@inside("industry.edit")
def confirm(request: Request, enterprise: int) -> HttpResponse:
    """Everything that is public of an enterprise, block by block: still true, or to be corrected; all in one act."""
    row = get_object_or_404(industry.editable(request.viewer), pk=enterprise)
    if request.method == "POST":
        return _confirmed(request, row)
    (head,) = sides(request.viewer, row, [row])
    offers = [side for side in offers_beside(request.viewer, row) if side.entry.is_public]
    owed = owed_by(row)
    blocks = [(side, _stands(side, owed)) for side in (head, *offers)]
    more = {
        "row": row,
        "owed": owed,
        "due": due_words(owed) if owed else "",
        "blocks": blocks,
        "unsent": [side for side, stands in blocks if stands == "unsent"],
        "open": sum(stands in {"open", "unsent"} for _side, stands in blocks),
    }
    return render(request, "industry/confirming/confirm.html", more)


def _stands(side: Side, owed: Obligation | None) -> str:
    """Whether a block is answered in the round, is being corrected, or is open."""
    if owed and is_answered(side.entry, owed.cycle.opened_at):
        return "answered"
    return "unsent" if side.entry.state == State.DRAFT else "open"


def _confirmed(request: Request, row: Enterprise) -> HttpResponse:
    kind, _dash, number = request.POST.get("muc", "").partition("-")
    one = [(kind, int(number))] if number.isdecimal() and len(number) < 12 else None
    actions.confirm(request.viewer, row.pk, blocks=one)
    if owed_by(row):
        messages.success(request, _("Đã ghi. Còn mục chưa xác nhận ở dưới."))
        return redirect("industry:confirm", row.pk)
    messages.success(request, _("Đã xác nhận cả hồ sơ. Cảm ơn bạn."))
    return redirect("industry:desk", row.pk)
