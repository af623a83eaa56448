"""What is typed of a letter: its texts, the desk for replies, and whom it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from partnership.accounts.models import Role
from partnership.members.circles import parts_of
from partnership.members.letters.openers import EVERYBODY
from partnership.members.models import Letter, LetterText, ReplyDesk

# The languages of the United Nations, beside those of the site.
OTHERS = ("ar", "zh-hans", "en", "fr", "ru", "es")
LONGEST_SUBJECT, LONGEST_BODY, LONGEST_FILTER = 200, 20_000, 200


def languages() -> list[str]:
    """In which a letter may be written, those of the site first."""
    return list(dict.fromkeys([*(code for code, _name in settings.LANGUAGES), *OTHERS]))


class FilterForm(forms.Form):
    """The filters that the circle has. What is kept of them is what was typed."""

    def __init__(self, data: Mapping[str, Any] | None, *, handle: str):
        super().__init__(data)
        self.handle = handle
        self.parts = parts_of(handle)
        for part in self.parts:
            self.fields.update(part.fields(handle))

    def clean(self) -> dict[str, Any]:
        wanted = super().clean() or {}
        if wanted.get("function") and wanted.get("role") not in ("", Role.FOCAL_POINT):
            text = _("Only focal points have a function: choose that role, or leave this open.")
            self.add_error("function", text)
        return wanted

    def narrowed(self, people: QuerySet[Any], on: date) -> QuerySet[Any]:
        """Those who fit everything that was chosen. The form has been cleaned."""
        for part in self.parts:
            people = part.narrowed(people, self.cleaned_data, self.handle, on)
        return people

    def typed(self) -> dict[str, str]:
        """What is kept: the fields that say something."""
        found = {name: str(self[name].value() or "").strip() for name in self.fields}
        return {name: value[:LONGEST_FILTER] for name, value in found.items() if value}

    def places(self) -> list[str]:
        """What is offered where a country or an institution can be named."""
        offered = getattr(self.fields.get("place"), "places", ())
        return [one.name for one in offered if one.is_own]

    def told(self) -> list[tuple[str, str]]:
        """Each filter in use with its value, in words. The form has been cleaned."""
        found = []
        for name, value in self.cleaned_data.items():
            choices = dict(getattr(self.fields[name], "choices", ()))
            if value:
                found.append((str(self.fields[name].label), str(choices.get(value, value))))
        return found


@dataclass(frozen=True)
class Version:
    """The two fields of one language, for the page."""

    code: str
    name: str
    is_of_site: bool
    is_to_the_left: bool
    subject: Any
    body: Any

    @property
    def is_begun(self) -> bool:
        return bool(self.subject.value() or self.body.value() or self.errors)

    @property
    def errors(self) -> bool:
        return bool(self.subject.errors or self.body.errors)


class LetterForm(forms.Form):
    """At least one language with a subject and a text; of each both or neither."""

    desk = forms.ModelChoiceField(
        ReplyDesk.objects.none(),
        label=gettext_lazy("Replies go to"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Say which desk gets the replies.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Main language"),
        help_text=gettext_lazy("For readers in whose own language there is no text."),
    )
    is_service = forms.BooleanField(
        required=False,
        label=gettext_lazy("It is about the reader's account"),
        help_text=gettext_lazy("Then it also goes to those who want no letters."),
    )
    reason = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Why nobody may stop it"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, handle: str, letter: Letter | None):
        super().__init__(data, initial=_initial(letter))
        desks: Any = self.fields["desk"]
        desks.queryset = ReplyDesk.objects.filter(
            Q(is_open=True) | Q(pk=letter.desk_id if letter else None)
        )
        choices: Any = self.fields["language"]
        choices.choices = [(code, _named(code)) for code in languages()]
        for code in languages():
            self.fields[f"subject-{code}"] = _subject(code)
            self.fields[f"body-{code}"] = _body(code)
        if handle != EVERYBODY:
            del self.fields["is_service"], self.fields["reason"]

    def versions(self) -> Iterator[Version]:
        own = {code for code, _name in settings.LANGUAGES}
        for code in languages():
            fields = (self[f"subject-{code}"], self[f"body-{code}"])
            is_left = get_language_info(code)["bidi"]
            yield Version(code, _named(code), code in own, is_left, *fields)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        written = []
        for code in languages():
            subject = " ".join(typed.get(f"subject-{code}", "").split())
            body = typed.get(f"body-{code}", "").replace("\r\n", "\n").strip("\n")
            typed[f"subject-{code}"], typed[f"body-{code}"] = subject, body.rstrip()
            if bool(subject) != bool(body.strip()):
                missing = "body" if subject else "subject"
                text = _("Write both, the subject and the text, or neither.")
                self.add_error(f"{missing}-{code}", text)
            elif subject:
                written.append(code)
        if not self.errors and typed["language"] not in written:
            self.add_error("language", _("There is no text in this language. Write one."))
        if typed.get("is_service") and not typed.get("reason", "").strip():
            self.add_error("reason", _("Say why: it is written to the log."))
        return typed

    def texts(self) -> dict[str, tuple[str, str]]:
        """Subject and text by language. The form has been cleaned."""
        typed = self.cleaned_data
        found = {code: (typed[f"subject-{code}"], typed[f"body-{code}"]) for code in languages()}
        return {code: both for code, both in found.items() if both[0]}


def _initial(letter: Letter | None) -> dict[str, Any]:
    if letter is None:
        return {"language": settings.LANGUAGE_CODE}
    found: dict[str, Any] = {
        name: getattr(letter, name) for name in ("desk", "language", "is_service", "reason")
    }
    for text in LetterText.objects.filter(letter=letter):
        found |= {f"subject-{text.language}": text.subject, f"body-{text.language}": text.body}
    return found


def _named(code: str) -> str:
    name = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]


def _spoken(code: str) -> dict[str, str]:
    return {"lang": code, "dir": "auto"}


def _subject(code: str) -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=LONGEST_SUBJECT,
        label=gettext_lazy("Subject"),
        widget=forms.TextInput(attrs={**_spoken(code), "autocomplete": "off"}),
    )


def _body(code: str) -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=LONGEST_BODY,
        strip=False,
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={**_spoken(code), "rows": 12}),
    )
