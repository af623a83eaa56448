"""What is sent from the pages of imports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models import Role
from partnership.lib import sheets
from partnership.members.desk_forms import PlaceField
from partnership.members.imports.columns import FIELDS, PROBLEM_COLUMN
from partnership.members.models import ImportRow, SheetImport

NOT_READ = ("", _("none of the columns"))


class DelegationField(forms.ChoiceField):
    """One of the delegations that somebody runs, taken as that delegation."""

    def __init__(self, delegations: list[Any], **more: Any):
        self.by_handle = {one.handle: one for one in delegations}
        super().__init__(choices=[(one.handle, one.name) for one in delegations], **more)

    def clean(self, value: Any) -> Any:
        return self.by_handle[super().clean(value)]


class SendForm(forms.Form):
    """A file. Focal points send people of a delegation they run, the secretariat anything."""

    kind = forms.ChoiceField(label=_("What does it list?"), choices=SheetImport.Kind.choices)
    file = forms.FileField(
        label=_("File"),
        max_length=150,
        help_text=_("CSV or XLSX, up to 10 MB. The first row that is not empty names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, delegations: list[Any] | None, **more: Any):
        super().__init__(*args, **more)
        # None: the secretariat, whose sheets name the delegation in each row.
        if delegations is not None:
            del self.fields["kind"]
            self.fields["delegation"] = DelegationField(delegations, label=_("Delegation"))

    def clean_file(self) -> Any:
        """Too large is too large before a byte of it is read."""
        file, most = self.cleaned_data["file"], sheets.Limits().bytes
        if file.size > most:
            told = sheets.SheetRefused("too_big", most=most // 1024**2)
            raise forms.ValidationError(str(told))
        return file


class PasteForm(forms.Form):
    """Addresses from wherever they are."""

    addresses = forms.CharField(
        label=_("Addresses"),
        max_length=200_000,
        help_text=_("One to a line, or divided by commas or semicolons; “Name <address>” too."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "spellcheck": "false"}),
    )
    delegation: Any
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.OFFICIAL.value, Role.OFFICIAL.label),
            (Role.TRAINER.value, Role.TRAINER.label),
        ],
    )

    def __init__(self, *args: Any, delegations: list[Any] | None, **more: Any):
        super().__init__(*args, **more)
        if delegations is not None:
            del self.fields["role"]
            self.fields["delegation"] = DelegationField(delegations, label=_("Delegation"))
        else:
            self.fields["delegation"] = PlaceField(
                label=_("Country or institution"),
                required=False,
                help_text=_("Trainers may have none."),
            )
        self.order_fields(["delegation", "role", "addresses"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_official = cleaned.get("role", Role.OFFICIAL) == Role.OFFICIAL
        if is_official and not cleaned.get("delegation") and "delegation" not in self.errors:
            self.add_error("delegation", _("Say to which delegation they are invited."))
        return cleaned


class ColumnsForm(forms.Form):
    """Which column holds what. A field of the form is a field of the sheet's kind."""

    def __init__(self, *args: Any, sheet: SheetImport, **more: Any):
        super().__init__(*args, **more)
        names = [
            (str(at), name or _("column %(n)s, without a name") % {"n": at + 1})
            for at, name in enumerate(sheet.columns)
            if name != PROBLEM_COLUMN
        ]
        for field in FIELDS[sheet.kind]:
            self.fields[field.name] = forms.ChoiceField(
                label=field.label,
                help_text=field.hint,
                choices=[NOT_READ, *names],
                required=field.is_needed,
                initial=str(sheet.mapping.get(field.name, "")),
            )

    @property
    def mapping(self) -> dict[str, int]:
        return {name: int(at) for name, at in self.cleaned_data.items() if at}


class EncodingForm(forms.Form):
    encoding = forms.ChoiceField(label=_("Encoding"), choices=list(sheets.ENCODINGS.items()))


class RowForm(forms.Form):
    """The cells of a row that mean something, to be corrected."""

    def __init__(self, *args: Any, sheet: SheetImport, line: ImportRow, **more: Any):
        super().__init__(*args, **more)
        for field in FIELDS[sheet.kind]:
            if field.name in sheet.mapping:
                self.fields[field.name] = forms.CharField(
                    label=field.label,
                    help_text=field.hint,
                    required=False,
                    max_length=5_000,
                    initial=line.cells[sheet.mapping[field.name]],
                    widget=forms.TextInput(attrs={"dir": "auto"}),
                )


class RowsFilter(forms.Form):
    verdict = forms.ChoiceField(
        required=False, label=_("Rows"), choices=[("", _("all")), *ImportRow.Verdict.choices]
    )
