"""A request with its questions and addressees, and the draft of each reply; what is handed in is frozen by rounds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import TenantModel, User
from luc.papers.models import StoredFile
from luc.rounds.models import Cycle, Obligation


class Request(TenantModel):
    """What an agency asks others for by hand. `typed` holds a draft as it was typed, until it is sent.

    `version` guards a draft against two people on it. Once sent, the due moment stands in the cycle.
    """

    asker = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True, help_text="what stands above the questions")
    typed = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    paper = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    copy_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    cycle = models.OneToOneField(Cycle, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="a draft that will not be sent")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_sent_with_cycle",
                condition=models.Q(sent_at=None, cycle=None)
                | models.Q(sent_at__isnull=False, cycle__isnull=False),
            ),
            models.CheckConstraint(
                name="request_sent_or_dropped", condition=models.Q(sent_at=None) | models.Q(dropped_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Yêu cầu chưa có tên"))


class Addressee(TenantModel):
    """Whom a sent request names: a party, or a group that stands for its members of that day."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="addressees")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("request", "party", name="request_addressee")]


class Kind(models.TextChoices):
    """What kind of answer a question wants."""

    TEXT = "text", _("Chữ")
    NUMBER = "number", _("Số")
    CHOICE = "choice", _("Chọn")
    DATE = "date", _("Ngày")
    FILE = "file", _("Tệp")
    TABLE = "table", _("Bảng")


class Question(TenantModel):
    """One question of a sent request. `note` says why its words were corrected; answers given before stay."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="questions")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=1000)
    help = models.CharField(max_length=1000, blank=True)
    is_required = models.BooleanField(default=True)
    unit = models.CharField(max_length=60, blank=True)
    lowest = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    highest = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    choices = models.JSONField(default=list)
    takes_several = models.BooleanField(default=False, help_text="more than one choice may be ticked")
    note = models.CharField(max_length=500, blank=True)
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("request", "order", name="request_question")]

    def __str__(self) -> str:
        return self.text[:300]


class Column(TenantModel):
    """One column of a question that is answered by a table."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="columns")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=200)
    unit = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("question", "order", name="question_column")]

    def __str__(self) -> str:
        return self.text


class Reply(TenantModel):
    """The draft of one obligation's answers, as typed, by question. `version` guards against two people on it."""

    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="reply")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="replies")
    typed = models.JSONField(default=dict, help_text="by question: nil, value, choices, rows")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.obligation)


class Attachment(TenantModel):
    """A file in a reply's draft; what was handed in with it keeps it when it is removed."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="attachments")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
