"""What people type to come in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from partnership.accounts.names import LONGEST, as_written


def email_field(**more: Any) -> forms.EmailField:
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
        **more,
    )


class NameForm(forms.Form):
    """The name as its bearer writes it. In which letters certificates print it is asked there."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write your name.")},
    )

    def clean_name(self) -> str:
        return as_written(self.cleaned_data["name"])


class SignUpForm(NameForm):
    """A name and an address: nothing else is needed to take part."""

    email = email_field(
        help_text=gettext_lazy(
            "Yours alone, not one that an office shares: a code is mailed to it."
        )
    )


class AddressForm(forms.Form):
    """Where a code is to go. The sign-in page calls its field `login`."""

    login = email_field(
        help_text=gettext_lazy(
            "Any address you have confirmed here. If you have no account yet, the code makes one."
        )
    )


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
        label=gettext_lazy("Keep me signed in on this device"),
        help_text=gettext_lazy("For 14 days. Leave it empty where others use the same computer."),
        required=False,
    )
