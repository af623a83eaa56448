from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from openpyxl import Workbook

from courses.authoring.bank import failed, reading
from courses.authoring.bank.models import QuestionImport, QuestionImportRow
from courses.authoring.bank.packing import unpacked_problem
from courses.authoring.bank.refusals import NotNow
from courses.authoring.bank.services import imports, questions
from courses.authoring.bank.services.imports import Wanted
from courses.authoring.bank.services.questions import About
from courses.quizzes.exchange.items import Choice, Item, Kind
from courses.quizzes.models import Question, QuestionVersion, QuizQuestion
from partnership.accounts.models import User
from partnership.audit.models import AuditEntry
from partnership.jobs.models import Job
from tests.constraints import refused_by
from tests.courses.authoring.bank.desks import Steps, prompts, read_here, sent, verdicts
from tests.factories.accounts import UserFactory
from tests.factories.courses import JOINED, CourseFactory, EditionFactory, QuizFactory

pytestmark = pytest.mark.django_db
GIFT = b"""// [id:first]
::One::Is it counted?{=yes ~no}

Broken {=yes ~no

// [id:second]
How many?{#100:1}

Is it counted twice?{=yes ~no}
"""


@pytest.fixture
def by(db) -> User:
    return UserFactory()


def take(one, by) -> dict[str, int]:
    return imports.take_in(one, by=by, at=JOINED)


def codes(one) -> list[list[str]]:
    rows = one.rows.order_by("number").values_list("problems", flat=True)
    return [[unpacked_problem(told).code for told in problems] for problems in rows]


def test_nothing_is_written_before_it_is_taken_in_and_then_all_that_is_right(by):
    course = CourseFactory()
    one = sent(course, GIFT, "some.gift")

    assert (one.form, one.state) == ("gift", "tried")
    assert verdicts(one) == ["new", "wrong", "new", "new"]
    assert list(one.rows.values_list("line", flat=True)) == [2, 4, 7, 9]
    assert not Question.objects.exists()
    take(one, by)
    assert [key for key, *_rest in prompts(course)] == ["first", "is-it-counted-twice", "second"]
    assert one.rows.filter(taken_at=JOINED).count() == 3
    assert AuditEntry.objects.filter(verb="questions.take_in", actor=str(by.uuid)).exists()


def test_the_same_file_again_changes_nothing(by):
    course = CourseFactory()
    take(read_here(GIFT, "gift", course), by)
    before = prompts(course)
    again = read_here(GIFT, "gift", course)

    assert verdicts(again) == ["same", "wrong", "same", "same"]
    with pytest.raises(NotNow):
        take(again, by)
    again.refresh_from_db()
    assert (prompts(course), again.state) == (before, "tried")


def test_of_two_who_take_the_same_file_in_one_does():
    one = read_here(GIFT, "gift", CourseFactory())
    take(one, UserFactory())

    with pytest.raises(NotNow):
        take(one, UserFactory())
    assert QuestionVersion.objects.count() == 3


def test_two_imports_of_one_file_that_were_both_looked_at_write_once(by):
    course = CourseFactory()
    one, other = (read_here(GIFT, "gift", course) for _ in range(2))
    take(one, by)

    with pytest.raises(NotNow):
        take(other, by)
    assert QuestionVersion.objects.count() == 3


def test_a_question_that_was_edited_in_the_file_becomes_the_next_version_and_the_draft_asks_it(by):
    course = CourseFactory()
    take(read_here(GIFT, "gift", course), by)
    before = QuestionVersion.objects.get(question__key="second")
    QuestionVersion.objects.filter(pk=before.pk).update(unit="t", points=2)
    quiz = QuizFactory(edition=EditionFactory(course=course, published_at=None))
    group = quiz.groups.create(position=1)
    QuizQuestion.objects.create(group=group, version=before, position=1)
    edited = read_here(b"// [id:second]\nHow many tonnes?{#100:1}\n", "gift", course)
    take(edited, by)

    assert verdicts(edited) == ["changed"]
    newest = QuestionVersion.objects.get(question__key="second", number=2)
    # What GIFT has no place for stays as it was.
    assert (newest.prompt, newest.unit, newest.points) == ("How many tonnes?", "t", 2)
    assert QuizQuestion.objects.get().version == newest


def test_what_was_changed_here_since_is_not_put_back_by_the_same_file(by):
    course = CourseFactory()
    take(read_here(GIFT, "gift", course), by)
    version = QuestionVersion.objects.get(question__key="first")
    choices = (Choice("yes", is_right=True), Choice("no"))
    item = Item(Kind.SINGLE, "Is it really counted?", choices=choices)
    asked = QuizFactory(edition=EditionFactory(course=course)).groups.create(position=1)
    QuizQuestion.objects.create(group=asked, version=version, position=1)
    questions.change(version, item, About(), by=by, at=JOINED)
    again = read_here(GIFT, "gift", course)

    assert verdicts(again)[0] == "same"
    assert "edited_since" in codes(again)[0]


def test_two_questions_of_a_file_that_are_the_same_are_told():
    twice = b"A?{=b ~c}\n\nA?{=b ~c}\n\n// [id:k]\nD?{T}\n\n// [id:k]\nE?{T}\n"
    one = read_here(twice, "gift", CourseFactory())

    assert verdicts(one) == ["new", "wrong", "new", "wrong"]
    assert codes(one) == [[], ["same_question"], [], ["same_key"]]


def test_a_topic_is_of_the_question_itself_or_the_one_that_was_chosen(by):
    content = b"A?{T}\n\n$CATEGORY: $course$/top/Units\n\nB?{T}\n"
    take(read_here(content, "gift", CourseFactory(), topic="counting"), by)

    assert dict(Question.objects.values_list("key", "topic")) == {"a": "counting", "b": "Units"}


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.txt", b"Q?{=a ~b}", "gift"),
        ("a.txt", b"Q\nA) a\nB) b\nANSWER: B\n", "aiken"),
        ("a.txt", b"1. Q\na) a *\nb) b\n", "pasted"),
        (
            "a.xml",
            b"<quiz><question type='truefalse'><questiontext><text>Q</text></questiontext>"
            b"<answer fraction='100'><text>true</text></answer><answer fraction='0'>"
            b"<text>false</text></answer></question></quiz>",
            "moodle",
        ),
    ],
)
def test_the_format_is_found_by_itself(name, content, form):
    one = sent(CourseFactory(), content, name)

    assert (one.form, verdicts(one)) == (form, ["new"])


def test_the_file_goes_once_it_is_read_and_its_questions_stay():
    one = imports.send(CourseFactory(), BytesIO(GIFT), "a.txt", Wanted(), by=None, at=JOINED)
    key = one.key
    assert default_storage.exists(key)
    job = Job.objects.get(kind="questions.read")
    for _ in range(2):
        imports.look(Steps(job.payload))

    one.refresh_from_db()
    assert (one.key, one.rows.count()) == ("", 4)
    assert not default_storage.exists(key)


def test_old_imports_go_with_the_next_one():
    course = CourseFactory()
    read_here(GIFT, "gift", course)
    imports.paste(course, "Q?{T}", Wanted(), by=None, at=JOINED + imports.KEPT + timedelta(days=1))

    assert QuestionImport.objects.count() == 1


def test_what_takes_too_much_memory_is_refused_and_told(monkeypatch):
    monkeypatch.setattr(reading, "MEMORY", 40)
    one = imports.paste(CourseFactory(), "Q?{T}", Wanted(), by=None, at=JOINED)

    assert (one.state, one.problems[0][0]) == ("refused", "too_much")


def test_what_takes_too_long_is_refused_and_told(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0)
    one = imports.paste(CourseFactory(), "Q?{T}", Wanted(), by=None, at=JOINED)

    assert (one.state, one.problems[0][0]) == ("refused", "too_much")


def test_a_text_with_signs_that_no_text_needs_is_read_without_them(by):
    course = CourseFactory()
    one = read_here(b"Q\x01 <script>x</script>?{=a\x07 ~b}\n", "gift", course)
    take(one, by)
    version = QuestionVersion.objects.get()

    assert "\x01" not in version.prompt
    assert "<script" not in version.prompt_html
    assert version.options.get(position=1).text == "a"


def test_questions_that_failed_come_back_in_the_format_of_the_file(by):
    one = read_here(GIFT, "gift", CourseFactory())
    row = one.rows.get(verdict="wrong")
    told = failed.Failed(row.source, [unpacked_problem(told) for told in row.problems])
    content = failed.written([told], "gift").decode()

    assert content.startswith("// Found ")
    corrected = content.replace("~no", "~no}")
    assert verdicts(read_here(corrected.encode(), "gift", one.course)) == ["new"]


def workbook(*rows) -> bytes:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def test_a_workbook_is_read_row_by_row_and_what_failed_comes_back_as_one(by):
    head = ["Kind", "Question", "Answer", "Right", "Tolerance", "Mine"]
    content = workbook(
        head,
        ["single", "Which?", "a", "x"],
        ["", "", "b", ""],
        ["number", "How many?", 12.5, "", "2 %"],
        ["guess", "What?", "a", "x"],
        ["single", "Who?", "a", "perhaps"],
    )
    one = sent(CourseFactory(), content, "some.xlsx")

    assert verdicts(one) == ["new", "new", "wrong", "wrong"]
    assert list(one.rows.values_list("line", flat=True)) == [2, 4, 5, 6]
    assert [problem[0] for problem in one.problems] == ["file_columns"]
    take(one, by)
    (key,) = QuestionVersion.objects.get(kind="number").key.all()
    assert (float(key.number), float(key.tolerance), key.tolerance_kind) == (12.5, 0.02, "relative")
    rows = [failed.Failed(row.source, []) for row in one.rows.filter(verdict="wrong")]
    again = sent(one.course, failed.written(rows, "xlsx"), "again.xlsx")
    assert verdicts(again) == ["wrong", "wrong"]


def test_a_workbook_that_is_none_is_refused_with_the_reason():
    one = sent(CourseFactory(), b"PK\x03\x04 not really", "some.xlsx")

    assert (one.state, one.problems[0][0]) == ("refused", "sheet")


def test_an_import_that_is_done_has_a_time():
    one = read_here(GIFT, "gift", CourseFactory())
    with refused_by("question_import_done_has_a_time"):
        QuestionImport.objects.filter(pk=one.pk).update(state="done")


def test_an_import_that_was_read_has_a_format():
    one = read_here(GIFT, "gift", CourseFactory())
    with refused_by("question_import_read_has_a_format"):
        QuestionImport.objects.filter(pk=one.pk).update(form="")


def test_a_question_of_an_import_stands_there_once():
    one = read_here(GIFT, "gift", CourseFactory())
    with refused_by("question_import_row_once"):
        QuestionImportRow.objects.filter(number=2).update(number=1)
    assert one.rows.count() == 4


def test_what_is_wrong_is_not_taken_in():
    read_here(GIFT, "gift", CourseFactory())
    with refused_by("question_import_row_wrong_is_not_taken"):
        QuestionImportRow.objects.filter(verdict="wrong").update(taken_at=JOINED)


def test_what_is_right_holds_a_question():
    read_here(GIFT, "gift", CourseFactory())
    with refused_by("question_import_row_right_has_a_question"):
        QuestionImportRow.objects.filter(verdict="new").update(item=None)
