"""What readers write of a fact, and what is answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.remarks.models import Remark
from partnership.remarks.told import NAMES

LONGEST = 3000


def words_field(label: Any, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 6, "dir": "auto", "maxlength": LONGEST})
    return forms.CharField(label=label, max_length=LONGEST, widget=widget, **more)


class RemarkForm(forms.Form):
    """One form for every fact. Whoever is signed in has an address already."""

    text = words_field(
        _("What is wrong, and where did you read it?"),
        help_text=_("An address of a page or the name of a document helps most."),
    )
    email = forms.EmailField(
        label=_("Your mail address, for the answer"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        help_text=_("Nobody but those who answer sees it. It is deleted 90 days after the answer."),
    )

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["email"]


class ListFilter(forms.Form):
    state = forms.ChoiceField(
        required=False, label=_("State"), choices=[("", _("any")), *Remark.State.choices]
    )
    kind = forms.ChoiceField(required=False, label=_("About"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", _("any")), *NAMES.items()]


class AnswerForm(forms.Form):
    text = words_field(
        _("Answer"), help_text=_("Goes by mail to whoever asked, and stays here with your name.")
    )


class CloseForm(forms.Form):
    text = forms.CharField(
        label=_("Why nothing is answered"),
        max_length=600,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Stays here; nobody is told."),
    )
