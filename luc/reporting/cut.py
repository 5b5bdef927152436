"""The form, cut to the person: which sections each kind of party answers in a cycle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party


class Section(TextChoices):
    """The sections of a form, in its order. The first four hold rows of the plan."""

    LEAD = "lead", _("Nhiệm vụ chủ trì")
    COORDINATE = "coordinate", _("Nhiệm vụ phối hợp")
    DUTY = "duty", _("Tổ chức thực hiện")
    FIGURE = "figure", _("Chỉ tiêu")
    ESTIMATE = "estimate", _("Ước cả năm của chỉ tiêu")
    MONEY = "money", _("Kinh phí theo nguồn")
    OBSTACLE = "obstacle", _("Vướng mắc, kiến nghị chung")
    EVIDENCE = "evidence", _("Minh chứng")


class Audience(TextChoices):
    """The kinds of parties for which an officer decides what is asked."""

    PROVINCE = "province", _("UBND cấp tỉnh")
    LEADING = "leading", _("Sở, ban, ngành chủ trì nhiệm vụ")
    COORDINATING = "coordinating", _("Sở, ban, ngành chỉ phối hợp")
    COMMUNE = "commune", _("UBND cấp xã")
    OTHER = "other", _("Doanh nghiệp, hội, tổ chức khác")


OF_ROWS = (Section.LEAD, Section.COORDINATE, Section.DUTY, Section.FIGURE)
ALWAYS = (Section.OBSTACLE, Section.EVIDENCE)
ON_WISH = (Section.ESTIMATE, Section.MONEY)  # asked only where the officer says so
_OFFICES = {Party.Kind.DEPARTMENT, Party.Kind.BOARD, Party.Kind.CENTRAL}
_LOCAL = {Party.Kind.COMMUNE, Party.Kind.DISTRICT}
Sections = Mapping[str, Collection[str]]


def audience(kind: str, asked: Collection[str]) -> Audience:
    """What kind of party one is that the plans ask for these sections."""
    if kind in _LOCAL:
        return Audience.COMMUNE
    if kind == Party.Kind.PROVINCE:
        return Audience.PROVINCE
    if kind in _OFFICES:
        return Audience.LEADING if Section.LEAD in asked else Audience.COORDINATING
    return Audience.OTHER


def offered(asked: Collection[str]) -> list[str]:
    """What an officer can ask of parties that the plans ask for these sections."""
    more = [Section.ESTIMATE] if Section.FIGURE in asked else []
    return ordered([*asked, *more, Section.MONEY, *ALWAYS])


def usual(offer: Collection[str]) -> list[str]:
    """What is asked of what can be, unless the officer decides otherwise: all that the plans ask."""
    return [section for section in ordered(offer) if section not in ON_WISH]


def asks(sections: Collection[str] | None, name: str) -> bool:
    """Whether a report that is asked some sections (None: all that is usual) is asked one."""
    return name not in ON_WISH if sections is None else name in sections


def ordered(sections: Iterable[str]) -> list[str]:
    """Known sections in the order of the form, each once."""
    given = set(sections)
    return [value for value in Section.values if value in given]
