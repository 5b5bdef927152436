"""Official lists of goods: their versions as read and adopted, the items, what agencies propose to add to them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import Job, TenantModel, User
from luc.kernel.text import search_key, sort_key
from luc.papers.models import StoredFile


class Catalogue(TenantModel):
    """An official list, through all its versions."""

    name = models.CharField(max_length=300)
    search_key = models.CharField(max_length=320, editable=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "search_key"], name="catalogue_name_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = search_key(self.name)
        super().save(*args, **kwargs)


class CatalogueVersion(TenantModel):
    """One paper with the list: as it was read, as it was corrected, as it was adopted.

    `tables`: each list of the paper with its headings, what its columns say and whether it is used. `lines`: the list
    as corrected, plain values. `decisions`: which lines stand for which items of the version before. `edit` guards
    against two at once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("đang đọc")
        REVIEW = "review", _("đang rà soát")
        ADOPTED = "adopted", _("đã thông qua")
        DISCARDED = "discarded", _("đã bỏ")

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="versions")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    document = models.JSONField(null=True)
    tables = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    decisions = models.JSONField(default=dict)
    edit = models.PositiveIntegerField(default=0)
    paper_number = models.CharField(max_length=60, blank=True)
    paper_date = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True)
    number = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    adopted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "number"], name="catalogue_version_once"),
            models.UniqueConstraint(
                fields=["catalogue"],
                condition=Q(state__in=["waiting", "review"]),
                name="catalogue_one_under_review",
            ),
            models.CheckConstraint(
                name="catalogue_version_adopted",
                condition=Q(state="adopted", number__isnull=False, adopted_at__isnull=False)
                | ~Q(state="adopted") & Q(number=None, adopted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.paper_number or self.file.name


class CatalogueItem(TenantModel):
    """A line of a list through its versions: a branch of its tree, or an item on which goods may stand.

    The columns are its words in `last`, the last version that has it; `gone_in` is the version that has it no more.
    """

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    is_branch = models.BooleanField(default=False)
    order = models.PositiveIntegerField()
    number = models.CharField(max_length=30, blank=True)
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=1000)
    unit = models.CharField(max_length=60, blank=True)
    standard = models.CharField(max_length=1000, blank=True)
    hs_code = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    first = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="+")
    last = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="+")
    gone_in = models.ForeignKey(CatalogueVersion, null=True, on_delete=models.PROTECT, related_name="+")
    sort_key = models.CharField(max_length=4000, editable=False)
    search_key = models.CharField(max_length=1020, editable=False)

    class Meta:
        indexes = [models.Index(fields=["catalogue", "gone_in", "order"], name="catalogue_item_order")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()

    def set_keys(self) -> None:
        """Fill the keys for sorting and searching; called before bulk loading."""
        self.sort_key, self.search_key = sort_key(self.name), search_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key", "search_key"}
        super().save(*args, **kwargs)


class CatalogueLine(TenantModel):
    """What a version says of an item, where in the paper, and how that differs from the version before. Only added."""

    class Change(models.TextChoices):
        NEW = "new", _("mới")
        SAME = "same", _("giữ nguyên")
        REWORDED = "reworded", _("sửa lời")
        GONE = "gone", _("bỏ")

    version = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="adopted_lines")
    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveIntegerField()
    change = models.CharField(max_length=8, choices=Change)
    values = models.JSONField(
        help_text="its words in this version; of one that is gone, those of the one before"
    )
    before = models.JSONField(default=dict)
    places = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "item"], name="catalogue_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.values.get('number', '')} {self.values.get('name', '')}".strip()


class Proposal(TenantModel):
    """What an agency proposes to add to a national list, and where that stands."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SENT = "sent", _("đã gửi, chờ trả lời")
        TAKEN = "taken", _("được tiếp thu")
        REFUSED = "refused", _("không được tiếp thu")
        INCLUDED = "included", _("đã vào danh mục")
        WITHDRAWN = "withdrawn", _("đã rút")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    catalogue = models.ForeignKey(Catalogue, null=True, on_delete=models.PROTECT, related_name="proposals")
    list_name = models.CharField(max_length=300)
    name = models.CharField(max_length=500)
    reason = models.CharField(max_length=4000)
    goods = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    follower = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    remind_on = models.DateField(null=True, help_text="from this day on it stands on the follower's desk")
    is_public = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(CatalogueItem, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposal_public_once_sent",
                condition=Q(is_public=False) | ~Q(state__in=["draft", "withdrawn"]),
            ),
            models.CheckConstraint(name="proposal_included", condition=Q(state="included") | Q(item=None)),
        ]
        indexes = [models.Index(fields=["tenant", "state", "remind_on"], name="proposal_waiting")]

    def __str__(self) -> str:
        return self.name


class ProposalStep(TenantModel):
    """One step of a proposal: by which letter, of which day, in which words, who said so. Only added."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=9, choices=Proposal.State)
    letter = models.CharField(max_length=60, blank=True)
    on = models.DateField(null=True)
    words = models.CharField(max_length=4000, blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.proposal}: {self.get_state_display()}"
