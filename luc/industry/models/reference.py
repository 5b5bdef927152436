"""The two axes, codes of branches, parks and clusters."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import TenantModel
from luc.kernel.text import search_key, sort_key
from luc.territory.models import Unit


class Axis(models.Model):
    """One of the two axes on which offers stand. Reference data with source and sureness."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    sureness = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class Field(Axis):
    """Waste water, exhaust gas, solid waste ..."""


class Kind(Axis):
    """Technology, equipment, product, service."""


class Branch(models.Model):
    """A code of the system of economic branches (VSIC 2025, QĐ 36/2025/QĐ-TTg); an extract."""

    code = models.CharField(max_length=6, unique=True)
    level = models.PositiveSmallIntegerField()
    parent = models.CharField(max_length=6, blank=True)
    name = models.CharField(max_length=300)
    sureness = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def interval(name: str) -> models.CheckConstraint:
    """A constraint that a row holds at least one day."""
    rule = Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
    return models.CheckConstraint(name=name, condition=rule)


class Park(TenantModel):
    """An industrial park or cluster, from-until, with the party that manages it."""

    class Kind(models.TextChoices):
        PARK = "park", _("khu công nghiệp")
        CLUSTER = "cluster", _("cụm công nghiệp")

    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    board = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=800, editable=False)
    search_key = models.CharField(max_length=220, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tenant", "search_key", condition=Q(valid_to=None), name="park_open_once"
            ),
            interval("park_exists_some_time"),
        ]

    def __str__(self) -> str:
        return self.name

    def set_keys(self) -> None:
        """Fill the keys for sorting and searching; called before bulk loading."""
        self.sort_key, self.search_key = sort_key(self.name), search_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)
