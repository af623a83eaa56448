"""What people type to come in."""

from __future__ import annotations

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Joiners without a width: parts of names in Persian, Hindi and others.
UNSEEN = "\u200c\u200d"


def email_field() -> forms.EmailField:
    shape = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
    return forms.EmailField(
        label=gettext_lazy("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs=shape),
        error_messages={
            "required": gettext_lazy("Write your mail address."),
            "invalid": gettext_lazy(
                "This is no mail address. Write it like name@ministry.example."
            ),
        },
    )


class NameForm(forms.Form):
    """The name as its bearer writes it. In which letters certificates print it is asked there."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write your name.")},
    )

    def clean_name(self) -> str:
        name = unicodedata.normalize("NFC", " ".join(self.cleaned_data["name"].split()))
        if any(unicodedata.category(sign)[0] == "C" and sign not in UNSEEN for sign in name):
            raise ValidationError(_("The name holds a mark that cannot be printed. Type it anew."))
        return name


class SignUpForm(NameForm):
    """A name and an address: nothing else is needed to take part."""

    email = email_field()


class AddressForm(forms.Form):
    """Where a code is to go. The sign-in page calls its field `login`."""

    login = email_field()


class CodeForm(forms.Form):
    """The code as it was mailed."""

    code = forms.CharField(
        label=gettext_lazy("Code from the mail"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "code",
                "dir": "ltr",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": gettext_lazy("Write the code that stands in the mail.")},
    )
    remember = forms.BooleanField(
        label=gettext_lazy("Keep me signed in on this device"), required=False
    )
