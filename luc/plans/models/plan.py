"""Plans, what they serve, how they relate, and their reporting regimes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luc.agencies.models import Party
from luc.kernel.models import TenantModel
from luc.papers.models import StoredFile
from luc.territory.models import Unit


class Programme(models.Model):
    """What plans of many provinces serve: environmental industry (CNMT), green growth (TTX)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=300)
    decision = models.CharField(max_length=60, blank=True)
    keywords = models.JSONField(default=list, help_text="words of a title that point to this programme")
    source = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class Plan(TenantModel):
    """A province's paper that carries a programme out over a period. Its words change through amendments only."""

    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(max_length=60, blank=True, help_text="blank while the paper is a draft")
    date = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=250)
    kind = models.CharField(max_length=60)
    title = models.TextField()
    period_start = models.PositiveSmallIntegerField(null=True, blank=True)
    period_end = models.PositiveSmallIntegerField(null=True, blank=True)
    vision = models.PositiveSmallIntegerField(null=True, blank=True)
    territory = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    focal = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField(help_text="the source as vanban.document.Document.as_json wrote it")
    header = models.JSONField(
        default=dict, help_text="legal bases, signer, recipients, and the places of the header"
    )
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tenant", "number", "date", name="plan_once", condition=~models.Q(number="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or _('Dự thảo')} {self.title}"[:300]


class PlanRelation(TenantModel):
    """How plans relate; of a plan that succeeds another, what became of its items."""

    class Kind(models.TextChoices):
        CARRIES_OUT = "carries_out", pgettext_lazy("plan", "thực hiện")
        DETAILS = "details", _("cụ thể hóa")
        AMENDS = "amends", _("sửa đổi")
        SUCCEEDS = "succeeds", _("thay thế")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="relations")
    to = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    items = models.JSONField(
        default=dict, help_text='rows of this plan by row of the other: {"target-5": ["target-31"]}'
    )


class Regime(TenantModel):
    """Who reports to whom, how often, by when; who consolidates, for whom."""

    class Frequency(models.TextChoices):
        ANNUAL = "annual", _("hằng năm")
        SEMIANNUAL = "semiannual", _("6 tháng")
        QUARTERLY = "quarterly", _("hằng quý")
        MONTHLY = "monthly", _("hằng tháng")
        MID_TERM = "mid_term", _("giữa kỳ")
        FINAL = "final", _("tổng kết")
        PERIODIC = "periodic", _("định kỳ")
        AD_HOC = "ad_hoc", _("khi phát sinh")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="regimes")
    order = models.PositiveIntegerField()
    reporter_text = models.TextField(help_text="as printed")
    collector = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    addressees = models.JSONField(default=list)
    frequency = models.CharField(max_length=12, choices=Frequency)
    deadline_day = models.PositiveSmallIntegerField(null=True)
    deadline_month = models.PositiveSmallIntegerField(null=True)
    includes_day = models.BooleanField(
        default=False, help_text="chậm nhất ngày X includes the day, trước ngày X does not"
    )
    also_on_request = models.BooleanField(default=False)
    quote = models.TextField(blank=True)
    places = models.JSONField(default=list)
    valid_from = models.DateField(null=True, help_text="empty: from the beginning of the plan")
    valid_to = models.DateField(null=True, help_text="first day on which it holds no more")

    def __str__(self) -> str:
        return f"{self.get_frequency_display()}: {self.reporter_text}"[:300]

    @property
    def key(self) -> str:
        """What the pages of amendments call it."""
        return f"regime-{self.pk}"


class RegimeParty(TenantModel):
    """A party that a regime binds, as the paper names it (a group stays a group)."""

    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    printed = models.CharField(max_length=300)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "regime", "party", name="regime_party", condition=models.Q(valid_to__isnull=True)
            )
        ]
