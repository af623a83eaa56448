"""What can be asked of the catalogue, and what a lesson's page sends back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.catalogue import queries
from courses.catalogue.languages import language_name
from courses.catalogue.models import Course


class CatalogueFilter(forms.Form):
    """Every filter may be left out. What cannot be understood is refused with its field."""

    area = forms.ChoiceField(required=False, label=_("Area of work"))
    level = forms.ChoiceField(
        required=False, label=_("Level"), choices=[("", _("any")), *Course.Level.choices]
    )
    minutes = forms.ChoiceField(
        required=False,
        label=_("Reading time"),
        choices=[
            ("", _("any")),
            ("60", _("up to 1 hour")),
            ("90", _("up to 1 ½ hours")),
            ("120", _("up to 2 hours")),
        ],
    )
    language = forms.ChoiceField(required=False, label=_("Language"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["area"].choices = [("", _("any")), *queries.areas()]
        spoken = [(code, language_name(code)) for code in queries.languages()]
        fields["language"].choices = [("", _("any")), *spoken]


class PlaceForm(forms.Form):
    """Where on a lesson's page somebody is, and whether its end was reached."""

    block = forms.RegexField(r"\Ab-[0-9a-f]{10}(-[0-9]{1,4})?\Z", required=False, max_length=40)
    read = forms.BooleanField(required=False)
