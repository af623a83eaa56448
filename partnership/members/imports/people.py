"""Rows of people: a line for whoever has an account, an invitation for whoever has none.

For one delegation, accounts of strangers play no part: whoever does not hold a post there today is
invited, so that the answer tells nobody who has an account.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from partnership.accounts.models import Role, RoleGrant, User
from partnership.accounts.names import as_written
from partnership.members.imports.judging import (
    CellWrong,
    Effect,
    Judged,
    Scope,
    Values,
    changes_of,
    day,
    in_order,
    short,
)
from partnership.members.imports.labels import Labels
from partnership.members.models import Affiliation, Invitation
from partnership.members.services.invitations import drawn_up

Place = tuple[Any, Any]  # the keys of a country and of an institution, one of them or both


@dataclass
class Known:
    """What is known of the addresses of a batch."""

    owners: dict[str, int] = field(default_factory=dict)
    lines: dict[tuple[int, Place], list[Affiliation]] = field(
        default_factory=lambda: defaultdict(list)
    )
    invitations: dict[tuple[str, Place], Invitation] = field(default_factory=dict)
    # Addresses that were invited and whose people hold what they were invited to.
    joined: set[tuple[str, Place]] = field(default_factory=set)
    granted: set[int] = field(default_factory=set)


def judge(rows: list[Values], scope: Scope) -> list[Judged]:
    """A person is known by any confirmed address. An empty cell changes nothing."""
    labels = Labels()
    known = _known({values.get("email", "").lower() for values in rows}, scope)
    return [_judged(values, labels, known, scope) for values in rows]


def _known(emails: set[str], scope: Scope) -> Known:
    known = Known()
    accounts = User.objects.alias(small=Lower("email")).filter(small__in=emails)
    known.owners = {email.lower(): pk for pk, email in accounts.values_list("pk", "email")}
    confirmed = EmailAddress.objects.filter(email__in=emails, verified=True)
    known.owners |= dict(confirmed.order_by("-pk").values_list("email", "user"))
    _add_lines(known, scope)
    role = scope.role or Role.OFFICIAL
    invitations = Invitation.objects.filter(email__in=emails, role=role).order_by("pk")
    for row in invitations.unsettled():
        known.invitations[row.email, _place(row)] = row
    used = list(invitations.filter(used_by__isnull=False))
    held = Affiliation.objects.on(scope.at.date()).filter(
        person__in=[one.used_by_id for one in used]
    )
    posts = {
        (person, (country, institution))
        for person, country, institution in held.order_by().values_list(
            "person", "country", "institution"
        )
    }
    known.joined = {
        (row.email, _place(row)) for row in used if (row.used_by_id, _place(row)) in posts
    }
    return known


def _add_lines(known: Known, scope: Scope) -> None:
    """Posts of the people behind the addresses: of one delegation only those in it."""
    lines: Any = Affiliation.objects.filter(person__in=set(known.owners.values()))
    if scope.is_placed:
        lines = lines.on(scope.at.date()).filter(
            country=scope.country, institution=scope.institution
        )
    for line in lines.order_by("-begins_on"):
        known.lines[line.person_id, _place(line)].append(line)
    if scope.role and scope.role != Role.OFFICIAL:
        grants = RoleGrant.objects.on(scope.at.date()).filter(role=scope.role)
        known.granted = set(grants.order_by().values_list("person", flat=True))


def _place(row: Any) -> Place:
    return row.country_id, row.institution_id


def _judged(values: Values, labels: Labels, known: Known, scope: Scope) -> Judged:
    judged = Judged(about=values.get("email", "").lower()[:330])
    email, name = judged.read(_email, values), judged.read(_name, values)
    where = judged.read(_where, values, labels, scope)
    post = judged.read(_post, values)
    if judged.problems or email is None or where is None or post is None:
        return judged
    place = _place(Affiliation(**where))
    judged.about = f"{email} {place[0] or ''} {place[1] or ''}"
    owner = known.owners.get(email)
    lines = known.lines.get((owner, place), []) if owner else []
    is_post = (scope.role or Role.OFFICIAL) == Role.OFFICIAL
    if is_post and (lines or (owner and not scope.is_placed)):
        judged.read(_add_post, judged, {**where, "person_id": owner}, post, lines, scope.at.date())
    elif (email, place) not in known.joined and owner not in known.granted:
        offer = {**where, "name": name or "", "role": scope.role or Role.OFFICIAL}
        offer["title"] = post["title"]
        waiting = known.invitations.get((email, place))
        _add_invitation(judged, email, offer, waiting, scope)
    return judged


def _email(values: Values) -> str:
    email = values.get("email", "").lower()
    try:
        validate_email(email)
    except ValidationError:
        raise CellWrong("email", _("“%s” is no mail address.") % email[:100]) from None
    return short({"email": email}, "email", 254)


def _name(values: Values) -> str:
    text = values.get("name", "")
    try:
        return as_written(text) if text else ""
    except ValidationError as error:
        raise CellWrong("name", " ".join(error.messages)) from None


def _post(values: Values) -> dict[str, Any]:
    begins_on, ends_on = day(values, "begins_on"), day(values, "ends_on")
    in_order(begins_on, ends_on)
    return {"title": short(values, "title", 150), "begins_on": begins_on, "ends_on": ends_on}


def _where(values: Values, labels: Labels, scope: Scope) -> dict[str, Any]:
    """The country and the institution of the row. In a delegation only its own may be named."""
    country, institution = labels.country(values), labels.institution(values)
    if scope.is_placed:
        for name, found, own in (
            ("country", country, scope.country),
            ("institution", institution, scope.institution),
        ):
            if found is not None and found != own:
                place = scope.country or scope.institution
                text = _("This list is for %(place)s only. Leave the cell empty.")
                raise CellWrong(name, text % {"place": place})
        return {"country": scope.country, "institution": scope.institution}
    if country is None and institution is None and scope.role in ("", Role.OFFICIAL):
        raise CellWrong("country", _("Name a country, an institution or both."))
    return {"country": country, "institution": institution}


def _add_post(
    judged: Judged,
    post: dict[str, Any],
    wanted: dict[str, Any],
    lines: list[Affiliation],
    today: date,
) -> None:
    """The line that there is, or one more."""
    begins_on = wanted["begins_on"] or today
    line = next((one for one in lines if one.begins_on == begins_on), None)
    line = line or next((one for one in lines if (one.ends_on or date.max) >= begins_on), None)
    if line is None:
        row = Affiliation(confirmed_on=today, **post, **{**wanted, "begins_on": begins_on})
        judged.is_new, judged.changes = True, {"how": [None, "line"]}
        judged.effects.append(Effect(row))
        return
    if (
        line.begins_on != begins_on
        and wanted["begins_on"]
        and line.ends_on
        and line.ends_on < today
    ):
        text = _("This person held the post from %(first)s to %(last)s.")
        told = {"first": line.begins_on, "last": line.ends_on}
        raise CellWrong("begins_on", text % told)
    given = {name: value for name, value in wanted.items() if value}
    judged.changes, after = changes_of(line, given)
    if "ends_on" in after or "begins_on" in after:
        in_order(after.get("begins_on", line.begins_on), after.get("ends_on", line.ends_on))
    if after:
        judged.effects.append(Effect(line, after))


def _add_invitation(
    judged: Judged,
    email: str,
    offer: dict[str, Any],
    waiting: Invitation | None,
    scope: Scope,
) -> None:
    """An invitation, unless one is open. One that is too old gives way."""
    if waiting is not None and waiting.expires_at > scope.at:
        return
    judged.is_new, judged.changes = True, {"how": [None, "invitation"]}
    if waiting is not None:
        judged.effects.append(Effect(waiting, {"replaced_at": scope.at}))
    judged.effects.append(Effect(drawn_up(email, offer, by=scope.by, at=scope.at)))
