"""A reading beside the plan that it signs or amends: what differs, what keeps it from being applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from luc.agencies.queries import resolve
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import today
from luc.plans.comparing import ADDED, CHANGED, DROPPED, SAME, Difference, differences
from luc.plans.fields import HEADER, Section
from luc.plans.gaps import AGENCIES, Gap, gaps
from luc.plans.models import Amendment, Plan
from luc.plans.queries.plans import plans
from luc.plans.queries.readings import Review, review
from luc.plans.scans import unchecked
from luc.plans.standing import Standing, standing

COMPARE = "so-sanh"


@dataclass(slots=True)
class Comparison:
    """All that the page of a comparison shows. `last` is the last amendment of the plan, as it was seen."""

    review: Review
    plan: Plan
    standing: Standing
    all: list[Difference]
    last: int
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def kind(self) -> str:
        return str(self.review.reading.relation["kind"])

    @property
    def changes(self) -> list[Difference]:
        """What differs."""
        return [one for one in self.all if one.what != SAME]

    @property
    def accepted(self) -> list[Difference]:
        return [one for one in self.changes if one.is_accepted]

    @property
    def open(self) -> list[Difference]:
        """What nobody has decided yet."""
        return [one for one in self.changes if one.is_accepted is None]

    @property
    def unplaced(self) -> list[dict[str, Any]]:
        """What the paper says of no item that was found, and nobody has dealt with."""
        return [one for one in self.review.reading.relation.get("unplaced", ()) if not one.get("done")]

    def find(self, key: str) -> Difference | None:
        """What differs at a key; None when nothing does (any more)."""
        return next((one for one in self.changes if one.key == key), None)


def compared(viewer: Viewer, reading: int) -> Comparison:
    """The comparison of a reading with its plan. Raises Reading.DoesNotExist, Plan.DoesNotExist for a stranger's."""
    found = review(viewer, reading)
    plan = plans(viewer).defer(None).get(pk=found.reading.relation["plan"])
    return comparison_of(found, plan)


def comparison_of(found: Review, plan: Plan) -> Comparison:
    """The comparison of a review at hand with a plan at hand."""
    as_it_is = standing(plan, today())
    listed = differences(found, as_it_is)
    last = Amendment.objects.filter(plan=plan).order_by("-pk").values_list("pk", flat=True).first() or 0
    return Comparison(found, plan, as_it_is, listed, last, Counter(one.what for one in listed))


def hindrances(found: Comparison) -> list[Gap]:
    """What has to be done before a comparison can be applied; only of what was accepted."""
    listed: list[Gap] = []
    if found.open:
        words = _("Còn %(count)s thay đổi chưa quyết định.") % {"count": len(found.open)}
        listed.append(Gap(words, COMPARE, found.open[0].anchor))
    if found.unplaced:
        words = _("Còn %(count)s câu của văn bản chưa rõ sửa mục nào.") % {"count": len(found.unplaced)}
        listed.append(Gap(words, COMPARE, str(found.unplaced[0]["key"])))
    return listed + list(_of_accepted(found)) + list(_answerers(found))


def _of_accepted(found: Comparison) -> Iterator[Gap]:
    """Gaps of what was accepted: of an added item all, of a changed one those of its names."""
    added = {one.new["key"] for one in found.accepted if one.what == ADDED and one.new}
    named = _names(found)
    for gap in gaps(found.review):
        if (gap.slug == AGENCIES and gap.key in named and gap.party is None) or gap.key in added:
            yield gap
    waiting = unchecked(found.review) - added
    for one in found.accepted:
        if one.new and one.new["key"] in waiting:
            words = _("“%(words)s”: đọc từ bản quét, cần kiểm tra.")
            shown = words % {"words": Truncator(one.words).words(20, truncate="…")}
            yield Gap(shown, one.review_slug, one.new["key"])
    if (header := found.find("header")) and header.is_accepted and header.new:
        yield from _of_number(found, header)


def _of_number(found: Comparison, header: Difference) -> Iterator[Gap]:
    new = header.new or {}
    same = Plan.objects.filter(tenant=found.plan.tenant_id, number=new["number"], date=new["date"] or None)
    if new["number"] and same.exclude(pk=found.plan.pk).exists():
        words = _("Kế hoạch số %(number)s đã được thông qua trước đây.") % {"number": new["number"]}
        yield Gap(words, HEADER.slug, new["key"])


def _names(found: Comparison) -> set[str]:
    """The printed names that what was accepted brings into the plan."""
    named: set[str] = set()
    for one in found.accepted:
        if one.new:
            named.update(_names_of(one.section, one.new, one.names if one.what == CHANGED else None))
    return named


def _names_of(section: Section, item: dict[str, Any], only: set[str] | None) -> Iterator[str]:
    for each in section.fields:
        if (each.kind == "names" or each.name == "consolidator") and (only is None or each.name in only):
            value = item[each.name]
            yield from ([value] if value and isinstance(value, str) else value)


def _answerers(found: Comparison) -> Iterator[Gap]:
    """Bodies that get work now and for which nobody would answer today."""
    meant = {found.review.settled(name): name for name in sorted(_names(found), key=search_key)}
    parties = [party for party in meant if party]
    answered = resolve(parties, today(), found.plan.territory_id) if parties else {}
    for party in parties:
        if not answered[party]:
            words = _("“%(name)s”: hiện không có ai trả lời, hãy chọn đơn vị khác hoặc đơn vị báo cáo thay.")
            yield Gap(words % {"name": found.review.name_of(party)}, AGENCIES, meant[party], party)


__all__ = ["ADDED", "CHANGED", "COMPARE", "DROPPED", "Comparison", "compared", "comparison_of", "hindrances"]
