"""What is published is withdrawn, comes back, and is run again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from courses.authoring.bank.services import quizzes
from courses.authoring.review.changed import changed_since
from courses.authoring.review.refusals import NotPublished
from courses.authoring.review.services import withdrawing
from courses.authoring.services import outline
from courses.authoring.services.publishing import effect, publish_draft
from courses.authoring.services.saving import Sent, save_lesson
from courses.catalogue.doubts import doubts
from courses.catalogue.models import Edition
from courses.learning.models import (
    Answer,
    Attempt,
    Certificate,
    Completion,
    Enrolment,
    PaperQuestion,
    SubjectCheck,
)
from courses.learning.reading import reading
from courses.learning.services.enrolments import EditionNotOpen, finish_lesson, join, move_over
from courses.quizzes.services import DraftExists, open_draft
from partnership.accounts.models import User
from partnership.search.models import SearchEntry
from tests.constraints import refused_by
from tests.courses.authoring.review.reading import colleague
from tests.courses.authoring.writing import later
from tests.factories.accounts import UserFactory
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import (
    PUBLISHED,
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
    asked,
)
from tests.factories.sources import DatedFactFactory, SourceFactory

pytestmark = pytest.mark.django_db


def edition_of(number: int, course=None) -> Edition:
    given = {"course": course} if course else {}
    edition = EditionFactory(number=number, **given)
    LessonFactory(module=ModuleFactory(edition=edition, key="one"), key="a", slug="a")
    return edition


def test_of_a_withdrawn_edition_nobody_begins_and_everybody_in_the_middle_goes_on():
    first = edition_of(1)
    second = edition_of(2, first.course)
    learner = EnrolmentFactory(edition=second)
    certificate = CertificateFactory(edition=second, learner=learner.learner)

    withdrawing.withdraw(second, because="A wrong table.", by=colleague(), at=later())

    with pytest.raises(EditionNotOpen):
        join(second, by=UserFactory(), at=later())
    finish_lesson(learner, second.lessons.get(), at=later())
    certificate.refresh_from_db()
    assert (learner.completions.count(), certificate.state) == (1, "valid")
    assert reading(first.course.slug, learner.learner).edition == second
    # Whoever begins now begins the edition before.
    assert list(Edition.objects.newest()) == [first]
    visitor = reading(first.course.slug, UserFactory())
    assert (visitor.edition, visitor.newest) == (first, first)


def test_what_is_brought_back_is_as_it_was():
    edition, by = edition_of(1), colleague()
    withdrawing.withdraw(edition, because="x", by=by, at=later())
    assert not SearchEntry.objects.filter(kind="course").exists()

    withdrawing.bring_back(edition, by=by, at=later(1))

    assert list(Edition.objects.newest()) == [edition]
    assert SearchEntry.objects.filter(kind="course").exists()
    with pytest.raises(NotPublished):
        withdrawing.bring_back(edition, by=by, at=later(2))


def test_a_whole_course_is_withdrawn_and_brought_back():
    edition, by = edition_of(1), colleague()
    course = edition.course

    withdrawing.retire(course, by=by, at=later())
    edition.refresh_from_db()
    with pytest.raises(EditionNotOpen):
        join(edition, by=UserFactory(), at=later())
    with pytest.raises(NotPublished):
        withdrawing.retire(course, by=by, at=later(1))
    withdrawing.reopen(course, by=by, at=later(2))

    assert list(Edition.objects.newest()) == [edition]


def test_a_draft_or_a_withdrawing_without_a_reason_is_refused():
    edition = edition_of(1)
    draft = open_draft(edition.course, at=later())
    for one, because in ((draft, "x"), (edition, " "), (edition, "\0")):
        with pytest.raises(NotPublished):
            withdrawing.withdraw(one, because=because, by=colleague(), at=later())
    for changed in (
        {"withdrawn_at": later()},
        {"withdrawn_because": "x"},
        {"withdrawn_at": later(), "withdrawn_because": "x", "published_at": None, "number": 9},
    ):
        with refused_by("edition_withdrawn_says_why"):
            Edition.objects.filter(pk=edition.pk).update(**changed)


# --- Again -----------------------------------------------------------------------------------


def test_an_earlier_edition_is_run_again_without_its_people():
    first = edition_of(1)
    first.lessons.update(text="The first words.")
    second = edition_of(2, first.course)
    EnrolmentFactory.create_batch(2, edition=first)
    withdrawing.withdraw(first, because="x", by=colleague(), at=later())

    draft = open_draft(first.course, source=first, at=later(1))

    assert (draft.number, draft.is_draft, draft.withdrawn_at) == (3, True, None)
    assert draft.lessons.get().text == "The first words."
    assert not Enrolment.objects.filter(edition=draft).exists()
    with pytest.raises(DraftExists):
        open_draft(first.course, source=second, at=later(2))


def told(edition: Edition) -> dict[str, list[str]]:
    return {one.lesson.key: one.reasons for one in changed_since(edition)}


def test_lessons_that_tell_what_is_newer_by_now_are_listed(monkeypatch):
    edition = edition_of(1)
    module = edition.modules.get()
    agreement, quiet = AgreementFactory(), AgreementFactory()
    texts = {
        "agreement": f"[It](/agreements/{agreement.slug}/)",
        "quiet": f"[It](/agreements/{quiet.slug}/) and 2/CMA.3 and 21 agreements.",
        "decision": "As 4/CMA.6 says.",
        "figure": "There are 1,203 agreements.",
        "doubt": "Perhaps.",
    }
    for place, (key, text) in enumerate(texts.items(), start=10):
        LessonFactory(module=module, key=key, text=text, position=place)
    AgreementStageFactory(agreement=agreement)
    line = AgreementStageFactory(agreement=quiet)
    type(line).objects.filter(pk=line.pk).update(recorded_at=PUBLISHED - timedelta(days=1))
    SourceFactory(title="A guide to 4/CMA.6", published_on=later().date())
    SourceFactory(title="An older guide to 2/CMA.3", published_on=edition.rules_as_of)
    old = DatedFactFactory(label="Bilateral agreements", value_number=1203, value_text="")
    DatedFactFactory(
        label="Bilateral agreements",
        value_number=1300,
        value_text="",
        follows=old,
        figure=old.key,
        as_of=later().date(),
    )
    doubt = doubts()[0]
    named = type(doubt)(**{**vars(doubt), "lessons": ((edition.course.slug, "doubt"),)})
    monkeypatch.setattr("courses.authoring.review.changed.doubts", lambda: (named,))
    given = {"on": later().date(), "source": "x", "finding": "y"}
    SubjectCheck.objects.create(doubt=doubt.key, result="otherwise", recorded_at=later(), **given)

    found = told(edition)

    assert set(found) == {"agreement", "decision", "figure", "doubt"}
    assert found["figure"] == ["Bilateral agreements: 1,300 by now, not 1,203."]
    assert "A guide to 4/CMA.6" in found["decision"][0]


@pytest.mark.parametrize("more", [0, 20])
def test_what_changed_is_asked_as_often_for_few_and_for_many(count_queries, more):
    edition = edition_of(1)
    for n in range(more):
        LessonFactory(module=edition.modules.get(), key=f"m-{n}", position=10 + n)

    with count_queries(4):
        changed_since(edition)


# --- While many learn ------------------------------------------------------------------------


def state_of(edition: Edition) -> list[list[tuple]]:
    """All that learners of an edition have: enrolments, papers, answers, progress, certificates."""
    of = {"enrolment__edition": edition}
    rows = (
        Enrolment.objects.filter(edition=edition),
        Completion.objects.filter(**of),
        Attempt.objects.filter(**of),
        PaperQuestion.objects.filter(attempt__enrolment__edition=edition),
        Answer.objects.filter(question__attempt__enrolment__edition=edition),
        Certificate.objects.filter(edition=edition),
    )
    return [list(found.order_by("pk").values_list()) for found in rows]


def learners_of(first: Edition, count: int) -> tuple[list[Enrolment], list[Attempt]]:
    """So many in the middle, each with a paper that is answered; three who are certified."""
    quiz = QuizFactory(edition=first, module=first.modules.get())
    version = asked(quiz)
    people = User.objects.bulk_create(UserFactory.build_batch(count))
    told = {"edition": first, "joined_at": later(), "active_at": later()}
    seats = Enrolment.objects.bulk_create(Enrolment(**told, learner=one) for one in people)
    lesson = {"lesson": first.lessons.get(), "opened_at": later(), "done_at": later()}
    Completion.objects.bulk_create(Completion(**lesson, enrolment=one) for one in seats)
    sitting = {"quiz": quiz, "number": 1, "started_at": later()}
    papers = Attempt.objects.bulk_create(
        Attempt(**sitting, enrolment=one, start_key=f"s-{one.pk}") for one in seats
    )
    questions = PaperQuestion.objects.bulk_create(
        PaperQuestion(attempt=one, version=version, position=1, token=f"q-{one.pk}")
        for one in papers
    )
    Answer.objects.bulk_create(
        Answer(question=one, response={"chosen": []}, saved_at=later()) for one in questions
    )
    CertificateFactory.create_batch(3, edition=first, learner=None)
    return seats, papers


def test_a_course_that_200_learn_is_changed_published_compared_and_rolled_forward_without_them():
    """Rolling forward is moving over: who moves leaves all that was done behind as it was."""
    first = edition_of(1)
    seats, papers = learners_of(first, 200)
    key = papers[0].quiz.groups.get().questions.get().version.question.key
    before = state_of(first)
    assert [len(rows) for rows in before] == [200, 200, 200, 200, 200, 3]
    author = colleague()

    draft = open_draft(first.course, at=later(1), by=author)
    quizzes.take_out(draft.quizzes.get(), key, by=author, at=later(2))
    asked(draft.quizzes.get())
    outline.add(draft, "module", "More", by=author, at=later(3))
    module = draft.modules.last()
    LessonFactory(edition=draft, module=module, key="new", text="New.")
    row = draft.lessons.get(key="a")
    save_lesson(row, Sent(row.title, "Otherwise.", 0, "page-one", 1), by=author, at=later(4))
    assert effect(draft).counts == {"unchanged": 0, "changed": 1, "new": 1, "gone": 0}
    publish_draft(draft, by=author, at=later(5))

    assert state_of(first) == before
    handed_in = Attempt.objects.filter(pk=papers[0].pk)
    handed_in.update(submitted_at=later(6), closed_by="learner", score=1, is_passed=True)
    before = state_of(first)
    moved = move_over(seats[0], at=later(7))

    after = state_of(first)
    assert after[1:] == before[1:]
    assert after[0][1:] == before[0][1:]
    assert (moved.edition.number, moved.completions.count()) == (2, 0)
