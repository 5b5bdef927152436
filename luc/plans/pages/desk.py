"""The desk of the review: everything one page of it shows, put together from the review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.agencies import queries as agencies
from luc.agencies.models import Party
from luc.kernel.errors import Conflict, Refused
from luc.kernel.pages import Request
from luc.kernel.rights import Viewer
from luc.kernel.time import now, today
from luc.plans import queries, scans, showing
from luc.plans.actions.choose import kind_of
from luc.plans.building import build
from luc.plans.fields import BODY, BY_SLUG, HEADER, SECTIONS, Section
from luc.plans.forms import FrameForm, ItemForm, NewPartyForm
from luc.plans.gaps import AGENCIES, Gap, gaps
from luc.plans.models import Plan, Programme
from luc.plans.queries.readings import Review
from luc.plans.showing import Card
from luc.territory.queries import tenant_units

FINDINGS, OPEN = "phat-hien", "con-lai"
TONES = {"error": "bad", "warning": "warn", "note": "info"}


@dataclass(slots=True)
class Desk:
    """One page of the review. `asking` is a small form that is open beside an item or a name."""

    viewer: Viewer
    review: Review
    slug: str
    section: Section | None
    cards: list[Card]
    gaps: list[Gap]
    adding: ItemForm | None = None
    asking: Form | None = None
    asking_key: str = ""
    asking_kind: str = ""
    new_party: NewPartyForm | None = None
    conflict: str = ""
    unchecked: set[str] = field(default_factory=set)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def groups(self) -> list[str]:
        """The titles of the groups of tasks, in the order of the paper."""
        tasks = [*self.review.content["tasks"], *self.review.content["body"]]
        return list(dict.fromkeys(task["group"] for task in tasks if task["group"]))

    @property
    def tabs(self) -> list[tuple[str, str, bool, int | None]]:
        """The parts of the review: title, address, whether it is this one, how many."""
        counts = showing.counts(self.review)
        listed: list[tuple[str, str, int | None]] = [
            (section.slug, str(section.short), counts.get(section.name))
            for section in SECTIONS
            if section is not BODY or counts[section.name] or self.slug == BODY.slug
        ]
        listed.append((AGENCIES, _("Cơ quan"), len(self.review.names)))
        listed.append((FINDINGS, _("Phát hiện"), len(self.review.reading.findings)))
        reading = self.review.reading.pk
        if not self.review.reading.is_related:
            listed.append((OPEN, _("Còn lại"), len(self.gaps)))
        return [
            (title, reverse("plans:section", args=[reading, slug]), slug == self.slug, count)
            for slug, title, count in listed
        ]

    @property
    def remarks(self) -> list[str]:
        """What the reader of the file had to say about it."""
        return scans.remarks(self.review.reading.document)

    @property
    def is_checked(self) -> bool:
        """Whether it is a scan of which somebody has looked at everything."""
        return not self.unchecked and scans.is_scan(self.review.reading.document)

    @property
    def related(self) -> Plan | None:
        """The plan that the paper signs or amends, as said or proposed."""
        plan = self.review.reading.relation["plan"]
        return queries.plans(self.viewer).filter(pk=plan).first() if plan else None

    @property
    def first(self) -> str:
        """The key of the first item that has a place: there the paper opens."""
        found = (card.key for card in self.cards if card.item.get("places") and self.section is not HEADER)
        return next(found, "")

    @property
    def marks(self) -> list[dict[str, Any]]:
        if self.slug == FINDINGS:
            return showing.finding_marks(self.review)
        return showing.marks(self.review, self.slug)

    @property
    def unchecked_cards(self) -> int:
        """How many items of this section were read from a picture and not looked at."""
        return sum(card.is_unchecked for card in self.cards)

    @property
    def open_cards(self) -> int:
        """How many items of this section wait for a decision."""
        return sum(card.is_open for card in self.cards)

    @property
    def names(self) -> list[showing.Name]:
        return showing.names(self.review, kind_of) if self.slug == AGENCIES else []

    @property
    def missing(self) -> list[str]:
        """Printed names for which no party was found."""
        return [name for name in self.review.names if self.review.meant(name) is None]

    @property
    def findings(self) -> list[dict[str, Any]]:
        return [{**found, "tone": TONES[found["severity"]]} for found in self.review.reading.findings]

    @property
    def proposals(self) -> int:
        """How many proposals wait to be accepted, in the whole reading."""
        made = [
            *(entry for kind in showing.PICKS for entry in self.review.choices.get(kind, {}).values()),
            *self.review.choices.get("covered", {}).values(),
            self.review.choices["focal"],
        ]
        open_names = [
            name for name in self.review.names if self.review.meant(name) and not self.review.settled(name)
        ]
        return len(open_names) + sum(not entry["accepted"] for entry in made)

    @property
    def focal_name(self) -> str:
        return self.review.name_of(self.review.focal) or str(self.review.choices["focal"]["name"])

    @property
    def focal_accepted(self) -> bool:
        return bool(self.review.choices["focal"]["accepted"])

    @property
    def programme(self) -> Programme | None:
        return Programme.objects.filter(pk=self.review.choices["programme"]).first()

    @property
    def territory(self) -> Any:
        return tenant_units(self.review.reading.tenant_id).filter(pk=self.review.choices["territory"]).first()

    @property
    def consequences(self) -> list[str]:
        """What adoption will do, in words."""
        built = build(self.review, now()).counts()
        lines = [
            (built["targets"], _("Lập %(count)s chỉ tiêu, mỗi chỉ tiêu có đơn vị trả lời")),
            (built["tasks"], _("Lập %(count)s nhiệm vụ")),
            (built["parts"], _("Giao %(count)s phần việc chủ trì, phối hợp")),
            (built["duties"], _("Giao %(count)s trách nhiệm trong tổ chức thực hiện")),
            (built["regimes"], _("Lập %(count)s chế độ báo cáo")),
        ]
        shown = [words % {"count": count} for count, words in lines if count]
        return [*shown, _("Khóa lời văn của kế hoạch: từ đó không sửa trực tiếp được nữa")]

    def card(self, key: str) -> Card | None:
        """The card of an item that is there."""
        return next((card for card in self.cards if card.key == key and not card.is_dropped), None)

    def refuse(self, form: ItemForm, refused: Refused) -> None:
        """Show what an action refused: a conflict with the item as it is now, what was typed is kept."""
        if isinstance(refused, Conflict):
            self.conflict = refused.message
            self.review = queries.review(self.viewer, self.review.reading.pk)
            form.data = {**form.data.dict(), "version": str(self.review.reading.version)}  # type: ignore[attr-defined]
            for card, fresh in zip(self.cards, showing.cards(self.review, form.section), strict=False):
                card.facts, card.words = fresh.facts, fresh.words
        else:
            form.refuse(refused.fields or {"": refused.message})

    def party_choices(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The parties that exist today, by kind."""
        return agencies.party_choices(self.viewer, today())

    def likely(self, printed: str) -> list[tuple[str, list[tuple[int, str]]]]:
        """All parties of the tenant, the likeliest for a name first; ended ones too, as old papers name them."""
        found = agencies.match(self.review.reading.tenant_id, [printed], self.review.paper_date)[printed]
        ended = [(p.pk, p.name) for p in self.review.parties.values() if p.valid_to and p.valid_to <= today()]
        near = [(_("Gần giống nhất"), [(c.party, c.name) for c in found])] if found else []
        old = [(_("Đã kết thúc"), ended)] if ended else []
        return [*near, *self.party_choices(), *old]

    def frame_form(self, data: Mapping[str, Any] | None) -> FrameForm:
        """The form about the whole plan, with what is proposed."""
        choices = self.review.choices
        initial = {
            "focal": self.review.focal,
            "programme": choices["programme"],
            "territory": choices["territory"],
        }
        programmes = Programme.objects.order_by("pk").values_list("pk", "name")
        units = tenant_units(self.review.reading.tenant_id)
        shown = [(unit.pk, _with_days(unit)) for unit in units]
        return FrameForm(self.likely_focal(), programmes, shown, data, initial=initial)

    def likely_focal(self) -> list[tuple[str, list[tuple[int, str]]]]:
        name = self.review.choices["focal"]["name"]
        return self.likely(name) if name else self.party_choices()

    def new_party_form(self, printed: str, data: Mapping[str, Any] | None) -> NewPartyForm:
        """The form for a body that is not in the register, with what its name suggests."""
        kind = kind_of(printed)
        outside = kind not in {"department", "board", "commune", "district"}
        initial = {"name": printed, "kind": kind, "reports_through": self.review.focal if outside else None}
        return NewPartyForm(Party.Kind.choices, self.party_choices(), data, initial=initial)


def _with_days(unit: Any) -> str:
    until = _(" (đến %(day)s)") % {"day": f"{unit.valid_to:%d/%m/%Y}"} if unit.valid_to else ""
    return f"{unit.full_name}{until}"


def open_desk(request: Request, review: Review, slug: str, *, editing: str = "") -> Desk:
    """The desk with one section open; `editing` (or ?sua=) is the item whose form is open. Raises Http404."""
    section = BY_SLUG.get(slug)
    if section is None and slug not in {AGENCIES, FINDINGS, OPEN}:
        raise Http404
    cards = showing.cards(review, section) if section else []
    desk = Desk(request.viewer, review, slug, section, cards, gaps(review))
    desk.unchecked = scans.unchecked(review)
    for card in cards:
        card.is_unchecked = card.key in desk.unchecked and not card.is_dropped
    chosen = desk.card(editing or request.GET.get("sua", ""))
    if chosen is not None:
        data = request.POST if editing and request.method == "POST" else None
        chosen.form = ItemForm(chosen.section, chosen.item, desk.groups, data)
        chosen.form.fields["version"].initial = review.reading.version
    if section is HEADER:
        desk.extra["programme"], desk.extra["territory"] = desk.programme, desk.territory
    return desk
