"""What a plan wants: targets, tasks with their parts, duties; and the progress of parts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.figures.models import Indicator
from luc.kernel.models import TenantModel, User
from luc.plans.models.plan import Plan
from luc.territory.models import Unit


class Target(TenantModel):
    """Words with a figure, a unit, a year, a comparator; one party answers for it."""

    class Comparator(models.TextChoices):
        EQ = "eq", _("bằng")
        GTE = "gte", _("ít nhất")
        GT = "gt", _("trên")
        LTE = "lte", _("không quá")
        LT = "lt", _("dưới")
        RANGE = "range", _("trong khoảng")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    order = models.PositiveIntegerField()
    text = models.TextField()
    subject = models.TextField(blank=True)
    value_min = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    value_max = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    unit = models.CharField(max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    comparator = models.CharField(max_length=6, choices=Comparator)
    is_decrease = models.BooleanField(default=False)
    baseline_year = models.PositiveSmallIntegerField(null=True)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    answering = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    places = models.JSONField(default=list)
    valid_from = models.DateField(null=True, help_text="empty: from the beginning of the plan")
    valid_to = models.DateField(null=True, help_text="first day on which it holds no more")

    def __str__(self) -> str:
        return self.text[:300]

    @property
    def key(self) -> str:
        """What the pages of amendments call it."""
        return f"target-{self.pk}"


class TaskGroup(TenantModel):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="groups")
    order = models.PositiveIntegerField()
    title = models.TextField()

    def __str__(self) -> str:
        return self.title[:300]


class Task(TenantModel):
    """A row of the appendix, or an item of the body. Partial ISO dates ("2026", "2026-Q2") in start and end."""

    class Source(models.TextChoices):
        APPENDIX = "appendix", _("phụ lục")
        BODY = "body", _("thân văn bản")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    group = models.ForeignKey(TaskGroup, null=True, on_delete=models.PROTECT, related_name="tasks")
    order = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    timeframe_text = models.CharField(max_length=300, blank=True)
    start = models.CharField(max_length=10, blank=True)
    end = models.CharField(max_length=10, blank=True)
    recurrence = models.CharField(max_length=12, blank=True)
    output = models.TextField(blank=True)
    priority = models.CharField(max_length=60, blank=True)
    funding = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=Source)
    places = models.JSONField(default=list)
    valid_from = models.DateField(null=True, help_text="empty: from the beginning of the plan")
    valid_to = models.DateField(null=True, help_text="first day on which it holds no more")

    class Meta:
        indexes = [models.Index(fields=["plan", "order"])]

    def __str__(self) -> str:
        return self.text[:300]


class Part(TenantModel):
    """One party's part in a task; each part has its own state."""

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATE = "coordinate", _("phối hợp")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="parts")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    order = models.PositiveIntegerField()
    printed = models.CharField(
        max_length=300, help_text="the name as the paper has it; empty when assigned by a person"
    )
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "task", "party", "role", name="part_once", condition=models.Q(valid_to__isnull=True)
            )
        ]
        indexes = [models.Index(fields=["party", "role"])]


class Duty(TenantModel):
    """What the paper tells an agency to do, beside the tasks."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="duties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    printed = models.CharField(max_length=300)
    text = models.TextField()
    places = models.JSONField(default=list)
    valid_from = models.DateField(null=True, help_text="empty: from the beginning of the plan")
    valid_to = models.DateField(null=True, help_text="first day on which it holds no more")

    def __str__(self) -> str:
        return self.text[:300]


class Progress(TenantModel):
    """How far a part is, as accepted: append-only. `party` is who reported (a member of a group, a successor).

    The state of a task is its lead's; who works along only says whether it took part or had nothing to report.
    """

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("chưa triển khai")
        ON_TIME = "on_time", _("đúng tiến độ")
        AHEAD = "ahead", _("vượt tiến độ")
        BEHIND = "behind", _("chậm tiến độ")
        DONE = "done", _("hoàn thành")
        TOOK_PART = "took_part", _("có tham gia")
        NIL = "nil", _("không phát sinh")

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="progress")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_until = models.DateField()
    state = models.CharField(max_length=12, choices=State)
    result = models.TextField(blank=True)
    source_kind = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["part", "party", "at"])]
