"""How a case study comes about: proposals, each saved text, what is said of them, versions."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.casestudies.models.cases import CaseStudy
from partnership.members.models import Country, FocalTerm, Institution


class CaseDraftQuerySet(models.QuerySet["CaseDraft"]):
    def of(self, user: Any, *, on: date, sees_all: bool = False) -> CaseDraftQuerySet:
        """Those of the delegations that somebody runs on a day, and the own ones of a trainer."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if sees_all:
            return self
        terms = FocalTerm.objects.on(on).filter(person=user).order_by()
        countries = terms.filter(country__isnull=False).values("country")
        institutions = terms.filter(institution__isnull=False).values("institution")
        own = Q(by=user, country__isnull=True, institution__isnull=True)
        return self.filter(own | Q(country__in=countries) | Q(institution__in=institutions))


class CaseDraft(models.Model):
    """A proposal: a new case study, or the next version of one that is published.

    It belongs to the delegation for which it is written, or to its writer alone.
    """

    class State(models.TextChoices):
        WRITING = "writing", _("being written")
        RETURNED = "returned", _("back with comments")
        HANDED_IN = "handed_in", _("handed in")
        PUBLISHED = "published", _("published")
        SET_ASIDE = "set_aside", _("set aside")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        CaseStudy, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts"
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # As the text that stands says it, for lists.
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WRITING)
    # Of the newest save: who saves draws the next one by raising it.
    number = models.PositiveIntegerField(default=0, editable=False)
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CaseDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal of a case study")
        verbose_name_plural = _("proposals of case studies")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=True) | Q(institution__isnull=True),
                name="case_draft_of_one_delegation_at_most",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["writing", "returned", "handed_in"]),
                name="case_draft_one_open",
            ),
            # Whoever proposed a text is not the one who publishes it.
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(by=F("decided_by")),
                name="case_draft_is_published_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(case__isnull=False, decided_at__isnull=False, handed_in_at__isnull=False),
                name="case_draft_published_has_a_case",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("casework:one", args=[self.uuid])

    @property
    def place(self) -> Country | Institution | None:
        return self.country or self.institution

    @property
    def is_open(self) -> bool:
        """Whether its text may still change."""
        return self.state in (self.State.WRITING, self.State.RETURNED)


class CaseSave(models.Model):
    """A proposal's text as somebody left it: the form, word for word as it was typed.

    Of those that stand the highest number counts. What was saved over a text that its writer had
    not seen lies beside it until somebody chooses; it is never dropped.
    """

    class State(models.TextChoices):
        STANDS = "stands", _("stands")
        BESIDE = "beside", _("lies beside, not decided yet")
        DECIDED = "decided", _("lay beside, decided")

    draft = models.ForeignKey(CaseDraft, on_delete=models.CASCADE, related_name="saves")
    number = models.PositiveIntegerField(_("number"))
    words = models.JSONField(_("as it was typed"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("saved"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.STANDS)

    class Meta:
        verbose_name = _("saved text of a case study")
        verbose_name_plural = _("saved texts of case studies")
        ordering = ["draft", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="case_save_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.draft}, {self.number}"


class CaseComment(models.Model):
    """What somebody says of a proposal to those who work on it."""

    draft = models.ForeignKey(CaseDraft, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("comment"), max_length=3000)

    class Meta:
        verbose_name = _("comment on a case study")
        verbose_name_plural = _("comments on case studies")
        ordering = ["draft", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="case_comment_says_something")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CaseVersion(models.Model):
    """A case study as it was published on a day, whole: what somebody cites stays readable."""

    case = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    on = models.DateField(_("published"))
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    told = models.JSONField(_("text and figures"))
    # Empty: as the editorial import wrote it.
    draft = models.OneToOneField(
        CaseDraft, on_delete=models.PROTECT, null=True, blank=True, related_name="version"
    )

    class Meta:
        verbose_name = _("version of a case study")
        verbose_name_plural = _("versions of case studies")
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_version_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(what_changed="")),
                name="case_version_says_what_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("casestudies:version", args=[self.case.slug, self.number])
