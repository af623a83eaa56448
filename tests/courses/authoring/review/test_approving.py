"""A course may need an approval of the very text that is published."""

from __future__ import annotations

from contextlib import suppress

import pytest

from courses.authoring.bank.services import quizzes
from courses.authoring.refusals import NotADraft
from courses.authoring.review import queries
from courses.authoring.review.fingerprints import fingerprint
from courses.authoring.review.models import Approval
from courses.authoring.review.refusals import NotOurs, OwnText, TextChanged
from courses.authoring.review.services import approving
from courses.authoring.services import outline
from courses.authoring.services.publishing import publish_draft
from courses.authoring.services.starting import describe
from courses.quizzes.models import Option, QuestionVersion
from courses.quizzes.services import NotReady
from partnership.accounts.models import Role
from tests.constraints import refused_by
from tests.courses.authoring.review.reading import (
    approve,
    author_of,
    colleague,
    needs_approval,
    published,
    write,
)
from tests.courses.authoring.writing import Draft, later
from tests.factories.accounts import person_with
from tests.factories.courses import QuizFactory, asked
from tests.threads import together

pytestmark = pytest.mark.django_db


def refused(draft: Draft) -> str:
    with pytest.raises(NotReady) as refusal:
        publish_draft(draft.edition, by=None, at=later(9))
    assert not published(draft.edition)
    return " ".join(refusal.value.problems)


def test_a_course_that_needs_an_approval_is_published_only_with_one(draft: Draft):
    author = author_of(draft)
    write(draft, "New words.", author)
    needs_approval(draft)

    assert "somebody who did not write in it" in refused(draft)
    approve(draft)
    publish_draft(draft.edition, by=author, at=later(9))

    assert published(draft.edition)


def test_a_course_without_the_rule_is_published_as_before(draft: Draft):
    publish_draft(draft.edition, by=author_of(draft), at=later(9))

    assert published(draft.edition)


@pytest.mark.parametrize("change", ["lesson", "outline", "about", "order"])
def test_any_change_after_the_approval_makes_it_void(draft: Draft, change):
    author = author_of(draft)
    needs_approval(draft)
    approve(draft)
    given = {"by": author, "at": later(5)}
    match change:
        case "lesson":
            write(draft, "Other words.", author)
        case "outline":
            outline.add(draft.edition, "module", "More", **given)
            outline.rename(draft.edition, "module:two", "Second", **given)
        case "about":
            describe(draft.edition, {"summary": "Otherwise."}, **given)
        case "order":
            outline.move(draft.edition, "lesson:a", "down")

    standing = queries.standing(draft.edition)
    assert (standing.lacks, len(standing.void)) == (True, 1)
    assert "changed after it was approved" in refused(draft)


def test_another_answer_of_a_question_is_another_text(draft: Draft):
    quiz = QuizFactory(edition=draft.edition, module=None)
    asked(quiz, "single")
    before = fingerprint(draft.edition)

    for rows, name in ((Option.objects, "text"), (QuestionVersion.objects, "prompt")):
        rows.filter(**{f"{name}__gt": ""}).update(**{name: f"another {name}"})
        assert fingerprint(draft.edition) != before
        before = fingerprint(draft.edition)


def test_what_is_put_back_word_for_word_is_approved_again(draft: Draft):
    author = author_of(draft)
    text = draft.row("a").text
    approve(draft)

    write(draft, "Other words.", author)
    write(draft, text, author)

    assert queries.standing(draft.edition).is_approved


def test_nobody_approves_a_draft_that_they_wrote_in(draft: Draft):
    author, other, asker = author_of(draft), colleague(), colleague()
    write(draft, "Mine.", author)
    outline.add(draft.edition, "lesson", "New", module="one", by=other, at=later(1))
    row = draft.edition.lessons.exclude(title__in="ABCDE").get()
    row.text = "Words."
    row.save()
    quiz = QuizFactory(edition=draft.edition, module=None)
    version = asked(quiz, "single")
    key = version.question.key
    quizzes.take_out(quiz, key, by=asker, at=later(2))
    quizzes.put_in(quiz, [key], group=None, by=asker, at=later(3))

    assert queries.writers(draft.edition) == {author.uuid, other.uuid, asker.uuid}
    for person in (author, other, asker):
        with pytest.raises(OwnText):
            approve(draft, person)
    assert approve(draft).by not in (author, other, asker)


def test_whoever_writes_after_approving_does_not_approve_what_they_wrote(draft: Draft):
    reader, text = colleague(), draft.row("a").text
    needs_approval(draft)
    approve(draft, reader)

    write(draft, "Mine.", reader)
    write(draft, text, reader)

    assert queries.standing(draft.edition).lacks


def test_what_was_not_seen_is_not_approved(draft: Draft):
    saw = fingerprint(draft.edition)
    write(draft, "Unseen.", author_of(draft))

    with pytest.raises(TextChanged):
        approving.approve(draft.edition, saw=saw, by=colleague(), at=later(2))
    assert not Approval.objects.exists()


def test_an_approval_is_given_once_and_taken_back(draft: Draft):
    reader = colleague()
    assert approve(draft, reader) == approve(draft, reader)

    approving.take_back(draft.edition, by=reader, at=later(1))

    assert not queries.standing(draft.edition).is_approved


def test_the_owner_or_an_administrator_sets_the_rule(draft: Draft):
    owner, second = author_of(draft), author_of(draft)
    given = {"needs_approval": True, "at": later()}

    with pytest.raises(NotOurs):
        approving.set_rule(draft.course, **given, is_administrator=False, by=second)
    for person, is_administrator in ((owner, False), (person_with(Role.ADMINISTRATOR), True)):
        rule = approving.set_rule(
            draft.course, **given, is_administrator=is_administrator, by=person
        )
        assert rule.needs_approval


def test_the_database_knows_what_an_approval_is(draft: Draft):
    reader = colleague()
    told = {"edition": draft.edition, "by": reader, "at": later()}
    with refused_by("approval_names_its_text"):
        Approval.objects.create(**told, fingerprint="x")
    with refused_by("approval_taken_back_after_it_was_given"):
        Approval.objects.create(**told, fingerprint="a" * 64, taken_back_at=later(-1))
    Approval.objects.create(**told, fingerprint="a" * 64)
    with refused_by("approval_once_of_one_text"):
        Approval.objects.create(**told, fingerprint="a" * 64)


@pytest.mark.parametrize("more", [0, 20])
def test_the_approval_of_a_long_draft_costs_as_few_questions(draft: Draft, count_queries, more):
    for n in range(more):
        draft.lesson(f"more-{n}", draft.two, 10 + n)
    approve(draft)
    edition = draft.row("a").edition

    with count_queries(15):
        assert queries.standing(edition).is_approved


@pytest.mark.django_db(transaction=True)
def test_while_somebody_types_nothing_unseen_is_approved_and_published():
    draft = Draft()
    author, reader = author_of(draft), colleague()
    needs_approval(draft)
    saw, seen = fingerprint(draft.edition), draft.row("a").text

    def approve_and_publish() -> None:
        with suppress(TextChanged, NotReady):
            approving.approve(draft.edition, saw=saw, by=reader, at=later(1))
            publish_draft(draft.edition, by=author, at=later(2))

    def type_on() -> None:
        with suppress(NotADraft):
            write(draft, "Unseen.", author)

    together(approve_and_publish, type_on)

    if published(draft.edition):
        assert draft.row("a").text == seen
    else:
        assert draft.row("a").text == "Unseen."
