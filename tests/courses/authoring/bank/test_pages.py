from __future__ import annotations

from io import BytesIO

import pytest

from courses.authoring.bank.models import QuestionImport
from courses.learning.models import Attempt
from courses.quizzes.models import Question, QuestionVersion, QuizQuestion
from partnership.audit.models import AuditEntry
from tests.courses.authoring.bank.desks import read_here
from tests.courses.learning.desks import Desk
from tests.factories.courses import (
    CourseFactory,
    EditionFactory,
    QuizFactory,
    QuizGroupFactory,
    asked,
)

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script>{{ 7 }}<img src=x onerror=alert(2)>'
ABOUT = {"points": "1", "language": "en", "state": "active", "topic": "", "do": "save"}


@pytest.fixture
def desk() -> Desk:
    edition = EditionFactory(published_at=None)
    quiz = QuizFactory(edition=edition, slug="check")
    asked(quiz, group=QuizGroupFactory(quiz=quiz, position=1))
    return Desk(edition.course)


def write(desk, kind="single", **fields):
    given = {"prompt": "Which?", "answer": ["a", "b"], "beside": ["", "no"], "right": ["0"]}
    return desk.post(f"questions/new/{kind}/", **{**ABOUT, **given, **fields})


def test_a_question_is_written_and_the_page_shows_it_as_its_learners_see_it(desk):
    answer = write(desk, prompt="Which **one**?", explanation="Because.")
    page = desk.page("questions/q/which-one/")

    assert answer.headers["Location"] == desk.address("questions/q/which-one/")
    shown = page[page.index('id="preview"') :]
    assert "Which <strong>one</strong>?" in shown
    assert "Because." in shown


def test_keep_and_write_the_next_goes_on_with_topic_and_language(desk):
    answer = write(desk, do="again", topic="counting", language="fr")
    page = desk.client.get(answer.headers["Location"]).content.decode()

    assert 'value="counting"' in page
    assert '<option value="fr" selected>' in page


@pytest.mark.parametrize(
    ("do", "lines"),
    [("add", ["a", "b", "", ""]), ("up-1", ["b", "a"]), ("down-0", ["b", "a"]), ("drop-0", ["b"])],
)
def test_buttons_of_the_lines_lose_nothing_that_was_typed_and_write_nothing(desk, do, lines):
    page = write(desk, do=do, prompt="Half a", points="many").content.decode()
    shown = [part.split('"')[0] for part in page.split('name="answer" value="')[1:]]

    assert shown == lines
    assert "Half a" in page
    assert 'value="many"' in page
    assert "error-summary" not in page
    assert Question.objects.count() == 1


def test_a_button_of_a_line_leaves_the_cursor_where_one_goes_on(desk):
    page = write(desk, do="down-0").content.decode()

    assert page.index("autofocus") > page.index('id="answer-2"')
    assert page.count("autofocus") == 1


def test_a_file_of_another_kind_is_not_taken(desk):
    file = BytesIO(b"PK")
    file.name = "some.docx"
    page = desk.post("questions/imports/", file=file, form="", language="en", topic="")

    assert "Send a file whose name ends in" in page.content.decode()
    assert not QuestionImport.objects.exists()


def test_what_is_missing_is_said_at_the_top_and_all_that_was_typed_stays(desk):
    page = write(desk, prompt="", right=[], explanation="kept").content.decode()

    assert 'href="#id_prompt">It asks nothing' in page
    assert "Mark which answer is right." in page
    assert "kept" in page
    assert Question.objects.count() == 1


def test_a_number_is_read_as_its_writer_writes_it_and_a_bad_one_is_told_by_its_line(desk):
    desk.client.cookies["language"] = "fr"
    write(desk, "number", answer=["1 234,5"], beside=["2 %"], unit="t")
    (key,) = QuestionVersion.objects.get(kind="number").key.all()
    page = write(desk, "number", answer=["1e309"], beside=[""]).content.decode()

    assert (str(key.number), str(key.tolerance)) == ("1234.500000", "0.020000")
    assert 'href="#answer-1"' in page


@pytest.mark.parametrize("field", ["prompt", "answer", "beside", "explanation", "topic", "note"])
def test_markup_in_any_field_is_text_on_every_page(desk, field):
    value = [HOSTILE, "b"] if field in ("answer", "beside") else HOSTILE[:80]
    answer = write(desk, **{field: value})
    key = Question.objects.latest("pk").key
    pages = [
        desk.page(f"questions/q/{key}/"),
        desk.page("questions/"),
        desk.page("draft/quizzes/check/"),
        desk.page("questions/export/", **{"as": "aiken"}),
    ]

    assert answer.status_code == 302
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_what_is_too_long_is_refused_with_a_sentence(desk):
    for field in ("answer", "beside"):
        page = write(desk, **{field: ["x" * 16_384, "b"]}).content.decode()
        assert "is longer than" in page
    assert Question.objects.count() == 1


def test_a_form_opened_before_somebody_elses_change_writes_nothing_and_keeps_what_was_typed(desk):
    write(desk)
    fields = {**ABOUT, "answer": ["a", "b"], "beside": ["", ""], "right": ["0"], "saw": "7"}
    page = desk.post("questions/q/which/", prompt="Mine?", **fields).content.decode()

    assert "Somebody else changed this question" in page
    assert "Mine?" in page
    assert QuestionVersion.objects.get(question__key="which").prompt == "Which?"


def test_a_pasted_list_is_shown_with_its_lines_and_taken_in_by_a_button(desk):
    text = "1. Who?\na) A *\nb) B\n\n2. What?\na) A\nb) B\n"
    answer = desk.post("questions/paste/", text=text, form="", language="en", topic="")
    page = desk.client.get(answer.headers["Location"]).content.decode()

    assert "Take in 1 of 2" in page
    assert "No answer is marked as right" in page
    assert Question.objects.count() == 1
    taken = desk.client.post(f"{answer.headers['Location']}take/", follow=True)
    assert "1 question was taken in." in taken.content.decode()
    assert QuestionVersion.objects.filter(prompt="Who?").exists()
    wrong = desk.client.get(f"{answer.headers['Location']}wrong/").content.decode()
    assert wrong.startswith("2. What?")


def test_of_a_changed_question_the_list_shows_what_it_asks_until_then(desk):
    write(desk, prompt="Which was it?")
    changed = b"// [id:which-was-it]\nWhich is it?{=a ~b#no}\n"
    page = desk.page(f"questions/imports/{read_here(changed, 'gift', desk.course).uuid}/")

    assert '<del dir="auto">Which was it?</del>' in page
    assert "Take in 1 of 1" in page


def test_a_file_is_sent_and_waits_for_a_worker(desk):
    file = BytesIO(b"Q?{T}")
    file.name = "some.gift"
    answer = desk.post("questions/imports/", file=file, form="", language="en", topic="")
    page = desk.client.get(answer.headers["Location"]).content.decode()

    assert "Reading the file" in page
    assert "some.gift" in desk.page("questions/imports/")
    assert QuestionImport.objects.get().state == "waiting"


def test_the_template_for_a_workbook_is_one_that_is_taken_in(desk):
    response = desk.get("questions/imports/template/", format="csv")
    content = b"".join(response.streaming_content).decode()

    assert "who-authorizes,single,authorization" in content


def test_what_a_format_does_not_hold_is_told_before_the_file_is_taken(desk):
    write(desk, "ordering", answer=["first", "second"], beside=["", ""], right=[])
    page = desk.page("questions/export/", **{"as": "gift"})
    file = desk.get("questions/export/", **{"as": "gift", "take": "yes"})

    assert "1 cannot be written in this format" in page
    assert file.headers["Content-Disposition"].endswith('-questions.gift.txt"')
    assert b"Which one is right?" in file.content
    assert AuditEntry.objects.filter(verb="list.export").count() == 1


def test_an_import_is_taken_back_and_the_page_tells_what_stays(desk):
    one = read_here(b"One?{T}\n\nTwo?{T}\n", "gift", desk.course)
    path = f"questions/imports/{one.uuid}/"
    desk.post(f"{path}take/")
    assert "Take it back" in desk.page(path)
    desk.post("draft/quizzes/check/", do="in", question=["one"])
    answer = desk.client.post(desk.address(f"{path}back/"), follow=True).content.decode()

    assert "1 question was taken back." in answer
    assert "1 stays: the list says why." in answer
    assert "It stays: it is asked by now" in answer
    assert "Take it back" not in answer


def test_questions_are_put_into_a_draft_drawn_and_ordered(desk):
    write(desk)
    path = "draft/quizzes/check/"
    desk.post(path, do="in", question=["which"])
    desk.post(path, do="add-group")
    desk.post(path, do="down:which")
    first, second = QuizQuestion.objects.order_by("group__position", "position")
    assert (first.group.position, second.group.position) == (1, 2)
    refused = desk.client.post(desk.address(path), {"do": "say-group:2", "quota": "2"}, follow=True)
    assert "It cannot draw more questions" in refused.content.decode()
    desk.post(path, do="say-group:2", quota="1", title="Drawn")
    assert "draws 1 of 1" in desk.page(path)
    desk.post(path, do="drop-group:1")
    desk.post(path, do="up:which")
    keys = QuizQuestion.objects.order_by("position").values_list(
        "version__question__key", flat=True
    )
    assert keys[0] == "which"
    desk.post(path, do="out:which")
    assert QuizQuestion.objects.count() == 1
    assert Question.objects.filter(key="which").exists()


def test_a_published_quiz_has_no_page_on_which_it_could_be_changed(desk):
    QuizFactory(edition=EditionFactory(course=desk.course, number=7), slug="published")

    assert desk.get("draft/quizzes/published/").status_code == 404
    assert desk.post("draft/quizzes/published/", do="add-group").status_code == 404


def test_a_self_check_is_not_put_into_a_quiz(desk):
    write(desk, state="self_check")
    answer = desk.client.post(
        desk.address("draft/quizzes/check/"), {"do": "in", "question": ["which"]}, follow=True
    )

    assert "Only questions that are in use" in answer.content.decode()
    assert QuizQuestion.objects.count() == 1


def test_the_bank_of_another_course_does_not_exist(desk):
    other = CourseFactory()
    one = read_here(b"Q?{T}", "gift", other)
    for path in (
        "questions/",
        "questions/paste/",
        "questions/q/x/",
        "questions/new/single/",
        f"questions/imports/{one.uuid}/",
        f"questions/imports/{one.uuid}/wrong/",
    ):
        assert desk.client.get(f"/desk/courses/{other.slug}/{path}").status_code == 404
    # Nor does it under the name of one's own course.
    assert desk.get(f"questions/imports/{one.uuid}/").status_code == 404


def test_bad_addresses_are_answered_plainly(desk):
    assert desk.get("questions/", kind="guess").status_code == 400
    assert desk.get("questions/", page="9").status_code == 400
    assert desk.get("questions/export/", **{"as": "docx"}).status_code == 400
    assert desk.get("questions/new/guess/").status_code == 404
    assert desk.post("draft/quizzes/check/", do="say-group:x").status_code == 404
    assert desk.post("draft/quizzes/check/", do="explode").status_code == 404


def test_the_bank_is_narrowed_by_what_the_address_says(desk):
    write(desk, prompt="Alpha?", topic="first")
    write(desk, prompt="Beta?", topic="second", state="reserve")
    found = {
        "alpha": {"q": "alph"},
        "beta": {"state": "reserve"},
        "question-": {"used": "draft"},
    }

    assert not Attempt.objects.exists()
    for key, query in found.items():
        page = desk.page("questions/", **query)
        assert [f"questions/q/{name}" in page for name in ("alpha", "beta", "question-")] == [
            name == key for name in ("alpha", "beta", "question-")
        ]
