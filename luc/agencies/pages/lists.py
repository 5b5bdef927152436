"""People from Excel: the sheet to fill in, what it says, and everybody invited at once."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from luc.agencies import actions, listing
from luc.agencies.actions.people import last_day
from luc.agencies.forms import ListForm
from luc.agencies.listing import Person
from luc.kernel import workbooks
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page

_SALT = "agencies.people.list"
_KEPT_FOR = 3600  # seconds between the preview and the confirmation


@page("agencies.see_people")
def upload(request: Request) -> HttpResponse:
    """Take a filled list, and show what it says before anybody is invited."""
    form = ListForm(request.POST or None, request.FILES or None)
    checked = form.done(lambda values: listing.check(request.viewer, values["file"].read()))
    if checked is None:
        return render(
            request, "agencies/list_upload.html", {"form": form}, status=422 if form.errors else 200
        )
    kept = {"user": request.viewer.user, "people": [person.as_plain() for person in checked.new]}
    values = {
        "checked": checked,
        "kept": signing.dumps(kept, salt=_SALT, compress=True) if not checked.faults else "",
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
    try:
        kept: dict[str, Any] = signing.loads(request.POST.get("kept", ""), salt=_SALT, max_age=_KEPT_FOR)
    except signing.BadSignature as error:
        raise Refused(_("Danh sách đã để quá một giờ. Hãy tải tệp lên lại.")) from error
    if kept["user"] != request.viewer.user:
        raise Refused(_("Danh sách này do người khác tải lên."))
    return [Person(**person) for person in kept["people"]]


@page("agencies.see_people")
def sheet(request: Request) -> HttpResponse:
    """The empty list."""
    return HttpResponse(
        listing.sheet(request.viewer),
        content_type=workbooks.MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="danh-sach-nguoi-dung.xlsx"'},
    )
