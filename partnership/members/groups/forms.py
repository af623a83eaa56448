"""What is sent from the pages of working groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnership.accounts.forms import email_field
from partnership.accounts.models import User
from partnership.accounts.queries import owner_of

# Of the documents that a group shares, not of these pages.
LANGUAGES = [
    ("en", "English"),
    ("fr", "français"),
    ("es", "español"),
    ("ar", "العربية"),
    ("ru", "русский"),
    ("zh", "中文"),
    ("", _("another language")),
]


def text_field(label: Any, longest: int, **more: Any) -> forms.CharField:
    shape = {"dir": "auto", "autocomplete": "off"}
    return forms.CharField(
        label=label, max_length=longest, widget=forms.TextInput(attrs=shape), **more
    )


class GroupForm(forms.Form):
    name = text_field(_("Name"), 120)
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class SeatForm(forms.Form):
    """A person with an account; others are invited first."""

    email = email_field()
    is_chair = forms.BooleanField(label=_("Chairs the group"), required=False)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        self.person: User | None = owner_of(email)
        if self.person is None or not self.person.is_active:
            raise forms.ValidationError(
                _("Nobody has an account with this address. Invite the person first.")
            )
        return email


class DocumentForm(forms.Form):
    title = text_field(_("Title"), 200)
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, initial=settings.LANGUAGE_CODE, required=False
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, DOCX, XLSX, PPTX, ODT, ODS or ODP without macros, at most 10 MB."),
    )
    replaces = forms.ChoiceField(label=_("Takes the place of"), required=False)
    what_changed = text_field(_("What changed"), 300, required=False)

    def __init__(self, *args: Any, shown: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        replaces: Any = self.fields["replaces"]
        replaces.choices = [("", _("none, it is new")), *shown]
