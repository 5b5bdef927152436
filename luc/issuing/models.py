"""Drafts of papers by blocks, their frozen versions and files, comments, and the opinions asked on a version."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import TenantModel, User
from luc.kernel.time import VIETNAM
from luc.papers.models import StoredFile
from luc.plans.models import Plan, Regime
from luc.rounds.models import Cycle


class Outline(TenantModel):
    """The outline of the report of one regime as its officer settled it; without one the default of `data` counts."""

    regime = models.OneToOneField(Regime, on_delete=models.PROTECT, related_name="outline")
    sections = models.JSONField(null=True, help_text="outlines.Heading as plain values; null: the default")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.regime)


class Draft(TenantModel):
    """A paper that is being written. `party` issues it; `about` is the agency that it is about, where it is one.

    cells: what the cells of the consolidation were when it was drafted or refreshed last (words and title by
    key); cells_of: of which reports (standing.fingerprint), so that nothing is added up again while nothing moved.
    outline: of a letter the blocks of its words.
    """

    class Kind(models.TextChoices):
        REPORT = "report", _("báo cáo tổng hợp")
        ASKING = "asking", _("công văn đề nghị báo cáo")
        REMINDER = "reminder", _("công văn đôn đốc")
        ASSIGNMENTS = "assignments", _("danh mục nhiệm vụ của đơn vị")
        AGENCY_REPORT = "agency_report", _("báo cáo của đơn vị")

    class State(models.TextChoices):
        DRAFTING = "drafting", _("đang soạn")
        ISSUED = "issued", _("đã ban hành")
        DROPPED = "dropped", _("không dùng nữa")

    kind = models.CharField(max_length=15, choices=Kind, default=Kind.REPORT)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTING)
    cycle = models.ForeignKey(Cycle, null=True, on_delete=models.PROTECT, related_name="papers")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=600, help_text="trích yếu")
    head = models.JSONField(default=dict, help_text="letterhead: issuer, addressees, recipients, signer")
    accepted_only = models.BooleanField(default=True, help_text="which reports it takes")
    outline = models.JSONField(default=list, help_text="by which it was drafted (outlines.Heading)")
    cells = models.JSONField(default=dict)
    cells_of = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="number of the last Version")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["tenant", "state", "made_at"])]

    def __str__(self) -> str:
        return self.title


class Wording(TenantModel):
    """The words of a kind of letter in the rounds of one regime as its officer settled them; without them the default
    of `data/letters` counts."""

    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="wordings")
    kind = models.CharField(max_length=15, choices=Draft.Kind)
    words = models.JSONField(null=True, help_text="letters.wording.Letter as plain values; null: the default")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("regime", "kind", name="wording_once")]

    def __str__(self) -> str:
        return f"{self.regime}: {self.get_kind_display()}"


class Block(TenantModel):
    """A piece of a draft: a heading, a paragraph, an item behind a dash, a table, a chart, or where an annex begins.

    producer, place: which part of the outline made it and of what ("tasks", "task-12"), the same each time; empty for
    what a person added. `version` guards against two people on one block.
    """

    class Kind(models.TextChoices):
        SECTION = "section", _("đề mục")
        PARAGRAPH = "paragraph", _("đoạn văn")
        ITEM = "item", _("gạch đầu dòng")
        TABLE = "table", _("bảng")
        CHART = "chart", _("biểu đồ")
        ANNEX = "annex", _("phụ lục")

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="blocks")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    level = models.PositiveSmallIntegerField(default=0, help_text="of a heading: 1 to 3")
    content = models.JSONField(help_text="content.py says what stands in it")
    producer = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=80, blank=True)
    is_edited = models.BooleanField(default=False, help_text="a person changed the words")
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "draft", "producer", "place", name="block_place", condition=~models.Q(producer="")
            )
        ]
        indexes = [models.Index(fields=["draft", "order"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.order}"


class Version(TenantModel):
    """A draft as it stood at a moment, frozen for ever. Append-only.

    content: {"form": 1, "title", "head", "blocks": [{"id", "kind", "level", "producer", "place", "content"}]};
    cells: the cells that its chips show, by key: {"words", "value", "rows": [[submission, row], ...]}.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    cells = models.JSONField()
    sha256 = models.CharField(max_length=64, help_text="of content and cells")
    answered = models.PositiveIntegerField(default=0)
    bound = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("draft", "number", name="version_number")]

    def __str__(self) -> str:
        return f"{self.draft} ({self.number})"


class WrittenFile(TenantModel):
    """A file made of a version, kept for ever. Append-only.

    sources: every bookmark of the .docx with its words, the cell it shows and the rows of frozen reports it rests on:
    [{"bookmark", "words", "cell" | null, "block", "rows": [[submission, row], ...]}].
    """

    class Format(models.TextChoices):
        DOCX = "docx", "Word (.docx)"
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "Excel (.xlsx)"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=5, choices=Format)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sources = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("version", "format", name="written_once")]


class Comment(TenantModel):
    """What somebody says beside a block, and whether it is settled."""

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    resolved_at = models.DateTimeField(null=True)
    resolved_by_name = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.text[:80]


class Opinion(TenantModel):
    """An agency was asked for its opinion on one version until a moment, and what it answered."""

    class State(models.TextChoices):
        ASKED = "asked", _("chưa góp ý")
        AGREED = "agreed", _("thống nhất")
        REMARKED = "remarked", _("thống nhất, có ý kiến")
        NONE = "none", _("không có ý kiến")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="opinions")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    until = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("version", "party", name="opinion_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_state_display()}"

    @property
    def last_day(self) -> date:
        """The last day on which it is awaited, as it was asked."""
        return (self.until - timedelta(microseconds=1)).astimezone(VIETNAM).date()


class OpinionRemark(TenantModel):
    """One remark of an opinion, about one block or the whole, and what the writing agency did with it."""

    class Taken(models.TextChoices):
        WAITING = "waiting", _("chưa xử lý")
        TAKEN = "taken", _("tiếp thu")
        EXPLAINED = "explained", _("giải trình")

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="remarks")
    block = models.ForeignKey(Block, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    taken = models.CharField(max_length=10, choices=Taken, default=Taken.WAITING)
    explanation = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.text[:80]
