"""What the account holds of a person: who they are, how they sign in, and what they asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from partnership.accounts import unsent
from partnership.accounts.models import AddressChange, DataExport, User
from partnership.accounts.sealing import BrokenSeal, unseal
from partnership.lib.personal import (
    CUT,
    EMPTIED,
    GOES,
    MENDED,
    STAYS,
    Traces,
    forgets,
    hold,
    part,
)

KEYS = "A secret, or what it hashes to: nobody reads it, and it would open the account."
OTHERS = "It says what somebody did for others; the row is theirs."

part("account", _("Account"), _("So that you can sign in and be addressed by your name."))
part("addresses", _("Mail addresses"), _("To send you what you asked for; each can sign you in."))
part("sign-in", _("Signing in"), _("So that you see who is in your account, and can stop it."))
part("roles", _("Roles"), _("What the secretariat lets you do here, from when to when."))
part("consents", _("Consents"), _("To show to which notice and terms you said yes, and when."))
part("requests", _("Export and erasure"), _("To do what you asked for with your data."))

hold(
    "partnership.User",
    {
        **dict.fromkeys(("email", "name", "latin_name", "language", "time_zone"), EMPTIED),
        **dict.fromkeys(("password", "seen_by", "folded"), EMPTIED),
    },
    whose=("pk",),
    part="account",
    told=(
        *("uuid", "email", "name", "latin_name", "name_confirmed_at", "language", "time_zone"),
        *("seen_by", "is_active", "created_at", "last_login"),
    ),
)
hold(
    "account.EmailAddress",
    {"user": GOES, "email": GOES},
    whose=("user",),
    part="addresses",
    told=("email", "verified", "primary"),
)
hold(
    "partnership.AddressChange",
    {"person": GOES, "email": GOES, "primary_before": GOES},
    whose=("person",),
    part="addresses",
    told=("kind", "email", "primary_before", "made_at", "undone_at"),
)
hold(
    "partnership.Recovery",
    {"person": GOES, "lost": GOES, "email": GOES},
    whose=("person",),
    by_address=("lost", "email"),
    part="addresses",
    told=("lost", "email", "asked_at", "vouched_at", "confirmed_at", "ended_at"),
)
hold(
    "partnership.Recovery",
    {"vouched_by": CUT, "confirmed_by": CUT, "ended_by": CUT},
    why=OTHERS,
)
hold("account.EmailConfirmation", {"email_address": GOES}, whose=("email_address__user",), why=KEYS)
hold("mfa.Authenticator", {"user": GOES, "data": GOES}, whose=("user",), why=KEYS)
hold(
    "partnership.MailedCode",
    {"person": GOES, "email": GOES, "name": GOES},
    whose=("person",),
    by_address=("email",),
    part="sign-in",
    told=("purpose", "email", "name", "made_at", "used_at"),
)
hold(
    "partnership.SignIn",
    {"person": GOES, "device": GOES},
    whose=("person",),
    part="sign-in",
    told=("at", "device", "network", "ended_at"),
)
hold(
    "partnership.FactorTries",
    {"person": GOES},
    whose=("person",),
    part="sign-in",
    told=("tries", "since"),
)
hold(
    "sessions.Session",
    {"session_data": GOES},
    why="It holds keys of the browser. When it began stands under signing in.",
)
hold(
    "partnership.ApiToken",
    {"person": GOES, "name": GOES},
    whose=("person",),
    part="sign-in",
    told=("name", "scopes", "made_at", "days", "last_used_on", "revoked_at"),
)
hold("partnership.ApiToken", {"hashed": GOES}, whose=("person",), why=KEYS)
hold(
    "partnership.RoleGrant",
    {"person": GOES},
    whose=("person",),
    part="roles",
    told=("role", "begins_on", "ends_on"),
)
hold(
    "partnership.Consent",
    {"person": GOES},
    whose=("person",),
    part="consents",
    told=("version__kind", "version__number", "at"),
)
hold(
    "partnership.DataExport",
    {"person": GOES},
    whose=("person",),
    part="requests",
    told=("asked_at", "ready_at", "size"),
)
hold(
    "partnership.Erasure",
    {"person": CUT},
    whose=("person",),
    part="requests",
    told=("asked_at", "due_at", "cancelled_at"),
)
hold("partnership.PolicyVersion", {"published_by": CUT}, why=OTHERS)
hold("partnership.PolicyText", {"text": STAYS, "html": STAYS}, why="It is about nobody.")
hold(
    "admin.LogEntry",
    {"user": GOES},
    whose=("user",),
    part="audit",
    told=("action_time", "action_flag"),
)
hold(
    "admin.LogEntry",
    {"object_repr": MENDED, "change_message": MENDED},
    why="What others changed; the log of changes has it without names.",
)


def addresses_of(person: User) -> tuple[str, ...]:
    """All that were ever theirs and are nobody else's by now."""
    own = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    for pair in AddressChange.objects.filter(person=person).values_list("email", "primary_before"):
        own.update(pair)
    others = EmailAddress.objects.filter(email__in=own).exclude(user=person)
    main = User.objects.filter(email__in=own).exclude(pk=person.pk)
    taken = {*others.values_list("email", flat=True), *main.values_list("email", flat=True)}
    return tuple(sorted(own - taken))


def traces_of(person: User, at: datetime) -> Traces:
    """A name of one short word is looked for nowhere: it would be found in every sentence."""
    names = {name for name in (person.name, person.latin_name) if " " in name or len(name) > 5}
    return Traces(person.pk, str(person.uuid), addresses_of(person), tuple(sorted(names)), at)


@forgets
def forget_sessions(who: Traces) -> Iterable[str]:
    """Also what a browser keeps for them that sent a form when its session had ended."""
    gone = []
    for session in Session.objects.iterator(chunk_size=500):
        kept = session.get_decoded()
        if kept.get("_auth_user_id") == str(who.pk) or _waits_for(kept, who):
            gone.append(session.pk)
    Session.objects.filter(pk__in=gone).delete()
    return ()


def _waits_for(kept: dict[str, Any], who: Traces) -> bool:
    """Whether the browser holds a form that this person sent when the session had ended."""
    try:
        found: dict[str, Any] = json.loads(unseal(kept[unsent.KEY]))
    except (KeyError, BrokenSeal):
        return False
    return found["who"] == who.uuid


@forgets
def forget_exports(who: Traces) -> Iterable[str]:
    """The files; their rows go as they were declared."""
    return [one.key for one in DataExport.objects.filter(person=who.pk)]
