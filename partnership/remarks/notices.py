"""What is mailed about remarks, each in its reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.mail import services as mail
from partnership.mail import texts
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable
from partnership.members import delegations
from partnership.remarks.models import Remark


def ask_to_prove(row: Remark, *, at: datetime) -> None:
    """The link that shows that the mailbox is the asker's."""
    lines = [
        _("somebody wrote on our site that something is wrong, and wants an answer here."),
        _("If that was you, open the page below within a day and send it off."),
        _("If it was not you, do nothing: it is deleted after a day."),
    ]
    body = _text("", [*lines, *_about(row)], row.get_absolute_url())
    subject = _("Send off what you wrote to us")
    mail.queue(f"remarks.prove:{row.uuid}", to=row.email, subject=subject, body=body, at=at)


def tell_keepers(row: Remark, *, at: datetime) -> None:
    """To the secretariat, and to the focal points of the countries that it is about."""
    on = at.date()
    told = {person.pk: person for person in delegations.administrators(on=on)}
    for country in row.countries.all():
        for person in delegations.focal_points(delegations.of_place(country), on=on):
            told[person.pk] = person
    for person in told.values():
        if person.pk == row.by_id:
            continue
        with translation.override(person.language or settings.LANGUAGE_CODE):
            subject = _("Something may be wrong: %(fact)s") % {"fact": row.sentence[:120]}
            said = [_("a reader says that something is wrong with this:"), *_about(row)]
            body = _text(person.name, said, row.desk)
        mail.queue(
            f"remarks.asked:{row.uuid}:{person.uuid}",
            to=person.email,
            subject=subject,
            body=body,
            at=at,
            stoppable=Stoppable(Kind.DELEGATION, person),
        )


def tell_answer(row: Remark, answer: str, voice: str, *, at: datetime) -> None:
    """What they asked for, so that nobody can have stopped it."""
    name = row.by.name if row.by else ""
    with translation.override(row.language or settings.LANGUAGE_CODE):
        speaker = _("The focal point of %(country)s answers:") % {"country": voice}
        lines = [_("you wrote to us about this:"), *_about(row)]
        lines += [speaker if voice else _("The secretariat answers:"), answer]
        body = _text(name, lines, row.get_absolute_url())
        subject = _("The answer to what you wrote: %(fact)s") % {"fact": row.sentence[:120]}
    mail.queue(f"remarks.answered:{row.uuid}", to=row.email, subject=subject, body=body, at=at)


def _about(row: Remark) -> list[str]:
    return [f"“{row.sentence}”", _("What was written:"), row.text]


def _text(name: str, lines: list[Any], page: str) -> texts.Text:
    context = {"name": name, "lines": lines, "page": settings.SITE_ADDRESS + page}
    return texts.write("members/mail/note.txt", context)
