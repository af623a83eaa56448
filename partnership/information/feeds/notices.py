"""Who looks after a feed hears that it was paused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.accounts.models import Role
from partnership.information.feeds.faults import sentence_of
from partnership.information.models import Feed
from partnership.mail import services as mail
from partnership.mail import texts
from partnership.members.delegations import administrators
from partnership.members.roles import roles_of

EDITORS = {Role.ADMINISTRATOR, Role.DATA_EDITOR}


def tell_keeper(feed: Feed, *, at: datetime) -> None:
    """A mail to its keeper, or to the secretariat where nobody keeps it who still may."""
    for person in _keepers(feed, at):
        with translation.override(person.language or settings.LANGUAGE_CODE):
            subject = _("A feed was paused: %(title)s") % {"title": feed.title}
            context = {
                "name": person.name,
                "feed": feed,
                "why": sentence_of(feed.error),
                "page": settings.SITE_ADDRESS + reverse("feeds:one", args=[feed.slug]),
            }
            body = texts.write("information/mail/feed_paused.txt", context)
        key = f"feeds.paused:{feed.pk}:{at.timestamp()}:{person.uuid}"
        mail.queue(key, to=person.email, subject=subject, body=body, at=at)


def _keepers(feed: Feed, at: datetime) -> list[Any]:
    keeper = feed.keeper
    if keeper and keeper.is_active and EDITORS & roles_of(keeper, at):
        return [keeper]
    return list(administrators(on=at.date()))
