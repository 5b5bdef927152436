"""A stranger registers an enterprise: asks, opens the link of the mail, has an account and an entry."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from luc.agencies.queries import hash_of
from luc.industry import actions, queries
from luc.industry.actions.registering import why_not
from luc.industry.forms import BeginForm, NameForm, RegisterForm
from luc.industry.pages import origin_of
from luc.kernel.pages import Request, page


@never_cache
@page("industry.register")
def register(request: Request) -> HttpResponse:
    """Ask for a link; the answer is the same whether code or address are known."""
    form = RegisterForm(request.POST or None)
    link = settings.ADDRESS + reverse("industry:begin", args=["SECRET"]).replace("SECRET", "{secret}")

    def ask(values: dict[str, object]) -> bool:
        given = {name: values[name] for name in ("mail", "tax_code", "tenant")}
        actions.apply(request.viewer, origin=origin_of(request), address=link, **given)  # type: ignore[arg-type]
        return True

    if form.done(ask):
        return render(request, "industry/sent.html", {"mail": form.cleaned_data["mail"]})
    reachable = settings.SENDS_MAIL or settings.DEMONSTRATION or "Outbox" in settings.EMAIL_BACKEND
    return render(request, "industry/register.html", {"form": form, "reachable": reachable})


@never_cache
@sensitive_post_parameters("password")
@page("industry.register")
def begin(request: Request, key: str) -> HttpResponse:
    """Where the link leads: the name of the enterprise and, for who has none, an account."""
    row = queries.application_of(hash_of(key))
    refusal = (
        _("Đường dẫn này không đúng. Hãy kiểm tra đã chép đủ cả dòng chưa.") if row is None else why_not(row)
    )
    if row is None or refusal:
        status = 404 if row is None else 410
        return render(request, "industry/void.html", {"saying": refusal}, status=status)
    signed_in = request.viewer.user is not None
    form = NameForm(request.POST or None) if signed_in else BeginForm(request.POST or None)
    made = form.done(lambda values: actions.begin(request.viewer, secret=key, **values))
    if made is None:
        return render(
            request, "industry/begin.html", {"form": form, "tax_code": row.tax_code, "mail": row.mail}
        )
    user, enterprise = made
    if not signed_in:
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Đã tạo hồ sơ. Mỗi bước lưu riêng: có thể dừng lại và làm tiếp lúc khác."))
    return redirect("industry:part", enterprise.pk, "dia-chi")
