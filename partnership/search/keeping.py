"""The synonyms as the secretariat keeps them. Entries follow when the index is written anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.lib.errors import Refusal
from partnership.lib.rows import store
from partnership.lib.text.slugs import free_slug
from partnership.lib.text.words import compounds
from partnership.search.models import Synonym

MOST_FORMS, LONGEST_FORM = 40, 150
# The address of the page that adds one.
RESERVED = {"add"}


class SynonymWrong(Refusal):
    """Forms that do not make a group, or one that somebody else wrote at the same moment."""

    code = "synonym_wrong"


@transaction.atomic
def add_synonym(
    forms: Sequence[str], found_only: Sequence[str], *, by: Any, at: datetime
) -> Synonym:
    """Words that mean the same, under a key drawn from the first."""
    row = Synonym()
    _fill(row, forms, found_only)
    taken = RESERVED | set(Synonym.objects.values_list("key", flat=True))
    row.key = free_slug(row.forms[0], taken, instead="words", longest=50)
    store(row, wrong=SynonymWrong, taken=SynonymWrong)
    changes = {"forms": [None, row.forms], "found_only": [None, row.found_only]}
    audit.record("synonym.add", at=at, by=by, of=("synonym", row.key), changes=changes)
    return row


@transaction.atomic
def change_synonym(
    row: Synonym, forms: Sequence[str], found_only: Sequence[str], *, by: Any, at: datetime
) -> bool:
    """Whether anything of the group is another now."""
    before = {"forms": row.forms, "found_only": row.found_only}
    _fill(row, forms, found_only)
    changes = {
        name: [value, getattr(row, name)]
        for name, value in before.items()
        if value != getattr(row, name)
    }
    if changes:
        store(row, wrong=SynonymWrong, taken=SynonymWrong)
        audit.record("synonym.change", at=at, by=by, of=("synonym", row.key), changes=changes)
    return bool(changes)


@transaction.atomic
def remove_synonym(row: Synonym, *, by: Any, at: datetime) -> None:
    """Each of its words is found only by itself from the next index on."""
    changes = {"forms": [row.forms, None], "found_only": [row.found_only, None]}
    audit.record("synonym.remove", at=at, by=by, of=("synonym", row.key), changes=changes)
    row.delete()


def _fill(row: Synonym, forms: Sequence[str], found_only: Sequence[str]) -> None:
    row.forms, row.found_only = list(dict.fromkeys(forms)), list(dict.fromkeys(found_only))
    if len(row.forms) < 2:
        raise SynonymWrong(_("Give at least two forms: one alone has nothing that it finds."))
    if len(row.forms) > MOST_FORMS:
        raise SynonymWrong(_("A group has at most %(most)d forms.") % {"most": MOST_FORMS})
    for form in row.forms:
        if len(form) > LONGEST_FORM or not compounds(form):
            raise SynonymWrong(
                _("“%(form)s” is no form: it needs a letter or digit and at most %(most)d signs.")
                % {"form": form[:40], "most": LONGEST_FORM}
            )
    if strange := [form for form in row.found_only if form not in row.forms]:
        raise SynonymWrong(
            _("“%(form)s” is not among the forms above. Write it there in the same way.")
            % {"form": strange[0][:40]}
        )
    if set(row.found_only) == set(row.forms):
        raise SynonymWrong(_("One form at least has to mean nothing else."))
