"""An enterprise as the tests tell it: it registers, says who it is, lists an offer, is verified."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image

from luc.agencies.queries import viewer_of
from luc.industry import actions, loading
from luc.industry.models import Enterprise, Entry, Offer
from luc.kernel.models import Mail, User
from luc.kernel.rights import STRANGER, Viewer
from tests.cast import Side

CODE, OTHER_CODE = "0100109106", "5700434869"
MAIL = "giamdoc@xanh.example.vn"
PASSWORD = "mot mat khau dai va la"


def axes() -> None:
    """Fields, kinds and branches."""
    loading.load(Path(settings.REFDATA))


def link(mail: str = MAIL) -> str:
    """The secret in the newest mail to an address."""
    body = Mail.objects.filter(to__contains=mail).latest("pk").body
    found = re.search(r"secret:(\S+)", body)
    assert found, body
    return found[1]


def apply(side: Side, code: str = CODE, mail: str = MAIL, origin: str = "walk") -> str:
    """Somebody asks to register; the secret that was mailed."""
    actions.apply(
        STRANGER, tenant=side.tenant.pk, mail=mail, tax_code=code, origin=origin, address="secret:{secret}"
    )
    return link(mail)


def register(
    side: Side, code: str = CODE, mail: str = MAIL, name: str = "Công ty Xanh"
) -> tuple[Viewer, Enterprise]:
    """Somebody registers; the viewer that this person is, and the entry."""
    user, row = actions.begin(
        STRANGER, secret=apply(side, code, mail), name=name, full_name="Trần Thị Xanh", password=PASSWORD
    )
    return viewer_of(user.pk), row


def joined(side: Side, user: User, code: str = OTHER_CODE) -> Enterprise:
    """Somebody who has an account registers an enterprise."""
    secret = apply(side, code, "khac@xanh.example.vn")
    return actions.begin(viewer_of(user.pk), secret=secret, name="Công ty Xanh")[1]


def address(side: Side) -> dict[str, Any]:
    return {"street": "12 đường Ba Mươi", "unit": side.parties["commune_1"].unit_id}


def entry(side: Side) -> dict[str, Any]:
    """What an enterprise says of itself."""
    return {
        "name": "Công ty Xanh",
        "address": address(side),
        "about": "Xử lý nước thải cho khu công nghiệp.",
        "size": "small",
        "branch": "37002",
        "markets": ["Trong nước", "Lào"],
    }


OFFER = {
    "field": "nuoc_thai",
    "kind": "thiet_bi",
    "about": "Bồn lọc ba lớp.",
    "capacity": {"amount": "20", "unit": "m³/ngày"},
    "standards": ["QCVN 40:2025/BTNMT"],
}


def filled(side: Side, viewer: Viewer, row: Enterprise) -> Offer:
    """The entry and one offer, ready to be handed in."""
    actions.save(viewer, "enterprise", row.pk, values=entry(side))
    offer = actions.add_offer(viewer, row.pk, name="Bồn lọc nước thải")
    actions.save(viewer, "offer", offer.pk, values=OFFER)
    return offer


def verified(side: Side, code: str = CODE, mail: str = MAIL) -> tuple[Viewer, Enterprise, Offer]:
    """A public enterprise with a public offer, and its person."""
    viewer, row = register(side, code, mail)
    offer = filled(side, viewer, row)
    actions.hand_in(viewer, row.pk)
    accept(side, row)
    accept(side, offer)
    row.refresh_from_db()
    offer.refresh_from_db()
    return viewer, row, offer


def accept(side: Side, row: Entry, **remarks: str) -> Entry:
    """The officer looks at an entry as it is now."""
    row.refresh_from_db()
    kind = "offer" if isinstance(row, Offer) else "enterprise"
    return actions.verify(side.viewer("officer"), kind, row.pk, seen=row.version, remarks=remarks)


def photograph(size: tuple[int, int] = (640, 480), place: bool = True, form: str = "JPEG") -> bytes:
    """A picture as a phone makes it: with the place where it was taken."""
    out = io.BytesIO()
    exif = Image.Exif()
    if place:
        exif[0x010F] = "Nokia"
        exif.get_ifd(0x8825)[2] = (10.0, 2.0, 3.0)
    Image.new("RGB", size, "teal").save(out, form, exif=exif)
    return out.getvalue()
