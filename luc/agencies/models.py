"""Parties, their other names and successors; memberships and invitations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luc.kernel.models import TenantModel, User
from luc.kernel.text import search_key, sort_key
from luc.kernel.time import today
from luc.territory.models import Unit


class Role(models.TextChoices):
    CLERK = "clerk", _("chuyên viên báo cáo")
    APPROVER = "approver", _("người duyệt")
    HEAD = "head", _("thủ trưởng đơn vị")
    OFFICER = "officer", _("chuyên viên cơ quan đầu mối")
    FOCAL_HEAD = "focal_head", _("lãnh đạo cơ quan đầu mối")
    APPRAISER = "appraiser", _("người thẩm định")
    LEADER = "leader", _("lãnh đạo UBND")
    SECRETARIAT = "secretariat", _("văn phòng UBND")
    ADMINISTRATOR = "administrator", _("quản trị")
    MINISTRY_READER = "ministry_reader", _("người xem của bộ")
    ENTERPRISE = "enterprise", _("người của doanh nghiệp")


# who holds only these looks at the own party's things from outside: the tenant is closed to them
OUTSIDE = frozenset({Role.ENTERPRISE.value})


class Party(TenantModel):
    """Who can owe: an agency, a central body, an enterprise, a group, a body without an account."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("sở, ngành")
        BOARD = "board", _("ban quản lý, đơn vị sự nghiệp")
        COMMUNE = "commune", _("UBND cấp xã")
        DISTRICT = "district", _("UBND cấp huyện (đến 1/7/2025)")
        PROVINCE = "province", _("UBND cấp tỉnh")
        CENTRAL = "central", _("cơ quan trung ương")
        ENTERPRISE = "enterprise", _("doanh nghiệp")
        ASSOCIATION = "association", _("hội, đoàn thể")
        GROUP = "group", _("nhóm cơ quan")
        OTHER = "other", _("tổ chức khác")

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(_("tên"), max_length=250)
    short = models.CharField(_("tên ngắn"), max_length=80, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    member_kinds = models.JSONField(
        default=list, blank=True, help_text="group: every party of these kinds belongs to it"
    )
    reports_through = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    sureness = models.CharField(
        max_length=300, blank=True, help_text="what has to be confirmed, shown as such"
    )
    is_listed = models.BooleanField(
        default=True, help_text="stands in lists of choices; thousands of registered enterprises do not"
    )
    sort_key = models.CharField(max_length=1000, editable=False)
    search_key = models.CharField(max_length=300, editable=False, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="party_exists_some_time",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
            )
        ]
        indexes = [models.Index(fields=["tenant", "kind", "sort_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def has_ended(self) -> bool:
        """Whether it is no more today; an end that is recorded for a later day is still to come."""
        return self.valid_to is not None and self.valid_to <= today()

    def set_keys(self) -> None:
        """Fill the keys for sorting and searching; called before bulk loading."""
        self.sort_key = sort_key(self.name)
        self.search_key = search_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)


class PartyName(TenantModel):
    """Another name under which papers call a party."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=250)
    search_key = models.CharField(max_length=300, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("tenant", "search_key", "party", name="party_name")]


class PartySuccession(TenantModel):
    """What became of a party: many to many, from a date."""

    old = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="predecessions")
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    sureness = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("old", "new", name="party_succession_pair")]


class GroupMember(TenantModel):
    """A party belongs to a group by name for one interval, besides those that belong to it by kind."""

    group = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="members")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "party"], condition=Q(valid_to=None), name="group_member_open"
            )
        ]


class Approval(TenantModel):
    """Whether reports of a party are confirmed by its approver before they leave, from-until.

    Without a party: what holds for every party of the tenant that says nothing itself.
    """

    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    is_needed = models.BooleanField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(valid_to=None), name="approval_open_once"),
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(valid_to=None, party=None), name="approval_open_once_tenant"
            ),
        ]

    def __str__(self) -> str:
        return str(self.party or self.tenant)


class Membership(TenantModel):
    """A person holds a role in a party from a date until a date; one that is delegated in the place of another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    stands_for = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "party", "role"], condition=Q(valid_to=None), name="membership_open_once"
            ),
            models.CheckConstraint(
                name="membership_delegation_ends", condition=Q(stands_for=None) | Q(valid_to__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["user", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.user} - {self.get_role_display()} - {self.party}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None while no end is known."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


class Invitation(TenantModel):
    """A one-time link that makes an account with a role. Only the hash of its secret is kept."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.full_name} - {self.party}"
