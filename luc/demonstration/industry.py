"""Invented enterprises and goods of the environmental industry, marked so: tax codes begin with 99.

Written set-based: some 400 enterprises and 2,500 goods in a few seconds.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction
from django.db.models import Exists, OuterRef
from PIL import Image, ImageDraw

from luc.agencies.models import Membership, Party, Role
from luc.demonstration.people import DATA, PASSWORD, full_name
from luc.industry.fields import Axes, columns
from luc.industry.models import Enterprise, Entry, Field, Offer, Park, Picture, State, Value
from luc.industry.pictures import MEDIA_TYPE, Made, make
from luc.industry.saying import owner
from luc.industry.tax import with_check
from luc.kernel.history import Acting, action
from luc.kernel.models import Tenant, User
from luc.kernel.rights import Viewer
from luc.kernel.time import now, today, valid_on
from luc.papers.actions import store, take_in
from luc.papers.models import StoredFile
from luc.papers.storing import Kept
from luc.territory.models import TenantUnit, Unit

ENTERPRISES, OFFERS, PICTURED = 400, 2500, 300
STATES = [State.VERIFIED] * 18 + [State.WAITING, State.DRAFT]
WORDS: dict[str, Any] = json.loads((DATA / "industry.json").read_text(encoding="utf-8"))
SOURCE = "Dữ liệu hư cấu của bản trình diễn"
REASON = "Doanh nghiệp hư cấu của bản trình diễn"


@dataclass(slots=True)
class Told:
    """An entry with what is said of it."""

    entry: Entry
    values: dict[str, Any]


def tell(tenant: Tenant) -> tuple[int, int]:
    """Make parks, enterprises, goods and pictures of a tenant; how many of both. Nothing without reference data."""
    if not Field.objects.exists():
        return 0, 0
    viewer, chance = Viewer.for_system(tenant.pk), random.Random(f"industry {tenant.code}")
    pictures = [(name, *_kept(tenant, _drawn(number))) for number, name in enumerate(WORDS["goods"])]
    with transaction.atomic(), action(viewer, "industry.verify", tenant=tenant.pk, reason=REASON) as acting:
        parks = _parks(tenant)
        enterprises = list(_enterprises(tenant, chance, parks))
        offers = list(_offers(tenant, chance, enterprises))
        _speak([*enterprises, *offers])
        _picture(acting, tenant, pictures, [told for told in offers if told.entry.is_public])
        _person(tenant, chance, enterprises[0].entry)
        acting.log(tenant, None, {"enterprises": len(enterprises), "offers": len(offers)})
    call_command("search", "rebuild", stdout=io.StringIO())
    return len(enterprises), len(offers)


def _parks(tenant: Tenant) -> list[Park]:
    board = Party.objects.filter(tenant=tenant, kind=Party.Kind.BOARD, valid_to=None, is_listed=True).first()
    rows = [
        Park(tenant=tenant, kind=kind, name=name, board=board, source=SOURCE) for kind, name in WORDS["parks"]
    ]
    for row in rows:
        row.set_keys()
    return Park.objects.bulk_create(rows)


def _communes(tenant: Tenant, chance: random.Random) -> list[Unit]:
    """Communes of today in which invented enterprises lie: three of five in the tenant's own province."""
    here = TenantUnit.objects.filter(tenant=tenant, unit=OuterRef("parent"))
    rows = Unit.objects.filter(valid_on(today()), level=Unit.Level.COMMUNE)
    own = list(rows.filter(Exists(here)).order_by("pk"))
    others = list(rows.exclude(Exists(here)).order_by("pk"))
    near = chance.choices(own or others, k=ENTERPRISES * 3 // 5)
    return near + chance.choices(others or own, k=ENTERPRISES - len(near))


def codes(number: int) -> Iterator[str]:
    """So many codes with a right check digit, in the range of no province."""
    nine = 990_000_000
    while number:
        nine += 1
        if code := with_check(str(nine)):
            yield code
            number -= 1


def _enterprises(tenant: Tenant, chance: random.Random, parks: Sequence[Park]) -> Iterator[Told]:
    communes = _communes(tenant, chance)
    names = [_name(chance, number) for number in range(ENTERPRISES)]
    parties = [
        Party(
            tenant=tenant, kind=Party.Kind.ENTERPRISE, name=name, is_listed=False, valid_from=date(2025, 7, 1)
        )
        for name in names
    ]
    for party in parties:
        party.set_keys()
    Party.objects.bulk_create(parties, batch_size=500)
    told: list[Told] = []
    axes = Axes()
    for party, code, commune in zip(parties, codes(ENTERPRISES), communes, strict=True):
        row = Enterprise(tenant=tenant, party=party, tax_code=code, valid_from=date(2025, 7, 1))
        values = _of_enterprise(
            axes, chance, party.name, commune, parks if commune.parent_id == communes[0].parent_id else ()
        )
        told.append(_stand(row, values, chance.choice(STATES) if told else State.VERIFIED, axes))
    Enterprise.objects.bulk_create([one.entry for one in told], batch_size=200)  # type: ignore[misc]
    yield from told


def _name(chance: random.Random, number: int) -> str:
    words = " ".join(chance.choice(WORDS[part]) for part in ("forms", "trades", "names"))
    return f"{words} {number + 1}"


def _of_enterprise(
    axes: Axes, chance: random.Random, name: str, commune: Unit, parks: Sequence[Park]
) -> dict[str, Any]:
    field = chance.choice(list(WORDS["goods"]))
    values = {
        "name": name,
        "size": chance.choice(Enterprise.Size.values),
        "founded": chance.randint(1995, 2024),
        "address": {
            "street": f"{chance.choice(WORDS['streets'])} {chance.randint(1, 300)}",
            "unit": commune.pk,
        },
        "about": WORDS["about"].format(field=axes.fields[field].name.lower()),
        "markets": sorted(chance.sample(WORDS["markets"], chance.randint(1, 3))),
        "certificates": sorted(chance.sample(WORDS["certificates"], chance.randint(0, 2))),
    }
    if parks and chance.random() < 0.5:
        values["park"] = chance.choice(parks).pk
    return values


def _offers(tenant: Tenant, chance: random.Random, enterprises: Sequence[Told]) -> Iterator[Told]:
    axes, told = Axes(), list[Told]()
    for number in range(OFFERS):
        head = enterprises[number % len(enterprises)].entry
        assert isinstance(head, Enterprise)
        row = Offer(tenant=tenant, enterprise=head, valid_from=date(2025, 7, 1))
        state = State.VERIFIED if head.is_public and chance.random() < 0.95 else State(head.state)
        told.append(_stand(row, _of_offer(axes, chance), state, axes))
    Offer.objects.bulk_create([one.entry for one in told], batch_size=200)  # type: ignore[misc]
    yield from told


def _of_offer(axes: Axes, chance: random.Random) -> dict[str, Any]:
    field = chance.choice(list(WORDS["goods"]))
    kind = chance.choice(list(WORDS["goods"][field]))
    name = f"{chance.choice(WORDS['goods'][field][kind])} {chance.choice(WORDS['models'])}".strip()
    values: dict[str, Any] = {
        "name": name,
        "field": field,
        "kind": kind,
        "about": WORDS["offer_about"].format(name=name, field=axes.fields[field].name.lower()),
        "capacity": {"amount": str(chance.randint(1, 400) * 5), "unit": WORDS["units"][field]},
        "references": chance.sample(WORDS["references"], chance.randint(0, 2)),
    }
    if kind != "dich_vu" and chance.random() < 0.1:
        number = chance.randint(100, 999)
        until = f"{chance.randint(2027, 2029)}-12-31"
        values["ecolabel"] = {"name": f"Nhãn sinh thái hư cấu số {number}", "until": until}
    return values


def _stand(entry: Any, values: dict[str, Any], state: State, axes: Axes) -> Told:
    """An entry in its state: what is verified stands in its columns."""
    at = now()
    entry.name, entry.state, entry.is_invented, entry.created_at = values["name"], state, True, at
    if state != State.DRAFT:
        entry.handed_at = at
    if state == State.VERIFIED:
        entry.is_public, entry.verified_at, entry.changed_at = True, at, at
        for name, value in values.items():
            for column, kept in columns(name, value, axes).items():
                setattr(entry, column, kept)
    entry.set_keys()
    return Told(entry, values)


def _speak(told: Sequence[Told]) -> None:
    at, on = now(), today()
    rows = [
        Value(
            tenant_id=one.entry.tenant_id,
            **owner(one.entry),
            field=name,
            value=value,
            source=SOURCE,
            on=on,
            at=at,
            standing=Value.Standing.VERIFIED if one.entry.is_public else Value.Standing.OPEN,
            settled_at=at if one.entry.is_public else None,
        )
        for one in told
        for name, value in one.values.items()
    ]
    Value.objects.bulk_create(rows, batch_size=1000)


def _drawn(number: int) -> Made:
    """A plain drawing for a field: a tank, pipes and waves in its colour."""
    tone = f"hsl({number * 40}, 45%, 42%)"
    picture = Image.new("RGB", (960, 640), "#eef3f0")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((260, 170, 700, 470), fill=tone)
    pen.ellipse((260, 130, 700, 210), fill=f"hsl({number * 40}, 40%, 60%)")
    for step in range(3):
        pen.rectangle((60, 230 + step * 80, 260, 250 + step * 80), fill="#64748b")
        pen.rectangle((700, 230 + step * 80, 900, 250 + step * 80), fill="#64748b")
    for step in range(12):
        pen.arc((step * 80, 520, step * 80 + 80, 580), 180, 360, fill=tone, width=8)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return make(out.getvalue())


def _kept(tenant: Tenant, made: Made) -> tuple[Kept, Kept, Made]:
    large, small = (take_in(tenant=tenant.pk, name="", data=data) for data in (made.large, made.small))
    return large, small, made


def _picture(
    acting: Acting, tenant: Tenant, kept: Sequence[tuple[str, Kept, Kept, Made]], offers: Sequence[Told]
) -> None:
    by_field: dict[str, tuple[StoredFile, StoredFile, Made]] = {}
    for name, large, small, made in kept:
        files = [
            store(acting, one, tenant=tenant.pk, name=f"hinh-ve-{name}-{end}.jpg", media_type=MEDIA_TYPE)
            for one, end in ((large, "lon"), (small, "nho"))
        ]
        by_field[name] = (files[0], files[1], made)
    rows = []
    for told in offers[:PICTURED]:
        big, little, made = by_field[told.values["field"]]
        words = f"Hình vẽ minh họa (hư cấu): {told.entry.name}"[:200]
        rows.append(
            Picture(tenant=tenant, offer_id=told.entry.pk, large=big, small=little, words=words, at=now())
        )
        rows[-1].width, rows[-1].height, rows[-1].order, rows[-1].verified_at = (
            made.width,
            made.height,
            1,
            now(),
        )
    Picture.objects.bulk_create(rows, batch_size=500)


def _person(tenant: Tenant, chance: random.Random, entry: Entry) -> None:
    """Somebody of the first enterprise, who can be shown."""
    assert isinstance(entry, Enterprise)
    user = User(
        username=f"dn.mau.{tenant.code}", full_name=full_name(chance), password=make_password(PASSWORD)
    )
    user.email = f"{user.username}@vidu.invalid"
    user.save()
    Membership.objects.create(
        tenant=tenant, party_id=entry.party_id, user=user, role=Role.ENTERPRISE, valid_from=date(2025, 7, 1)
    )
