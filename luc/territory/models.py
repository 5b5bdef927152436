"""Units with the dates between which they exist, and their succession."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from luc.kernel.models import Tenant
from luc.kernel.text import search_key, sort_key

_ALWAYS = datetime.date(1, 1, 1)


class Unit(models.Model):
    """The country, a province, district or commune between two dates. Codes were reused: code and day are its key."""

    class Level(models.TextChoices):
        COUNTRY = "country", _("cả nước")
        PROVINCE = "province", _("cấp tỉnh")
        DISTRICT = "district", _("cấp huyện")
        COMMUNE = "commune", _("cấp xã")

    code = models.CharField(max_length=10)
    level = models.CharField(max_length=10, choices=Level)
    type = models.CharField(
        max_length=30, help_text="tinh, thanh_pho, quan, huyen, thi_xa, xa, phuong, dac_khu ..."
    )
    name = models.CharField(max_length=120)
    full_name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField(null=True, help_text="unknown for units that ended before 1/7/2025")
    valid_to = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    sort_key = models.CharField(max_length=600, editable=False)
    search_key = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("level", "code", Coalesce("valid_from", _ALWAYS), name="unit_code_from"),
        ]
        indexes = [models.Index(fields=["level", "sort_key"])]

    def __str__(self) -> str:
        return self.full_name

    def set_keys(self) -> None:
        """Fill the keys for sorting and searching; called before bulk loading."""
        self.sort_key = sort_key(self.name)
        self.search_key = search_key(self.full_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)


class Succession(models.Model):
    """What became of a unit: many to many. A part has no share unless somebody knows it."""

    class Kind(models.TextChoices):
        WHOLE = "whole", _("nhập toàn bộ")
        PART = "part", _("nhập một phần")
        UNCHANGED = "unchanged", _("giữ nguyên")
        RENAMED = "renamed", _("đổi tên, đổi loại")

    old = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="predecessions")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("old", "new", name="succession_pair")]


class ReferenceLoad(models.Model):
    """From which files the reference data in the database come: one line a load, the last one holds."""

    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()


class TenantUnit(models.Model):
    """A tenant has units from-until: the province it governs today, and those merged into it before."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("tenant", "unit", name="tenant_unit")]


class Boundary(models.Model):
    """How a unit of today is drawn: an SVG path in whole pixels of the frame that it lies in.

    A province lies in the frame of the country, a commune in that of its province; an archipelago has a frame of its
    own, beside its province. `small` is the same in the frame of the small map of the country that stands beside
    every map of a province.
    """

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="boundary")
    path = models.TextField()
    width = models.PositiveSmallIntegerField(help_text="of the frame, in pixels")
    height = models.PositiveSmallIntegerField(help_text="of the frame, in pixels")
    small = models.TextField(blank=True)
    small_width = models.PositiveSmallIntegerField(default=0)
    small_height = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=60, blank=True, help_text="of an archipelago, on every map")
    label_en = models.CharField(max_length=60, blank=True)
    label_x = models.PositiveSmallIntegerField(null=True, help_text="where the label stands on the small map")
    label_y = models.PositiveSmallIntegerField(null=True)
