"""What is said of entries, shown with them, and asked about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luc.industry.models.entries import Enterprise, Offer
from luc.kernel.models import TenantModel, User
from luc.papers.models import StoredFile


class Value(TenantModel):
    """What one field of an entry is said to be: by whom, as of which day, and what became of it.

    At most one is verified and one is open for each field; what was replaced stays.
    """

    class Standing(models.TextChoices):
        OPEN = "open", _("chưa kiểm tra")
        RETURNED = "returned", _("trả lại")
        VERIFIED = "verified", _("đã xác minh")
        REPLACED = "replaced", _("đã thay")

    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.CASCADE, related_name="values")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.CASCADE, related_name="values")
    field = models.CharField(max_length=20)
    value = models.JSONField(null=True)
    source = models.CharField(max_length=200)
    on = models.DateField(help_text="the day of which the source speaks")
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.OPEN)
    remark = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="value_of_one",
                condition=Q(enterprise__isnull=False, offer=None) | Q(enterprise=None, offer__isnull=False),
            ),
            *(
                models.UniqueConstraint(
                    fields=[owner, "field"], condition=condition, name=f"value_{owner}_{name}_once"
                )
                for owner in ("enterprise", "offer")
                for name, condition in (
                    ("verified", Q(standing="verified")),
                    ("open", Q(standing__in=["open", "returned"])),
                )
            ),
        ]


class Picture(TenantModel):
    """A picture of an offer: made anew by us, large and small; everybody sees it once it was verified."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="pictures")
    large = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    small = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200, help_text="what it shows, for those who do not see it")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    order = models.PositiveSmallIntegerField()
    verified_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words


class Sheet(TenantModel):
    """A data sheet of an offer, as a download."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="sheets")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.file)


class Contact(TenantModel):
    """Whom to write to at an enterprise: only with consent; emptied when the consent is withdrawn.

    Luật 91/2025/QH15: who agreed, when, to which words.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    mail = models.EmailField(blank=True)
    agreed_to = models.TextField()
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(withdrawn_at=None), name="contact_open_once"
            ),
            models.CheckConstraint(
                name="contact_gone",
                condition=Q(withdrawn_at=None) | Q(name="", position="", phone="", mail=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.enterprise)


class Application(TenantModel):
    """Somebody asked to register: a mail address and a tax code, and the one-time link that was mailed."""

    mail = models.EmailField()
    tax_code = models.CharField(max_length=14)
    secret_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.tax_code


class Suggestion(TenantModel):
    """What anybody says is wrong or missing in a public entry; an officer decides."""

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ xem")
        TAKEN = "taken", _("đã dùng")
        REFUSED = "refused", _("không dùng")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="suggestions")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="suggestions")
    field = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.text}"[:300]


class Knock(models.Model):
    """One try from an address (a keyed hash of it), for counting; kept for a day."""

    who = models.CharField(max_length=64)
    what = models.CharField(max_length=20)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["who", "what"], name="knock_who")]
