"""The desk of an enterprise: its entry in short steps, its offers, what is missing, how everybody will see it.

Agencies that keep an entry and officers use the same pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from luc.industry import actions, queries
from luc.industry.fields import ENTERPRISE, OFFER
from luc.industry.forms import ContactForm, OfferForm, PartForm, PictureForm, SheetForm
from luc.industry.models import Enterprise, Offer
from luc.industry.pages import inside
from luc.industry.showing import desk_of, offer_desk, preview_of, told
from luc.kernel.pages import Request
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.territory.queries import tenant_units

PARTS = {
    "dia-chi": (lazy("Địa chỉ"), ("address", "park", "point")),
    "hoat-dong": (lazy("Hoạt động"), ("about", "branch", "markets", "certificates", "website")),
    "ten": (lazy("Tên và quy mô"), ("name", "short", "name_en", "size", "founded")),
}
OFFER_PARTS = {
    "co-ban": (lazy("Thông tin chính"), ("name", "field", "kind", "about")),
    "ky-thuat": (
        lazy("Kỹ thuật, chứng nhận"),
        ("capacity", "standards", "hs_code", "ecolabel", "references"),
    ),
}


@inside("industry.own")
def own(request: Request) -> HttpResponse:
    """The own enterprises; one alone is opened at once."""
    rows = list(queries.own(request.viewer))
    if len(rows) == 1:
        return redirect("industry:desk", rows[0].pk)
    return render(request, "industry/own.html", {"rows": rows})


def _enterprise(request: Request, pk: int) -> Enterprise:
    return get_object_or_404(queries.editable(request.viewer), pk=pk)


def _offer(request: Request, pk: int) -> Offer:
    return get_object_or_404(queries.offers_of(request.viewer), pk=pk)


@inside("industry.edit")
def desk(request: Request, enterprise: int) -> HttpResponse:
    """One entry: where it stands, what is missing, its parts and offers."""
    row = _enterprise(request, enterprise)
    parts = [(key, title) for key, (title, _names) in PARTS.items()]
    return render(request, "industry/desk.html", desk_of(request.viewer, row) | {"parts": parts})


@inside("industry.edit")
def part(request: Request, enterprise: int, part: str) -> HttpResponse:
    """One step of the entry, saved by itself; then the next."""
    row = _enterprise(request, enterprise)
    if part not in PARTS:
        raise Http404
    title, names = PARTS[part]
    keys = list(PARTS)
    number = keys.index(part)
    form = _part_form(request, row, names)
    saved = form.done(
        lambda values: actions.save(request.viewer, "enterprise", row.pk, values=values["values"])
    )
    if saved:
        messages.success(request, _("Đã lưu."))
        if "tiep" in request.POST and number + 1 < len(keys):
            return redirect("industry:part", row.pk, keys[number + 1])
        return redirect("industry:desk", row.pk)
    steps = [
        {"title": one[0], "state": "current" if key == part else "todo", "address": ""}
        for key, one in PARTS.items()
    ]
    more = {"row": row, "form": form, "heading": title, "steps": steps, "is_last": number + 1 == len(keys)}
    return render(request, "industry/part.html", more)


def _part_form(request: Request, row: Enterprise | Offer, names: tuple[str, ...]) -> PartForm:
    specs = [spec for spec in (OFFER if isinstance(row, Offer) else ENTERPRISE) if spec.name in names]
    form = PartForm(specs, told(request.viewer, row), request.POST or None)
    if "province" in form.fields and not form.initial["province"]:
        form.initial["province"] = tenant_units(row.tenant_id, today()).values_list("pk", flat=True).first()
    return form


@inside("industry.edit")
def add_offer(request: Request, enterprise: int) -> HttpResponse:
    """A new offer begins with its name."""
    row = _enterprise(request, enterprise)
    form = OfferForm(request.POST or None)
    made = form.done(lambda values: actions.add_offer(request.viewer, row.pk, name=values["name"]))
    if made:
        return redirect("industry:offer_part", made.pk, "co-ban")
    more = {"form": form, "row": row, "heading": _("Thêm hàng hóa, dịch vụ"), "button": _("Thêm")}
    return render(request, "industry/form.html", more)


@inside("industry.edit")
def offer(request: Request, offer: int) -> HttpResponse:
    """One offer: its fields, pictures and sheets, what is missing."""
    row = _offer(request, offer)
    parts = [(key, title) for key, (title, _names) in OFFER_PARTS.items()]
    more: dict[str, Any] = {"parts": parts, "picture_form": PictureForm(), "sheet_form": SheetForm()}
    return render(request, "industry/offer.html", offer_desk(request.viewer, row) | more)


@inside("industry.edit")
def offer_part(request: Request, offer: int, part: str) -> HttpResponse:
    """One step of an offer, saved by itself."""
    row = _offer(request, offer)
    if part not in OFFER_PARTS:
        raise Http404
    title, names = OFFER_PARTS[part]
    form = _part_form(request, row, names)
    saved = form.done(lambda values: actions.save(request.viewer, "offer", row.pk, values=values["values"]))
    if saved:
        messages.success(request, _("Đã lưu."))
        onward = "tiep" in request.POST and part == "co-ban"
        return (
            redirect("industry:offer_part", row.pk, "ky-thuat")
            if onward
            else redirect("industry:offer", row.pk)
        )
    more = {"row": row.enterprise, "offer": row, "form": form, "heading": title, "is_last": part != "co-ban"}
    return render(request, "industry/part.html", more)


@inside("industry.edit")
@require_POST
def add_picture(request: Request, offer: int) -> HttpResponse:
    """Take a picture in."""
    row = _offer(request, offer)
    form = PictureForm(request.POST, request.FILES)
    added = form.done(
        lambda values: actions.add_picture(
            request.viewer, row.pk, data=values["file"].read(), words=values["words"]
        )
    )
    return _back_to(request, row, form, added, _("Đã thêm ảnh."))


@inside("industry.edit")
@require_POST
def add_sheet(request: Request, offer: int) -> HttpResponse:
    """Take a data sheet in."""
    row = _offer(request, offer)
    form = SheetForm(request.POST, request.FILES)
    added = form.done(
        lambda values: actions.add_sheet(
            request.viewer, row.pk, name=values["file"].name, data=values["file"].read()
        )
    )
    return _back_to(request, row, form, added, _("Đã thêm tài liệu."))


def _back_to(
    request: Request, row: Offer, form: PictureForm | SheetForm, added: object, words: str
) -> HttpResponse:
    if added:
        messages.success(request, words)
    else:
        for wrong in form.errors.values():
            messages.error(request, " ".join(map(str, wrong)))
    return redirect("industry:offer", row.pk)


@inside("industry.edit")
@require_POST
def remove_picture(request: Request, offer: int, picture: int) -> HttpResponse:
    """Take a picture away."""
    return _remove(request, offer, "pictures", picture, actions.remove_picture)


@inside("industry.edit")
@require_POST
def remove_sheet(request: Request, offer: int, sheet: int) -> HttpResponse:
    """Take a data sheet away."""
    return _remove(request, offer, "sheets", sheet, actions.remove_sheet)


def _remove(
    request: Request, offer: int, files: str, pk: int, remove: Callable[[Viewer, int, int], object]
) -> HttpResponse:
    row = _offer(request, offer)
    get_object_or_404(getattr(row, files).filter(removed_at=None), pk=pk)
    remove(request.viewer, row.pk, pk)
    return redirect("industry:offer", row.pk)


@inside("industry.edit")
@require_POST
def hand_in(request: Request, enterprise: int) -> HttpResponse:
    """Send what is new to the officer."""
    row = _enterprise(request, enterprise)
    handed = actions.hand_in(request.viewer, row.pk)
    messages.success(request, _("Đã gửi %(n)d mục để kiểm tra.") % {"n": len(handed)})
    return redirect("industry:desk", row.pk)


@inside("industry.edit")
def preview(request: Request, enterprise: int) -> HttpResponse:
    """The entry and its offers as everybody will see them."""
    return render(
        request, "industry/preview.html", preview_of(request.viewer, _enterprise(request, enterprise))
    )


@inside("industry.edit")
def withdraw(request: Request, enterprise: int) -> HttpResponse:
    """Ask, then take the entry from the public pages."""
    row = _enterprise(request, enterprise)
    gone = _("Doanh nghiệp và mọi hàng hóa không còn trên trang công khai, ngay lập tức.")
    return _withdraw(request, row, row, _("Rút hồ sơ %(name)s?"), gone, _("Rút hồ sơ"))


@inside("industry.edit")
def withdraw_offer(request: Request, offer: int) -> HttpResponse:
    """Ask, then take an offer from the public pages."""
    row = _offer(request, offer)
    gone = _("Mục này không còn trên trang công khai, ngay lập tức.")
    return _withdraw(request, row, row.enterprise, _("Rút %(name)s?"), gone, _("Rút"))


def _withdraw(
    request: Request, row: Enterprise | Offer, owner: Enterprise, title: str, gone: str, act: str
) -> HttpResponse:
    kind = "offer" if isinstance(row, Offer) else "enterprise"
    if request.method == "POST":
        actions.withdraw(request.viewer, kind, row.pk)
        return redirect("industry:desk", owner.pk)
    back = reverse("industry:offer" if kind == "offer" else "industry:desk", args=[row.pk])
    more = {"title": title % {"name": row.name}, "back": back, "consequences": [gone]}
    return render(request, "components/confirm.html", more | {"action": act, "kind": "danger"})


@inside("industry.own")
def contact(request: Request, own_enterprise: int) -> HttpResponse:
    """The contact that is shown, with the words that are agreed to."""
    row = get_object_or_404(queries.own(request.viewer), pk=own_enterprise)
    form = ContactForm(request.POST or None)
    if form.done(lambda values: actions.give_contact(request.viewer, row.pk, **values)):
        messages.success(request, _("Đã lưu thông tin liên hệ."))
        return redirect("industry:desk", row.pk)
    shown = row.contacts.filter(withdrawn_at=None).first()
    more = {"row": row, "form": form, "shown": shown, "consent": actions.CONSENT}
    return render(request, "industry/contact.html", more)


@inside("industry.own")
@require_POST
def withdraw_contact(request: Request, own_enterprise: int) -> HttpResponse:
    """Take consent back."""
    row = get_object_or_404(queries.own(request.viewer), pk=own_enterprise)
    actions.withdraw_contact(request.viewer, row.pk)
    messages.success(request, _("Đã rút đồng ý; thông tin liên hệ đã bị xóa khỏi mọi trang."))
    return redirect("industry:contact", row.pk)
