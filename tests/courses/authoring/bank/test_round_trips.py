"""What goes out comes in as it was, whichever way it went."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses.authoring.bank import exporting, tabular
from courses.authoring.bank.holding import asked, held
from courses.authoring.bank.packing import packed, unpacked
from courses.authoring.bank.rows import item_of, with_answers
from courses.authoring.bank.services import imports, questions
from courses.quizzes.exchange.report import Notes
from courses.quizzes.exchange.rows import of_row
from courses.quizzes.models import Question, QuestionVersion
from tests.courses.authoring.bank.desks import read_here, sent, verdicts
from tests.courses.quizzes.exchange.made import items
from tests.factories.accounts import UserFactory
from tests.factories.courses import JOINED, CourseFactory
from tests.properties import examples

pytestmark = pytest.mark.django_db
CONTENT = Path(__file__).parents[4] / "courses/catalogue/content"
FORMS = ("gift", "moodle", "aiken", "xlsx")


def published() -> list:
    files = [json.loads(path.read_text()) for path in sorted(CONTENT.glob("a6-*.json"))]
    return [of_row(row) for file in files for row in file["questions"]]


def bank(course) -> list:
    """What stands in a course's bank, in the order in which it came."""
    versions = QuestionVersion.objects.filter(question__course=course)
    return [item_of(version) for version in with_answers(versions).order_by("pk")]


def written_to(course, made) -> None:
    lines = [
        questions.Writing(
            Question(course=course, key=item.key, topic="/".join(item.category)), 1, item
        )
        for item in made
    ]
    Question.objects.bulk_create([line.question for line in lines])
    questions.write_all(lines)


def cells(content: bytes) -> list:
    return [list(row) for row in load_workbook(BytesIO(content)).active.values]


@pytest.mark.audit
@pytest.mark.parametrize("form", FORMS)
def test_all_published_questions_go_out_and_in_and_out_as_the_same_bytes(form):
    course, other = CourseFactory(), CourseFactory()
    made = [held(item, Notes(1)) for item in published()]
    written_to(course, made)
    first = exporting.taken(bank(course), form, title="x")
    one = sent(other, first.content, "x.xlsx" if form == "xlsx" else "x.txt", form=form)
    imports.take_in(one, by=UserFactory(), at=JOINED)
    again = exporting.taken(bank(other), form, title="x")

    assert bank(course) == made
    assert first.count >= (20 if form == "aiken" else 70)
    assert again.count == first.count
    if form == "xlsx":
        assert cells(again.content) == cells(first.content)
    else:
        assert again.content == first.content


@pytest.mark.audit
@pytest.mark.parametrize("form", ["gift", "moodle", "xlsx"])
def test_what_was_taken_away_and_comes_back_changes_nothing(form):
    course = CourseFactory()
    written_to(course, [held(item, Notes(1)) for item in published()])
    content = exporting.taken(bank(course), form, title="x").content

    one = sent(course, content, "x.xlsx" if form == "xlsx" else "x.txt", form=form)

    assert set(verdicts(one)) == {"same"}


@given(made=st.lists(items(), min_size=1, max_size=2), form=st.sampled_from(FORMS[:3]))
@examples(25)
def test_any_question_goes_out_and_in_and_out_as_the_same_bytes(made, form):
    course, other, keys = CourseFactory(), CourseFactory(), questions.Keys()
    kept = [item for item in (held(item, Notes(1)) for item in made) if item is not None]
    written_to(course, [replace(item, key=keys.free(item.key)) for item in kept])
    first = exporting.taken(bank(course), form, title="x")
    one = read_here(first.content, form, other)
    if first.count and one.rows.filter(verdict="new").count() == first.count:
        imports.take_in(one, by=UserFactory(), at=JOINED)

        assert exporting.taken(bank(other), form, title="x").content == first.content
        assert set(
            read_here(first.content, form, other).rows.values_list("verdict", flat=True)
        ) == {"same"}
    assert [asked(item, "xlsx") for item in bank(course)] == [asked(one, "xlsx") for one in kept]
    assert [unpacked(json.loads(json.dumps(packed(item)))) for item in made] == made


@given(made=st.lists(items(), min_size=1, max_size=3))
@examples(40)
def test_a_sheet_gives_back_what_was_written_into_it(made):
    kept = [item for item in (held(item, Notes(1)) for item in made) if item is not None]
    sheet = tabular.write(kept)
    rows = [Row(n, [str(cell) for cell in row]) for n, row in enumerate(sheet.rows, start=2)]
    report = tabular.read(list(tabular.COLUMNS), rows)

    assert [asked(item, "xlsx") for item in report.items] == [asked(item, "xlsx") for item in kept]


class Row:
    def __init__(self, number, cells):
        self.number, self.cells, self.problems = number, cells, []
