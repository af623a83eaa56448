"""Two who write, move or publish at the same moment."""

from __future__ import annotations

from contextlib import suppress

import pytest

from courses.authoring.refusals import NotADraft
from courses.authoring.services import outline
from courses.authoring.services.publishing import publish_draft
from courses.authoring.services.saving import Sent, save_lesson
from partnership.accounts.models import Role
from tests.courses.authoring.writing import Draft, history, later
from tests.factories.accounts import person_with
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_texts_saved_at_once_one_stands_and_the_other_lies_beside():
    draft = Draft()
    lesson, by = draft.row("a"), person_with(Role.TRAINER)

    def save(text: str):
        sent = Sent("A", text, 0, f"page-{text}", 1)
        return lambda: save_lesson(draft.row("a"), sent, by=by, at=later()).outcome

    assert sorted(together(save("one"), save("two"))) == ["beside", "saved"]
    kept = history(lesson)
    assert sorted(text for number, _state, text in kept if number) == ["one", "two"]
    assert sorted(state for number, state, _text in kept if number) == ["beside", "stands"]


def test_two_who_move_at_once_lose_no_part_and_share_no_place():
    draft = Draft()

    together(
        lambda: outline.move(draft.edition, "lesson:a", "down"),
        lambda: outline.move(draft.edition, "lesson:c", "up"),
        lambda: outline.place(draft.edition, "lesson:d", before="lesson:b"),
    )

    order = draft.order()
    assert sorted(order["one"]) == [*"abcd"]
    assert order["two"] == "e"


def test_nothing_is_written_into_an_edition_that_is_published_at_that_moment():
    draft, by = Draft(), person_with(Role.TRAINER)

    def write():
        with suppress(NotADraft):
            sent = Sent("A", "Late.", 0, "page-one", 1)
            return save_lesson(draft.row("a"), sent, by=by, at=later()).outcome
        return "refused"

    outcome, published = together(write, lambda: publish_draft(draft.edition, by=by, at=later(1)))

    assert published.published_at
    assert (draft.row("a").text == "Late.") is (outcome == "saved")
