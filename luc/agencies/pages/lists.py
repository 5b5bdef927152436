"""People from Excel: the sheet to fill in, what it says, and everybody invited at once."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from luc.agencies import actions, listing
from luc.agencies.actions.people import last_day
from luc.agencies.forms import ListForm
from luc.agencies.listing import Person
from luc.kernel import workbooks
from luc.kernel.pages import Request, page
from luc.kernel.sealed import seal, unseal

_PURPOSE = "agencies.people.list"


@page("agencies.see_people")
def upload(request: Request) -> HttpResponse:
    """Take a filled list, and show what it says before anybody is invited."""
    form = ListForm(request.POST or None, request.FILES or None)
    checked = form.done(lambda values: listing.check(request.viewer, values["file"].read()))
    if checked is None:
        return render(
            request, "agencies/list_upload.html", {"form": form}, status=422 if form.errors else 200
        )
    people = [person.as_plain() for person in checked.new]
    values = {
        "checked": checked,
        "kept": "" if checked.faults else seal(request.viewer, _PURPOSE, people=people),
        "form": ListForm(),
    }
    return render(request, "agencies/list_preview.html", values, status=422 if checked.faults else 200)


@never_cache
@page("agencies.see_people")
def confirm(request: Request) -> HttpResponse:
    """Invite everybody of a list that was looked at; the links are known only in this answer."""
    if request.method != "POST":
        return redirect("agencies:list")
    people = _people(request)
    address = request.build_absolute_uri(reverse("agencies:accept", args=["SECRET"]))
    issued = actions.invite_all(request.viewer, people, address=address.replace("SECRET", "{secret}"))
    values = {
        "issued": issued,
        "last_day": last_day(issued[0].invitation) if issued else None,
        "left_out": len(people) - len(issued),
    }
    return render(request, "agencies/list_issued.html", values)


def _people(request: Request) -> list[Person]:
    kept = unseal(request.viewer, _PURPOSE, request.POST.get("kept", ""))
    return [Person(**person) for person in kept["people"]]


@page("agencies.see_people")
def sheet(request: Request) -> HttpResponse:
    """The empty list."""
    return HttpResponse(
        listing.sheet(request.viewer),
        content_type=workbooks.MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="danh-sach-nguoi-dung.xlsx"'},
    )
