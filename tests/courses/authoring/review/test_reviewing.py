"""A colleague is asked to read a draft and says what they think of it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from courses.authoring.refusals import NotADraft, NotThere, TooMuch
from courses.authoring.review import queries
from courses.authoring.review.models import Comment, Review
from courses.authoring.review.refusals import (
    AnsweredMeanwhile,
    NotOurs,
    NotToBeAsked,
    ThreadGone,
)
from courses.authoring.review.services import commenting, reviewing
from courses.authoring.services import removing
from courses.authoring.services.publishing import publish_draft
from partnership.accounts.models import Role
from partnership.mail.models import OutboxMessage
from tests.constraints import refused_by
from tests.courses.authoring.review.reading import author_of, colleague, say, stranger, write
from tests.courses.authoring.writing import Draft, Writer, history, later

pytestmark = pytest.mark.django_db


def test_a_colleague_is_asked_once_by_a_mail_in_their_language(draft: Draft):
    author, reader = author_of(draft), colleague()
    reader.language = "fr"
    reader.save()

    for _again in range(2):
        review = reviewing.ask(draft.edition, reader, note="Units", by=author, at=later())

    mail = OutboxMessage.objects.get(to=reader.email)
    assert 'lang="fr"' in mail.html
    assert "/desk/courses/t-w/draft/review/" in mail.body
    assert "Units" in mail.body
    assert Review.objects.get() == review
    assert list(queries.asked_of(reader)) == [review]


def test_whoever_may_not_read_drafts_is_not_asked(draft: Draft):
    author, administrator = author_of(draft), colleague(Role.ADMINISTRATOR)
    ended = colleague()
    ended.role_grants.update(ends_on=later().date().replace(day=1))

    for person in (author, stranger(), ended, colleague(Role.DATA_EDITOR)):
        with pytest.raises(NotToBeAsked):
            reviewing.ask(draft.edition, person, by=author, at=later())
    assert reviewing.ask(draft.edition, administrator, by=author, at=later())


def test_who_asked_is_told_once_that_the_draft_is_read_and_what_is_open(draft: Draft):
    author, reader = author_of(draft), colleague()
    review = reviewing.ask(draft.edition, reader, by=author, at=later())
    say(draft, by=reader)

    with pytest.raises(NotOurs):
        reviewing.finish(review, by=author, at=later(1))
    for _again in range(2):
        reviewing.finish(review, by=reader, at=later(2))

    mail = OutboxMessage.objects.get(to=author.email)
    assert "1 comment is open." in mail.body


def test_what_was_said_stays_when_the_asking_is_taken_back(draft: Draft):
    author, reader = author_of(draft), colleague()
    review = reviewing.ask(draft.edition, reader, by=author, at=later())
    comment = say(draft, by=reader)

    reviewing.take_back(review, by=author, at=later(1))

    assert not queries.asked_of(reader)
    assert [one.comment for one in queries.threads(draft.edition)] == [comment]
    assert reviewing.ask(draft.edition, reader, by=author, at=later(2)) != review


# --- Comments ------------------------------------------------------------------------------------


def test_a_comment_says_which_text_it_was_written_on_and_survives_edits(draft: Draft):
    author = author_of(draft)
    page = Writer(draft.row("a"), "page-one", author)
    first = page.save("One.", later(1)).number
    comment = say(draft, saw=first)

    page.save("Two.", later(2))

    (thread,) = queries.threads(draft.edition, "lesson:a")
    assert thread.comment == comment
    assert thread.comment.number == first
    assert thread.is_of_an_earlier_text
    # What was commented on stays in the history, though both were saved within ten minutes.
    assert (first, "stands", "One.") in history(draft.row("a"))


def test_saves_that_nobody_commented_on_are_one_row_still(draft: Draft):
    page = Writer(draft.row("a"), "page-one", author_of(draft))

    for n in range(1, 4):
        page.save(f"{n}.", later(n))

    assert [text for number, _state, text in history(draft.row("a")) if number] == ["3."]


def test_a_comment_outlives_a_part_that_is_removed_and_put_back(draft: Draft):
    author = author_of(draft)
    comment = say(draft)

    kept = removing.remove(draft.edition, "lesson:a", by=author, at=later(1))
    (gone,) = queries.threads(draft.edition)
    removing.put_back(draft.edition, kept.pk, by=author, at=later(2))

    assert (gone.comment, gone.comment.title) == (comment, "A")
    (back,) = queries.threads(draft.edition, "lesson:a")
    assert back.comment == comment


def test_a_form_that_is_sent_twice_is_one_comment_and_two_tabs_are_two(draft: Draft):
    reader, key = colleague(), uuid4()

    for _again in range(2):
        say(draft, "Same tab.", reader, key=key)
    say(draft, "Another tab.", reader)
    # Somebody goes back to the page and writes something else in its form.
    say(draft, "Gone back.", reader, key=key)

    said = [one.comment.body for one in queries.threads(draft.edition)]
    assert said == ["Same tab.", "Another tab.", "Gone back."]


def test_a_thread_is_answered_resolved_and_opened_again(draft: Draft):
    author, reader = author_of(draft), colleague()
    head = say(draft, by=reader)
    answer = commenting.answer(
        draft.edition, head.pk, "Shorter now.", key=uuid4(), by=author, at=later(1)
    )

    commenting.resolve(draft.edition, head.pk, saw=answer.pk, by=reader, at=later(2))
    assert queries.open_counts(draft.edition) == {}
    commenting.reopen(draft.edition, head.pk)
    assert queries.open_counts(draft.edition) == {"lesson:a": 1}


def test_nobody_resolves_an_answer_that_they_have_not_read(draft: Draft):
    head = say(draft)
    commenting.answer(draft.edition, head.pk, "No.", key=uuid4(), by=author_of(draft), at=later(1))

    with pytest.raises(AnsweredMeanwhile):
        commenting.resolve(draft.edition, head.pk, saw=head.pk, by=colleague(), at=later(2))


def test_an_answer_to_what_was_resolved_opens_it_again(draft: Draft):
    head, author = say(draft), author_of(draft)
    commenting.resolve(draft.edition, head.pk, saw=head.pk, by=author, at=later(1))

    commenting.answer(draft.edition, head.pk, "Still.", key=uuid4(), by=author, at=later(2))

    assert queries.open_counts(draft.edition) == {"lesson:a": 1}


def test_a_comment_is_refused_where_it_can_stand_nowhere(draft: Draft):
    for body, part in (("", "lesson:a"), (" \0 ", "lesson:a")):
        with pytest.raises(ThreadGone):
            say(draft, body, part=part)
    with pytest.raises(NotThere):
        say(draft, part="lesson:gone")
    with pytest.raises(TooMuch):
        say(draft, "x" * 4001)
    answer = commenting.answer(
        draft.edition, say(draft).pk, "Yes.", key=uuid4(), by=colleague(), at=later()
    )
    with pytest.raises(ThreadGone):
        commenting.answer(draft.edition, answer.pk, "x", key=uuid4(), by=colleague(), at=later())

    publish_draft(draft.edition, by=None, at=later(1))
    with pytest.raises(NotADraft):
        say(draft)


def test_the_database_keeps_answers_in_their_thread_and_reviews_by_another(draft: Draft):
    head, author = say(draft), author_of(draft)
    told = {"edition": draft.edition, "body": "x", "at": later()}
    with refused_by("comment_answer_is_of_its_thread"):
        Comment.objects.create(**told, thread=head, part="lesson:a")
    with refused_by("comment_resolved_has_a_time"):
        Comment.objects.create(**told, resolved_by=author)
    with refused_by("comment_says_something"):
        Comment.objects.create(**{**told, "body": ""})
    asked = {"edition": draft.edition, "asked_at": later()}
    with refused_by("review_is_by_another"):
        Review.objects.create(**asked, reviewer=author, asked_by=author)
    with refused_by("review_read_after_it_was_asked"):
        Review.objects.create(**asked, reviewer=author, read_at=later(-1))
    Review.objects.create(**asked, reviewer=author)
    with refused_by("review_asked_once"):
        Review.objects.create(**asked, reviewer=author)


@pytest.mark.parametrize("more", [0, 20])
def test_comments_cost_the_same_for_few_and_for_many(draft: Draft, count_queries, more):
    reader = colleague()
    write(draft, "Text.", author_of(draft))
    for _n in range(more + 1):
        head = say(draft, by=reader)
        commenting.answer(draft.edition, head.pk, "So?", key=uuid4(), by=reader, at=later())

    with count_queries(4):
        assert len(queries.threads(draft.edition)) == more + 1
