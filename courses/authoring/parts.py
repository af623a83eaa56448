"""The parts of a draft, as its outline names them: `lesson:ambition-gap`, `module:adjusting`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from courses.authoring.refusals import NotThere
from courses.catalogue.models import Edition, Lesson, Module
from courses.quizzes.models import Quiz

MODELS: dict[str, type[Module] | type[Lesson] | type[Quiz]] = {
    "module": Module,
    "lesson": Lesson,
    "quiz": Quiz,
}
# Words of addresses that no lesson may be called by, and what leads to other pages of the draft.
RESERVED = frozenset({"quizzes", "modules", "join", "leave", "move"})


def part_of(draft: Edition, name: str) -> Any:
    """The row that is named so in this draft."""
    kind, _colon, key = name.partition(":")
    model = MODELS.get(kind)
    row = model._default_manager.filter(edition=draft, key=key).first() if model else None
    if row is None:
        raise NotThere(_("This is not in the draft any more. Look at the outline again."))
    row.edition = draft
    return row


def is_there(draft: Edition, name: str) -> bool:
    """Whether the draft has a part of this name still."""
    kind, _colon, key = name.partition(":")
    return MODELS[kind]._default_manager.filter(edition=draft, key=key).exists()


def name_of(row: Any) -> str:
    return f"{kind_of(row)}:{row.key}"


def kind_of(row: Any) -> str:
    return str(row._meta.model_name)


def used_keys(draft: Edition, kind: str) -> set[str]:
    """Keys and addresses of this kind in all editions of the course.

    Progress is carried over by the key: a new lesson may not look like one that was read.
    """
    model = MODELS[kind]
    rows: Any = model._default_manager.filter(edition__course=draft.course_id)
    if kind == "module":
        return set(rows.values_list("key", flat=True))
    pairs = rows.values_list("key", "slug")
    return {word for pair in pairs for word in pair} | RESERVED
