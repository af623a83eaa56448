"""What people type to come in."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language_info, gettext_lazy

from partnership.accounts.models import Scope, User
from partnership.accounts.names import LONGEST, as_written, in_latin_letters
from partnership.accounts.passwords import rule_for


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


def code_field(label: Any, missing: Any) -> forms.CharField:
    shape = {
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "class": "code",
        "dir": "ltr",
        "spellcheck": "false",
    }
    return forms.CharField(
        label=label,
        max_length=40,
        widget=forms.TextInput(attrs=shape),
        error_messages={"required": missing},
    )


class MailedCodeForm(forms.Form):
    """The code as it was mailed."""

    code = code_field(
        gettext_lazy("Code from the mail"),
        gettext_lazy("Write the code that stands in the mail."),
    )


class CodeForm(MailedCodeForm):
    """The code that lets its reader in."""

    remember = forms.BooleanField(
        label=gettext_lazy("Keep me signed in on this device"),
        help_text=gettext_lazy("For 14 days. Leave it empty where others use the same computer."),
        required=False,
    )


class FactorForm(forms.Form):
    """A code of the app, or a recovery code where there are some."""

    code = code_field(
        gettext_lazy("Code from the app, or a recovery code"),
        gettext_lazy("Write the code that your authenticator app shows."),
    )


class AppForm(forms.Form):
    """The first code of an app that was just set up."""

    code = code_field(
        gettext_lazy("The six digits that the app shows now"),
        gettext_lazy("Write the six digits that the app shows."),
    )


class PasskeyNameForm(forms.Form):
    """By what name its owner knows a key."""

    name = forms.CharField(
        label=gettext_lazy("A name for it"),
        help_text=gettext_lazy("So that you know it again: office laptop, my telephone."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Give it a name.")},
    )


def password_field(label: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": gettext_lazy("Write a password.")},
    )


class OwnPasswordForm(forms.Form):
    """The password somebody has."""

    password = password_field(gettext_lazy("Your password"), "current-password")


class NewPasswordForm(forms.Form):
    """A new password, checked against what it must not be for its person."""

    new_password = password_field(gettext_lazy("New password"), "new-password")

    def __init__(self, *args: Any, person: User, **more: Any):
        super().__init__(*args, **more)
        self.person = person
        self.fields["new_password"].help_text = rule_for(person)

    def clean_new_password(self) -> str:
        password = self.cleaned_data["new_password"]
        validate_password(password, self.person)
        return password


class NewAddressForm(forms.Form):
    """One more address of the same person."""

    email = email_field(
        help_text=gettext_lazy(
            "A code goes to it, and your other addresses are told. Sign-in works with any of them."
        )
    )


class LostMailboxForm(forms.Form):
    """An address that nobody reads any more, and one that is."""

    lost = email_field(help_text=gettext_lazy("The one with which you signed in before."))
    email = email_field(
        help_text=gettext_lazy("One that has no account here. A code is mailed to it.")
    )

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.fields["lost"].label = gettext_lazy("Address that you lost")
        self.fields["email"].label = gettext_lazy("New address")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        found.update({name: found[name].strip().lower() for name in found})
        if found.get("lost") and found.get("lost") == found.get("email"):
            self.add_error("email", gettext_lazy("Name another address than the lost one."))
        return found


class ProfileForm(forms.ModelForm):
    """What a person says of themselves. What others enter about them stands beside it."""

    class Meta:
        model = User
        fields = ("name", "latin_name", "language", "time_zone", "seen_by")
        widgets: ClassVar[dict[str, Any]] = {
            "name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
            "latin_name": forms.TextInput(attrs={"dir": "ltr"}),
            "seen_by": forms.RadioSelect,
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "name": {"required": gettext_lazy("Write your name.")}
        }

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.fields["name"].required = True
        self.fields["language"] = forms.ChoiceField(
            label=gettext_lazy("Language of pages and mails"),
            choices=[("", gettext_lazy("as the browser asks")), *languages()],
            required=False,
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=gettext_lazy("Time zone"),
            choices=[("", gettext_lazy("UTC")), *((zone, zone) for zone in zones())],
            required=False,
        )

    def clean_name(self) -> str:
        return as_written(self.cleaned_data["name"])

    def clean_latin_name(self) -> str:
        name = self.cleaned_data["latin_name"]
        return in_latin_letters(as_written(name)) if name.strip() else ""


class TokenForm(forms.Form):
    """What a token for a program is called, what it may do, and how long it holds."""

    name = forms.CharField(
        label=gettext_lazy("What the token is for"),
        help_text=gettext_lazy("Such as the name of the program, and who looks after it."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write what the token is for.")},
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what the token may do.")},
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it holds"),
        coerce=int,
        initial=90,
        choices=[
            (30, gettext_lazy("30 days")),
            (90, gettext_lazy("90 days")),
            (180, gettext_lazy("180 days")),
            (365, gettext_lazy("a year")),
        ],
    )


def languages() -> list[tuple[str, str]]:
    """The languages that this site has, each under its own name."""
    return [(code, get_language_info(code)["name_local"]) for code, _ in settings.LANGUAGES]


def zones() -> list[str]:
    """The zones that are named after a place."""
    return sorted(zone for zone in available_timezones() if "/" in zone and zone[:4] != "Etc/")
