"""What trainers send to begin a course and to describe a draft."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.authoring.services.starting import Plan
from courses.catalogue.models import Course, Edition
from partnership.members.models import AreaOfWork

CODE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\Z")
RESERVED = {"attempts", "paths", "mine", "guide"}
# In which a course can be written.
LANGUAGES = [
    ("en", "English"),
    ("fr", "français"),
    ("es", "español"),
    ("ar", "العربية"),
    ("ru", "русский"),
    ("zh-hans", "简体中文"),
]
TEXT = {"dir": "auto", "autocomplete": "off"}


class CourseForm(forms.Form):
    """A new course: what it is about, how deep it goes, in which language it is written."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs=TEXT))
    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        help_text=_(
            "Short, for addresses and certificates: letters, digits and hyphens, like A6-206."
        ),
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    area = forms.ModelChoiceField(
        AreaOfWork.objects.none(), label=_("Area of work"), to_field_name="slug"
    )
    level = forms.ChoiceField(label=_("Level"), choices=Course.Level.choices)
    language = forms.ChoiceField(label=_("Language of the texts"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        areas: Any = self.fields["area"]
        areas.queryset = AreaOfWork.objects.order_by("number")
        areas.label_from_instance = lambda area: area.title
        areas.empty_label = None

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not CODE.match(code):
            raise forms.ValidationError(_("Only letters and digits, with single hyphens between."))
        if code.lower() in RESERVED:
            raise forms.ValidationError(_("This word is an address of the site: take another."))
        return code

    @property
    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class Lines(forms.CharField):
    """One thing a line, as a list."""

    def __init__(self, **kwargs: Any):
        shape = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
        super().__init__(widget=shape, max_length=4000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.split("\n") if line.strip()]

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))


class AboutForm(forms.Form):
    """What the page of the course says before anybody joins."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs=TEXT))
    summary = forms.CharField(
        label=_("In a few sentences"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    outcomes = Lines(
        label=_("What one can do afterwards"), required=False, help_text=_("One thing a line.")
    )
    audience = Lines(label=_("Who it is for"), required=False, help_text=_("One thing a line."))
    authors = forms.CharField(
        label=_("Written by"), max_length=200, widget=forms.TextInput(attrs=TEXT)
    )
    rules_as_of = forms.DateField(
        label=_("Rules as of"),
        help_text=_("The day of the decisions and rules that the course tells."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    what_changed = forms.CharField(
        label=_("What changed since the last edition"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    @classmethod
    def of(cls, draft: Edition, data: Any = None) -> AboutForm:
        told = {name: getattr(draft, name) for name in cls.base_fields}
        return cls(data, initial=told)


class PartForm(forms.Form):
    """What the outline sends: one act upon one part."""

    act = forms.CharField(max_length=20)
    part = forms.CharField(max_length=100, required=False)
    title = forms.CharField(max_length=500, required=False)
    kind = forms.CharField(max_length=10, required=False)
    module = forms.CharField(max_length=80, required=False)
    before = forms.CharField(max_length=100, required=False)
    minutes = forms.IntegerField(min_value=1, max_value=999, required=False)
    removed = forms.IntegerField(min_value=1, max_value=2**53, required=False)


class LessonForm(forms.Form):
    """A lesson as a page without scripts sends it."""

    title = forms.CharField(max_length=200, required=False)
    text = forms.CharField(required=False, strip=False)
    saw = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    sitting = forms.RegexField(r"\A[a-z0-9]{8,32}\Z")
