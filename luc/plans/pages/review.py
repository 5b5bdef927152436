"""The review: the paper left, its reading right; every change is a small form of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.plans import actions, queries, showing
from luc.plans.fields import BY_NAME, BY_SLUG, HEADER, empty_item
from luc.plans.forms import CoveredForm, FrameForm, ItemForm, NewPartyForm, PartyForm
from luc.plans.models import Reading
from luc.plans.pages.desk import OPEN, Desk, open_desk
from luc.plans.queries.readings import Review


@page("plans.review")
def review(request: Request, reading: int) -> HttpResponse:
    """Where the review of a paper begins; a paper not read yet, or adopted, leads to where it is."""
    row = _row(request, reading)
    if row.state == Reading.State.WAITING and row.job_id:
        return redirect("kernel:job", row.job_id)
    if row.state == Reading.State.ADOPTED:
        return redirect("plans:plan", row.plan_id or row.amendment.plan_id)
    if row.state == Reading.State.DISCARDED:
        return redirect("plans:readings")
    if row.is_related:
        return redirect("plans:compare", reading)
    return redirect("plans:section", reading, HEADER.slug)


@page("plans.review")
def section(request: Request, reading: int, section: str) -> HttpResponse:
    """One section of the reading beside the paper."""
    found = _review(request, reading)
    if isinstance(found, HttpResponse):
        return found
    if found.reading.is_related and section == OPEN:
        return redirect("plans:compare", reading)
    return _shown(request, open_desk(request, found, section))


def _shown(request: Request, desk: Desk) -> HttpResponse:
    return render(request, "plans/review.html", {"desk": desk, "reading": desk.review.reading})


def _row(request: Request, reading: int) -> Reading:
    found = queries.readings(request.viewer).filter(pk=reading).first()
    if found is None:
        raise Http404
    return found


def _review(request: Request, reading: int) -> Review | HttpResponse:
    """The review, or the way to where the paper is now."""
    if _row(request, reading).state != Reading.State.REVIEW:
        return redirect("plans:review", reading)
    return queries.review(request.viewer, reading)


def _to(reading: int, slug: str, key: str = "") -> HttpResponse:
    address = reverse("plans:section", args=[reading, slug])
    return HttpResponseRedirect(f"{address}#{key}" if key else address)


def _slug_of(key: str) -> str:
    found = showing.section_of(key)
    if found is None:
        raise Http404
    return found.slug


@page("plans.review")
def correct(request: Request, reading: int, key: str) -> HttpResponse:
    """Save the fields of one item; what was typed stays when something is wrong or somebody was quicker."""
    found = _review(request, reading)
    slug = _slug_of(key)
    if isinstance(found, HttpResponse) or request.method != "POST":
        return found if isinstance(found, HttpResponse) else _to(reading, slug, key)
    desk = open_desk(request, found, slug, editing=key)
    card = desk.card(key)
    if card is None or card.form is None:
        raise Http404
    form = card.form
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.correct(request.viewer, reading, key=key, values=form.values(), version=version)
        except Refused as refused:
            desk.refuse(form, refused)
        else:
            return _to(reading, slug, key)
    return _shown(request, desk)


@page("plans.review")
def add(request: Request, reading: int, section: str) -> HttpResponse:
    """Add an item that the machine did not find."""
    kind = BY_SLUG.get(section)
    if kind is None or kind is HEADER:
        raise Http404
    found = _review(request, reading)
    if isinstance(found, HttpResponse):
        return found
    desk = open_desk(request, found, section)
    data = _data(request)
    desk.adding = form = ItemForm(kind, {**empty_item(kind), "key": ""}, desk.groups, data)
    form.fields["version"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            key = actions.add(request.viewer, reading, section=kind.name, values=form.values())
        except Refused as refused:
            form.refuse(refused.fields or {"": refused.message})
        else:
            return _to(reading, section, key)
    return _shown(request, desk)


def _data(request: Request) -> QueryDict | None:
    """What was sent, even when it is empty; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


def _version(request: Request) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else -1


@page("plans.review")
@require_POST
def drop(request: Request, reading: int, key: str) -> HttpResponse:
    _row(request, reading)
    actions.drop(request.viewer, reading, key=key, version=_version(request))
    messages.info(request, _("Đã bỏ một mục. Mục đã bỏ nằm ở cuối danh sách, có thể lấy lại."))
    return _to(reading, _slug_of(key))


@page("plans.review")
@require_POST
def check(request: Request, reading: int, key: str) -> HttpResponse:
    """An item of a scan is as the picture has it."""
    _row(request, reading)
    actions.check(request.viewer, reading, key=key)
    return _to(reading, _slug_of(key), key)


@page("plans.review")
@require_POST
def check_section(request: Request, reading: int, section: str) -> HttpResponse:
    """All items of a section are as the picture has them."""
    _row(request, reading)
    kind = BY_SLUG.get(section)
    if kind is None:
        raise Http404
    count = actions.check(request.viewer, reading, section=kind)
    messages.success(request, _("Đã kiểm tra %(count)s mục.") % {"count": count})
    return _to(reading, section)


@page("plans.review")
@require_POST
def restore(request: Request, reading: int, key: str) -> HttpResponse:
    _row(request, reading)
    actions.restore(request.viewer, reading, key=key)
    return _to(reading, _slug_of(key), key)


def _chosen(
    request: Request,
    reading: int,
    slug: str,
    key: str,
    make: Callable[[Desk], tuple[Any, Callable[[Any], object]]],
) -> HttpResponse:
    """A small form about one item: shown beside it, and what it says is done when it is sent."""
    found = _review(request, reading)
    if isinstance(found, HttpResponse):
        return found
    desk = open_desk(request, found, slug)
    form, act = make(desk)
    desk.asking, desk.asking_key = form, key
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            for name, message in (refused.fields or {"": refused.message}).items():
                form.add_error(name if name in form.fields else None, message)
        else:
            return _to(reading, slug, key)
    return _shown(request, desk)


@page("plans.review")
def party(request: Request, reading: int, key: str, kind: str) -> HttpResponse:
    """Accept who is proposed for an item (button) or choose another (form)."""
    if kind not in showing.PICKS:
        raise Http404
    if request.method == "POST" and "accept" in request.POST:
        _row(request, reading)
        actions.choose_party(request.viewer, reading, kind=kind, key=key, party=None)
        return _to(reading, _slug_of(key), key)

    def make(desk: Desk) -> tuple[Any, Callable[[Any], object]]:
        desk.asking_kind = kind
        now = desk.review.party_of(desk.review.chosen(kind, key))
        form = PartyForm(desk.party_choices(), _data(request), initial={"party": now})
        return form, lambda data: actions.choose_party(
            request.viewer, reading, kind=kind, key=key, party=data["party"]
        )

    return _chosen(request, reading, _slug_of(key), key, make)


@page("plans.review")
def covered(request: Request, reading: int, key: str) -> HttpResponse:
    """Say which row of the appendix an item of the body repeats, or that it is a task of its own."""
    if request.method == "POST" and "accept" in request.POST:
        _row(request, reading)
        row = request.POST["accept"]
        actions.choose_covered(request.viewer, reading, key=key, row_key=row)
        return _to(reading, _slug_of(key), key)

    def make(desk: Desk) -> tuple[Any, Callable[[Any], object]]:
        desk.asking_kind = "covered"
        rows = [(task["key"], task["text"][:120]) for task in desk.review.content["tasks"]]
        now = desk.review.choices["covered"].get(key, {}).get("row", "")
        form = CoveredForm(rows, _data(request), initial={"row": now})
        return form, lambda data: actions.choose_covered(
            request.viewer, reading, key=key, row_key=data["row"]
        )

    return _chosen(request, reading, BY_NAME["body"].slug, key, make)


@page("plans.review")
def frame(request: Request, reading: int) -> HttpResponse:
    """The focal agency, the programme and the territory of the plan."""

    def make(desk: Desk) -> tuple[Any, Callable[[Any], object]]:
        desk.asking_kind = "frame"
        form: FrameForm = desk.frame_form(_data(request))
        return form, lambda data: actions.choose_frame(request.viewer, reading, **data)

    return _chosen(request, reading, HEADER.slug, "khung", make)


@page("plans.review")
def meaning(request: Request, reading: int) -> HttpResponse:
    """Which party a printed name means: accept the proposed one (button) or choose another (form)."""
    printed = request.POST.get("printed", request.GET.get("ten", ""))
    if request.method == "POST" and request.POST.get("accept", "").isdecimal():
        _row(request, reading)
        chosen = int(request.POST["accept"])
        actions.choose_meaning(request.viewer, reading, printed=printed, party=chosen)
        return _to(reading, "co-quan")

    def make(desk: Desk) -> tuple[Any, Callable[[Any], object]]:
        desk.asking_kind = "meaning"
        form = PartyForm(desk.likely(printed), _data(request), initial={"party": desk.review.meant(printed)})
        desk.new_party = desk.new_party_form(printed, None)
        return form, lambda data: actions.choose_meaning(
            request.viewer, reading, printed=printed, party=data["party"]
        )

    return _chosen(request, reading, "co-quan", printed, make)


@page("plans.review")
def new_party(request: Request, reading: int) -> HttpResponse:
    """Put a body into the register on the spot and say that the name means it."""
    printed = request.POST.get("printed", request.GET.get("ten", ""))

    def make(desk: Desk) -> tuple[NewPartyForm, Callable[[Any], object]]:
        desk.asking_kind = "new_party"
        form = desk.new_party_form(printed, _data(request))
        return form, lambda data: actions.create_party(request.viewer, reading, printed=printed, **data)

    return _chosen(request, reading, "co-quan", printed, make)


@page("plans.review")
@require_POST
def create_missing(request: Request, reading: int) -> HttpResponse:
    _row(request, reading)
    made = actions.create_missing(request.viewer, reading)
    messages.success(request, _("Đã thêm đơn vị cho %(count)s tên.") % {"count": made})
    return _to(reading, "co-quan")


@page("plans.review")
@require_POST
def through(request: Request, reading: int) -> HttpResponse:
    """Let the focal agency report in the place of a body for which nobody answers."""
    _row(request, reading)
    given = request.POST.get("party", "")
    party = actions.report_through_focal(
        request.viewer, reading, party=int(given) if given.isdecimal() else 0
    )
    messages.success(request, _("Cơ quan đầu mối báo cáo thay %(party)s.") % {"party": party.name})
    return _to(reading, "con-lai")


@page("plans.review")
@require_POST
def accept(request: Request, reading: int) -> HttpResponse:
    """Accept open proposals: all, or those of one kind."""
    _row(request, reading)
    kind = request.POST.get("kind", "")
    count = actions.accept_suggestions(request.viewer, reading, kinds=frozenset([kind]) if kind else None)
    messages.success(request, _("Đã chấp nhận %(count)s gợi ý.") % {"count": count})
    slug = request.POST.get("back", "")
    return _to(reading, slug if slug in BY_SLUG or slug == "co-quan" else "con-lai")


@page("plans.adopt")
def adopt(request: Request, reading: int) -> HttpResponse:
    """Ask, then make the plan; what is still missing is listed with links to its place."""
    found = _review(request, reading)
    if isinstance(found, HttpResponse):
        return found
    if request.method == "POST":
        try:
            plan = actions.adopt(request.viewer, reading)
        except actions.NotReady as refused:
            messages.error(request, refused.message)
            return _to(reading, "con-lai")
        messages.success(request, _("Đã thông qua kế hoạch. Lời văn từ nay được khóa."))
        return redirect("plans:plan", plan.pk)
    if found.reading.is_related:
        return redirect("plans:compare", reading)
    desk = open_desk(request, found, "con-lai")
    if desk.gaps:
        return _to(reading, "con-lai")
    return render(request, "plans/adopt.html", {"desk": desk, "reading": found.reading})


@page("plans.discard")
def discard(request: Request, reading: int) -> HttpResponse:
    """Ask, then put the reading away."""
    row = _row(request, reading)
    if request.method == "POST":
        actions.discard(request.viewer, reading)
        messages.info(request, _("Đã bỏ bản đọc. Tệp vẫn được giữ."))
        return redirect("plans:readings")
    return render(request, "plans/discard.html", {"reading": row})
