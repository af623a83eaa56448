"""Loading the course files: the first time, again, after a change, after a person was there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.catalogue.models import Course, Edition, LearningPath, Lesson, Module, PathStep
from courses.quizzes import content as courses
from courses.quizzes.models import (
    Key,
    Option,
    Question,
    QuestionVersion,
    Quiz,
    QuizGroup,
    QuizQuestion,
)
from courses.quizzes.readiness import problems
from partnership.lib import clock
from partnership.sources.loading import Loaded
from tests.courses.files import FILES, QUESTIONS, TEXTS
from tests.courses.loads import CODE, loaded, reworded
from tests.factories.courses import EditionFactory

pytestmark = pytest.mark.django_db


def editions() -> list[tuple]:
    rows = Edition.objects.filter(course__code=CODE).order_by("number")
    return [(row.number, row.is_draft, row.title) for row in rows]


def all_rows() -> dict[type, list]:
    models = (Course, Edition, Module, Lesson, Quiz, QuizQuestion, Question, QuestionVersion)
    models += (Option, Key, LearningPath, PathStep)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


# --- The first time -------------------------------------------------------------------------


def test_seven_courses_are_published_at_once(content):
    assert Edition.objects.published().count() == Edition.objects.count() == Course.objects.count()
    assert Course.objects.count() == 7
    assert Lesson.objects.count() == len(TEXTS)
    assert {lesson.text for lesson in Lesson.objects.all()} == set(TEXTS.values())
    assert all(lesson.html for lesson in Lesson.objects.all())
    assert LearningPath.objects.count() == 4
    assert list(
        PathStep.objects.filter(path__slug="reviewer").values_list("course__code", flat=True)
    ) == ["A6-101", "A6-202", "A6-203"]


def test_pre_test_and_quiz_are_drawn_by_the_one_blueprint_of_their_course(content):
    quizzes = Quiz.objects.select_related("edition__course").order_by("edition", "position")
    plans = {}
    for quiz in quizzes.prefetch_related("groups__questions__version__question"):
        file = FILES[quiz.edition.course.code]
        assert [
            (
                group.title,
                group.quota,
                [line.version.question.key for line in group.questions.all()],
            )
            for group in quiz.groups.all()
        ] == list(courses.pools(file))
        plans.setdefault(file["code"], []).append(
            (quiz.slug, quiz.plan, quiz.pass_mark, quiz.attempts_allowed, quiz.is_required)
        )
    assert set(plans) == set(FILES)
    assert {tuple(told) for told in plans.values()} == {
        (("before", "pretest", None, 1, False), ("check", "check", Decimal("0.7"), 3, True))
    }


def test_another_quota_of_the_blueprint_opens_a_draft(file):
    loaded()

    file["blueprint"][0]["quota"] = 1

    assert "1 editions opened as draft" in loaded()
    quotas = QuizGroup.objects.filter(position=1).order_by("quiz__edition__number", "quiz__slug")
    assert list(quotas.values_list("quota", flat=True)) == [2, 2, 1, 1]


def test_no_quiz_asks_what_is_in_reserve_or_a_self_check(content):
    pinned = Question.objects.filter(versions__quiz_questions__isnull=False)
    assert set(pinned.values_list("state", flat=True)) == {"active"}
    assert Question.objects.exclude(state="active").count() == 52
    assert pinned.distinct().count() == Question.objects.filter(state="active").count() == 113


def test_every_question_has_the_answer_of_its_file(content):
    for version in QuestionVersion.objects.select_related("question"):
        row = QUESTIONS[version.question.key]
        keys = version.key.select_related("option", "match").order_by("place", "pk")
        right = [choice["text"] for choice in row.get("options", ()) if choice.get("is_right")]
        found = {
            "options": [key.option.text for key in keys if key.option and not key.place],
            "pairs": [[key.option.text, key.match.text] for key in keys if key.match],
            "order": [key.option.text for key in keys if key.place],
            "accepted": [key.text for key in keys if key.text],
        }
        wanted = {name: row.get(name, []) for name in found} | {"options": right}
        assert found | ({"options": []} if row.get("pairs") else {}) == wanted
        assert version.kind == row["kind"]


def test_all_that_is_loaded_may_be_published(content):
    assert [problem for edition in Edition.objects.all() for problem in problems(edition)] == []


def test_the_first_load_of_all_courses_is_written_in_few_steps(areas):
    with CaptureQueriesContext(connection) as found:
        loaded()

    # One for each identity and translation; lessons, versions, options and keys together.
    assert len(found) < 820


# --- Again ----------------------------------------------------------------------------------


def test_loading_again_changes_nothing(content):
    before = all_rows()
    done = Loaded()

    courses.load_courses(done)

    assert (str(done), done.has_written) == ("nothing new", False)
    assert all_rows() == before


def test_loading_again_writes_nothing(content):
    with CaptureQueriesContext(connection) as found:
        loaded()

    writes = [row["sql"] for row in found if row["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []


# --- A changed file -------------------------------------------------------------------------


def test_a_changed_file_opens_a_draft_and_leaves_what_is_published(file):
    loaded()
    published = Edition.objects.get()
    before = list(published.lessons.order_by("pk").values())

    reworded(file)
    told = loaded()

    assert "1 editions opened as draft" in told
    assert editions() == [
        (1, False, "Article 6 and your NDC"),
        (2, True, "Article 6, told anew"),
    ]
    assert list(published.lessons.order_by("pk").values()) == before
    draft = Edition.objects.get(number=2)
    assert draft.lessons.get(key="ambition-gap").text.startswith("It is told in other words.")
    assert loaded() == "nothing new"


def test_a_file_that_changes_again_writes_its_own_draft_again(file):
    loaded()
    reworded(file)
    loaded()

    file["edition"]["title"] = "Article 6, told a third time"

    assert "1 editions opened as draft" in loaded()
    assert [row[2] for row in editions()] == [
        "Article 6 and your NDC",
        "Article 6, told a third time",
    ]


def test_after_the_draft_was_published_the_next_change_opens_the_third_edition(file):
    loaded()
    reworded(file)
    loaded()
    Edition.objects.filter(number=2).update(published_at="2026-03-01T00:00Z")

    file["edition"]["title"] = "Article 6, once more"
    loaded()

    assert [(number, draft) for number, draft, _ in editions()] == [
        (1, False),
        (2, False),
        (3, True),
    ]


@pytest.mark.parametrize(
    "edit",
    [
        lambda draft: draft.lessons.filter(key="ambition-gap").update(text="Mine."),
        lambda draft: draft.modules.filter(position=1).update(title="Mine"),
        lambda draft: draft.quizzes.update(attempts_allowed=5),
        lambda draft: QuizQuestion.objects.filter(group__quiz__edition=draft).last().delete(),
        lambda draft: Edition.objects.filter(pk=draft.pk).update(summary="Mine."),
        lambda draft: draft.comments.create(body="Mine.", at=clock.now()),
    ],
    ids=["lesson", "module", "quiz", "question", "edition", "comment"],
)
def test_a_draft_that_a_person_edited_is_left_alone(file, edit):
    loaded()
    reworded(file)
    loaded()
    edit(Edition.objects.get(number=2))
    before = all_rows()

    file["edition"]["title"] = "Article 6, told a third time"

    assert loaded() == "1 editions left as edited"
    assert all_rows() == before


def test_a_draft_that_a_person_opened_is_left_alone(file):
    loaded()
    EditionFactory(course=Course.objects.get(), number=2, title="Mine", published_at=None)

    reworded(file)

    assert loaded() == "1 editions left as edited"
    assert editions()[1] == (2, True, "Mine")


def test_a_new_note_of_the_editors_opens_no_draft(file):
    loaded()

    file["questions"][0]["note"] = "Read again in March."
    file["level"] = "intermediate"

    assert loaded() == "1 courses changed, 1 questions changed"
    assert len(editions()) == 1


# --- Where a person was ---------------------------------------------------------------------


def test_a_course_that_a_person_deleted_stays_away(file):
    loaded()
    QuizQuestion.objects.all().delete()
    Edition.objects.all().delete()
    Course.objects.all().delete()

    loaded()

    assert not Course.objects.exists()
    assert not Edition.objects.exists()


def test_the_text_of_a_course_that_a_person_began_is_left_alone(file):
    EditionFactory(course__code=CODE, title="Mine")

    told = loaded()

    assert "1 editions left as edited" in told
    assert editions() == [(1, False, "Mine")]


def test_editions_that_a_person_deleted_stay_away(file):
    loaded()
    Edition.objects.all().delete()

    reworded(file)

    assert "1 editions left as edited" in loaded()
    assert editions() == []


def test_a_course_whose_area_is_gone_waits(file):
    file["area"] = "unknown"

    loaded()

    assert not Course.objects.exists()
