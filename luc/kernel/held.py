"""What somebody typed when the session had ended: held while they sign in, then offered to be sent again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.kernel.pages import KEPT, Request, page

LARGEST = 1_000_000  # characters; a form of some hundred rows has about a tenth of it


def hold(request: HttpRequest) -> bool:
    """Keep the fields of a form that came without a session; False when there is nothing to keep, or too much."""
    if request.method != "POST":
        return False
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    if not fields or sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return False
    request.session[KEPT] = {"address": request.get_full_path(), "fields": fields}
    return True


@page("account.held")
def held(request: Request) -> HttpResponse:
    """Offer what was typed before signing in; sending it goes to where it was meant for, with all its checks."""
    kept: dict[str, Any] | None = request.session.get(KEPT)
    if kept is None:
        return redirect("/")
    values = {
        "title": _("Nội dung bạn vừa nhập vẫn còn"),
        "text": [
            _(
                "Phiên làm việc đã hết khi bạn đang nhập, nên nội dung chưa được lưu. Bạn có thể lưu ngay bây giờ."
            ),
            _("Tệp đính kèm, nếu có, phải chọn lại ở trang đó."),
        ],
        "address": kept["address"],
        "hidden": kept["fields"],
        "action": _("Lưu nội dung đã nhập"),
        "back": kept["address"],
    }
    return render(request, "components/confirm.html", values)


def way_back() -> str:
    """Where to go after signing in when something is held."""
    return reverse("kernel:held")
