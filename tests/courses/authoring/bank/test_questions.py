from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from courses.authoring.bank import queries
from courses.authoring.bank.refusals import ChangedMeanwhile, KeyTaken, NotWhole
from courses.authoring.bank.rows import item_of
from courses.authoring.bank.services import questions
from courses.authoring.bank.services.questions import About
from courses.quizzes.exchange.items import Choice, Item, Kind, Number, Pair
from courses.quizzes.models import Option, Question, QuestionVersion, QuizQuestion
from courses.quizzes.readiness import is_answerable
from partnership.accounts.models import User
from partnership.audit.models import AuditEntry
from partnership.sources.loading import remember
from tests.courses.learning.seats import Seat
from tests.factories.accounts import UserFactory
from tests.factories.courses import JOINED, CourseFactory, EditionFactory, QuizFactory, asked

pytestmark = pytest.mark.django_db
CHOICES = (Choice("yes", is_right=True, feedback="Right."), Choice("no"))
ASKED = Item(Kind.SINGLE, "Is it counted?", choices=CHOICES, category=("counting",))


@pytest.fixture
def by(db) -> User:
    return UserFactory()


def add(course, item=ASKED, *, by, **about) -> QuestionVersion:
    return questions.add(course, item, About(**about), by=by, at=JOINED)


def change(version, item, *, by, **more) -> QuestionVersion:
    return questions.change(version, item, About(), by=by, at=JOINED, **more)


def test_a_question_that_is_added_can_be_answered_and_says_who_added_it(by):
    version = add(CourseFactory(code="T-1"), by=by)

    assert (version.question.key, version.number) == ("is-it-counted", 1)
    assert version.question.topic == "counting"
    assert is_answerable(version)
    (entry,) = AuditEntry.objects.filter(verb="question.add")
    assert (entry.key, entry.actor) == ("T-1/is-it-counted", str(by.uuid))


def test_a_key_is_made_free_and_one_that_is_given_is_refused_where_it_is_taken(by):
    course = CourseFactory()
    first, second = add(course, by=by), add(course, by=by)

    assert [first.question.key, second.question.key] == ["is-it-counted", "is-it-counted-2"]
    with pytest.raises(KeyTaken):
        add(course, by=by, key="is-it-counted")
    assert Question.objects.count() == 2


def test_a_question_that_nobody_used_is_written_again_in_place(by):
    version = add(CourseFactory(), by=by)
    made = change(version, replace(ASKED, prompt="Is it counted twice?"), by=by)

    assert (made.pk, made.number) == (version.pk, 1)
    assert Option.objects.count() == 2
    assert "Is it counted twice?" in QuestionVersion.objects.get().prompt_html


def test_a_question_that_a_quiz_asks_gets_its_next_version_and_the_draft_asks_that(by):
    edition = EditionFactory(published_at=None)
    version = asked(QuizFactory(edition=edition))
    made = change(version, ASKED, by=by, has_same_meaning=True)

    version.refresh_from_db()
    assert version.prompt == "Which one is right?"
    assert (made.number, made.has_same_meaning) == (2, True)
    assert QuizQuestion.objects.get().version == made


def test_a_published_quiz_goes_on_asking_the_version_that_it_pins(by):
    published = QuizFactory()
    version = asked(published)
    draft = EditionFactory(course=published.edition.course, number=2, published_at=None)
    copied = QuizFactory(edition=draft)
    group = copied.groups.create(position=1)
    QuizQuestion.objects.create(group=group, version=version, position=1)

    made = change(version, ASKED, by=by)

    pinned = dict(QuizQuestion.objects.values_list("group__quiz", "version"))
    assert pinned == {published.pk: version.pk, copied.pk: made.pk}


def test_what_a_course_file_wrote_is_not_written_again_in_place(by):
    version = add(CourseFactory(code="T-2"), by=by)
    remember("courses.questionversion", {f"T-2/{version.question.key}/1": "x"})

    assert change(version, replace(ASKED, prompt="Else?"), by=by).number == 2


def test_of_two_who_change_the_same_version_the_second_is_told(by):
    version = asked(QuizFactory())
    change(version, ASKED, by=by)

    with pytest.raises(ChangedMeanwhile):
        change(version, replace(ASKED, prompt="Mine?"), by=by)
    assert QuestionVersion.objects.count() == 2


def test_figures_of_a_question_stay_with_it_when_only_its_words_are_corrected(by):
    seat = Seat("single", starts=False)
    seat.start()
    seat.save(seat.right(0), 0)
    seat.submit()
    version = QuestionVersion.objects.get()
    same = change(version, replace(ASKED, choices=CHOICES), by=by, has_same_meaning=True)
    told = queries.figures_of(same)
    other = change(same, replace(ASKED, prompt="Something else?"), by=by)

    assert told == queries.Figures(asked=1, mean=1.0)
    assert queries.figures_of(other) == queries.Figures(asked=1, mean=1.0, is_earlier=True)


@pytest.mark.parametrize(
    "item",
    [
        replace(ASKED, prompt=" "),
        replace(ASKED, choices=CHOICES[:1]),
        replace(ASKED, choices=(Choice("a"), Choice("b"))),
        replace(ASKED, choices=(Choice("a", is_right=True), Choice("b" * 16_384))),
        replace(ASKED, choices=(Choice("a", is_right=True, feedback="f" * 16_384), Choice("b"))),
        replace(ASKED, points=Decimal("1000")),
        replace(ASKED, points=Decimal("0.001")),
        replace(ASKED, basis="b" * 201),
        replace(ASKED, language="not a language"),
        Item(Kind.NUMBER, "How many?", numbers=(Number(Decimal(1)),), unit="u" * 41),
        Item(Kind.MATCHING, "Match", pairs=(Pair("a", "b" * 501), Pair("c", "d"))),
        Item(Kind.TRUE_FALSE, "So?", choices=(*CHOICES, Choice("perhaps"))),
        Item(Kind.ORDERING, "Order", order=tuple(f"line {n}" for n in range(101))),
    ],
)
def test_a_question_that_cannot_be_asked_or_kept_is_refused_and_nothing_is_written(item, by):
    with pytest.raises(NotWhole) as refusal:
        add(CourseFactory(), item, by=by)

    assert str(refusal.value)
    assert not Question.objects.exists()


def test_one_right_side_may_belong_to_several_left_ones(by):
    pairs = (Pair("a", "x"), Pair("b", "x"), Pair("c", "y"))
    item = Item(Kind.MATCHING, "Match", pairs=pairs, others=("z", "x"))
    version = add(CourseFactory(), item, by=by)

    assert version.options.filter(side="right").count() == 3
    found = item_of(version)
    assert (found.pairs, found.others) == (pairs, ("z",))


def test_more_figures_than_a_database_reckons_with_are_refused_and_fewer_come_back(by):
    exact = Item(Kind.NUMBER, "How many?", numbers=(Number(Decimal("99999999999999.999999")),))
    with pytest.raises(NotWhole):
        add(CourseFactory(), exact, by=by)
    number = Number(Decimal("123456789.1234564"), Decimal("0.0000004"))
    version = add(CourseFactory(), Item(Kind.NUMBER, "How many?", numbers=(number,)), by=by)

    (kept,) = item_of(QuestionVersion.objects.get(pk=version.pk)).numbers
    assert (kept.number, kept.tolerance) == (Decimal("123456789.123456"), 0)
