"""How people come into a delegation: invited, or asking by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from partnership.mail.models import OutboxMessage
from partnership.members.models.people import FocalTerm, PlacedQuerySet
from partnership.members.models.places import ONE, OfPlace, of_one_place


def person_who(verbose: Any) -> models.ForeignKey:
    """Somebody who did a thing: the row stays when the person is erased."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose,
    )


class InvitationQuerySet(PlacedQuerySet):
    def unsettled(self) -> InvitationQuerySet:
        """Neither used nor taken back nor replaced, be they over or not."""
        return self.filter(
            used_at__isnull=True, withdrawn_at__isnull=True, replaced_at__isnull=True
        )

    def open(self, at: datetime) -> InvitationQuerySet:
        """Those that can still be accepted."""
        return self.unsettled().filter(expires_at__gt=at)

    def with_state(self, at: datetime) -> InvitationQuerySet:
        """Each with `state`: how far it got, one of `Invitation.State`."""
        state = Invitation.State
        return self.annotate(
            state=Case(
                When(used_at__isnull=False, then=Value(state.JOINED)),
                When(withdrawn_at__isnull=False, then=Value(state.WITHDRAWN)),
                When(replaced_at__isnull=False, then=Value(state.REPLACED)),
                When(expires_at__lte=at, then=Value(state.OVER)),
                When(opened_at__isnull=False, then=Value(state.OPENED)),
                When(mail__state=OutboxMessage.State.FAILED, then=Value(state.BOUNCED)),
                When(mail__state=OutboxMessage.State.BOUNCED, then=Value(state.BOUNCED)),
                When(mail__state=OutboxMessage.State.HANDED_OVER, then=Value(state.HANDED_OVER)),
                default=Value(state.QUEUED),
                output_field=models.CharField(),
            )
        )


class Invitation(models.Model):
    """What a person is invited to. Its link and its code stand nowhere, only what they hash to."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waits to be mailed")
        HANDED_OVER = "handed_over", _("handed to the mail server")
        BOUNCED = "bounced", _("mail given up or came back")
        OPENED = "opened", _("link opened")
        JOINED = "joined", _("joined")
        OVER = "over", _("over")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REPLACED = "replaced", _("replaced by a newer one")

    LIFE = timedelta(days=14)
    TRIES = 5

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    role = models.CharField(_("role"), max_length=20)
    country = models.ForeignKey(
        "Country", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.ForeignKey(
        "Institution", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("job title"), max_length=150, blank=True)
    # Of a focal point only.
    function = models.CharField(max_length=15, choices=FocalTerm.Function, blank=True)
    is_deputy = models.BooleanField(default=False)
    until = models.DateField(_("end of the term"), null=True, blank=True)
    letter = models.ForeignKey(
        "OfficialLetter", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Hashes of the link that is mailed and of the one that is shown to whoever invites.
    mailed_hash = models.CharField(max_length=64, unique=True, editable=False)
    shown_hash = models.CharField(max_length=64, unique=True, editable=False)
    by = person_who(_("invited by"))
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("last mailed"))
    sends = models.PositiveSmallIntegerField(_("times mailed"), default=1)
    mail = models.ForeignKey(
        OutboxMessage, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    expires_at = models.DateTimeField(_("valid until"))
    tries = models.PositiveSmallIntegerField(_("tries of the code"), default=0)
    opened_at = models.DateTimeField(_("link opened"), null=True, blank=True)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    used_by = person_who(_("used by"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["email"], name="invitation_by_address"),
            models.Index(fields=["country", "-id"], name="invitation_of_country"),
            models.Index(fields=["institution", "-id"], name="invitation_of_institution"),
        ]
        constraints = [
            models.UniqueConstraint(
                F("email"),
                F("role"),
                Coalesce(F("country"), Value("")),
                Coalesce(F("institution"), Value(0)),
                condition=Q(
                    used_at__isnull=True, withdrawn_at__isnull=True, replaced_at__isnull=True
                ),
                name="invitation_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(role="official")
                | Q(country__isnull=False)
                | Q(institution__isnull=False),
                name="invitation_of_an_official_names_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(role="focal_point") | Q(ONE, until__isnull=False) & ~Q(function=""),
                name="invitation_of_a_focal_point_names_a_term",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=5), name="invitation_code_is_tried_five_times"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at"), sent_at__gte=F("made_at")),
                name="invitation_is_sent_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True)
                | Q(withdrawn_at__isnull=True, replaced_at__isnull=True),
                name="invitation_is_used_or_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")),
                name="invitation_address_is_in_small_letters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"

    @property
    def place(self) -> object:
        return self.country or self.institution


class MailDomainQuerySet(PlacedQuerySet):
    def in_force(self) -> MailDomainQuerySet:
        return self.filter(approved_at__isnull=False)


class MailDomain(OfPlace):
    """Whoever has a confirmed address there belongs to the delegation. Proposed, then approved."""

    domain = models.CharField(_("mail domain"), max_length=190, unique=True)
    proposed_by = person_who(_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"))
    approved_by = person_who(_("approved by"))
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    objects = MailDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")
        ordering = ["domain"]
        constraints = [
            of_one_place("mail_domain_of_one_country_or_institution"),
            models.CheckConstraint(
                condition=Q(domain=models.functions.Lower("domain"), domain__contains=".")
                & ~Q(domain__contains="@"),
                name="mail_domain_is_one",
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class JoinRequestQuerySet(PlacedQuerySet):
    def waiting(self) -> JoinRequestQuerySet:
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)


class JoinRequest(OfPlace):
    """A person asks to be counted to a delegation. Its focal points answer, or the secretariat."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="join_requests",
        verbose_name=_("person"),
    )
    # The address that the person shows to those who decide.
    email = models.EmailField(_("mail address shown"), max_length=254)
    title = models.CharField(_("job title"), max_length=150, blank=True)
    since = models.DateField(_("in post since"))
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("to be answered by"))
    passed_at = models.DateTimeField(_("passed to the secretariat"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = person_who(_("answered by"))
    rule = models.ForeignKey(
        MailDomain, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_approved = models.BooleanField(_("approved"), null=True)
    reply = models.CharField(_("reply"), max_length=600, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="join_request_waiting",
            )
        ]
        constraints = [
            of_one_place("join_request_of_one_country_or_institution"),
            models.UniqueConstraint(
                F("person"),
                Coalesce(F("country"), Value("")),
                Coalesce(F("institution"), Value(0)),
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="join_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_approved__isnull=True)
                | Q(answered_at__isnull=False, is_approved__isnull=False),
                name="join_request_answer_is_yes_or_no",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("person")),
                name="join_request_is_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="join_request_is_answered_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.place}"


class ReplyText(models.Model):
    """A reply to a request that is used again and again."""

    language = models.CharField(_("language"), max_length=12, default="en")
    label = models.CharField(_("label"), max_length=80)
    text = models.CharField(_("text"), max_length=600)
    is_for_approval = models.BooleanField(_("approves"), default=False)

    class Meta:
        verbose_name = _("reply text")
        verbose_name_plural = _("reply texts")
        ordering = ["-is_for_approval", "label"]
        constraints = [
            models.UniqueConstraint(fields=["language", "label"], name="reply_text_once")
        ]

    def __str__(self) -> str:
        return self.label
