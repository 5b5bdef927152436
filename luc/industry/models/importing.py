"""A file of enterprises and goods that somebody brings: how it is read, and which row went where."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.industry.models.entries import Enterprise, Offer
from luc.kernel.models import Job, TenantModel, User
from luc.papers.models import StoredFile


class Import(TenantModel):
    """One file for one agency: its columns matched, looked at, confirmed, and undone as a whole.

    `columns` names for each column of the sheet what it says ("" for nothing); `looked` is what the preview found.
    """

    class State(models.TextChoices):
        MATCHING = "matching", _("chưa nhập")
        RUNNING = "running", _("đang nhập")
        DONE = "done", _("đã nhập")
        UNDOING = "undoing", _("đang bỏ")
        UNDONE = "undone", _("đã bỏ")

    class Numbers(models.TextChoices):
        UNKNOWN = "", _("chưa chọn")
        VIETNAMESE = "vi", _("1.234,5")
        ENGLISH = "en", _("1,234.5")

    keeper = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=60, blank=True)
    head = models.PositiveIntegerField(help_text="the row of the headings, from 1")
    columns = models.JSONField(default=list)
    numbers = models.CharField(max_length=2, choices=Numbers, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.MATCHING)
    looked = models.JSONField(null=True)
    result = models.JSONField(null=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "keeper", "-at"], name="import_newest")]

    def __str__(self) -> str:
        return self.file.name


class ImportedEntry(TenantModel):
    """One enterprise or offer into which rows of a file went, so that the import can be undone.

    `said`: by field the value that was said (key of `Value`), what was open before, with its standing; `version`: the
    entry as the import left it; `before`: its state before. An entry that the undoing removed is named by `name`.
    """

    source = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(help_text="the row of the file")
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.SET_NULL, related_name="+")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.SET_NULL, related_name="+")
    is_offer = models.BooleanField()
    name = models.CharField(max_length=250)
    is_new = models.BooleanField()
    said = models.JSONField(default=dict)
    before = models.CharField(max_length=10, blank=True)
    version = models.PositiveIntegerField()
    undone = models.BooleanField(default=False)
    kept_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "number", "is_offer"], name="imported_entry_once")
        ]

    def __str__(self) -> str:
        return self.name
