"""What is mailed to people about their account, each in their language."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.accounts.codes import code_of, shown
from partnership.accounts.models import MailedCode, User


def code_mailed(code: MailedCode, to: User | None) -> tuple[str, str]:
    """Subject and text. The code stands in the text alone: a list of subjects shows none.

    The name that was typed is not in it: somebody else may have typed it, and whatever they like.
    """
    language = (to and to.language) or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "code": shown(code_of(code.uuid)),
            "until": code.expires_at,
            "person": to,
            "page": settings.SITE_ADDRESS + reverse("account_enter_code"),
            "site": settings.SITE_ADDRESS,
        }
        subject = _("Your code to sign in") if to else _("Your code to make an account")
        return subject, render_to_string("account/mail/code.txt", context)
