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
    OBSTACLE = "obstacle", _("Vướng mắc, kiến nghị chung")
    EVIDENCE = "evidence", _("Minh chứng")


class Audience(TextChoices):
    """The kinds of parties for which an officer decides what is asked."""

    LEADING = "leading", _("Sở, ban, ngành chủ trì nhiệm vụ")
    COORDINATING = "coordinating", _("Sở, ban, ngành chỉ phối hợp")
    COMMUNE = "commune", _("UBND cấp xã")
    OTHER = "other", _("Doanh nghiệp, hội, tổ chức khác")


OF_ROWS = (Section.LEAD, Section.COORDINATE, Section.DUTY, Section.FIGURE)
ALWAYS = (Section.OBSTACLE, Section.EVIDENCE)
_OFFICES = {Party.Kind.DEPARTMENT, Party.Kind.BOARD, Party.Kind.PROVINCE, Party.Kind.CENTRAL}
_LOCAL = {Party.Kind.COMMUNE, Party.Kind.DISTRICT}
Sections = Mapping[str, Collection[str]]


def audience(kind: str, asked: Collection[str]) -> Audience:
    """What kind of party one is that the plans ask for these sections."""
    if kind in _LOCAL:
        return Audience.COMMUNE
    if kind in _OFFICES:
        return Audience.LEADING if Section.LEAD in asked else Audience.COORDINATING
    return Audience.OTHER


def defaults(asked: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """What is asked of each kind of party unless the officer decides otherwise: all that the plans ask of it."""
    return {kind: ordered([*asked[kind], *ALWAYS]) for kind in Audience.values if kind in asked}


def ordered(sections: Iterable[str]) -> list[str]:
    """Known sections in the order of the form, each once."""
    given = set(sections)
    return [value for value in Section.values if value in given]
