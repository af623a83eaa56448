"""What trainers and focal points can ask of their lists, and what they send."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course
from courses.learning import answers_file, roster
from courses.learning.delegations import Place
from courses.learning.models import Certificate
from courses.learning.services.allowances import MOST_ATTEMPTS, MOST_MINUTES
from courses.quizzes.models import Quiz

ANY = ("", _("any"))


class LearnersFilter(forms.Form):
    """Every filter may be left out. What cannot be understood is refused with its field."""

    q = forms.CharField(required=False, max_length=100, label=_("Name"))
    state = forms.ChoiceField(
        required=False, label=_("State"), choices=[ANY, *roster.State.choices]
    )
    edition = forms.ChoiceField(required=False, label=_("Edition"))
    country = forms.ChoiceField(required=False, label=_("Country today"))
    institution = forms.ChoiceField(required=False, label=_("Institution today"))
    certificate = forms.ChoiceField(
        required=False,
        label=_("Certificate"),
        choices=[ANY, ("yes", _("stands")), ("no", _("none that stands"))],
    )
    ordering = forms.ChoiceField(
        required=False,
        label=_("Order"),
        choices=[
            ("", _("last activity, newest first")),
            ("active_at", _("last activity, oldest first")),
            ("-joined_at", _("joined last first")),
            ("name", _("name")),
        ],
    )

    def __init__(self, *args: Any, course: Course, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        countries, institutions = roster.places(course, on=on)
        numbers = course.editions.filter(published_at__isnull=False).order_by("-number")
        editions = [
            (str(number), str(number)) for number in numbers.values_list("number", flat=True)
        ]
        fields["country"].choices = [ANY, *countries]
        fields["institution"].choices = [ANY, *institutions]
        fields["edition"].choices = [ANY, *editions]


class FiguresFilter(forms.Form):
    """Which attempts the figures of a quiz are of."""

    attempts = forms.ChoiceField(
        required=False,
        label=_("Attempts"),
        choices=[("", _("the first of each")), ("all", _("all"))],
    )
    edition = forms.ChoiceField(required=False, label=_("Edition"))

    def __init__(self, *args: Any, quizzes: list[Quiz], **kwargs: Any):
        super().__init__(*args, **kwargs)
        numbers = [str(quiz.edition.number) for quiz in quizzes]
        fields: dict[str, Any] = self.fields
        fields["edition"].choices = [("", _("all")), *((number, number) for number in numbers)]


class AnswersFileForm(forms.Form):
    """The file that a learner downloaded."""

    file = forms.FileField(
        label=_("File of answers"),
        help_text=_("What the learner got by “Download my answers”; it ends in .json."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> bytes:
        """Its bytes, once they can be read: of a huge one nothing is read."""
        sent = self.cleaned_data["file"]
        if sent.size > answers_file.LARGEST:
            raise forms.ValidationError(_("This file is far larger than any file of answers."))
        raw: bytes = sent.read()
        try:
            answers_file.read(raw)
            raw.decode()
        except answers_file.NotThatFile as refusal:
            raise forms.ValidationError(str(refusal)) from None
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is not a file of answers.")) from None
        return raw


class AllowanceForm(forms.Form):
    """More time or more attempts in one quiz, and why."""

    quiz = forms.ChoiceField(label=_("Quiz"))
    minutes = forms.IntegerField(
        required=False,
        label=_("Minutes more"),
        min_value=0,
        max_value=MOST_MINUTES,
        help_text=_("Only where the quiz has a time limit. It moves the end of a running attempt."),
    )
    attempts = forms.IntegerField(
        required=False, label=_("Attempts more"), min_value=0, max_value=MOST_ATTEMPTS
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("The learner reads it in the mail.")
    )
    # Drawn anew with each page, kept when the form is shown again. No browser fills in an old one.
    stamp = forms.UUIDField(
        required=False,
        initial=lambda: uuid4().hex,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, course: Course, **kwargs: Any):
        super().__init__(*args, **kwargs)
        quizzes = Quiz.objects.filter(edition__course=course, edition__published_at__isnull=False)
        rows = quizzes.select_related("edition__course").order_by("-edition__number", "position")
        self.quizzes = {f"{row.edition.number}/{row.slug}": row for row in rows}
        fields: dict[str, Any] = self.fields
        fields["quiz"].choices = [(key, _quiz_label(row)) for key, row in self.quizzes.items()]

    def clean_quiz(self) -> Quiz:
        return self.quizzes[self.cleaned_data["quiz"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("minutes") and not cleaned.get("attempts") and not self.errors:
            raise forms.ValidationError(_("Say how many minutes or attempts more."))
        quiz = cleaned.get("quiz")
        if quiz and cleaned.get("minutes") and not quiz.time_limit_minutes:
            self.add_error("minutes", _("This quiz has no time limit."))
        return cleaned


def _quiz_label(quiz: Quiz) -> str:
    limit = quiz.time_limit_minutes
    told = (
        _("%(title)s, edition %(number)s, %(limit)s min")
        if limit
        else _("%(title)s, edition %(number)s, no time limit")
    )
    return told % {"title": quiz.title, "number": quiz.edition.number, "limit": limit}


class ReasonForm(forms.Form):
    """A reason as it is kept. Whether there must be one is for the service to say."""

    reason = forms.CharField(required=False, max_length=200, label=_("Reason"))


class WithdrawForm(forms.Form):
    """Why a certificate ends."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Certificate.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_("Whoever checks the certificate reads this reason."),
    )
    sentence = forms.CharField(
        label=_("What happened, in a sentence"),
        max_length=200,
        help_text=_("Kept in the audit log only."),
    )


class CompletionFilter(forms.Form):
    """What a focal point can ask of the completions of its people."""

    of = forms.ChoiceField(required=False, label=_("Country or institution"))
    course = forms.ChoiceField(required=False, label=_("Course"))
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[
            ANY,
            ("done", _("completed")),
            ("reading", _("learning")),
            ("left", _("left")),
        ],
    )

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["of"].choices = [("", _("all")), *((place.key, place.name) for place in places)]
        courses = Course.objects.filter(editions__published_at__isnull=False).distinct()
        codes = courses.order_by("position", "code").values_list("slug", "code")
        fields["course"].choices = [ANY, *codes]
        if len(places) < 2:
            del self.fields["of"]
