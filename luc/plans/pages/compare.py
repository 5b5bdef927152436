"""A paper beside the plan that it signs or amends: what differs is decided item by item, then applied at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.pages import Request, page
from luc.plans import actions, queries, relating
from luc.plans.actions.relate import what_is
from luc.plans.comparing import ADDED, CHANGED, DROPPED, Difference, by_section
from luc.plans.fields import LISTS
from luc.plans.forms import RelationForm
from luc.plans.models import Plan, Reading
from luc.plans.queries.comparison import Comparison, compared, hindrances
from luc.plans.queries.running import running
from luc.plans.standing import KINDS


def _reading(request: Request, reading: int) -> Reading:
    found = queries.readings(request.viewer).filter(pk=reading).first()
    if found is None:
        raise Http404
    return found


def _compared(request: Request, reading: int) -> Comparison | HttpResponse:
    """The comparison, or the way to where the paper is now."""
    row = _reading(request, reading)
    if row.state != Reading.State.REVIEW:
        return redirect("plans:review", reading)
    if not row.is_related:
        return redirect("plans:relation", reading)
    try:
        return compared(request.viewer, reading)
    except Plan.DoesNotExist:
        raise Http404 from None


def _back(reading: int, anchor: str = "") -> HttpResponse:
    address = reverse("plans:compare", args=[reading])
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)


@page("plans.review")
def relation(request: Request, reading: int) -> HttpResponse:
    """Say what the paper is: a plan of its own, a signed draft, an amendment."""
    row = _reading(request, reading)
    if row.state != Reading.State.REVIEW:
        return redirect("plans:review", reading)
    plans = [(plan.pk, _named(plan)) for plan in queries.plans(request.viewer).filter(tenant=row.tenant_id)]
    data = request.POST if request.method == "POST" else None
    form = RelationForm(plans, data, initial={name: row.relation[name] for name in ("kind", "plan", "scope")})
    related: HttpResponse | None = form.done(lambda said: _related(request, reading, said))
    return related or render(request, "plans/relation.html", {"reading": row, "form": form})


def _related(request: Request, reading: int, said: dict[str, Any]) -> HttpResponse:
    kind, scope = said["kind"], said["scope"] or relating.WHOLE
    actions.relate(request.viewer, reading, kind=kind, plan=said["plan"], scope=scope)
    if kind == relating.NEW:
        return redirect("plans:section", reading, "dau-van-ban")
    return redirect("plans:compare", reading)


def _named(plan: Plan) -> str:
    number = plan.number or _("Dự thảo")
    return Truncator(f"{number} – {plan.title}").chars(110, truncate="…")


@page("plans.review")
def compare(request: Request, reading: int) -> HttpResponse:
    """What the paper changes in the plan, each difference beside its words in both papers."""
    found = _compared(request, reading)
    if isinstance(found, HttpResponse):
        return found
    _offer(found)
    shown = {
        "found": found,
        "reading": found.review.reading,
        "plan": found.plan,
        "sections": [(section, listed, _bulk(listed)) for section, listed in by_section(found.all)],
        "bulk": _bulk(found.changes),
        "gaps": hindrances(found),
        "running": running(found),
        "places": _places(found),
        "old_marks": _marks(found, "cu", "old"),
        "new_marks": _marks(found, "moi", "new"),
    }
    return render(request, "plans/compare.html", shown)


def _offer(found: Comparison) -> None:
    """The items of the plan that an item of the paper could change: those that nothing else changes."""
    named = found.review.reading.relation["scope"] == relating.NAMED
    for section in KINDS.values():
        taken = {one.old["key"] for one in found.all if one.old and one.new}
        free = [i for i in found.standing.content[section.name] if i["key"] not in taken]
        offered = [(item["key"], _short(item)) for item in free][:_OFFERED]
        for one in found.changes:
            if one.section is section and one.new and (one.what == ADDED or "of" in one.new or named):
                own = [(one.old["key"], _short(one.old))] if one.old else []
                one.candidates = [*own, *offered]


_OFFERED = 40


def _bulk(listed: list[Difference]) -> list[tuple[str, str, int]]:
    """For the buttons that decide many: kind, words, how many of it are open."""
    words = ((ADDED, _("thêm")), (CHANGED, _("sửa")), (DROPPED, _("bỏ")))
    open_ = [one.what for one in listed if one.is_accepted is None]
    return [(what, text, open_.count(what)) for what, text in words if what in open_]


def _marks(found: Comparison, prefix: str, side: str) -> list[dict[str, Any]]:
    """The words of the items that differ, in one of the two papers."""
    drops = {one["of"]: one["places"] for one in found.review.reading.relation.get("drops", ())}
    marks = []
    for one in found.changes:
        item = getattr(one, side) or {}
        places = item.get("places") or (drops.get(one.key) if side == "new" else None)
        if places and one.section.name != "header":
            marks.append(
                {
                    "id": f"{prefix}-{one.anchor}",
                    "places": places,
                    "href": f"#{one.anchor}",
                    "title": one.words,
                }
            )
    if side == "new":
        marks += [
            {
                "id": f"moi-{said['key']}",
                "places": said["places"],
                "href": f"#{said['key']}",
                "title": said["text"],
            }
            for said in found.unplaced
        ]
    return marks


def _places(found: Comparison) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where a sentence of the paper can go: the items of the plan, by section."""
    if not found.unplaced:
        return []
    groups = []
    for section in KINDS.values():
        items = found.standing.content[section.name]
        shown = [(item["key"], _short(item)) for item in items]
        groups.append((str(section.title), shown))
    return [group for group in groups if group[1]]


def _short(item: dict[str, Any]) -> str:
    number = f"{item['no']}. " if item.get("no") else ""
    return number + Truncator(item.get("text") or item.get("quote") or "").chars(90, truncate="…")


@page("plans.review")
@require_POST
def decide(request: Request, reading: int) -> HttpResponse:
    """Accept, refuse or open again one difference (its key), or all open ones of a kind ("moi-loai:added")."""
    found = _compared(request, reading)
    if isinstance(found, HttpResponse):
        return found
    for name, accept in (("chap-nhan", True), ("khong", False), ("lai", None)):
        given = request.POST.get(name, "")
        if given:
            keys, anchor = _meant(found, given)
            actions.decide(request.viewer, reading, keys=keys, accept=accept)
            return _back(reading, anchor)
    return _back(reading)


def _meant(found: Comparison, given: str) -> tuple[list[str], str]:
    """The keys that a button means, and where the page goes on."""
    if not given.startswith("loai:"):
        one = found.find(given)
        return [given], one.anchor if one else ""
    _loai, section, what = [*given.split(":"), "", ""][:3]
    return [one.key for one in what_is(found, what) if section in {"", one.section.name}], ""


@page("plans.review")
@require_POST
def pair(request: Request, reading: int) -> HttpResponse:
    """Say which item of the plan an item of the paper changes, or that it is new."""
    found = _compared(request, reading)
    if isinstance(found, HttpResponse):
        return found
    key, of = request.POST.get("muc", ""), request.POST.get("la", "")
    actions.pair(request.viewer, reading, key=key, of=of)
    return _back(reading, of or key)


@page("plans.review")
@require_POST
def place(request: Request, reading: int) -> HttpResponse:
    """Deal with a sentence of the paper for which the machine found no item."""
    found = _compared(request, reading)
    if isinstance(found, HttpResponse):
        return found
    target, act = request.POST.get("muc", ""), request.POST.get("viec", "")
    if act == "new" and target not in {section.name for section in LISTS}:
        target = "tasks"
    of = {"drop": f"drop:{target}", "new": f"new:{target}", "change": target}.get(act, "")
    if act in {"drop", "change"} and not target:
        messages.error(request, _("Hãy chọn mục của kế hoạch."))
        return _back(reading, request.POST.get("cau", ""))
    key = actions.place(request.viewer, reading, sentence=request.POST.get("cau", ""), of=of)
    return _back(reading, target if act in {"drop", "change"} else key)


@page("plans.amend")
def apply(request: Request, reading: int) -> HttpResponse:
    """Ask, then carry what was accepted over to the plan."""
    found = _compared(request, reading)
    if isinstance(found, HttpResponse):
        return found
    gaps = hindrances(found)
    if gaps:
        messages.error(request, _("Chưa áp dụng được: hãy xem những việc còn lại."))
        return _back(reading, "con-lai")
    if request.method == "POST":
        made = actions.apply(request.viewer, reading)
        messages.success(request, _("Đã áp dụng vào kế hoạch. Cả hai văn bản đều được giữ."))
        return redirect("plans:amendment", made.plan_id, made.pk)
    shown = {"found": found, "reading": found.review.reading, "plan": found.plan, "running": running(found)}
    return render(request, "plans/apply.html", {**shown, "consequences": _consequences(found)})


def _consequences(found: Comparison) -> list[str]:
    """What applying will do, in words."""
    accepted = [one.what for one in found.accepted]
    lines = [
        (accepted.count(CHANGED), _("Sửa %(count)s mục; nội dung cũ còn trong lịch sử của từng mục")),
        (accepted.count(ADDED), _("Thêm %(count)s mục")),
        (
            accepted.count(DROPPED),
            _("Kết thúc %(count)s mục: kỳ báo cáo mới không hỏi nữa, báo cáo cũ vẫn đọc được"),
        ),
        (
            len(found.changes) - len(accepted),
            _("Giữ nguyên %(count)s mục không được chấp nhận; vẫn ghi lại văn bản nói gì"),
        ),
    ]
    said = [words % {"count": count} for count, words in lines if count]
    if found.kind == relating.SIGNED:
        said.append(_("Bản đã ký thay dự thảo làm văn bản của kế hoạch; dự thảo vẫn được giữ"))
    return said
