"""Stories written into an installation given by the environment: `python -m tests.stories NAME`.

round      both tenants of the cast, a plan and an open cycle in which everybody still writes
paper      a cycle in which two departments' reports are accepted: its official report can be drafted
signed     a report issued and a figure corrected since; the next one comes back signed, as files of the installation
desk       a cycle that is late, one accepted before it; threads and a proposal on their way up
figures    a year with estimates and money that is accepted, the next one open
collecting two plans of one collector and day, 40 tasks for communes to work along in, no cycle yet
province   the real province 92 as `luc load` and `luc init` make it, with a person for every role
communes   that province with an open cycle in which every commune leads a task, has a duty and a figure
public     that province with half of its reports accepted, nothing of it published yet
ministry   three real provinces and a ministry with an open round over them
registry   the small invented province with the axes of the industry, a park and its board, three enterprises
mailed     somebody asked to register an enterprise there; prints the secret of the link that was mailed
found      the real province with the invented enterprises and goods of the demonstration
year       what is told of the registry there was said and verified a year earlier
answers    81 communes of that province answer the ad-hoc request that was sent last
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import django
from django.core.management import call_command
from django_scopes import scope


def tell_round() -> None:
    """The small invented province with a cycle of a small plan; everybody's password is tests.cast.PASSWORD."""
    from tests.cast import make_cast
    from tests.reporting.life import open_cycle

    cast = make_cast()
    with scope(tenant=[cast.here.tenant.pk]):
        open_cycle(cast.here)


def tell_registry() -> None:
    """Fields, kinds and branches; a park with a board (a.board), in it a public enterprise and a draft; one outside."""
    from django.test import override_settings

    from luc.agencies.models import Membership, Role
    from luc.industry import actions
    from luc.kernel.models import User
    from luc.kernel.time import today
    from luc.kernel.writing import writing
    from tests.cast import PASSWORD, make_cast
    from tests.industry import life

    side = make_cast().here
    board, tenant = side.parties["board"], side.tenant
    outbox = "luc.kernel.outbox.OutboxBackend"
    with scope(tenant=[tenant.pk]), override_settings(EMAIL_BACKEND=outbox):
        life.axes()
        with writing():
            person = User.objects.create_user("a.board", password=PASSWORD, full_name="Người ban quản lý")
            held = {"tenant": tenant, "user": person, "party": board, "role": Role.CLERK}
            Membership.objects.create(**held, valid_from=today())
        officer = side.viewer("officer")
        name = "Khu công nghiệp An Bình"
        park = actions.add_park(officer, tenant=tenant.pk, kind="park", name=name, board=board.pk)
        told = life.entry(side)
        for code, title, where, handed in (
            (life.OTHER_CODE, "Công ty Trong Khu", park.pk, True),
            ("0200493225", "Công ty Ngoài Khu", None, True),
            ("0300588569", "Công ty Đang Soạn", park.pk, False),
        ):
            viewer, row = life.register(side, code, f"{code}@xanh.example.vn", title)
            actions.save(viewer, "enterprise", row.pk, values=told | {"name": title, "park": where})
            if handed:
                actions.hand_in(viewer, row.pk)
                life.accept(side, row)


def tell_supply() -> None:
    """A plan whose targets are shares, and one enterprise with a verified good for waste water."""
    from django.test import override_settings

    from tests.cast import make_cast
    from tests.industry import life
    from tests.plan import make_plan

    side = make_cast().here
    with scope(tenant=[side.tenant.pk]), override_settings(EMAIL_BACKEND="luc.kernel.outbox.OutboxBackend"):
        life.axes()
        make_plan(side)
        life.verified(side)


def tell_mailed() -> None:
    """A server without mail shows the secret here."""
    from django.test import override_settings

    from luc.kernel.models import Mail, Tenant
    from luc.kernel.rights import STRANGER
    from tests.industry import life

    with override_settings(EMAIL_BACKEND="luc.kernel.outbox.OutboxBackend"):
        tenant = Tenant.objects.order_by("pk")[0].pk
        life.actions.apply(
            STRANGER, tenant=tenant, mail=life.MAIL, tax_code=life.CODE, origin="", address="secret:{secret}"
        )
    sys.stdout.write(f"{life.link()} {Mail.objects.count()}\n")


def tell_year() -> None:
    """Everything of the registry was said and verified a year earlier."""
    from datetime import timedelta

    from django.db.models import F
    from django_scopes import scopes_disabled

    from luc.industry.models import Enterprise, Offer
    from luc.kernel.writing import writing

    moments = ("created_at", "handed_at", "verified_at", "changed_at")
    with scopes_disabled(), writing():
        for model in (Enterprise, Offer):
            model.objects.update(**{name: F(name) - timedelta(days=365) for name in moments})


def tell_paper() -> None:
    """Two reports are accepted, one of them behind with a task; everybody else still writes."""
    from tests.cast import make_cast
    from tests.issuing.life import reported

    cast = make_cast()
    with scope(tenant=[cast.here.tenant.pk]):
        reported(cast.here)


def tell_signed() -> None:
    """A report issued ten days ago, a figure of it corrected since; the next one signed, in the folder `signed`."""
    from datetime import timedelta

    from django.test import override_settings

    from luc.kernel.time import now, telling
    from tests.cast import make_cast
    from tests.issuing import signing
    from tests.issuing.life import drafted, reported

    at_once = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cast = make_cast()
    with scope(tenant=[cast.here.tenant.pk]), override_settings(TASKS=at_once):
        with telling(now() - timedelta(days=10)):
            cycle = reported(cast.here)
            signing.issued(cast.here, drafted(cast.here, cycle), number="198")
        with telling(now() - timedelta(days=3)):
            signing.corrected(cast.here)
        signing.put_into_folders(signing.kept(cast.here, drafted(cast.here, cycle)))


def tell_desk() -> None:
    """Something waits for everybody: for an approver, the officer, the leader; some are late."""
    from tests.cast import make_cast
    from tests.desk.story import tell

    cast = make_cast()
    with scope(tenant=[cast.here.tenant.pk]):
        tell(cast.here)


def tell_figures() -> None:
    """Last year was estimated, with money, and accepted; this year is open."""
    from tests.cast import make_cast
    from tests.reporting.two_years import tell

    cast = make_cast()
    with scope(tenant=[cast.here.tenant.pk]):
        tell(cast.here)


def tell_collecting() -> None:
    """Two plans of one collector and day, the first with 40 tasks in which communes work along; no cycle yet."""
    from tests.cast import make_cast
    from tests.reporting.two_plans import make_large

    cast = make_cast()
    with scope(tenant=[cast.here.tenant.pk]):
        make_large(cast.here)


def tell_province() -> None:
    """A real province without any plan; user names and password as in the demonstration, which is not installed."""
    from django.conf import settings

    from luc.agencies.actions.founding import set_up
    from luc.agencies.founding import start_of
    from luc.demonstration.people import people_for
    from luc.kernel.time import today
    from luc.territory.models import Unit
    from luc.territory.queries import unit_by_code

    call_command("load", verbosity=0)
    province = unit_by_code(Unit.Level.PROVINCE, PROVINCE, today())
    assert province is not None
    with scope(tenant=[]):
        tenant = set_up(province.code, start_of(province, settings.REFDATA)).tenant
    with scope(tenant=[tenant.pk]):
        people_for(tenant)


PROVINCE = "92"


def tell_communes() -> None:
    """The province with a plan and a cycle: each of its 103 communes leads a task, has a duty and a figure."""
    from luc.agencies.models import Membership, Party, Role
    from luc.kernel.models import Tenant
    from luc.kernel.text import search_key
    from luc.kernel.time import today
    from luc.kernel.writing import writing
    from luc.plans.models import Duty, Part, Target
    from luc.territory.models import Unit
    from luc.territory.queries import unit_by_code
    from tests.cast import Side
    from tests.plan import make_plan
    from tests.reporting.life import open_cycle

    tell_province()
    tenant = Tenant.objects.get(code=PROVINCE)
    province = unit_by_code(Unit.Level.PROVINCE, PROVINCE, today())
    assert province is not None
    with scope(tenant=[tenant.pk]):
        parties = {
            name: Party.objects.get(tenant=tenant, search_key=search_key(title), valid_to=None)
            for name, title in OFFICES.items()
        }
        for kind, name in (("department", "departments"), ("commune", "communes")):
            groups = Party.objects.filter(tenant=tenant, kind=Party.Kind.GROUP)
            parties[name] = next(group for group in groups if kind in (group.member_kinds or ()))
        officer = Membership.objects.get(party=parties["industry"], role=Role.OFFICER).user
        side = Side(tenant, province, parties, {"officer": officer})
        plan = make_plan(side)
        with writing():
            communes = parties["communes"]
            Part.objects.filter(task__plan=plan, task__order=1, role="lead").update(party=communes)
            Duty.objects.filter(plan=plan, order=1).update(party=communes)
            Target.objects.filter(plan=plan, order=1).update(answering=communes)
        open_cycle(side, plan)


OFFICES = {
    "industry": "Sở Công Thương",
    "finance": "Sở Tài chính",
    "environment": "Sở Nông nghiệp và Môi trường",
    "science": "Sở Khoa học và Công nghệ",
    "board": "Sở Xây dựng",
    "resources": "Sở Y tế",
}


def tell_public() -> None:
    """The province of `communes`, half of its reports accepted."""
    from luc.kernel.models import Tenant
    from tests.portal.story import tell

    tell_communes()
    with scope(tenant=[Tenant.objects.get(code=PROVINCE).pk]):
        tell()


def tell_ministry() -> None:
    """Three real provinces under a ministry: a has reports accepted, b has answered the ministry, c has nothing yet.

    User names of the cast with the prefixes a, b, c, and m.officer, m.reader; everybody's password is
    tests.cast.PASSWORD.
    """
    from tests.provinces import tell

    call_command("load", verbosity=0)
    tell()


def tell_found() -> None:
    """What a citizen searches through: the registry as the demonstration fills it."""
    from luc.demonstration.industry import tell
    from luc.kernel.models import Tenant

    tell_province()
    tenant = Tenant.objects.get(code=PROVINCE)
    with scope(tenant=[tenant.pk]):
        tell(tenant)


def tell_answers() -> None:
    """81 communes, by their clerks, answer the ad-hoc request that was sent last; nobody judges anything."""
    from datetime import timedelta

    from luc.agencies.models import Role
    from luc.demonstration.requests import Course, fill
    from luc.demonstration.story import holder
    from luc.kernel.models import Tenant
    from luc.kernel.time import now
    from luc.requests.models import Request

    tenant = Tenant.objects.get(code=PROVINCE)
    with scope(tenant=[tenant.pk]):
        row = Request.objects.exclude(sent_at=None).order_by("-pk")[0]
        moment = now() - timedelta(minutes=1)
        fill(row, holder(tenant, "Sở Công Thương", Role.OFFICER), Course(moment, moment, 81))


def tell_chains() -> None:
    """No new story: every chain of history that is there is verified, line by line."""
    from datetime import timedelta

    from luc.kernel.chains import check_chains
    from luc.kernel.models import ChainHead

    checked = check_chains(older_than=timedelta(0))
    broken = {head.tenant_id: head.broken for head in ChainHead.objects.all() if head.broken}
    assert checked, "no chain to verify"
    assert not broken, broken


STORIES: dict[str, Callable[[], None]] = {
    "round": tell_round,
    "paper": tell_paper,
    "signed": tell_signed,
    "collecting": tell_collecting,
    "figures": tell_figures,
    "desk": tell_desk,
    "province": tell_province,
    "communes": tell_communes,
    "ministry": tell_ministry,
    "public": tell_public,
    "registry": tell_registry,
    "supply": tell_supply,
    "mailed": tell_mailed,
    "year": tell_year,
    "found": tell_found,
    "answers": tell_answers,
    "chains": tell_chains,
}


def main(words: list[str]) -> int:
    """Bring the database up to date and write the story; returns the exit code."""
    if len(words) != 1 or words[0] not in STORIES:
        sys.stderr.write(f"one of: {', '.join(STORIES)}\n")
        return 2
    django.setup()
    call_command("migrate", verbosity=0)
    STORIES[words[0]]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
