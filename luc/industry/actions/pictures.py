"""Pictures and sheets of an offer."""

from __future__ import annotations

from typing import TypeVar

from django.utils.translation import gettext as _
from django_scopes import scope

from luc.industry import queries
from luc.industry.actions.editing import speaking
from luc.industry.models import Offer, Picture, Sheet, State
from luc.industry.pictures import MEDIA_TYPE, make
from luc.industry.saying import lock
from luc.kernel.errors import Refused
from luc.kernel.history import Acting
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.papers.actions import store, take_in

T = TypeVar("T", Picture, Sheet)
MOST_PICTURES, MOST_SHEETS = 8, 4
LARGEST_SHEET = 10 * 1024 * 1024
_PDF = b"%PDF-"


def add_picture(viewer: Viewer, offer: int, *, data: bytes, words: str) -> Picture:
    """Add a picture, made anew; everybody sees it once the offer is verified. `words`: what it shows.

    Raises DoesNotExist, NotAllowed, Refused (no picture, too many).
    """
    with scope(tenant=queries.tenants_of(viewer)):
        row = queries.offers_of(viewer).get(pk=offer)
        _room_for(row.pictures.filter(removed_at=None).count(), MOST_PICTURES)
        made = make(data)
        large = take_in(tenant=row.tenant_id, name="", data=made.large)
        small = take_in(tenant=row.tenant_id, name="", data=made.small)
        with speaking(viewer, row.enterprise) as (acting, _source):
            locked = _moved_on(acting, row)
            there = Picture.objects.filter(offer=locked)
            _room_for(there.filter(removed_at=None).count(), MOST_PICTURES)
            name = f"hang-hoa-{row.pk}-{there.count() + 1}"
            files = [
                store(acting, kept, tenant=row.tenant_id, name=f"{name}{end}.jpg", media_type=MEDIA_TYPE)
                for kept, end in ((large, ""), (small, "-nho"))
            ]
            picture = Picture(
                tenant_id=row.tenant_id, offer_id=row.pk, large=files[0], small=files[1], at=now()
            )
            picture.words = " ".join(words.split())[:200] or row.name[:200]
            picture.width, picture.height, picture.order = made.width, made.height, there.count() + 1
            return acting.create(picture)


def _room_for(there: int, most: int) -> None:
    if there >= most:
        message = _("Đã đủ %(n)d tệp. Hãy bỏ bớt trước khi thêm.") % {"n": most}
        raise Refused(message, {"file": message})


def _moved_on(acting: Acting, row: Offer) -> Offer:
    """The offer, locked; that something was added or taken away is for the officer to see."""
    locked = lock(row)
    assert isinstance(locked, Offer)
    state = locked.state if locked.state == State.WAITING else State.DRAFT
    acting.change(locked, state=state, version=locked.version + 1)
    return locked


def remove_picture(viewer: Viewer, offer: int, picture: int) -> Picture:
    """Take a picture away from every page. Raises DoesNotExist, NotAllowed."""
    return _remove(viewer, offer, picture, Picture)


def remove_sheet(viewer: Viewer, offer: int, sheet: int) -> Sheet:
    """Take a sheet away from every page. Raises DoesNotExist, NotAllowed."""
    return _remove(viewer, offer, sheet, Sheet)


def _remove(viewer: Viewer, offer: int, pk: int, model: type[T]) -> T:
    with scope(tenant=queries.tenants_of(viewer)):
        row = queries.offers_of(viewer).get(pk=offer)
        file = model.objects.get(pk=pk, offer=row, removed_at=None)
        with speaking(viewer, row.enterprise) as (acting, _source):
            return acting.change(file, removed_at=now())


def add_sheet(viewer: Viewer, offer: int, *, name: str, data: bytes) -> Sheet:
    """Add a data sheet (.pdf), always given out as a download. Raises DoesNotExist, NotAllowed, Refused."""
    if not data.startswith(_PDF) or len(data) > LARGEST_SHEET:
        message = _("Tài liệu kỹ thuật cần là tệp PDF, không quá 10 MB.")
        raise Refused(message, {"file": message})
    with scope(tenant=queries.tenants_of(viewer)):
        row = queries.offers_of(viewer).get(pk=offer)
        kept = take_in(tenant=row.tenant_id, name=name, data=data)
        with speaking(viewer, row.enterprise) as (acting, _source):
            locked = _moved_on(acting, row)
            _room_for(Sheet.objects.filter(offer=locked, removed_at=None).count(), MOST_SHEETS)
            file = store(acting, kept, tenant=row.tenant_id, name=name, media_type="application/pdf")
            return acting.create(Sheet(tenant_id=row.tenant_id, offer_id=row.pk, file=file, at=now()))
