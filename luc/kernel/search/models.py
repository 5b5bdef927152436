"""What search keeps: all of it is made from the rooms' own rows and can be made again (`luc search rebuild`)."""

from __future__ import annotations

from django.db import models

from luc.kernel.models import Tenant


class Combination(models.Model):
    """The facets that documents have together; written once, shared by all that have the same. The key is their hash:
    nobody need ask for it."""

    id = models.BigIntegerField(primary_key=True)
    facets = models.TextField(help_text="name=value, each on a line of its own")

    def __str__(self) -> str:
        return self.facets.replace("\n", ", ")


class Document(models.Model):
    """One thing that can be found, as lists show it. Who may see it stands in its marks (`Text.marks`)."""

    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    tenant = models.ForeignKey(Tenant, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    combination = models.ForeignKey(Combination, on_delete=models.PROTECT, related_name="documents")
    sort_key = models.CharField(max_length=600)
    fresh = models.DateTimeField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    made = models.CharField(max_length=32, help_text="hash of all that was handed in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_object")]
        indexes = [
            models.Index(fields=["sort_key", "id"]),
            models.Index(fields=["-fresh", "id"]),
            models.Index(fields=["latitude", "longitude"]),
            models.Index(fields=["id", "combination"], name="search_combined"),  # ten thousand of a question
        ]

    def __str__(self) -> str:
        return self.title


class Text(models.Model):
    """The words of a document, folded; the database keeps its own index of them (triggers, a generated column)."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="text")
    title = models.TextField(help_text="without marks")
    more = models.TextField(help_text="without marks: what is nearly as telling as the title")
    body = models.TextField(help_text="without marks")
    exact = models.TextField(help_text="all of it, with marks")
    marks = models.TextField(help_text="hashes: kind and audience together, facets")


class Word(models.Model):
    """A word, or two that stand side by side in titles: what a slip of the typist is mended with."""

    word = models.CharField(max_length=60, unique=True, help_text="without marks")
    shown = models.CharField(max_length=60, help_text="with marks, as it was first met")
    count = models.PositiveIntegerField(default=1, help_text="documents, when it was last counted")


class Slip(models.Model):
    """A known word with one letter left out, and itself: two words that share one differ by about a letter."""

    key = models.CharField(max_length=60)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="slips")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="search_slip_once")]
