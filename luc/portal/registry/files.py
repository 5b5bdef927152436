"""What somebody found, to take along: the list of a narrowed question as CSV, XLSX or JSON."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from luc.industry import searching
from luc.kernel.pages import Request
from luc.kernel.rights import STRANGER
from luc.kernel.search.asking import asked_from
from luc.kernel.search.walking import walk
from luc.portal.pages.files import JSON, sent
from luc.portal.registry import tables
from luc.portal.showing import whole_address
from luc.portal.tables import as_json

MOST = 5_000  # entries of a file; the API gives the rest page by page
FORMS = ("csv", "xlsx", "json")
_PARTS = {
    "doanh-nghiep": (searching.ENTERPRISE, tables.enterprises),
    "hang-hoa": (searching.OFFER, tables.offers),
}


def found_file(request: Request, form: str) -> HttpResponse:
    """The list of the question of an address as a file; goods where the address names no part. Raises Http404."""
    part = request.GET.get("muc", "") or "hang-hoa"
    if form not in FORMS or part not in _PARTS:
        raise Http404
    kind, make = _PARTS[part]
    asked = replace(asked_from(request.META.get("QUERY_STRING", ""), [kind]), page=1)
    ids, mark = walk(STRANGER, asked, after=0, limit=MOST)
    table = make(ids)
    where = f"{whole_address(request, 'registry_found')}?muc={part}&{asked.query()}".rstrip("&")
    cut = _("Chỉ gồm %(n)d mục đầu; hãy thu hẹp, hoặc dùng API.") % {"n": MOST} if mark is not None else ""
    if form == "json":
        values = {"title": table.title, "address": where, "cut": cut, table.name: table.as_dicts()}
        return HttpResponse(as_json(values), content_type=JSON)
    return sent([table], form, f"tim-{part}", [line for line in (table.title, where, cut) if line])
