"""What people say of themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from partnership.accounts.models import User
from partnership.audit import services as audit

FIELDS = ("name", "latin_name", "language", "time_zone", "seen_by")


@transaction.atomic
def change(person: User, values: dict[str, Any], *, at: datetime) -> list[str]:
    """Save what is different, and say which fields that was; the log does not hold the values."""
    before = User.objects.select_for_update().get(pk=person.pk)
    changed = [name for name in FIELDS if values[name] != getattr(before, name)]
    for name in changed:
        setattr(before, name, values[name])
    if {"name", "latin_name"}.intersection(changed):
        # What certificates print is looked at once more.
        before.name_confirmed_at = None
    if changed:
        before.save(update_fields=[*changed, "folded", "name_confirmed_at"])
        fields = dict.fromkeys(changed)
        key = ("person", str(person.uuid))
        audit.record("person.profile_changed", at=at, by=person, of=key, changes=fields)
    return changed


def fold_names() -> int:
    """Fold the names that were written before there was a column for it; says how many."""
    column: Any = User._meta.get_field("folded")
    found = list(User.objects.filter(folded="").exclude(name="", latin_name=""))
    for person in found:
        column.pre_save(person, add=False)
    User.objects.bulk_update(found, ["folded"], batch_size=500)
    return len(found)


def posts(person: User) -> Any:
    """Where they work and worked, newest first. Others enter these lines."""
    # The lines are of a subject above this one, which hangs them on the person.
    lines = person.affiliations.select_related("country", "institution")
    return lines.order_by("-begins_on", "-pk")
