"""The officer opens the confirmation of a year; who speaks for an enterprise confirms its entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django_scopes import scope

from luc.agencies.models import Membership, Role
from luc.industry import queries
from luc.industry.actions.editing import speaking
from luc.industry.confirming.steps import REGISTRY, blocks_of, settle
from luc.industry.models import Enterprise, Offer, State
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import end_of, now, today, valid_on
from luc.rounds import actions as rounds
from luc.rounds.models import Cycle, Obligation, Stands

Block = tuple[str, int]  # "enterprise" or "offer", and its number


def open_round(viewer: Viewer, *, year: int, last_day: date) -> Cycle:
    """Ask every public enterprise to confirm its entry by a day; the round of an earlier year is closed.

    An enterprise without people of its own is answered for by the agency that entered it. Raises NotAllowed, Refused:
    the year was opened already, the day is past, nobody is public.
    """
    party = min(viewer.parties_for("industry.round"), default=None)
    if party is None:
        raise NotAllowed(_("Tài khoản của bạn không có quyền mở đợt xác nhận."))
    tenant = next(grant.tenant for grant in viewer.grants if grant.party == party)
    _check(tenant, year, last_day)
    with action(viewer, "industry.round", tenant=tenant, party=party) as acting:
        asked = list(_asked(tenant))
        if not asked:
            raise Refused(_("Chưa có doanh nghiệp nào đang công khai để xác nhận."))
        for earlier in Cycle.objects.filter(source_kind=REGISTRY, source_id=tenant, closed_at=None):
            rounds.close(acting, earlier.pk)
        cycle = rounds.open_cycle(
            acting, _opening(tenant, party, year, last_day), [_bound(one.party_id) for one in asked]
        )
        _let_keepers_answer(cycle, asked)
    return cycle


def _check(tenant: int, year: int, last_day: date) -> None:
    if last_day < today():
        raise Refused(_("Ngày cuối đã qua."), {"last_day": _("Hãy chọn ngày từ hôm nay trở đi.")})
    same = Cycle.objects.filter(source_kind=REGISTRY, source_id=tenant, period_start=date(year, 1, 1))
    if same.exists():
        message = _("Đợt xác nhận của năm này đã được mở.")
        raise Refused(message, {"year": message})


def _asked(tenant: int) -> Collection[Enterprise]:
    rows = Enterprise.objects.filter(valid_on(today()), tenant=tenant, is_public=True)
    return list(rows.select_related("keeper").order_by("pk"))


def _opening(tenant: int, party: int, year: int, last_day: date) -> rounds.Opening:
    return rounds.Opening(
        source_kind=REGISTRY,
        source_id=tenant,
        title=f"Xác nhận hồ sơ doanh nghiệp môi trường năm {year}",
        period_start=date(year, 1, 1),
        period_until=date(year + 1, 1, 1),
        cutoff=min(today(), last_day),
        due_at=end_of(last_day),
        collector=party,
    )


def _bound(party: int) -> rounds.Bound:
    return rounds.Bound(party, (rounds.Reason(party, Stands.Why.NAMED),))


def _let_keepers_answer(cycle: Cycle, asked: Collection[Enterprise]) -> None:
    parties = [one.party_id for one in asked]
    held = Membership.objects.filter(valid_on(today()), party__in=parties, role=Role.ENTERPRISE)
    with_people = set(held.values_list("party", flat=True))
    by_keeper = defaultdict[int, list[int]](list)
    for one in asked:
        keeper = one.keeper
        if one.party_id in with_people or keeper is None or keeper.has_ended:
            continue
        if keeper.pk != cycle.collector_id:
            by_keeper[keeper.pk].append(one.party_id)
    for keeper_id, kept in by_keeper.items():
        rows = Obligation.objects.filter(cycle=cycle, party__in=kept)
        rows.update(
            stand_in=keeper_id, stand_in_why="Doanh nghiệp chưa có tài khoản; đơn vị đã nhập hồ sơ xác nhận"
        )


def confirm(viewer: Viewer, enterprise: int, *, blocks: Collection[Block] | None = None) -> int:
    """Say of blocks of a public entry, or of all, that they are still true; how many were confirmed.

    What is being corrected and was not handed in is left out. Raises DoesNotExist, NotAllowed, Refused: the entry is
    not public, nothing of what was named can be confirmed.
    """
    with scope(tenant=queries.tenants_of(viewer)):
        row = queries.editable(viewer).get(pk=enterprise)
        with speaking(viewer, row) as (acting, _source):
            held = Enterprise.objects.select_for_update().get(pk=row.pk)
            if not held.is_public:
                raise Refused(_("Hồ sơ này chưa công khai nên chưa có gì để xác nhận."))
            there = [one for one in blocks_of(held) if one.state != State.DRAFT]
            chosen = [one for one in there if blocks is None or _key(one) in blocks]
            if not chosen:
                raise Refused(_("Mục này đang có nội dung sửa chưa gửi. Hãy gửi để kiểm tra."))
            _mark(held, [one.pk for one in chosen if isinstance(one, Offer)], held in chosen)
            acting.log(held, None, {"confirmed": [f"{kind} {pk}" for kind, pk in map(_key, chosen)]})
            settle(acting, held.pk)
    return len(chosen)


def _key(one: object) -> Block:
    assert isinstance(one, Enterprise | Offer)
    return ("offer" if isinstance(one, Offer) else "enterprise"), one.pk


def _mark(row: Enterprise, offers: Collection[int], itself: bool) -> None:
    moment = now()
    Offer.objects.filter(pk__in=offers).update(confirmed_at=moment)
    if itself:
        Enterprise.objects.filter(pk=row.pk).update(confirmed_at=moment)
