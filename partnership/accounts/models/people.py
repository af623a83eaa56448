"""People, and the roles that the secretariat gives them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from partnership.lib.fields import Derived
from partnership.lib.text.letters import folded


class Role(models.TextChoices):
    """Who may use a page. A visitor has none of these; the rest add up."""

    OFFICIAL = "official", _("official")
    FOCAL_POINT = "focal_point", _("focal point")
    TRAINER = "trainer", _("trainer")
    DATA_EDITOR = "data_editor", _("data editor")
    ADMINISTRATOR = "administrator", _("administrator")


# These can harm others: they are of use only after a second factor.
PRIVILEGED: frozenset[str] = frozenset(
    {Role.FOCAL_POINT, Role.TRAINER, Role.DATA_EDITOR, Role.ADMINISTRATOR}
)


class FoldedNameField(Derived, models.CharField):
    """Both names in plain letters: what a list of people is searched and sorted by."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        both = f"{getattr(model_instance, self.of)} {model_instance.latin_name}"  # type: ignore[attr-defined]
        value = folded(both)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


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

    class Seen(models.TextChoices):
        """Who else may see the name and the post."""

        NOBODY = (
            "nobody",
            _("only who has to: trainers, focal points, the secretariat, and my working groups"),
        )
        DELEGATION = "delegation", _("the people of my delegation too")
        PEOPLE = "people", _("everybody who is signed in")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    latin_name = models.CharField(_("name in Latin letters"), max_length=150, blank=True)
    # Follows both names: whoever saves only some fields of a person names it beside them.
    folded = FoldedNameField(of="name", max_length=310, default="", db_default="")
    # Certificates print the name: its owner looked at it and said so once.
    name_confirmed_at = models.DateTimeField(_("name confirmed"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    seen_by = models.CharField(
        _("who sees my name and post"),
        max_length=10,
        choices=Seen,
        default=Seen.NOBODY,
        db_default="nobody",
    )
    # Every session and token names the epoch it began in: raised, all of them end.
    epoch = models.PositiveIntegerField(
        _("epoch of sessions"), default=0, db_default=0, editable=False
    )
    # Shorter than what holds without a second factor: it goes with the last factor.
    has_short_password = models.BooleanField(default=False, db_default=False, editable=False)
    # The site asks once for a private address; it was told "not now".
    private_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("made for demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # A policy has a version that this person has not said yes to. Read with the person, so that
    # no page asks another table for it.
    policies_due = models.BooleanField(default=False, db_default=False, editable=False)
    # The person is gone. What is left counts in statistics and names nobody.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["folded", "id"], name="user_by_folded_name")]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name="", latin_name="", is_active=False, email__endswith="@erased.invalid"),
                name="user_erased_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return str(_("erased person"))
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_session_auth_hash(self) -> str:
        """What a session must know to go on: it ends with the password and with the epoch."""
        return self._proof_of_session(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._proof_of_session(secret)

    def _proof_of_session(self, secret: str | bytes) -> str:
        salt = "partnership.accounts.models: session"
        value = f"{self.epoch}:{self.password}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

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

    GIVEN = (Role.TRAINER, Role.DATA_EDITOR, Role.ADMINISTRATOR)

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
                condition=Q(role__in=["trainer", "data_editor", "administrator"]),
                name="role_grant_is_given",
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
