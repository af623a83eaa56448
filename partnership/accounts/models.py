"""People, and the roles that the secretariat gives them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

__all__ = ["MailedCode", "Role", "RoleGrant", "User"]


class Role(models.TextChoices):
    """Who may use a page. A visitor has none of these; the rest add up."""

    OFFICIAL = "official", _("official")
    FOCAL_POINT = "focal_point", _("focal point")
    TRAINER = "trainer", _("trainer")
    ADMINISTRATOR = "administrator", _("administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One person across all jobs. What they may do comes from roles, delegations and terms."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    latin_name = models.CharField(_("name in Latin letters"), max_length=150, blank=True)
    # Certificates print the name: its owner looked at it and said so once.
    name_confirmed_at = models.DateTimeField(_("name confirmed"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("made for demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    # Django's admin asks these of a user. The policy table has let only administrators through.
    @property
    def is_staff(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def on(self, day: date) -> RoleGrantQuerySet:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)


class RoleGrant(models.Model):
    """A role that the secretariat gave to a person, from a day on and perhaps to a day."""

    GIVEN = (Role.TRAINER, Role.ADMINISTRATOR)

    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="role_grants", verbose_name=_("person")
    )
    role = models.CharField(
        _("role"), max_length=15, choices=[(role.value, role.label) for role in GIVEN]
    )
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["person", "role", "begins_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["trainer", "administrator"]), name="role_grant_is_given"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="role_grant_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ends_on__isnull=True),
                name="role_grant_one_open",
                violation_error_message=_("This person has this role already, without an end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class MailedCodeQuerySet(models.QuerySet["MailedCode"]):
    def open(self, at: datetime) -> MailedCodeQuerySet:
        """Those with which somebody can still come in."""
        return self.filter(used_at__isnull=True, expires_at__gt=at, tries__lt=MailedCode.TRIES)


class MailedCode(models.Model):
    """A code that was mailed to an address, for the browser that asked. The code stands nowhere."""

    LIFE = timedelta(minutes=30)  # the mail of a ministry is slow
    TRIES = 5

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=150, blank=True)
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("last sent"))
    sends = models.PositiveSmallIntegerField(_("times sent"), default=1)
    expires_at = models.DateTimeField(_("valid until"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = MailedCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailed code")
        verbose_name_plural = _("mailed codes")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["email", "sent_at"], name="mailed_code_of_address"),
            models.Index(fields=["expires_at"], name="mailed_code_over"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(tries__lte=5), name="mailed_code_is_tried_five_times"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at"), sent_at__gte=F("made_at")),
                name="mailed_code_is_sent_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(tries__gte=1),
                name="mailed_code_is_used_by_a_try",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def tries_left(self) -> int:
        return self.TRIES - self.tries
