"""What is needed in a field and a year, and how much of it the country's own enterprises can give."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luc.figures.models import Figure, Indicator
from luc.industry.models.reference import Field
from luc.kernel.models import TenantModel, User
from luc.papers.models import StoredFile
from luc.territory.models import Unit


class Demand(TenantModel):
    """What a field needs in a year, after a survey or a plan of procurement; what was said over stays.

    `yearly` is the amount in the measure in which capacities are compared (`industry.units`).
    """

    class Basis(models.TextChoices):
        SURVEY = "survey", _("khảo sát")
        PROCUREMENT = "procurement", _("kế hoạch mua sắm, đầu tư")
        OTHER = "other", _("nguồn khác")

    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    territory = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=20, decimal_places=6)
    unit = models.CharField(max_length=30)
    yearly = models.DecimalField(max_digits=24, decimal_places=3)
    yearly_unit = models.CharField(max_length=30)
    basis = models.CharField(max_length=12, choices=Basis)
    source = models.CharField(max_length=300)
    paper = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    stated = models.DecimalField(
        max_digits=24,
        decimal_places=3,
        null=True,
        help_text="supply that the officer states, in `yearly_unit`",
    )
    stated_source = models.CharField(max_length=300, blank=True)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "field",
                "year",
                "territory",
                condition=Q(is_current=True),
                name="demand_current_once",
            ),
            models.CheckConstraint(name="demand_positive", condition=Q(amount__gt=0, yearly__gt=0)),
            models.CheckConstraint(
                name="demand_stated", condition=Q(stated=None) | Q(stated__gte=0) & ~Q(stated_source="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}, {self.year}, {self.territory}"


class Share(TenantModel):
    """How much of a demand was met when it was worked out, with all that it was worked out of. Only added."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="shares")
    supply = models.DecimalField(max_digits=24, decimal_places=3)
    is_stated = models.BooleanField()
    enterprises = models.PositiveIntegerField(help_text="public enterprises with an offer in the field")
    with_figures = models.PositiveIntegerField(help_text="of them, those that say a capacity in this measure")
    offers = models.PositiveIntegerField()
    offers_with_figures = models.PositiveIntegerField()
    percent = models.DecimalField(max_digits=12, decimal_places=2)
    figure = models.OneToOneField(Figure, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.demand)
