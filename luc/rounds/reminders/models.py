"""What is kept of reminders: when to remind, who wants them how, and what was said to whom with what result."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luc.agencies.models import Party
from luc.kernel.models import TenantModel, User
from luc.rounds.models import Cycle, Obligation

DAYS = [-14, -7, -3, -1, 0, 1, 3, 7]


def usual_days() -> list[int]:
    """Days from the last day on which one is in time: before it negative, after it positive."""
    return list(DAYS)


class Rung(models.TextChoices):
    """Who is told. Each rung is taken when its day has come, or when nobody is reached on those below."""

    CONTACT = "contact", pgettext_lazy("rung", "người làm báo cáo")
    APPROVER = "approver", pgettext_lazy("rung", "người duyệt báo cáo")
    HEAD = "head", pgettext_lazy("rung", "thủ trưởng đơn vị")
    OFFICER = "officer", pgettext_lazy("rung", "cơ quan đầu mối")
    NOBODY = "nobody", pgettext_lazy("rung", "không có ai")


OF_THE_PARTY = (Rung.CONTACT, Rung.APPROVER, Rung.HEAD)


class Policy(TenantModel):
    """When to remind: of one cycle, or of every cycle of the tenant that says nothing else."""

    cycle = models.OneToOneField(Cycle, null=True, on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField(default=True)
    days = models.JSONField(default=usual_days)
    head_from = models.PositiveSmallIntegerField(default=1, help_text="days late from which the head is told")
    officer_from = models.PositiveSmallIntegerField(default=3, help_text="... and the focal officer")

    class Meta:
        constraints = [
            models.UniqueConstraint("tenant", condition=Q(cycle=None), name="reminder_policy_of_tenant"),
            models.CheckConstraint(
                name="reminder_policy_climbs",
                condition=Q(head_from__gte=1) & Q(officer_from__gte=models.F("head_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"Lịch nhắc: {self.cycle}" if self.cycle_id else "Lịch nhắc chung"


class WorkingHours(TenantModel):
    """From when to when mails go out on a working day."""

    opens = models.TimeField(default=time(8))
    closes = models.TimeField(default=time(17))

    class Meta:
        constraints = [
            models.UniqueConstraint("tenant", name="working_hours_of_tenant"),
            models.CheckConstraint(name="working_hours", condition=Q(closes__gt=models.F("opens"))),
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M} - {self.closes:%H:%M}"


class CalendarDay(TenantModel):
    """A day that the tenant's administrator says is off or worked, whatever week and national list say."""

    day = models.DateField()
    works = models.BooleanField()
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint("tenant", "day", name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class Preference(models.Model):
    """How a person wants to be reminded; who never chose gets the digest, in Vietnamese."""

    class Way(models.TextChoices):
        SINGLE = "single", _("Mỗi việc một thư, gửi ngay")
        DIGEST = "digest", _("Gộp mọi việc vào một thư mỗi ngày")
        DESK = "desk", _("Chỉ hiện ở trang Việc của tôi; quá hạn vẫn có thư")

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way, default=Way.DIGEST)
    language = models.CharField(max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi")

    def __str__(self) -> str:
        return f"Cách nhận nhắc việc: {self.user}"


class Feed(models.Model):
    """The secret address of a person's calendar of due days. Only the hash of the secret is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("user", condition=Q(revoked_at=None), name="feed_open_once")]

    def __str__(self) -> str:
        return f"Lịch hạn báo cáo: {self.user}"


class Reminder(TenantModel):
    """One person is told once, on one occasion, about one obligation. Append-only.

    `occasion` names the due moment and the step, or one act by hand: the unique keys make each occasion single,
    however often and from however many workers the job runs.
    """

    class Via(models.TextChoices):
        DESK = "desk", pgettext_lazy("via", "trang Việc của tôi")
        DIGEST = "digest", pgettext_lazy("via", "thư gộp trong ngày")
        SINGLE = "single", pgettext_lazy("via", "thư riêng")
        HAND = "hand", pgettext_lazy("via", "thư do cán bộ nhắc")
        CLIMB = "climb", pgettext_lazy("via", "thư vì thư trước không tới")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="reminders")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", help_text="as of this day")
    occasion = models.CharField(max_length=40)
    offset = models.SmallIntegerField(help_text="days from the last day in time, negative before it")
    rung = models.CharField(max_length=10, choices=Rung)
    via = models.CharField(max_length=10, choices=Via)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    user_name = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=200, blank=True, help_text="why a rung was left or taken")
    words = models.TextField(blank=True, help_text="what the officer added")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("obligation", "occasion", "user", name="reminder_once"),
            models.UniqueConstraint(
                "obligation", "occasion", condition=Q(user=None), name="reminder_to_nobody_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "occasion"], name="reminder_by_occasion"),
            models.Index(fields=["tenant", "at"], name="reminder_by_moment"),
            models.Index(fields=["user", "at"], name="reminder_by_person"),
        ]

    def __str__(self) -> str:
        return f"Nhắc {self.party}: {self.user_name}"


class Letter(TenantModel):
    """A mail as it was written, whether or not it could be sent. Append-only; `key` keeps it single."""

    key = models.CharField(max_length=80, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    language = models.CharField(max_length=2)
    at = models.DateTimeField()
    not_before = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant", "at"], name="letter_by_moment")]


class Enclosed(TenantModel):
    """Which letter carries a reminder. Append-only."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="enclosed")
    reminder = models.OneToOneField(Reminder, on_delete=models.PROTECT, related_name="enclosed")


class Attempt(TenantModel):
    """A letter is about to be handed to the mail server; written before, so that nobody sends it twice. Append-only."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("letter", "number", name="attempt_number")]


class Outcome(TenantModel):
    """What came of an attempt. Append-only."""

    class Result(models.TextChoices):
        SENT = "sent", pgettext_lazy("mail", "đã gửi")
        KEPT = "kept", pgettext_lazy("mail", "giữ lại, chưa có máy chủ thư")
        LATER = "later", pgettext_lazy("mail", "chưa gửi được, sẽ thử lại")
        REFUSED = "refused", pgettext_lazy("mail", "địa chỉ không nhận thư")
        GIVEN_UP = "given_up", pgettext_lazy("mail", "thử nhiều lần không được")
        UNKNOWN = "unknown", pgettext_lazy("mail", "không rõ đã đi chưa")
        DROPPED = "dropped", pgettext_lazy("mail", "không gửi nữa, đơn vị đã báo cáo")

    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="outcome")
    result = models.CharField(max_length=10, choices=Result)
    error = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant", "result"], name="outcome_by_result")]


class NewsTold(TenantModel):
    """One person was mailed once about something that is no obligation."""

    key = models.CharField(max_length=80)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("key", "user", name="news_told_once")]

    def __str__(self) -> str:
        return self.key


# how an occasion begins on which an answer came back; the number of its version follows
RETURNED = "returned/"
ARRIVED = (Outcome.Result.SENT, Outcome.Result.KEPT, Outcome.Result.DROPPED)
FAILED = (Outcome.Result.REFUSED, Outcome.Result.GIVEN_UP, Outcome.Result.UNKNOWN)
FINAL = ARRIVED + FAILED
