"""What is mailed about proposals of case studies, each in its reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.casestudies.models import CaseDraft
from partnership.mail import services as mail
from partnership.mail import texts
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable
from partnership.members.delegations import administrators


def tell_the_secretariat(draft: CaseDraft, *, at: datetime, but: Any) -> None:
    """A proposal waits for an answer. Whoever handed it in is not told."""
    for person in administrators(on=at.date()):
        if person.pk == but.pk:
            continue
        with translation.override(person.language or settings.LANGUAGE_CODE):
            named = {"title": draft.title}
            subject = _("A case study waits for the secretariat: %(title)s") % named
            lines = [
                _("somebody handed in a case study: %(title)s") % named,
                _("For: %(place)s") % {"place": draft.place} if draft.place else "",
            ]
            body = _text(person, lines, draft.get_absolute_url())
        key = f"cases.handed_in:{draft.uuid}:{draft.number}:{person.uuid}:{at:%Y%m%d%H%M%S}"
        kind = Stoppable(Kind.DELEGATION, person)
        mail.queue(key, to=person.email, subject=subject, body=body, at=at, stoppable=kind)


def tell_the_writer(draft: CaseDraft, step: str, said: str, *, at: datetime) -> None:
    """What became of a proposal, to whoever made it and can still sign in."""
    person = draft.by
    if person is None or not person.is_active:
        return
    with translation.override(person.language or settings.LANGUAGE_CODE):
        subject, sentence = _words(draft, step)
        page = draft.get_absolute_url()
        if step == "published" and draft.case:
            page = draft.case.get_absolute_url()
        body = _text(person, [sentence, said], page)
    key = f"cases.{step}:{draft.uuid}:{at:%Y%m%d%H%M%S%f}"
    mail.queue(key, to=person.email, subject=subject, body=body, at=at)


def _words(draft: CaseDraft, step: str) -> tuple[str, str]:
    named = {"title": draft.title}
    match step:
        case "back":
            return (
                _("Your case study came back with comments: %(title)s") % named,
                _("the secretariat read your case study and says what is still missing:"),
            )
        case "declined":
            return (
                _("Your case study will not be published: %(title)s") % named,
                _("the secretariat set your case study aside. Your text is kept. It says:"),
            )
        case "comment":
            return (
                _("A comment on your case study: %(title)s") % named,
                _("the secretariat says of your case study:"),
            )
    return (
        _("Your case study is published: %(title)s") % named,
        _("your case study is published. Its address stays, also when a newer version comes."),
    )


def _text(person: Any, lines: list[str], page: str) -> texts.Text:
    context = {
        "name": person.name,
        "lines": [line for line in lines if line],
        "page": settings.SITE_ADDRESS + page,
    }
    return texts.write("members/mail/note.txt", context)
