"""How the person wants to see the pages: light or dark, Vietnamese or English. One cookie each."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import i18n
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from luc.kernel.pages import page

YEAR = 365 * 24 * 3600
THEMES = {"light", "dark"}


# how pages look for somebody is nothing that another site gains by: no token, so that strangers get no cookie for one
set_language = csrf_exempt(i18n.set_language)


@csrf_exempt
@page("kernel.look")
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the field `theme` (light, dark; anything else: as the device says) and go back to `next`."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie(
            "theme", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer


class LanguageMiddleware(LocaleMiddleware):
    """Vietnamese unless the person chose otherwise: what a browser asks for says little in an office here."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of the cookie that `set_language` writes, else the main one."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
