"""A part of a draft is taken out with all that hangs on it, and put back as it was."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core import serializers
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from courses.authoring import parts
from courses.authoring.drafts import locked
from courses.authoring.models import Removed, Writing
from courses.authoring.refusals import NotThere
from courses.authoring.services.outline import LAST, place
from courses.catalogue.models import Edition, Module
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.lib.text.slugs import free_slug


class _Everything(Collector):
    """Collects the rows themselves of all that goes along, also where one DELETE would do."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        return False


@transaction.atomic
def remove(edition: Edition, name: str, *, by: User, at: datetime) -> Removed:
    """Take a part out of the draft. What is kept of it is everything that goes with it."""
    draft = locked(edition)
    row = parts.part_of(draft, name)
    found = _Everything(using=DEFAULT_DB_ALIAS, origin=row)
    found.collect([row])
    found.sort()
    rows = [one for kept in found.data.values() for one in kept]
    # Who is writing in it just now is no part of it.
    rows = [one for one in rows if not isinstance(one, Writing)]
    kept = Removed.objects.create(
        edition=draft,
        kind=parts.kind_of(row),
        key=row.key,
        title=row.title,
        rows=json.loads(serializers.serialize("json", rows)),
        by=by,
        at=at,
    )
    row.delete()
    _note(draft, "draft.remove", kept, by, at)
    return kept


@transaction.atomic
def put_back(edition: Edition, kept: int, *, by: User, at: datetime) -> Removed:
    """Put a removed part back whole: at its place, where others made room for it."""
    draft = locked(edition)
    found = Removed.objects.filter(edition=draft, pk=kept).first()
    if found is None:
        raise NotThere(_("This was put back already. Look at the outline again."))
    rows = list(serializers.deserialize("python", found.rows))
    objects: list[Any] = [one.object for one in rows]
    of_kind = [one for one in objects if parts.kind_of(one) == found.kind]
    row = next(one for one in of_kind if one.key == found.key)
    _give_free_names(draft, objects)
    module = None if isinstance(row, Module) else row.module_id
    if module and not draft.modules.filter(pk=module).exists():
        raise NotThere(_("It was in a module that is removed: put that back first."))
    was, row.position = row.position, LAST
    for one in rows:
        one.save()
    _move_to(draft, row, was)
    found.delete()
    _note(draft, "draft.put_back", found, by, at)
    return found


def _give_free_names(draft: Edition, objects: list[Any]) -> None:
    """Something new may have the name of a part by now."""
    for kind, model in parts.MODELS.items():
        rows = [one for one in objects if isinstance(one, model)]
        for name in ("key",) if kind == "module" else ("key", "slug"):
            there = set(model._default_manager.filter(edition=draft).values_list(name, flat=True))
            own = {getattr(row, name) for row in rows}
            for row in rows:
                if (word := getattr(row, name)) in there:
                    setattr(row, name, free_slug(word, there | own, instead=kind))
                    own.add(getattr(row, name))


def _move_to(draft: Edition, row: Any, was: int) -> None:
    """Before whatever stands at its place now; at the end where nothing does."""
    rows = type(row)._default_manager.filter(edition=draft, position__gte=was).exclude(pk=row.pk)
    module = None if isinstance(row, Module) else row.module
    if not isinstance(row, Module):
        rows = rows.filter(module=module)
    before = rows.order_by("position").first()
    place(
        draft,
        parts.name_of(row),
        module=module.key if module else "",
        before=parts.name_of(before) if before else "",
    )


def _note(draft: Edition, verb: str, kept: Removed, by: User, at: datetime) -> None:
    of = ("edition", f"{draft.course.code}/{draft.number}")
    changes = {"part": f"{kept.kind}:{kept.key}", "title": kept.title, "rows": len(kept.rows)}
    audit.record(verb, at=at, by=by, of=of, changes=changes)
