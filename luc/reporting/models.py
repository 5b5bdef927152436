"""Reports as they are written; frozen copies are kept by rounds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.figures.models import Figure
from luc.kernel.models import TenantModel, User
from luc.papers.models import StoredFile
from luc.plans.models import Duty, Part, Plan, Progress, Regime, Target
from luc.reporting.money import UNITS, Source
from luc.reporting.word.models import OwnPaper
from luc.rounds.models import Cycle, Obligation

__all__ = [
    "Answer",
    "CycleForm",
    "CycleRegime",
    "Evidence",
    "OfficialDraft",
    "OwnPaper",
    "Report",
]


class CycleRegime(TenantModel):
    """A regime that a cycle is a round of: its own, and those of other plans that share the cycle, in order.

    No regime is asked twice for one period.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="regimes")
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    period_start = models.DateField(help_text="of the cycle")

    class Meta:
        constraints = [models.UniqueConstraint("regime", "period_start", name="regime_once_a_period")]


class CycleForm(TenantModel):
    """What the form of a cycle asks, as the officer settled it; each report keeps its own sections when it begins."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="form")
    sections = models.JSONField(
        help_text="by kind of party (cut.Audience): the sections it answers (cut.Section)"
    )
    shared = models.JSONField(
        default=dict,
        help_text="rows that two plans share, by kind: pairs of ids, the one that is shown first",
    )
    money_unit = models.CharField(max_length=20, default=UNITS[0], help_text="of all amounts of the cycle")
    checks = models.JSONField(
        default=dict, help_text="which figures add up, what has to be proved (checks.Checks)"
    )

    def __str__(self) -> str:
        return str(self.cycle)


class Report(TenantModel):
    """The draft of one obligation. `version` guards against two people on one report.

    `answers_for` is settled when the cycle is opened: for which parties of each plan it answers, and why.
    `plan` is the plan of the cycle's own regime.
    """

    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="report")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    answers_for = models.JSONField(
        null=True, help_text="by plan: note by printed party; null: found out each time"
    )
    sections = models.JSONField(null=True, help_text="what it is asked (cut.Section); null: all")
    is_nil = models.BooleanField(default=False, help_text="nothing to report at all")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.obligation)


class Answer(TenantModel):
    """One row of a report: to a part, a duty, a target, an obstacle, or money. `is_nil` is "không phát sinh".

    For a target and for money `result` holds the remark. Money: one row an item (`title`) and a source; `plan` where
    it is none of the tasks and the cycle has several plans.
    """

    class Section(models.TextChoices):
        PART = "part", _("nhiệm vụ")
        DUTY = "duty", _("tổ chức thực hiện")
        FIGURE = "figure", _("chỉ tiêu")
        MONEY = "money", _("kinh phí")
        OBSTACLE = "obstacle", _("vướng mắc, kiến nghị")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="answers")
    section = models.CharField(max_length=10, choices=Section)
    order = models.PositiveIntegerField(default=0)
    part = models.ForeignKey(Part, null=True, on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, null=True, on_delete=models.PROTECT, related_name="+")
    is_nil = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=Progress.State, blank=True)
    result = models.TextField(blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    kind = models.CharField(max_length=10, choices=Figure.Kind, default=Figure.Kind.ACTUAL)
    estimate = models.DecimalField(
        max_digits=20, decimal_places=6, null=True, help_text="for the whole year, where it is asked"
    )
    final = models.DecimalField(
        max_digits=20, decimal_places=6, null=True, help_text="of the earlier period that was estimated"
    )
    title = models.CharField(max_length=600, blank=True)
    source = models.CharField(max_length=10, choices=Source, blank=True)
    plan = models.ForeignKey(
        Plan, null=True, on_delete=models.PROTECT, related_name="+", help_text="of money: counted in this one"
    )
    approved = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    planned = models.DecimalField(max_digits=20, decimal_places=6, null=True, help_text="for the year")
    disbursed = models.DecimalField(max_digits=20, decimal_places=6, null=True, help_text="in the period")
    cumulative = models.DecimalField(
        max_digits=20, decimal_places=6, null=True, help_text="since the beginning of the year"
    )
    obstacle = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    addressee = models.CharField(max_length=250, blank=True, help_text="to whom a proposal is made")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "report", "part", name="answer_part", condition=models.Q(part__isnull=False)
            ),
            models.UniqueConstraint(
                "report", "duty", name="answer_duty", condition=models.Q(duty__isnull=False)
            ),
            models.UniqueConstraint(
                "report", "target", name="answer_target", condition=models.Q(target__isnull=False)
            ),
        ]


class Evidence(TenantModel):
    """A file that proves a row, a section of the form, or the report as a whole."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="evidence")
    row = models.CharField(
        max_length=40, blank=True, help_text="key of the row, name of the section; empty: the whole"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)


class OfficialDraft(TenantModel):
    """A paper written out of a consolidation at once (luc.issuing), as it was when it was made. Append-only.

    content: `form` 2: sources as issuing.models.WrittenFile has them; 1 (older): rows as {"submission", "row"}.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="drafts")
    plan = models.ForeignKey(
        Plan,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty: the only one of its cycle",
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(help_text="every figure of the paper with the submissions it comes from")
    answered = models.PositiveIntegerField()
    bound = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
