"""A thread and what was said in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import TenantModel, User
from luc.plans.models import Plan, Task


class Thread(TenantModel):
    """One obstacle, proposal or question of a party, and who has to answer now."""

    class Kind(models.TextChoices):
        OBSTACLE = "obstacle", _("vướng mắc, kiến nghị")
        QUESTION = "question", _("hỏi cơ quan đầu mối")

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ cơ quan đầu mối trả lời")
        PASSED_UP = "passed_up", _("chờ lãnh đạo UBND quyết định")
        ANSWERED = "answered", _("đã trả lời")
        SETTLED = "settled", _("đã xong")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="when something was said last")

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "state", "moved_at"]),
            models.Index(fields=["party", "state"]),
        ]

    def __str__(self) -> str:
        return self.title


class Post(TenantModel):
    """Something that was said in a thread, and where it moved the thread to. Append-only."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts")
    text = models.TextField()
    moved_to = models.CharField(max_length=10, choices=Thread.State)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
