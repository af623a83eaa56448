"""What is sent to a course's shelf."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.authoring.shelf.models import Picture
from partnership.lib.images.reading import MEGABYTE, MOST_BYTES, SENTENCES

ALT = Picture._meta.get_field("alt").max_length
HINT = _(
    "For who cannot see it or does not load it: what a lesson needs from it. A lesson is not "
    "published with a picture that has none."
)


class SendForm(forms.Form):
    """A picture and its words. Without words it comes onto the shelf all the same."""

    file = forms.FileField(
        label=_("Picture"),
        max_length=150,
        help_text=_("PNG, JPEG, WebP or GIF, up to 15 MB. Of a moving one the first frame."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
    alt = forms.CharField(
        label=_("What it shows"),
        max_length=ALT,
        required=False,
        help_text=HINT,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean_file(self) -> Any:
        """Too large is too large before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            told = SENTENCES["too_big"] % {"most": MOST_BYTES // MEGABYTE}
            raise forms.ValidationError(told)
        return file


class ShelfAct(forms.Form):
    """One act upon one picture."""

    do = forms.ChoiceField(choices=[(one, one) for one in ("describe", "remove", "put-back")])
    picture = forms.UUIDField()
    alt = forms.CharField(max_length=ALT, required=False)
