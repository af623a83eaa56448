"""A whole course goes out as one ZIP and comes in again."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO

import pytest

from courses.authoring.bank.services.imports import take_in as take_questions
from courses.authoring.parcels import archives, exporting, services
from courses.authoring.parcels.models import CourseParcel
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Edition
from courses.quizzes.models import Question, QuestionCase, Quiz
from partnership.accounts.models import Role
from tests.courses.authoring.bank.desks import Steps, read_here
from tests.courses.authoring.parcels.test_parcels import read_in_this_process, sent
from tests.courses.authoring.shelf.pictures import on_the_shelf
from tests.courses.authoring.writing import NOON, Draft, desk
from tests.factories.accounts import person_with
from tests.factories.courses import CourseFactory, EditionFactory, QuizFactory

pytestmark = pytest.mark.django_db
GIFT = (
    "::who::Who *decides*? {=The host Party#Yes. ~The other\\nParty ~%50%Both}\n\n"
    "::share::How much? {#5.0:0.1}\n\n::name::Which article? {=6.2 =six}\n\n"
    "::pairs::Match. {=A -> 1 =B -> 2}\n\n::true::True? {T}\n"
)


@pytest.fixture(autouse=True)
def _no_processes(monkeypatch):
    read_in_this_process(monkeypatch)


@pytest.fixture
def whole(draft) -> Draft:
    """A draft with a picture, a case, questions of several kinds, and quizzes in and behind."""
    take_questions(read_here(GIFT.encode(), "gift", draft.course), by=None, at=NOON)
    row = on_the_shelf(draft.course)
    lesson = draft.row("a")
    lesson.text = f"# Été\r\n\n{row.markdown}\n\n  spaces \n\n"
    lesson.rule, lesson.is_required = "marked", False
    lesson.save()
    questions = list(Question.objects.order_by("key"))
    case = QuestionCase.objects.create(course=draft.course, key="case", title="C", text="Text")
    version = questions[0].versions.get()
    version.case, version.explanation = case, row.markdown
    version.save()
    for module in (draft.two, None):
        quiz = QuizFactory(edition=draft.edition, module=module, pass_mark=Decimal("0.75"))
        group = quiz.groups.create(position=1, title="G", quota=1)
        for n, question in enumerate(questions[1:], start=1):
            group.questions.create(version=question.versions.get(), position=n)
    draft.edition.outcomes = ["One", "Two"]
    draft.edition.save()
    return draft


def taken_in(edition: Edition, data: bytes) -> CourseParcel:
    boss = person_with(Role.TRAINER)
    one = services.send(edition.course, BytesIO(data), "course.zip", by=boss, at=NOON)
    services.look(Steps({"parcel": one.pk}))
    one.refresh_from_db()
    assert one.problems == []
    services.take_in(one, edition, by=boss, at=NOON)
    return one


def another() -> Edition:
    return EditionFactory(course=CourseFactory(), published_at=None, language="fr", title="Else")


def test_what_comes_out_comes_in_and_comes_out_the_same(whole):
    data = exporting.exported(whole.edition)
    there = another()

    taken_in(there, data)

    there.refresh_from_db()
    assert exporting.exported(there) == data
    assert (there.title, there.outcomes) == (whole.edition.title, ["One", "Two"])
    lesson = there.lessons.get(key="a")
    picture = Picture.objects.get(course=there.course)
    assert picture.markdown in lesson.text
    assert lesson.text.endswith("\n\n  spaces \n\n")
    assert "<img" in lesson.html
    assert (lesson.rule, lesson.is_required) == ("marked", False)
    assert Quiz.objects.get(edition=there, module=None).pass_mark == Decimal("0.75")
    assert Question.objects.filter(course=there.course).count() == 5


def test_a_course_in_its_own_draft_comes_behind_under_keys_of_its_own(whole):
    data = exporting.exported(whole.edition)

    one = taken_in(whole.edition, data)

    assert whole.order() == {"one": "abc", "two": "de", "one-2": "a-2b-2c-2", "two-2": "d-2e-2"}
    assert [name.partition(":")[0] for name in one.made] == ["module", "module", "quiz"]
    # The bank had each question word for word, and the shelf the picture.
    assert (Question.objects.count(), Picture.objects.count()) == (5, 1)
    assert services.take_back(one, whole.edition, by=person_with(Role.TRAINER), at=NOON) == 3
    assert exporting.exported(whole.edition) == data


def test_a_question_that_reads_otherwise_does_not_replace_the_one_that_is_there(whole):
    data, there = exporting.exported(whole.edition), another()
    take_questions(read_here(b"::true::False? {F}\n", "gift", there.course), by=None, at=NOON)

    taken_in(there, data)

    keys = set(Question.objects.filter(course=there.course).values_list("key", flat=True))
    assert {"true", "true-2"} <= keys
    assert Question.objects.get(course=there.course, key="true").versions.get().number == 1


def test_a_trainer_takes_the_whole_course_away(whole):
    page = desk(whole)
    answer = page.get("course.zip")

    assert answer.content == exporting.exported(whole.edition)
    assert answer["Content-Disposition"] == 'attachment; filename="t-w-1.zip"'
    assert page.get("course.zip", edition="7").status_code == 404
    names = zipfile.ZipFile(BytesIO(answer.content)).namelist()
    assert names[:3] == ["course.json", "lessons/01-01-a.md", "lessons/01-02-b.md"]
    shown = sent(whole, answer.content, "course.zip")
    html = page.page(f"draft/parcels/{shown.uuid}/")
    assert "Questions that the bank has word for word are used" in html
    assert "The draft is empty" not in html


def test_a_course_costs_as_many_queries_with_many_lessons_as_with_few(whole, count_queries):
    with count_queries(9):
        exporting.exported(whole.edition)
    for n in range(9):
        whole.lesson(f"more-{n}", whole.two, 10 + n)
    with count_queries(9):
        exporting.exported(whole.edition)
    assert archives.read(BytesIO(exporting.exported(whole.edition))).told["version"] == 1


def test_a_course_as_it_comes_with_the_site_goes_there_and_back(content):
    """With self-checks, shared texts and every kind of question that its writers used."""
    there, edition = another(), Edition.objects.get(course__code="A6-101")
    data = exporting.exported(edition)

    taken_in(there, data)

    there.refresh_from_db()
    assert exporting.exported(there) == data
