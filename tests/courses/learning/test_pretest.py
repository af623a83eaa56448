"""The pre-test: what it draws, what it tells, and what learner and trainer see was gained."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.learning import drawing, gains, results
from courses.learning.gains import Earned
from courses.learning.models import Attempt, PaperQuestion
from courses.learning.outlines import outline, progress, resume
from courses.learning.services.attempts import start_attempt, submit_attempt
from courses.quizzes.models import Quiz, QuizGroup, QuizQuestion
from tests.courses.learning.desks import Desk
from tests.courses.learning.seats import Seat, later
from tests.factories.certificates import done
from tests.factories.courses import EnrolmentFactory, LessonFactory, QuizFactory, asked

pytestmark = pytest.mark.django_db

TOPICS = ("The three tracks", "Taking part")
COUNTS_FOR_NOTHING: dict[str, Any] = {"pass_mark": None, "is_required": False}


class Both(Seat):
    """A lesson, a pre-test and a quiz by one blueprint: of each topic one question of two."""

    def __init__(self) -> None:
        self.check = QuizFactory(slug="check", position=2)
        edition = self.check.edition
        self.lesson = LessonFactory(
            module__edition=edition, edition=edition, key="tracks", title="Three tracks"
        )
        self.before = QuizFactory(
            edition=edition,
            slug="before",
            title="What do you know already?",
            plan="pretest",
            attempts_allowed=1,
            position=1,
            **COUNTS_FOR_NOTHING,
        )
        for place, title in enumerate(TOPICS, start=1):
            self._topic(place, title)
        self.enrolment = EnrolmentFactory(edition=edition)
        self.quiz, self.versions, self.keys = self.before, [], iter(map(str, range(10**6, 10**7)))

    def _topic(self, place: int, title: str) -> None:
        group, twin = (
            QuizGroup.objects.create(quiz=quiz, position=place, title=title, quota=1)
            for quiz in (self.check, self.before)
        )
        for n in (1, 2):
            version = asked(self.check, group=group, points=place)
            QuizQuestion.objects.create(group=twin, version=version, position=n)
            type(version.question).objects.filter(pk=version.question_id).update(topic="tracks")

    def take(self, quiz: Quiz, minute: float, *knows: str) -> Attempt:
        """Begun and handed in within a minute; right are the questions of the topics named."""
        self.quiz = quiz
        attempt = self.start(later(minute))
        titles = dict(
            QuizQuestion.objects.filter(group__quiz=quiz).values_list("version", "group__title")
        )
        self.versions = list(PaperQuestion.objects.filter(attempt=attempt))
        for n, asked_for in enumerate(self.versions):
            self.versions[n] = asked_for.version
            text = "right" if titles[asked_for.version_id] in knows else "wrong"
            self.save(self.chosen(text, n), n, at=later(minute, 10))
        return submit_attempt(attempt, key=f"key-of-{attempt.pk}", at=later(minute, 30))


def papers(*attempts: Attempt) -> list[set[int]]:
    return [set(one.paper.values_list("version", flat=True)) for one in attempts]


# --- What is drawn ------------------------------------------------------------------------


def test_what_was_not_seen_is_drawn_first_and_the_rest_when_it_is_not_enough():
    group = [(n, None) for n in range(6)]

    for quota, wanted in ((2, {4, 5}), (1, {4}), (4, {4, 5})):
        drawn = drawing.draw([drawing.Pool(group, quota, frozenset({0, 1, 2, 3}))])
        assert len(drawn) == quota
        assert set(drawn) & {4, 5} == wanted or quota == 1
        assert quota == 4 or set(drawn) <= {4, 5}


def test_the_quiz_that_counts_asks_other_questions_than_the_pretest():
    both = Both()

    first, then, again = (
        both.take(both.before, 0),
        both.take(both.check, 10),
        both.take(both.check, 20),
    )

    before, after, once_more = papers(first, then, again)
    assert (len(before), len(after), before & after) == (2, 2, set())
    assert len(once_more) == 2


# --- Where it stands ----------------------------------------------------------------------


def test_a_pretest_stands_before_the_course_and_keeps_nobody_from_its_end():
    both = Both()

    parts = outline(both.check.edition, both.enrolment).parts
    place = resume(both.enrolment)

    assert [part.title for part in parts][::2] == ["Before you start", "At the end"]
    assert [item.key for item in parts[0].items] == [both.before.key]
    assert place
    assert place.item.key == "tracks"
    assert [item.key for item in progress(both.enrolment).missing] == ["tracks", both.check.key]


def test_nobody_is_led_back_to_a_pretest_when_all_the_rest_is_done():
    both = Both()
    done(both.enrolment, both.lesson)
    both.take(both.check, 10, *TOPICS)

    assert resume(both.enrolment) is None


# --- What it tells ------------------------------------------------------------------------


def test_a_pretest_points_to_lessons_and_keeps_the_right_answers_until_the_quiz_is_passed():
    both = Both()
    client = Client()
    client.force_login(both.enrolment.learner)
    first = both.take(both.before, 0, TOPICS[0])
    address = f"/courses/attempts/{first.uuid}/result/"

    page = client.get(address).content.decode()
    quiz = client.get(both.before.get_absolute_url()).content.decode()

    assert "This counts for nothing." in page
    assert "Read these lessons closely:" in page
    assert page.count(">Three tracks</a>") == 2
    assert "passed" not in page.partition("<main")[2].partition("hint")[0].lower()
    assert not results.result(first, at=later(1)).shows_right_answers
    assert "You took it." in quiz
    assert "Ask for another attempt" not in quiz

    both.take(both.check, 10, *TOPICS)

    assert results.result(first, at=later(20)).shows_right_answers


# --- What was gained ----------------------------------------------------------------------


def test_a_gain_is_told_in_points_of_what_both_tests_asked():
    before = {"A": Earned(Decimal(4), Decimal(1)), "B": Earned(Decimal(2), Decimal(2))}
    after = {"A": Earned(Decimal(4), Decimal(3)), "B": Earned(Decimal(2), Decimal(1))}
    only = {"C": Earned(Decimal(1), Decimal(1))}

    found = gains.gains(before, {**after, **only})

    assert [(one.title, one.points) for one in found.topics] == [("A", 50), ("B", -50)]
    assert (found.whole.before, found.whole.after) == (Decimal(3) / 6, Decimal(4) / 6)
    assert found.whole.points == 17


def test_a_learner_sees_what_was_gained_topic_by_topic(count_queries):
    both = Both()
    both.take(both.before, 0, TOPICS[0])
    then = both.take(both.check, 10, *TOPICS)
    client = Client()
    client.force_login(both.enrolment.learner)

    with count_queries(4):
        found = gains.of_attempt(then)
    page = client.get(f"/courses/attempts/{then.uuid}/result/").content.decode()

    assert found is not None
    assert [(one.title, one.points) for one in found.topics] == [(TOPICS[0], 0), (TOPICS[1], 100)]
    assert round(found.whole.before, 4) == Decimal("0.3333")
    assert "What you gained" in page
    assert "<b>+67</b>" in page


def test_a_pretest_taken_after_the_quiz_shows_no_gain():
    both = Both()
    then = both.take(both.check, 0, *TOPICS)
    both.take(both.before, 10, *TOPICS)

    assert gains.of_attempt(then) is None
    assert gains.of_quizzes([both.check]) is None


@pytest.mark.parametrize("learners", [1, 3])
def test_a_trainer_sees_the_average_of_those_who_took_both(learners, count_queries):
    both = Both()
    both.take(both.check, 0)  # without the pre-test: counts for no average
    for n in range(learners):
        both.enrolment = EnrolmentFactory(edition=both.check.edition)
        both.take(both.before, 10, *TOPICS[:1])
        both.take(both.check, 20, *TOPICS[: 2 if n else 1])

    with count_queries(4):
        found = gains.of_quizzes([both.check])
    page = Desk(both.check.edition.course).page(f"quizzes/{both.check.slug}/")

    assert found is not None
    assert found.learners == learners
    gained = round(100 * Decimal(learners - 1) / learners)
    assert [one.points for one in found.topics] == [0, gained]
    assert "Before and after" in page
    assert f">+{gained}<" in page or learners == 1


def test_a_practice_and_a_quiz_of_a_module_are_put_beside_no_pretest():
    both = Both()
    both.take(both.before, 0)
    QuizFactory(edition=both.check.edition, slug="try", plan="practise", pass_mark=None)
    practice = both.check.edition.quizzes.get(slug="try")
    asked(practice)
    attempt = start_attempt(both.enrolment, practice, at=timezone.now())

    assert gains.of_attempt(submit_attempt(attempt, key="its-key", at=timezone.now())) is None
