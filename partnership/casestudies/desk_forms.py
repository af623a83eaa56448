"""The small forms of the desk: beginning a case, saying what changed, a comment, a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.casestudies.desk_fields import AboutForm, line
from partnership.casestudies.models import CaseCountry, CaseDraft
from partnership.casestudies.words import Words, taken_from
from partnership.members.delegations import COUNTRY, Delegation


class DraftFilter(forms.Form):
    state = forms.ChoiceField(
        required=False, label=_("State"), choices=[("", _("any")), *CaseDraft.State.choices]
    )


class NextForm(forms.Form):
    """For whom the next version of a case is written."""

    place = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        help_text=_("Who runs this delegation with you sees the proposal too."),
    )

    def __init__(self, *args: Any, places: Mapping[str, Delegation | None], **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = [
            (key, one.name if one else _("for nobody’s delegation")) for key, one in places.items()
        ]
        self.fields["place"].choices = names  # type: ignore[attr-defined]

    def clean_place(self) -> str:
        """Empty only where somebody may write in no delegation's name."""
        found = self.cleaned_data["place"]
        if found not in dict(self.fields["place"].choices):  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Choose for whom you write."))
        return found


class BeginForm(NextForm):
    """A new case: for whom, and its title."""

    field_order = ("title", "language", "place")

    title = AboutForm.base_fields["title"]
    language = AboutForm.base_fields["language"]

    def first_words(self, delegation: Delegation | None) -> Words:
        """The form as it is opened: with what is known by now."""
        found = {name: self.cleaned_data[name] for name in ("title", "language")}
        if delegation and delegation.kind == COUNTRY:
            found["countries-0-country"] = delegation.key.upper()
        elif delegation:
            found["institutions-0-institution"] = delegation.key
        return taken_from({**found, "countries-0-part": CaseCountry.Part.HOST})


class ChangedForm(forms.Form):
    what_changed = line(
        _("What changed since the published version"),
        300,
        _("One sentence for those who cited it. It stands on the page."),
    )


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class DeclineForm(CommentForm):
    """The same, as a reason."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Why")


class ReasonForm(forms.Form):
    reason = line(_("Why"), 300, _("Stays in the log."))
