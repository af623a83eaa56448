"""What is sent to make lessons of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.authoring.parcels import reading
from courses.authoring.parcels.sentences import REFUSED


class SendForm(forms.Form):
    """A document."""

    file = forms.FileField(
        label=_("File"),
        max_length=150,
        help_text=_(
            "Word (.docx), PowerPoint (.pptx), Markdown (.md) or a whole course of this site "
            "(.zip), up to 50 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(reading.FORMS)}),
    )

    def clean_file(self) -> Any:
        """Too large is too large before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > reading.MOST_BYTES:
            most = reading.MOST_BYTES // reading.MEGABYTE
            raise forms.ValidationError(REFUSED["too_big"] % {"most": most})
        return file
