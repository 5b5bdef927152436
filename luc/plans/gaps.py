"""What keeps a reading from being adopted: nothing may be left with nobody, nothing may be half known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from luc.agencies.queries import resolve
from luc.kernel.text import search_key
from luc.kernel.time import today
from luc.plans.fields import BODY, BY_SLUG, DUTIES, HEADER, REGIMES, TARGETS, TASKS, Section
from luc.plans.intake import Item, items
from luc.plans.models import Plan
from luc.plans.queries.readings import Review
from luc.plans.scans import unchecked

AGENCIES = "co-quan"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to do before adoption: what, and where (slug of the section, key of the item or name).

    `party` is given where the party is known and only who reports in its place is missing.
    """

    message: str
    slug: str
    key: str = ""
    party: int | None = None

    @property
    def part(self) -> str:
        """The part of the review to which it belongs."""
        return str(BY_SLUG[self.slug].title) if self.slug in BY_SLUG else _("Cơ quan")


def gaps(review: Review) -> list[Gap]:
    """All gaps of a reading in the order of its sections; empty when it can be adopted."""
    found = [
        *_of_frame(review),
        *_of_values(review),
        *_of_targets(review),
        *_of_tasks(review),
        *_of_duties(review),
        *_of_regimes(review),
        *_of_names(review),
        *_of_scan(review),
    ]
    return found or list(_of_answerers(review))


def _of_frame(review: Review) -> Iterator[Gap]:
    relation = review.reading.relation
    if relation["plan"] and not relation["accepted"]:
        yield Gap(_("Chưa rõ đây là kế hoạch mới, bản đã ký hay văn bản sửa đổi."), HEADER.slug, "quan-he")
    elif relation["plan"]:
        yield Gap(
            _("Văn bản này ký hoặc sửa một kế hoạch đã có: hãy áp dụng ở trang So sánh."),
            HEADER.slug,
            "quan-he",
        )
    if not review.choices["focal"]["accepted"] or review.focal is None:
        yield Gap(_("Chưa xác nhận cơ quan đầu mối."), HEADER.slug, "khung")
    if not review.choices["territory"]:
        yield Gap(_("Chưa chọn địa bàn."), HEADER.slug, "khung")
    content = review.content
    if not any(content[name] for name in ("tasks", "body", "duties", "targets")):
        yield Gap(_("Không có chỉ tiêu, nhiệm vụ hay trách nhiệm nào: không có gì để theo dõi."), TASKS.slug)
    number, date = content["header"]["number"], content["header"]["date"]
    if number and date:
        same = Plan.objects.filter(tenant=review.reading.tenant_id, number=number, date=date)
        if same.exists():
            message = _("Kế hoạch số %(number)s đã được thông qua trước đây.") % {"number": number}
            yield Gap(message, HEADER.slug, content["header"]["key"])


def _of_values(review: Review) -> Iterator[Gap]:
    """Required fields that are empty, words that are longer than what can be kept."""
    for section, item in items(review.content):
        for field in section.fields:
            value = item[field.name]
            if field.required and not value:
                message = _("%(item)s: chưa có %(field)s.")
                yield Gap(_filled(message, section, item, field.label), section.slug, item["key"])
            elif isinstance(value, str) and field.limit and len(value) > field.limit:
                message = _("%(item)s: %(field)s quá dài, hãy rút gọn.")
                yield Gap(_filled(message, section, item, field.label), section.slug, item["key"])


def _of_targets(review: Review) -> Iterator[Gap]:
    for item in review.content["targets"]:
        if item["value_min"] is None and item["value_max"] is None:
            yield _gap(_("%(item)s: chưa có con số."), TARGETS, item)
        if review.accepted("answering", item["key"]) is None:
            yield _gap(_("%(item)s: chưa rõ ai trả lời."), TARGETS, item)


def _of_tasks(review: Review) -> Iterator[Gap]:
    for section in (TASKS, BODY):
        for item in review.content[section.name]:
            made = review.choices.get("covered", {}).get(item["key"])
            if made and made["row"] and not made["accepted"]:
                yield _gap(_("%(item)s: chưa rõ đã có trong phụ lục chưa."), section, item)
            elif not review.is_covered(item["key"]) and _leads_nobody(review, item):
                yield _gap(_("%(item)s: chưa có cơ quan chủ trì."), section, item)


def _leads_nobody(review: Review, item: Item) -> bool:
    return not item["lead"] and review.accepted("leads", item["key"]) is None


def _of_duties(review: Review) -> Iterator[Gap]:
    for item in review.content["duties"]:
        if not item["agencies"]:
            yield _gap(_("%(item)s: chưa rõ của cơ quan nào."), DUTIES, item)


def _of_regimes(review: Review) -> Iterator[Gap]:
    for item in review.content["regimes"]:
        if not item["reporters"] and review.accepted("reporters", item["key"]) is None:
            yield _gap(_("%(item)s: chưa rõ ai phải báo cáo."), REGIMES, item)
        if not item["consolidator"] and review.accepted("collectors", item["key"]) is None:
            yield _gap(_("%(item)s: chưa rõ ai tổng hợp."), REGIMES, item)


def _of_names(review: Review) -> Iterator[Gap]:
    for name in sorted(review.names, key=search_key):
        if review.meant(name) is None:
            yield Gap(_("“%(name)s”: chưa có đơn vị nào.") % {"name": name}, AGENCIES, name)
        elif review.settled(name) is None:
            yield Gap(_("“%(name)s”: chưa xác nhận là đơn vị nào.") % {"name": name}, AGENCIES, name)


def _of_scan(review: Review) -> Iterator[Gap]:
    """Items that were read from a picture and that nobody has looked at."""
    waiting = unchecked(review)
    for section, item in items(review.content):
        if item["key"] in waiting:
            yield _gap(_("%(item)s: đọc từ bản quét, cần kiểm tra."), section, item)


def _of_answerers(review: Review) -> Iterator[Gap]:
    """Parties for which nobody would answer today; asked only when everything else is clear."""
    meant = {name: review.settled(name) for name in review.names}
    chosen = {
        review.party_of(made): ""
        for kind in ("leads", "answering", "collectors", "reporters")
        for made in review.choices.get(kind, {}).values()
    }
    parties = {pk: name for name, pk in meant.items() if pk} | {pk: "" for pk in chosen if pk}
    answered = resolve(list(parties), today(), review.choices["territory"])
    for pk in parties:
        if not answered[pk]:
            message = _(
                "“%(name)s”: hiện không có ai trả lời, hãy chọn đơn vị khác hoặc đơn vị báo cáo thay."
            )
            printed = next((name for name, party in meant.items() if party == pk), "")
            yield Gap(message % {"name": review.name_of(pk)}, AGENCIES, printed, pk)


def _gap(message: str, section: Section, item: Item) -> Gap:
    return Gap(_filled(message, section, item), section.slug, item["key"])


def _filled(message: str, section: Section, item: Item, field: object = "") -> str:
    words = str(item.get("text") or item.get("quote") or "")
    title = str(section.one)
    shown = f"{title[:1].upper()}{title[1:]}" + (
        f" “{Truncator(words).words(20, truncate='…')}”" if words else ""
    )
    return message % {"item": shown, "field": str(field).lower()}
