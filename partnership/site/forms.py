from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.lib import languages
from partnership.members.forms import ALL, CountryFilter
from partnership.site.searching import LANGUAGES, NAMES


class DirectoryFilter(CountryFilter):
    part = forms.ChoiceField(
        required=False,
        label=_("In the register as"),
        choices=[ALL, ("host", _("host Party")), ("acquiring", _("acquiring Party"))],
    )


class SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=200, label=_("Search"))
    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=[ALL, *NAMES.items()])
    language = forms.ChoiceField(
        required=False, label=_("Language"), choices=[ALL, *languages.named(LANGUAGES)]
    )
