from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models import PolicyVersion

MOST_LETTERS = 40_000


class AgreeForm(forms.Form):
    """The versions that were on the page when somebody said yes."""

    version = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        known = PolicyVersion.objects.values_list("pk", flat=True)
        self.fields["version"].choices = [(key, key) for key in known]  # type: ignore[attr-defined]


class PolicyForm(forms.Form):
    """The next version of a policy, in every language that the site speaks."""

    kind = forms.ChoiceField(label=_("Policy"), choices=PolicyVersion.Kind.choices)
    what_changed = forms.CharField(
        label=_("What changed, in a sentence"), max_length=300, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text: %(language)s") % {"language": name},
                help_text=_("Markdown. Headings begin with ##."),
                max_length=MOST_LETTERS,
                required=code == settings.LANGUAGE_CODE,
                widget=forms.Textarea(attrs={"rows": 12, "lang": code, "dir": "auto"}),
            )

    @staticmethod
    def of(version: PolicyVersion | None) -> dict[str, str]:
        """What the next version of a policy begins with: the words of this one."""
        if version is None:
            return {}
        texts = {f"text_{row.language}": row.text for row in version.texts.all()}
        return {"kind": version.kind, **texts}

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code, _name in settings.LANGUAGES}
