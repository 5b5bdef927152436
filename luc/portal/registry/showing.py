"""A question of the registry as its page shows it: what was found, how one narrows it, where it lies on the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from luc.industry import searching
from luc.kernel.pages import Request
from luc.kernel.rights import STRANGER
from luc.kernel.search.asking import SORTS, Asked, asked_from
from luc.kernel.search.finding import Found, Narrowing, find
from luc.portal.registry import queries
from luc.portal.showing import address
from luc.territory import maps
from luc.territory.models import Unit
from luc.territory.queries import named

PARTS = {"": searching.KINDS, "doanh-nghiep": (searching.ENTERPRISE,), "hang-hoa": (searching.OFFER,)}
SHOWN = 8  # values of a facet that stand open
MANY = 10
Step = tuple[str, str, bool]  # words, address, whether it is here


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to narrow by, and where a click on it leads."""

    label: str
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Narrow:
    """A facet: its values, the first few and the rest."""

    name: str
    title: str
    first: list[Choice]
    rest: list[Choice]
    is_capped: bool


class Results:
    """A question and its answer; the address says all of it, so that it can be shared."""

    def __init__(self, request: Request) -> None:
        self.door = address(request, "registry_found")
        given = request.GET.get("muc", "")
        self.part = given if given in PARTS else ""
        self.asked = asked_from(request.META.get("QUERY_STRING", ""), PARTS[self.part])
        self.found: Found = find(STRANGER, self.asked)
        self.lines = queries.listed(self.found.hits)

    def at(self, asked: Asked, part: str | None = None) -> str:
        """The address of another question."""
        part = self.part if part is None else part
        query = "&".join(filter(None, [f"muc={part}" if part else "", asked.query()]))
        return self.door + (f"?{query}" if query else "")

    @property
    def here(self) -> str:
        """The address of this question, as others are given it."""
        return self.at(self.asked)

    @property
    def parts(self) -> list[Step]:
        """Everything, enterprises, goods."""
        words = {"": _("Tất cả"), "doanh-nghiep": _("Doanh nghiệp"), "hang-hoa": _("Hàng hóa, dịch vụ")}
        asked = replace(self.asked, page=1)
        return [(words[part], self.at(asked, part), part == self.part) for part in PARTS]

    @property
    def sorts(self) -> list[Step]:
        """The orders in which it can be read."""
        words = {"relevance": _("Liên quan nhất"), "name": _("Tên A–Z"), "newest": _("Mới nhất")}
        here = self.asked.sort if self.asked.words or self.asked.sort != "relevance" else "name"
        return [
            (words[sort], self.at(replace(self.asked, sort=sort, page=1)), sort == here)
            for sort in SORTS.values()
            if sort != "relevance" or self.asked.words
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search box keeps when other words are typed."""
        kept = [("muc", self.part)] if self.part else []
        return kept + [(name, value) for name, values in self.asked.narrowed.items() for value in values]

    @cached_property
    def narrows(self) -> list[Narrow]:
        """The facets that part the hits."""
        return [self._narrow(facet) for facet in self.found.facets if facet.values]

    def _narrow(self, facet: Narrowing) -> Narrow:
        choices = [
            Choice(
                value.label,
                value.count,
                value.is_chosen,
                self.at(self.asked.toggled(facet.name, value.value)),
            )
            for value in sorted(facet.values, key=lambda value: not value.is_chosen)
        ]
        return Narrow(facet.name, facet.title, choices[:SHOWN], choices[SHOWN:], facet.is_capped)

    @property
    def chosen(self) -> list[Choice]:
        """What it is narrowed to, each with the way back."""
        return [one for narrow in self.narrows for one in narrow.first if one.is_chosen]

    @property
    def plain(self) -> str:
        """The same words, narrowed to nothing."""
        return self.at(Asked(words=self.asked.words), "")

    @property
    def pages(self) -> list[Step]:
        """The page before, this one, the next."""
        here, last = self.asked.page, self.found.pages
        steps = []
        if here > 1:
            before = min(here - 1, last) or 1
            steps.append((_("Trang trước"), self.at(replace(self.asked, page=before)), False))
        if here < last:
            steps.append((_("Trang sau"), self.at(replace(self.asked, page=here + 1)), False))
        return steps

    @property
    def files(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The lists as files: their titles, each form with its address; by the words in which a slip was mended."""
        words = {"doanh-nghiep": _("Doanh nghiệp"), "hang-hoa": _("Hàng hóa, dịch vụ")}
        asked = replace(self.asked, page=1, words=self.found.instead or self.asked.words)
        forms = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))
        return [
            (title, [(name, f"{self.at(asked, part)}&dang={form}") for name, form in forms])
            for part, title in words.items()
            if self.part in {"", part}
        ]

    def with_words(self, words: str) -> str:
        """The address of other words, narrowed to nothing."""
        return self.at(Asked(words=words), "")

    @property
    def helps(self) -> list[tuple[str, int, str]]:
        """Where nothing was found: what the question finds without one word, and words that lie near."""
        nothing = self.found.nothing
        if nothing is None:
            return []
        rests = [(rest.words, rest.count, self.with_words(rest.words)) for rest in nothing.rests]
        near = [(word, 0, self.with_words(word)) for one in nothing.alone for word in one.near]
        return rests + near

    @property
    def map(self) -> maps.Map | None:
        """Where what was found lies: by province, inside one province by commune; a click narrows to it."""
        provinces = self.asked.narrowed.get("tinh", ())
        if len(provinces) == 1:
            row = Unit.objects.filter(level=Unit.Level.PROVINCE, code=provinces[0], valid_to=None).first()
            drawn = maps.of_province(row.pk, self._said("xa", Unit.Level.COMMUNE)) if row else None
            if drawn:
                return drawn
        return maps.of_country(self._said("tinh", Unit.Level.PROVINCE))

    def _said(self, name: str, level: str) -> dict[int, maps.Said]:
        values = next((facet.values for facet in self.found.facets if facet.name == name), ())
        counts = {value.value: value.count for value in values}
        return said(counts, level, lambda code: self.at(self.asked.toggled(name, code)))


def said(
    counts: dict[str, int], level: str, lead: Callable[[str], str] = lambda _code: ""
) -> dict[int, maps.Said]:
    """What a map says of units: how much stands there, as two steps of colour, in words; `lead`: where a click goes."""
    rows = named(level=level, codes=list(counts))
    return {pk: _said(counts[code], lead(code)) for pk, code, _name in rows if counts[code]}


def _said(count: int, leads_to: str) -> maps.Said:
    if count >= MANY:
        return maps.Said("good", _("từ %(n)d mục") % {"n": MANY}, leads_to)
    return maps.Said("wait", _("1–%(n)d mục") % {"n": MANY - 1}, leads_to)


def place(unit: Unit | None) -> maps.Map | None:
    """The province of a commune with the commune marked."""
    if unit is None:
        return None
    province = unit.parent_id or unit.pk
    return maps.of_province(province, {unit.pk: maps.Said("good", _("Nơi đặt doanh nghiệp"))})
