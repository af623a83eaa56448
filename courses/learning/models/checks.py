"""What a person who looked into an official text found out about a doubt of the lessons."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SubjectCheck(models.Model):
    """Who checked a doubt on which day against which source, and the result. The newest counts."""

    class Result(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed as written")
        OTHERWISE = "otherwise", _("to be written otherwise")
        UNCLEAR = "unclear", _("not settled by this source")

    doubt = models.SlugField(_("doubt"), max_length=60)  # a key of the file of doubts
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    on = models.DateField(_("checked on"))
    source = models.CharField(_("source"), max_length=300)
    result = models.CharField(_("result"), max_length=10, choices=Result)
    finding = models.TextField(_("what the source says"), blank=True)
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("subject check")
        verbose_name_plural = _("subject checks")
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["doubt"], name="subject_check_by_doubt")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="") & Q(result__in=["confirmed", "otherwise", "unclear"]),
                name="subject_check_result_has_a_source",
            ),
            models.CheckConstraint(
                condition=~Q(result="otherwise") | ~Q(finding=""),
                name="subject_check_otherwise_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.doubt}: {self.result}"

    @property
    def settles(self) -> bool:
        return self.result != self.Result.UNCLEAR
