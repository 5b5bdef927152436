"""The list of threads, one thread, raising one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.errors import NotAllowed
from luc.kernel.pages import Request, page
from luc.plans.models import Plan, Task
from luc.plans.queries.plans import plans
from luc.threads import actions, queries
from luc.threads.forms import RaiseForm, SayForm
from luc.threads.models import Thread

_DEEDS = {"say": actions.say, "answer": actions.answer, "pass_up": actions.pass_up}


@page("threads.view")
def threads(request: Request) -> HttpResponse:
    """The threads a viewer sees; those that wait for the viewer first, or one state of them."""
    state = request.GET.get("trang_thai", "")
    rows = queries.threads(request.viewer)
    if state in Thread.State.values:
        rows = rows.filter(state=state)
    mine = list(queries.waiting_for(request.viewer)[:50])
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "mine": [] if state else mine,
        "counts": queries.counts(request.viewer),
        "states": Thread.State.choices,
        "state": state,
        "plans": list(plans(request.viewer)[:20]) if request.viewer.may("threads.raise") else [],
    }
    return render(request, "threads/list.html", context)


@page("threads.view")
def thread(request: Request, thread: int) -> HttpResponse:
    """One thread from its first word, and what can be said next."""
    row = get_object_or_404(queries.threads(request.viewer), pk=thread)
    form = SayForm(request.POST or None)
    if request.method == "POST":
        done = _do(request, row, form)
        if done:
            return redirect("threads:thread", row.pk)
    context = {
        "thread": row,
        "posts": queries.posts(row),
        "may": queries.may(request.viewer, row),
        "form": form,
    }
    return render(request, "threads/thread.html", context, status=422 if form.errors else 200)


def _do(request: Request, row: Thread, form: SayForm) -> bool:
    """What the button that was pressed asks for; False when the words will not do."""
    deed, seen = request.POST.get("viec", ""), request.POST.get("seen", "")
    if deed == "settle":
        actions.settle(request.viewer, row.pk, seen=seen)
        messages.success(request, _("Đã ghi nhận là xong."))
        return True
    if deed not in _DEEDS or not form.is_valid():
        return False
    _DEEDS[deed](request.viewer, row.pk, text=form.cleaned_data["text"], seen=seen)
    messages.success(request, _("Đã gửi."))
    return True


@page("threads.raise")
def new(request: Request, plan: int) -> HttpResponse:
    """Raise something about a plan, or about the task that the address names."""
    given = request.GET.get("nhiem_vu", "")
    try:
        row, task = queries.about(
            request.viewer, plan, int(given) if given.isdecimal() and len(given) < 12 else None
        )
    except (Plan.DoesNotExist, Task.DoesNotExist) as error:
        raise Http404 from error
    mine = queries.raising(request.viewer, row)
    if not mine:
        raise NotAllowed(_("Đơn vị của bạn không thuộc tỉnh của kế hoạch này."))
    parties = list(Party.objects.filter(pk__in=mine).order_by("sort_key").values_list("pk", "name"))
    form = RaiseForm(parties, request.POST or None, initial={"kind": request.GET.get("loai", "obstacle")})
    about = task.pk if task else None
    made = form.done(lambda said: actions.raise_thread(request.viewer, plan=row.pk, task=about, **said))
    if made:
        messages.success(request, _("Đã gửi cho %(focal)s.") % {"focal": row.focal})
        return redirect("threads:thread", made.pk)
    context = {"form": form, "plan": row, "task": task}
    return render(request, "threads/new.html", context, status=422 if form.errors else 200)
