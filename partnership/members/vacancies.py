"""Delegations that nobody runs any more: the secretariat hears of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.mail import services as mail
from partnership.members.delegations import Delegation, administrators, focal_points


def tell_secretariat(left: Iterable[Delegation], *, at: datetime) -> None:
    """A mail to each administrator for each delegation that is without a focal point now."""
    for delegation in left:
        if focal_points(delegation, on=at.date()):
            continue
        for person in administrators(on=at.date()):
            with translation.override(person.language or settings.LANGUAGE_CODE):
                subject = _("A delegation has no focal point")
                body = _(
                    "The last focal point of %(place)s had the own account erased. Until somebody "
                    "is appointed, the secretariat answers its requests."
                ) % {"place": delegation.name}
            key = f"members.vacant:{delegation.handle}:{at.timestamp()}:{person.uuid}"
            mail.queue(key, to=person.email, subject=subject, body=body, at=at)
