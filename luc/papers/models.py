"""Files by hash, and legal papers with the dates between which they are in force."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.kernel.models import TenantModel, User
from luc.kernel.text import search_key


class StoredFile(TenantModel):
    """A file as it came in. Append-only; the bytes are on disk before the row is."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class LegalPaper(models.Model):
    """A law, decree, decision ... that plans rest on. Reference data with its source."""

    number = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True)
    title = models.CharField(max_length=600, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    replaced_by = models.CharField(max_length=300, blank=True)
    status = models.CharField(_("tình trạng"), max_length=300, blank=True)
    source = models.CharField(max_length=600, blank=True)
    search_key = models.CharField(max_length=900, editable=False, default="")

    def __str__(self) -> str:
        return self.number

    def set_keys(self) -> None:
        """Fill the key for searching; called before bulk loading."""
        self.search_key = search_key(f"{self.number} {self.title}")
