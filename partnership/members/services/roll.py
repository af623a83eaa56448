"""The secretariat's hand on the roll: memberships, institutions, contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.audit.changes import written
from partnership.lib.rows import store
from partnership.lib.text.slugs import free_slug
from partnership.members.delegations import Delegation, is_secretariat
from partnership.members.models import Institution, Participation, ProfileRevision
from partnership.members.queries import institution_entries
from partnership.members.refusals import AlreadyThere, NotYours, TextChanged
from partnership.search import services as search
from partnership.sources.models import Source

SAID = ("contact", "website")


@dataclass(frozen=True)
class Line:
    """What a source says of a membership."""

    begins_on: date
    ends_on: date | None
    source: Source
    note: str = ""


@transaction.atomic
def write_membership(
    member: Delegation, line: Line, *, row: Participation | None, by: Any, at: datetime
) -> Participation:
    """A new stretch of membership, or what is known better of one. Two never overlap."""
    _refuse_others(by, at)
    verb = "membership.change" if row else "membership.begin"
    row = row or Participation(**member.where)
    changes = written(row, vars(line))
    store(row, wrong=AlreadyThere, taken=TextChanged)
    _note(verb, ("participation", row.pk), {**changes, "of": [None, member.handle]}, by, at)
    return row


@transaction.atomic
def add_institution(words: dict[str, Any], *, by: Any, at: datetime) -> Institution:
    """An institution with an address of its own. Membership is written apart."""
    _refuse_others(by, at)
    taken = set(Institution.objects.values_list("slug", flat=True))
    row = Institution(slug=free_slug(words["name"], taken, instead="institution"))
    changes = written(row, words)
    store(row, wrong=AlreadyThere, taken=TextChanged)
    _note("institution.add", ("institution", row.slug), changes, by, at)
    search.replace("institution", institution_entries())
    return row


@transaction.atomic
def change_institution(
    row: Institution, words: dict[str, Any], *, by: Any, at: datetime
) -> Institution:
    """What is known better of an institution. Its address stays."""
    _refuse_others(by, at)
    if changes := written(row, words):
        store(row, wrong=AlreadyThere, taken=TextChanged)
        _note("institution.change", ("institution", row.slug), changes, by, at)
        search.replace("institution", institution_entries())
    return row


@transaction.atomic
def publish_contact(
    member: Delegation, words: dict[str, str], *, by: Any, at: datetime
) -> ProfileRevision | None:
    """Another contact under the same text, shown from now on. What was shown stays as a row."""
    _refuse_others(by, at)
    shown = ProfileRevision.objects.published().filter(**member.where)
    before = shown.order_by("-published_at", "-pk").first()
    wanted = {name: words[name] for name in SAID}
    if wanted == {name: getattr(before, name, "") for name in SAID}:
        return None
    row = ProfileRevision.objects.create(
        text=before.text if before else "",
        edited_by=by,
        edited_at=at,
        published_by=by,
        published_at=at,
        **wanted,
        **member.where,
    )
    changes: dict[str, Any] = {
        name: [getattr(before, name, ""), value] for name, value in wanted.items()
    }
    changes["of"] = [None, member.handle]
    _note("contact.publish", ("profilerevision", row.pk), changes, by, at)
    return row


def _refuse_others(by: Any, at: datetime) -> None:
    if not is_secretariat(by, at):
        raise NotYours(_("The secretariat keeps the roll."))


def _note(verb: str, of: tuple[str, Any], changes: dict[str, Any], by: Any, at: datetime) -> None:
    audit.record(verb, at=at, by=by, of=(of[0], str(of[1])), changes=changes)
