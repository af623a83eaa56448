"""The last import of a course is taken back."""

from __future__ import annotations

import pytest

from courses.authoring.bank.models import QuestionImport, QuestionImportRow
from courses.authoring.bank.refusals import NotNow
from courses.authoring.bank.services import imports, questions
from courses.authoring.bank.services.copying import take_over
from courses.authoring.bank.services.questions import About
from courses.authoring.bank.services.undoing import take_back
from courses.authoring.services.removing import put_back, remove
from courses.quizzes.models import Question, QuestionVersion, QuizQuestion
from partnership.accounts.models import User
from partnership.audit.models import AuditEntry
from tests.constraints import refused_by
from tests.courses.authoring.bank.desks import prompts, read_here
from tests.factories.accounts import UserFactory
from tests.factories.courses import JOINED, CourseFactory, EditionFactory, QuizFactory

pytestmark = pytest.mark.django_db
FIRST = b"// [id:old]\nHow many?{#100:1}\n"
GIFT = b"""// [id:old]
How many tonnes?{#100:1}

// [id:one]
Is it counted?{=yes#Right. ~no#Wrong.}

// [id:two]
Match.{=a -> b =c -> d}

// [id:three]
Name it.{=OIMP}

// [id:four]
Even **this**?{T}
"""


@pytest.fixture
def by(db) -> User:
    return UserFactory()


def taken(content: bytes, course, by, **more) -> QuestionImport:
    one = read_here(content, "gift", course, **more)
    imports.take_in(one, by=by, at=JOINED)
    return one


def pin(course, key: str, **edition) -> QuizQuestion:
    """The newest version of a question in a quiz, of the draft unless said otherwise."""
    quiz = QuizFactory(edition=EditionFactory(course=course, **{"published_at": None, **edition}))
    version = QuestionVersion.objects.filter(question__key=key).order_by("number").last()
    return QuizQuestion.objects.create(
        group=quiz.groups.create(position=1), version=version, position=1
    )


def left(one) -> dict[str, str]:
    rows = one.rows.filter(taken_at__isnull=False, undone_at=None)
    return {row.question.key: row.stays for row in rows.select_related("question")}


def test_new_questions_go_and_changed_ones_are_asked_as_before(by):
    course = CourseFactory()
    taken(FIRST, course, by)
    before = prompts(course)
    line = pin(course, "old")
    one = taken(GIFT, course, by, topic="units")
    assert len(prompts(course)) == 6
    line.refresh_from_db()
    assert line.version.number == 2

    done = take_back(one, by=by, at=JOINED)

    assert (len(done.back), len(done.left)) == (5, 0)
    assert prompts(course) == before
    line.refresh_from_db()
    assert line.version.number == 1
    one.refresh_from_db()
    assert (one.state, one.undone_at) == ("undone", JOINED)
    assert AuditEntry.objects.get(verb="questions.take_back").changes["back"] == 5


def test_what_is_used_copied_or_changed_since_stays_and_is_told(by):
    course = CourseFactory()
    taken(FIRST, course, by)
    one = taken(GIFT, course, by)
    pin(course, "one")
    two, three, old = (
        QuestionVersion.objects.filter(question__key=key).order_by("number").last()
        for key in ("two", "three", "old")
    )
    take_over([two], CourseFactory(), by=by, at=JOINED)
    questions.describe(three.question, About(note="Is it so?"), by=by, at=JOINED)
    pin(course, "old", number=2, published_at=JOINED)

    done = take_back(one, by=by, at=JOINED)

    assert left(one) == {"one": "used", "two": "used", "three": "changed", "old": "used"}
    assert [row.number for row in done.back] == [5]
    assert not Question.objects.filter(course=course, key="four").exists()
    assert old.question.versions.count() == 2


def test_a_question_that_was_written_again_in_place_was_changed(by):
    course = CourseFactory()
    one = taken(b"// [id:one]\nIs it?{T}\n\n// [id:two]\nWas it?{T}\n", course, by)
    version = QuestionVersion.objects.get(question__key="one")
    QuestionVersion.objects.filter(pk=version.pk).update(explanation="Because.")
    take_back(one, by=by, at=JOINED)

    assert left(one) == {"one": "changed"}


def test_a_quiz_that_was_removed_from_the_draft_can_still_be_put_back(by):
    course = CourseFactory()
    one = taken(b"// [id:one]\nIs it?{T}\n\n// [id:two]\nWas it?{T}\n", course, by)
    quiz = pin(course, "one").group.quiz
    kept = remove(quiz.edition, f"quiz:{quiz.key}", by=by, at=JOINED)
    take_back(one, by=by, at=JOINED)
    put_back(quiz.edition, kept.pk, by=by, at=JOINED)

    assert QuizQuestion.objects.get().version.question.key == "one"


def test_only_the_last_import_is_taken_back_and_once(by):
    course = CourseFactory()
    first, last = taken(FIRST, course, by), taken(b"// [id:b]\nAnd?{T}\n", course, by)

    with pytest.raises(NotNow):
        take_back(first, by=by, at=JOINED)
    take_back(last, by=by, at=JOINED)
    with pytest.raises(NotNow):
        take_back(last, by=by, at=JOINED)
    take_back(first, by=by, at=JOINED)
    assert not Question.objects.exists()


def test_where_nothing_could_go_the_import_stays_as_it_is(by):
    course = CourseFactory()
    one = taken(FIRST, course, by)
    pin(course, "old")

    with pytest.raises(NotNow):
        take_back(one, by=by, at=JOINED)
    one.refresh_from_db()
    assert one.state == "done"


def test_taking_back_is_dated_and_only_of_what_was_taken_in(by):
    one = read_here(FIRST, "gift", CourseFactory())
    rows = QuestionImportRow.objects

    with refused_by("question_import_row_back_was_taken"):
        rows.update(undone_at=JOINED)
    with refused_by("question_import_undone_has_a_time"):
        QuestionImport.objects.filter(pk=one.pk).update(state="undone", done_at=JOINED)
