"""Replies to requests that are offered for choice: the secretariat's rows, or these few."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnership.members.models import ReplyText


def offered() -> list[tuple[str, str]]:
    """Label and text of each, in the language of the page if there are rows in it."""
    rows = ReplyText.objects.filter(language=get_language() or "en").values_list("label", "text")
    return list(rows) or [
        (_("welcome"), _("Welcome. Your training counts for the delegation from now on.")),
        (
            _("unknown here"),
            _("We do not know you in this post. Please write to us from your office's address."),
        ),
        (
            _("elsewhere"),
            _("Your office belongs to another delegation. Please ask to join that one."),
        ),
        (_("day is wrong"), _("The day does not agree with our list. Please ask again with it.")),
    ]
