"""Enterprises and what they offer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.industry.models.catalogue import CatalogueItem
from luc.industry.models.reference import Field, Kind, Park, interval
from luc.kernel.models import TenantModel
from luc.kernel.text import search_key, sort_key
from luc.territory.models import Unit


class State(models.TextChoices):
    """Where what is said of an entry stands; what was verified before stays public meanwhile."""

    DRAFT = "draft", _("đang soạn")
    WAITING = "waiting", _("chờ kiểm tra")
    RETURNED = "returned", _("trả lại để sửa")
    VERIFIED = "verified", _("đã xác minh")
    WITHDRAWN = "withdrawn", _("đã rút")
    MERGED = "merged", _("đã gộp")


class Entry(TenantModel):
    """What enterprises and offers share: a state, whether everybody sees it, the keys of the name.

    The columns hold what was verified (before the first verification: the name alone); what is said since stands in
    `Value`. `changed_at` is when the public content last changed, `confirmed_at` when somebody last said that it
    is still true.
    """

    name = models.CharField(max_length=250)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    is_public = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False, help_text="of the demonstration, shown as such")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    sort_key = models.CharField(max_length=1000, editable=False)
    search_key = models.CharField(max_length=300, editable=False)

    class Meta:
        abstract = True

    @property
    def said_at(self) -> datetime | None:
        """When it was last said that the content is true: verified, or confirmed since."""
        return max(filter(None, (self.verified_at, self.confirmed_at)), default=None)

    def __str__(self) -> str:
        return self.name

    def set_keys(self) -> None:
        """Fill the keys for sorting and searching; called before bulk loading."""
        self.sort_key, self.search_key = sort_key(self.name), search_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key", "search_key"}
        super().save(*args, **kwargs)


_SEEN = Q(is_public=False) | Q(
    verified_at__isnull=False, state__in=["draft", "waiting", "returned", "verified"]
)


class Enterprise(Entry):
    """An enterprise, a branch or a household of the registry; its party stands behind it.

    A tax code is held by one entry of a tenant: another registration with the same code (`holds_code` false) waits
    until an officer merges the two. A branch (10-3 digits) has a code of its own and leads to its head by `head`.
    """

    class Size(models.TextChoices):
        MICRO = "micro", _("siêu nhỏ")
        SMALL = "small", _("nhỏ")
        MEDIUM = "medium", _("vừa")
        LARGE = "large", _("lớn")

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="+")
    tax_code = models.CharField(max_length=14)
    holds_code = models.BooleanField(default=True)
    head = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="branches")
    keeper = models.ForeignKey(
        Party, null=True, on_delete=models.PROTECT, related_name="+", help_text="the agency that entered it"
    )
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    short = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=250, blank=True)
    size = models.CharField(max_length=6, choices=Size, blank=True)
    branch = models.CharField(max_length=6, blank=True, help_text="code of VSIC 2025")
    founded = models.PositiveSmallIntegerField(null=True)
    about = models.TextField(blank=True)
    website = models.CharField(max_length=200, blank=True)
    markets = models.JSONField(default=list)
    certificates = models.JSONField(default=list)
    street = models.CharField(max_length=250, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    park = models.ForeignKey(Park, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(help_text="in the registry since")
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tenant", "tax_code", condition=Q(holds_code=True), name="enterprise_tax_code"
            ),
            models.CheckConstraint(name="enterprise_seen", condition=_SEEN),
            models.CheckConstraint(
                name="enterprise_merged",
                condition=Q(state="merged", merged_into__isnull=False, holds_code=False)
                | ~Q(state="merged") & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="enterprise_point",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
            ),
            interval("enterprise_exists_some_time"),
        ]
        indexes = [
            models.Index(fields=["is_public", "sort_key"], name="enterprise_public"),
            models.Index(fields=["tenant", "state"], name="enterprise_queue"),
            models.Index(fields=["tenant", "tax_code"], name="enterprise_code"),
            models.Index(fields=["tenant", "search_key"], name="enterprise_name"),
        ]


class Offer(Entry):
    """A technology, piece of equipment, product or service in one field, offered from-until by an enterprise."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="offers")
    field = models.ForeignKey(Field, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, null=True, on_delete=models.PROTECT, related_name="+")
    about = models.TextField(blank=True)
    hs_code = models.CharField(max_length=10, blank=True)
    item = models.ForeignKey(
        CatalogueItem,
        null=True,
        on_delete=models.PROTECT,
        related_name="offers",
        help_text="of an official list",
    )
    standards = models.JSONField(default=list)
    references = models.JSONField(default=list)
    capacity = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    capacity_unit = models.CharField(max_length=30, blank=True)
    yearly = models.DecimalField(max_digits=24, decimal_places=3, null=True, help_text="in `yearly_unit`")
    yearly_unit = models.CharField(max_length=30, blank=True)
    ecolabel = models.CharField(max_length=120, blank=True)
    ecolabel_until = models.DateField(null=True, help_text="the first day on which the label holds no more")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="offer_seen", condition=_SEEN),
            models.CheckConstraint(
                name="offer_placed", condition=Q(is_public=False) | Q(field__isnull=False, kind__isnull=False)
            ),
            models.CheckConstraint(
                name="offer_capacity", condition=Q(capacity=None) | Q(capacity__gte=0) & ~Q(capacity_unit="")
            ),
            interval("offer_exists_some_time"),
        ]
        indexes = [
            models.Index(fields=["is_public", "sort_key"], name="offer_public"),
            models.Index(fields=["tenant", "state"], name="offer_queue"),
            models.Index(fields=["field", "kind"], name="offer_axes"),
            # SQLite takes an index that begins with a truth value for no order
            models.Index(fields=["-changed_at", "-id"], name="offer_newest", condition=Q(is_public=True)),
        ]
