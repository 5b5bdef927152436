"""What anybody asks for: pictures as nothing but pictures, sheets as downloads, a place to suggest."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.industry import actions, queries
from luc.industry.fields import ENTERPRISE, OFFER
from luc.industry.forms import SuggestForm
from luc.industry.pages import inside, origin_of
from luc.industry.pictures import MEDIA_TYPE
from luc.kernel.pages import Request
from luc.papers.queries import content

NOTHING_ELSE = "default-src 'none'; sandbox"
KEPT = 300  # seconds for which a picture is shown without asking again


@inside("industry.read")
def picture(request: Request, picture: int, size: str) -> HttpResponse:
    """A picture, large or small, in the only form in which we made it."""
    row = queries.picture(request.viewer, picture)
    if row is None or size not in {"lon", "nho"}:
        raise Http404
    answer = HttpResponse(content(row.large if size == "lon" else row.small), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = "inline"
    return _guarded(answer, row.verified_at is not None)


@inside("industry.read")
def sheet(request: Request, sheet: int) -> HttpResponse:
    """A data sheet, always as a download."""
    row = queries.sheet(request.viewer, sheet)
    if row is None:
        raise Http404
    answer = HttpResponse(content(row.file), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="tai-lieu-{row.pk}.pdf"'
    return _guarded(answer, row.verified_at is not None)


def _guarded(answer: HttpResponse, public: bool) -> HttpResponse:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = NOTHING_ELSE
    answer["Cache-Control"] = f"public, max-age={KEPT}" if public else "private, no-store"
    return answer


@inside("industry.suggest")
def suggest(request: Request, public_enterprise: int) -> HttpResponse:
    """Say what is wrong or missing in a public entry, or in one of its offers (?hang=)."""
    row = get_object_or_404(queries.public_enterprises(), pk=public_enterprise)
    given = request.GET.get("hang", "")
    offer = None
    if given:
        wanted = int(given) if given.isdecimal() and len(given) < 12 else 0
        offer = get_object_or_404(queries.public_offers(), pk=wanted, enterprise=row.pk)
    form = SuggestForm(OFFER if offer else ENTERPRISE, request.POST or None)
    said = form.done(
        lambda values: actions.suggest(
            request.viewer,
            row.pk,
            offer=offer.pk if offer else None,
            origin=origin_of(request),
            **values,
        )
    )
    if said:
        messages.success(request, _("Cảm ơn bạn. Cán bộ sẽ xem góp ý này."))
        return redirect("industry:suggest", row.pk)
    more = {
        "form": form,
        "heading": _("Góp ý về %(name)s") % {"name": (offer or row).name},
        "button": _("Gửi góp ý"),
    }
    return render(request, "industry/form.html", more)
