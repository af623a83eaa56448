"""A Party's focal point confirms or contests what the register says. No line changes by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.agreements.history import PartyStatement
from partnership.agreements.models import Agreement, AgreementStage
from partnership.agreements.refusals import NotOfThatParty
from partnership.audit import services as audit
from partnership.mail import services as mail
from partnership.mail import texts
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable
from partnership.members import delegations
from partnership.members.models import Country


@dataclass(frozen=True)
class Word:
    """What is said for a Party: of the whole agreement, or of one line."""

    country: Country
    stance: str
    reason: str
    line: AgreementStage | None = None


@transaction.atomic
def state(row: Agreement, word: Word, *, by: Any, at: datetime) -> PartyStatement:
    """Say for a Party that an agreement, or one line of it, is right or is not."""
    is_party = word.country.pk in (row.acquiring_id, row.host_id)
    if not is_party or not delegations.runs(by, [word.country], on=at.date()):
        raise NotOfThatParty(_("Only a focal point of one of its two Parties can say that."))
    said = PartyStatement.objects.create(
        agreement=row,
        line=word.line,
        country=word.country,
        stance=word.stance,
        reason=word.reason,
        made_at=at,
        made_by=by,
    )
    line = word.line.handle if word.line else ""
    changes = {"country": word.country.pk, "line": line, "reason": word.reason}
    of = ("agreement", row.slug)
    audit.record(f"agreement.{word.stance}", at=at, by=by, of=of, changes=changes)
    _tell(said, at)
    return said


def _tell(said: PartyStatement, at: datetime) -> None:
    """To the secretariat, which decides what becomes of the line."""
    named = {"country": said.country, "agreement": said.agreement}
    for person in delegations.administrators(on=at.date()):
        with translation.override(person.language or settings.LANGUAGE_CODE):
            if said.stance == PartyStatement.Stance.CONTESTS:
                subject = _("%(country)s contests the register: %(agreement)s") % named
                told = _("the focal point of %(country)s contests what the register says.") % named
            else:
                subject = _("%(country)s confirms the register: %(agreement)s") % named
                told = _("the focal point of %(country)s confirms what the register says.") % named
            about = [str(said.agreement), str(said.line)] if said.line else [str(said.agreement)]
            body = texts.write(
                "members/mail/note.txt",
                {
                    "name": person.name,
                    "lines": [told, ": ".join(about), said.reason],
                    "page": settings.SITE_ADDRESS + said.agreement.get_absolute_url(),
                },
            )
        mail.queue(
            f"agreements.stated:{said.pk}:{person.uuid}",
            to=person.email,
            subject=subject,
            body=body,
            at=at,
            stoppable=Stoppable(Kind.DELEGATION, person),
        )


def marked(said: Iterable[PartyStatement]) -> list[PartyStatement]:
    """Statements, the newest first; `stands` is true of a Party's last one on the same line."""
    seen: set[tuple[Any, Any]] = set()
    rows = list(said)
    for row in rows:
        about = (row.country_id, row.line_id)
        row.stands = about not in seen
        seen.add(about)
    return rows
