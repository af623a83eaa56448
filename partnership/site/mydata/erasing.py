"""Erasing a person as it was declared: all rows in one transaction, then the files.

A worker that dies before the end of the transaction has erased nothing; one that dies after it
left the list of files, which the next one goes on with. Run again, nothing more is changed.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import JSONField, Q, TextField
from django.db.models.functions import Cast

from partnership.accounts import data
from partnership.accounts.models import Erasure, User
from partnership.accounts.personal import traces_of
from partnership.audit import services as audit
from partnership.jobs.kinds import Steps
from partnership.lib.personal import CUT, EMPTIED, MENDED, Holding, Traces
from partnership.members import delegations, vacancies
from partnership.site.mydata.registry import forgetters, holdings

USER = "partnership.User"


def work(steps: Steps, *, at: datetime) -> dict[str, Any]:
    """Erase one person. Refuses the last administrator, and does nothing that was taken back."""
    with transaction.atomic():
        # First: a worker that was thought dead writes nothing more.
        steps.step(1, 2)
        row = Erasure.objects.select_for_update().get(pk=steps.payload["erasure"])
        if row.cancelled_at is not None or row.done_at is not None:
            return {"erased": row.done_at is not None}
        if row.erased_at is None:
            erase(row, at=at)
    for key in row.files:
        default_storage.delete(key)
    Erasure.objects.filter(pk=row.pk, done_at__isnull=True).update(files=[], done_at=at)
    return {"erased": True, "files": len(row.files)}


def erase(row: Erasure, *, at: datetime) -> None:
    """All rows of the person, in the transaction of whoever calls."""
    person = User.objects.select_for_update().get(erasures=row)
    data.refuse_last_administrator(person, at)
    who = traces_of(person, at)
    left = delegations.run_by(person, on=at.date())
    files = [key for forget in forgetters() for key in forget(who)]
    for held in holdings():
        _empty(held, who)
        _mend(held, who)
    for held in holdings():
        if held.goes and (own := held.of(who)) is not None:
            held.table._base_manager.filter(own).delete()
    for held in holdings():
        for name in held.with_fate(CUT):
            held.table._base_manager.filter(**{name: who.pk}).update(**{name: None})
    _leave_nobody(person, at)
    Erasure.objects.filter(pk=row.pk).update(person=None, erased_at=at, files=files)
    row.files = files
    # By the key that the log has for this person, and that names nobody from now on.
    audit.record("data.erase", at=at, of=("person", who.uuid))
    vacancies.tell_secretariat(left, at=at)


def _empty(held: Holding, who: Traces) -> None:
    names, own = held.with_fate(EMPTIED), held.of(who)
    if held.model == USER or not names or own is None:
        return
    fields = {name: held.table._meta.get_field(name) for name in names}
    nothing = {name: {} if isinstance(field, JSONField) else "" for name, field in fields.items()}
    # By key: the rows of a table further away cannot be updated through it.
    rows = held.table._base_manager
    rows.filter(pk__in=rows.filter(own).values("pk")).update(**nothing)


def _mend(held: Holding, who: Traces) -> None:
    """Take names and addresses out of texts, whosever they are."""
    names = held.with_fate(MENDED)
    who = who.without_names if held.only_addresses else who
    if not names or not who.words:
        return
    fields = [held.table._meta.get_field(name) for name in names]
    found, asked = Q(), {}
    for field in fields:
        asked[f"{field.name}_as_text"] = Cast(field.name, TextField())
        for word in who.words:
            for written in {word, json.dumps(word)[1:-1]}:
                found |= Q(**{f"{field.name}_as_text__icontains": written})
    # SQLite folds only A to Z: a name in other letters is looked for as it is written.
    rows = held.table._base_manager.annotate(**asked).filter(found)
    for row in rows.iterator(chunk_size=200):
        if changed := _mended(row, fields, who):
            held.table._base_manager.filter(pk=row.pk).update(**changed)


def _mended(row: Any, fields: list[Any], who: Traces) -> dict[str, Any]:
    before = {field.name: getattr(row, field.name) for field in fields}
    after = {name: who.mended(value) for name, value in before.items()}
    return {name: value for name, value in after.items() if value != before[name]}


def _leave_nobody(person: User, at: datetime) -> None:
    """What remains of the account: nobody, under a new key, so that no old line leads here."""
    key = uuid4()
    User.objects.filter(pk=person.pk).update(
        uuid=key,
        email=f"{key.hex}@erased.invalid",
        name="",
        latin_name="",
        folded="",
        name_confirmed_at=None,
        password=make_password(None),
        language="",
        time_zone="",
        seen_by=User.Seen.NOBODY,
        epoch=person.epoch + 1,
        has_short_password=False,
        private_asked_at=None,
        policies_due=False,
        last_login=None,
        is_active=False,
        erased_at=at,
    )
