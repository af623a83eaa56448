"""What can be asked of the outbox."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.mail.models import Kind, OutboxMessage

ANY = ("", _("any"))


class OutboxFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Mail address"))
    state = forms.ChoiceField(
        required=False, label=_("State"), choices=[ANY, *OutboxMessage.State.choices]
    )
    kind = forms.ChoiceField(required=False, label=_("About"), choices=[ANY, *Kind.choices])
