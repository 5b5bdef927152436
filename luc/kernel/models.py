"""What the ground keeps: tenants, users, the chained history, jobs, mails."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_scopes import get_scope
from django_scopes.manager import DisabledQuerySet

from luc.kernel.text import sort_key


class Tenant(models.Model):
    """A province's government, or a ministry, in this installation. Not a territorial unit: it has units from-until."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


M = TypeVar("M", bound=models.Model)


class TenantManager(models.Manager[M]):
    """Rows of the tenants that the scope names (django-scopes); without a scope every query raises ScopeError."""

    def get_queryset(self) -> models.QuerySet[M]:
        scope = get_scope()
        if not scope.get("_enabled", True):
            return super().get_queryset()
        if "tenant" not in scope:
            disabled: models.QuerySet[M] = DisabledQuerySet(
                self.model, using=self._db, missing_scopes={"tenant"}
            )
            return disabled
        return super().get_queryset().filter(tenant__in=scope["tenant"])


class TenantModel(models.Model):
    """A row that belongs to one tenant. A query outside a scope raises: forgetting the tenant is an error, no leak."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        abstract = True


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A user who signs in with `username`; without a password until one is set by an invitation."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. Rights come from memberships in agencies, never from flags here."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    last_login = None  # sign-ins are sessions, not changes of a person

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.full_name)
        super().save(*args, **kwargs)


class ChainHead(models.Model):
    """Where a tenant's chain of history ends; locked while an action appends to it."""

    tenant = models.OneToOneField(Tenant, null=True, on_delete=models.PROTECT, related_name="+")
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    checked_at = models.DateTimeField(null=True)
    broken = models.JSONField(
        default=list, help_text="lines that did not hold when the chain was last verified"
    )

    class Meta:
        # the installation's own chain has no tenant, and NULL is not unique by itself
        constraints = [
            models.UniqueConstraint(
                Coalesce("tenant", 0, output_field=models.BigIntegerField()), name="chain_of_tenant"
            )
        ]


class Change(models.Model):
    """One line of history. Append-only, chained by hash within its tenant."""

    tenant = models.ForeignKey(Tenant, null=True, on_delete=models.PROTECT, related_name="+")
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=120)
    act = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint("tenant", "sequence", name="change_sequence"),
            models.UniqueConstraint("sequence", condition=models.Q(tenant=None), name="change_own_sequence"),
        ]
        indexes = [models.Index(fields=["kind", "object_id"])]


class Job(TenantModel):
    """Long work that runs in the worker: what it is, how far it is, what came out."""

    class State(models.TextChoices):
        QUEUED = "queued", _("chờ chạy")
        RUNNING = "running", _("đang chạy")
        DONE = "done", _("xong")
        FAILED = "failed", _("lỗi")
        CANCELLED = "cancelled", _("đã dừng")

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    saying = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0, help_text="runs so far; the number of the last one")
    lost = models.PositiveIntegerField(default=0, help_text="runs lost since a person started it")
    cancel_asked = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)


class Mail(models.Model):
    """A mail of the demonstration, which has no mail server and shows them on a page."""

    tenant = models.ForeignKey(Tenant, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
