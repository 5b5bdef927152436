"""What the public pages of the registry cost a stranger: home, lists, entries of 20,000 goods, or of as many as asked.

    python -m bench.registry [--goods 20000]

A database of its own in a temporary folder: a province as the demonstration fills it (400 enterprises, 2,500 goods),
its public entries copied under other keys until there are so many goods, all in the index. Prints CPU time (the best
of some runs through Django's client, templates included, made anew for a stranger who has nothing yet; "at hand": made
for another stranger within the last minute), SQL statements, and the bytes of the page as they travel (gzip); beside
them what Django needs bare for a page of twenty goods: one query, one template, no view, no middleware, no search. Exit
code 1 when a bound is not kept. Left out: the network, style sheets and typeface, pictures, the first count after
something was done; copies have no words of who said what, so the entries that are measured are the first ones.
"""

from __future__ import annotations

import gzip
import sys
import time
from functools import partial

from bench.collecting import best, installation
from bench.public import get
from bench.sizes import sizes

BOUND, WEIGHT = 0.020, 60  # seconds of CPU; KB, beside the style sheets and the typeface
BOUNDED = ("home", "list", "list, all", "list, narrow", "enterprise", "offer")
BARE = """<!doctype html><title>Danh bạ</title><ul>{% for one in offers %}
<li><a href="/hang-hoa/{{ one.pk }}/">{{ one.name }}</a> {{ one.enterprise.name }}, {{ one.field.name }}</li>
{% endfor %}</ul>"""


def main() -> int:
    """Build, measure, print; 1 when a bound is not kept."""
    asked = sizes(__doc__, goods=20_000)
    over = 0
    with installation():
        addresses = filled(asked.goods)
        for name, address in addresses.items():
            seconds, statements = best(partial(get, address))
            again, _few = best(partial(get, address, at_hand=True))
            weight = len(gzip.compress(get(address))) / 1000
            is_over = (name in BOUNDED and seconds > BOUND) or weight > WEIGHT
            over += is_over
            print(
                f"{name:<12} {seconds * 1000:6.1f} ms CPU  {statements:2} SQL  {weight:6.1f} KB"
                f"  at hand {again * 1000:5.1f} ms{'  OVER' if is_over else ''}",
                flush=True,
            )
        seconds, statements = best(bare)
        print(f"{'bare Django':<12} {seconds * 1000:6.1f} ms CPU  {statements:2} SQL")
    return 1 if over else 0


def filled(goods: int) -> dict[str, str]:
    """The addresses of a registry of so many goods."""
    from django.core.management import call_command
    from django_scopes import scopes_disabled

    from luc.industry.queries import public_enterprises, public_offers
    from tests.stories import tell_found

    tell_found()
    with scopes_disabled():
        enterprise, offer = public_enterprises()[0].pk, public_offers()[0].pk
        began = time.process_time()
        while (there := public_offers().count()) < goods:
            copied(goods - there)
        call_command("search", "rebuild", verbosity=0)
        print(
            f"{public_enterprises().count()} enterprises, {there} goods, copied and indexed in"
            f" {time.process_time() - began:.0f} s of CPU",
            flush=True,
        )
    home = "/cong-khai/danh-ba/"
    return {
        "home": home,
        "list": f"{home}tim/?tim=xu+ly+nuoc+thai",
        "list, all": f"{home}tim/",
        "list, narrow": f"{home}tim/?tim=xu+ly+nuoc+thai&tinh=92",
        "enterprise": f"{home}doanh-nghiep/{enterprise}/",
        "offer": f"{home}hang-hoa/{offer}/",
        "statistics": f"{home}thong-ke/",
    }


def copied(most: int) -> None:
    """Every public enterprise and its public goods once more, at most so many goods, under keys of their own."""
    from django.db import transaction

    from luc.agencies.models import Party
    from luc.industry.queries import public_enterprises, public_offers
    from luc.kernel.rows import create
    from luc.kernel.writing import writing

    offers = list(public_offers().order_by("pk")[:most])
    heads = {row.pk: row for row in public_enterprises().filter(pk__in={one.enterprise_id for one in offers})}
    parties = {row.pk: row for row in Party.objects.filter(pk__in={one.party_id for one in heads.values()})}
    with transaction.atomic(), writing():
        create(Party, list(parties.values()))
        for row in heads.values():
            row.party, row.holds_code = parties[row.party_id], False  # its code is another entry's
        create(type(next(iter(heads.values()))), list(heads.values()))
        for one in offers:
            one.enterprise = heads[one.enterprise_id]
        create(type(offers[0]), offers)


def bare() -> str:
    """A page of twenty goods with nothing of ours but the tables."""
    from django.template import Context, Template
    from django_scopes import scopes_disabled

    from luc.industry.models import Offer

    with scopes_disabled():
        rows = Offer.objects.filter(is_public=True).select_related("enterprise", "field")
        return Template(BARE).render(Context({"offers": rows.order_by("sort_key", "pk")[:20]}))


if __name__ == "__main__":
    sys.exit(main())
