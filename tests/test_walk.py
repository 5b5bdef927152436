"""The walk of every address as every role, as a stranger, and as another tenant's people.

What the generated page of rights says is all that anybody may do: a page whose act the viewer lacks answers 403 (a
stranger is sent to sign in), a thing of another tenant or of another agency does not exist (404), and nothing ever
answers 500.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.test.utils import ContextList
from django.urls import reverse
from django_scopes import scope

from luc.agencies.models import Membership, Role
from luc.kernel.models import Change, User
from luc.kernel.pages import LARGEST
from luc.kernel.rights import known_acts
from luc.kernel.writing import writing
from tests.cast import PEOPLE, Side
from tests.walk import NO_ACT, by_parameter
from tests.world import FREE, OURS, SHARED_DATA, STEPS, Step, World, client_of, is_turned_away


def test_every_address_says_which_act_it_needs() -> None:
    assert {name for name, act, _ in STEPS if not act} == NO_ACT


def test_every_act_at_an_address_is_in_the_table() -> None:
    assert {act for _, act, _ in OURS} <= set(known_acts())


def test_every_address_opens_for_somebody(world: World) -> None:
    """The examples are good: what nobody could open would prove nothing when others cannot."""
    closed = {step: {} for step in OURS}  # type: dict[Step, dict[str, int]]
    for person in sorted(PEOPLE):
        client = client_of(world.cast.here.people[person])
        for step in list(closed):
            answer = client.get(world.address(step))
            closed[step][person] = answer.status_code
            if answer.status_code in {200, 302, 405}:
                del closed[step]
    never = {"kernel:outbox", "exchange:nothing"}  # only in demonstrations; what the API has not
    assert closed.keys() <= {step for step in OURS if step[0] in never}, closed


def test_a_stranger_sees_only_what_is_for_everybody(world: World) -> None:
    client = Client()
    for step in OURS:
        answer = client.get(world.address(step))
        if step in FREE:
            assert answer.status_code < 500, step
        else:
            assert is_turned_away(answer), (step, answer.status_code)


def test_strangers_change_nothing(world: World) -> None:
    client = Client()
    before = Change.objects.count()
    for step in OURS:
        answer = client.post(world.address(step), {})
        assert answer.status_code < 500, step
        assert step in FREE or is_turned_away(answer), (step, answer.status_code)
    assert Change.objects.count() == before


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_each_role_sees_what_the_table_says(person: str, world: World) -> None:
    side = world.cast.here
    client, viewer = client_of(side.people[person]), side.viewer(person)
    for step in OURS:
        answer = client.get(world.address(step))
        if viewer.may(step[1]):
            assert answer.status_code in {200, 302, 404, 405}, (step, answer.status_code)
            assert not is_turned_away(answer), step
        else:
            assert answer.status_code == 403, (step, answer.status_code)


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_nothing_of_another_tenant_exists(person: str, world: World) -> None:
    client = client_of(world.cast.there.people[person])
    for step in OURS:
        if not set(step[2]) - SHARED_DATA or step in FREE:
            continue
        assert_closed(client, world, step)


def assert_closed(client: Client, world: World, step: Step) -> None:
    """Neither looking nor sending leads anywhere, and nothing was written."""
    path, before = world.address(step), Change.objects.count()
    answer = client.get(path)
    assert answer.status_code in {403, 404, 405}, (step, answer.status_code)
    answer = client.post(path, {})
    assert answer.status_code in {403, 404, 405}, (step, answer.status_code)
    assert Change.objects.count() == before, step


REQUESTS = {"asked", "question", "reply", "attachment"}
PAPERS_OUT = {"paper", "block", "comment", "version", "written", "opinion", "remark", "signed"}
REPORTS = {
    "report",
    "evidence",
    "submission",
    "file",
    "presentation",
    "obligation",
    "asking",
    "thread",
    "own_enterprise",
    "confirmation",
    "source",
    *REQUESTS,
    *PAPERS_OUT,
}
# its addresses name a party, or a plan that one agency runs
OF_ONE_PARTY = {"plans.receive", "portal.publish", "portal.answer"}
ABOUT_ANY_PLAN = {"threads.raise"}  # for the own agency, about a plan that all agencies see
REGISTRY = {"enterprise", "offer", "proposal"}  # officers of any agency look after all of them
NEIGHBOURS = [
    ("science", Role.CLERK, REPORTS | {"cycle", "draft", "regime", "figure"} | REGISTRY),
    ("science", Role.APPROVER, REPORTS | {"cycle", "draft", "regime", "figure"} | REGISTRY),
    ("science", Role.HEAD, REPORTS | {"cycle", "draft", "regime", "figure"} | REGISTRY),
    ("commune_1", Role.CLERK, REPORTS | {"cycle", "draft", "regime", "figure"} | REGISTRY),
    ("science", Role.OFFICER, REPORTS | {"cycle", "draft", "regime"}),
    ("science", Role.FOCAL_HEAD, REPORTS | {"cycle", "draft", "regime"}),
]


@pytest.mark.parametrize(("party", "role", "others"), NEIGHBOURS)
def test_another_agency_of_the_province_is_as_far_away(
    party: str, role: Role, others: set[str], world: World
) -> None:
    """Own means own: reports, files, cycles of one agency do not exist for the same role in another."""
    side = world.cast.here
    neighbour = someone(side, party, role)
    client = client_of(neighbour)
    own = [step for step in OURS if set(step[2]) & others or (step[2] and step[1] in OF_ONE_PARTY)]
    acts = {step[1] for step in OURS if known_acts()[step[1]].whose == "own" and step[2]}
    assert acts - ABOUT_ANY_PLAN <= {step[1] for step in own}
    for step in own:
        assert_closed(client, world, step)


def someone(side: Side, party: str, role: Role) -> User:
    """A person who holds one role in one party."""
    with writing(), scope(tenant=[side.tenant.pk]):
        user = User.objects.create(username=f"neighbour.{party}.{role}", full_name="Người bên cạnh")
        Membership.objects.create(
            tenant=side.tenant, user=user, party=side.parties[party], role=role, valid_from=date(2020, 1, 1)
        )
    return user


@pytest.mark.parametrize("person", ["officer", "administrator"])
def test_a_role_there_opens_nothing_here(person: str, world: World) -> None:
    """A clerk here who steers there sees and does here what a clerk of the same agency may."""
    plain, both = client_of(world.cast.here.people["clerk_science"]), client_of(world.cast.both[person])
    closed = 0
    for step in OURS:
        if not set(step[2]) - SHARED_DATA or step in FREE:
            continue
        path = world.address(step)
        for ask in ("get", "post"):
            if getattr(plain, ask)(path).status_code in {403, 404}:
                answer = getattr(both, ask)(path)
                assert answer.status_code in {403, 404, 405}, (step, ask, answer.status_code)
                closed += 1
    assert closed > 50


@pytest.mark.parametrize("address", ["kernel:changes", "plans:readings", "agencies:people"])
def test_lists_of_a_role_there_hold_nothing_of_here(address: str, world: World) -> None:
    """What a person steers there never brings rows of the tenant in which the person is a clerk."""
    cast = world.cast
    role = "officer" if address == "plans:readings" else "administrator"
    own = client_of(cast.there.people[role]).get(reverse(address))
    both = client_of(cast.both[role]).get(reverse(address))
    assert own.status_code == both.status_code == 200
    seen = [_rows(answer.context, address) for answer in (own, both)]
    assert seen[0] == seen[1] != []


def _rows(context: ContextList, address: str) -> list[int]:
    rows = context["readings"] if address == "plans:readings" else context["page"].object_list
    return sorted(row.pk for row in rows)


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_an_empty_form_never_breaks_a_page(person: str, world: World) -> None:
    side = world.cast.here
    client, viewer = client_of(side.people[person]), side.viewer(person)
    for step in OURS:
        before = Change.objects.count()
        answer = client.post(world.address(step), {})
        assert answer.status_code < 500, (step, answer.status_code)
        if not viewer.may(step[1]):
            assert answer.status_code == 403, (step, answer.status_code)
            assert Change.objects.count() == before, step


@pytest.mark.parametrize("person", ["officer", "clerk_finance", "administrator"])
def test_a_number_that_no_row_has_is_nowhere(person: str, world: World) -> None:
    """Not every database takes such a question; the API's own addresses are asked by schemathesis."""
    client = client_of(world.cast.here.people[person])
    for step in OURS:
        values = {p: by_parameter(world.things, step[0], p) for p in step[2]}
        huge = {p: LARGEST + 1 if isinstance(value, int) else value for p, value in values.items()}
        if huge != values and not step[0].startswith("exchange:"):
            answer = client.get(reverse(step[0], kwargs=huge))
            assert answer.status_code in {403, 404, 405}, (step, answer.status_code)


def test_pages_load_nothing_from_elsewhere(world: World) -> None:
    """Every src, href of a sheet, action of a form stays on this host; what names the page itself loads nothing."""
    seen = 0
    for person in ("officer", "clerk_finance", "administrator"):
        client = client_of(world.cast.here.people[person])
        for step in OURS:
            answer = client.get(world.address(step))
            if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
                continue
            loaded = re.findall(
                r'(?:<link (?!rel="(?:canonical|alternate)")[^>]+href|src|action|data-\w+)="([^"]+)"',
                answer.content.decode(),
            )
            assert not [found for found in loaded if urlsplit(found).netloc], step
            seen += 1
    assert seen > 50
