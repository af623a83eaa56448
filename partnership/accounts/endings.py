"""How sessions begin, and how all of a person's end at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.http import HttpRequest

from partnership.accounts import devices, notices
from partnership.accounts.models import SignIn, User
from partnership.accounts.models.sign_ins import SignInQuerySet
from partnership.audit import services as audit
from partnership.audit.services import network_class

KEY = "sign_in"


def begin(request: HttpRequest, person: User, *, at: datetime) -> None:
    """Write down where somebody signed in, for them to see. What is over is forgotten."""
    over = at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    SignIn.objects.filter(person=person, at__lt=over).delete()
    row = SignIn.objects.create(
        person=person,
        epoch=person.epoch,
        device=devices.named(request.headers.get("User-Agent", "")),
        network=network_class(get_adapter().get_client_ip(request)),
        at=at,
    )
    request.session[KEY] = str(row.uuid)


def end_this(request: HttpRequest, *, at: datetime) -> None:
    """Somebody signs out with this browser."""
    _end(_here(request), at)


def end_all(person: User, *, at: datetime) -> None:
    """Every session that began before now ends at its next request, whatever else comes of it."""
    User.objects.filter(pk=person.pk).update(epoch=F("epoch") + 1)
    person.refresh_from_db(fields=["epoch"])
    _end(SignIn.objects.filter(person=person), at)


def end_all_of(people: Iterable[int], *, at: datetime) -> None:
    """The same for many people, named by their keys."""
    some = list(people)
    User.objects.filter(pk__in=some).update(epoch=F("epoch") + 1)
    _end(SignIn.objects.filter(person__in=some), at)


def _end(lines: SignInQuerySet, at: datetime) -> None:
    # A sign-in may have begun after this request looked at the clock.
    lines.filter(ended_at__isnull=True).update(
        ended_at=Greatest(F("at"), Value(at, DateTimeField()))
    )


def keep_this_one(request: HttpRequest, person: User) -> None:
    """After `end_all`: the session in which the person asked for it goes on, under a new key."""
    update_session_auth_hash(request, person)
    _here(request).update(epoch=person.epoch, ended_at=None)


def _here(request: HttpRequest) -> SignInQuerySet:
    """The line of this browser; none where its session began otherwise."""
    known = request.session.get(KEY)
    return SignIn.objects.filter(uuid=known) if known else SignIn.objects.none()


def sign_out_elsewhere(person: User, *, at: datetime) -> None:
    """As somebody asked for in the browser that is kept."""
    end_all(person, at=at)
    audit.record("person.signed_out_elsewhere", at=at, by=person, of=("person", str(person.uuid)))
    notices.tell(person, "signed_out", at=at)
