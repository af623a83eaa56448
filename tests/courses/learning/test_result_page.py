from __future__ import annotations

import re

import pytest

from courses.quizzes.models import QuestionVersion
from tests.courses.learning.papers import KINDS, Sitting

pytestmark = pytest.mark.django_db


def handed_in(sitting: Sitting) -> Sitting:
    sitting.send("submit/", {"key": "key-of-the-hand-in"})
    return sitting


def read(sitting: Sitting) -> str:
    page = sitting.client.get(f"{sitting.address}result/").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_passing_shows_the_score_and_the_answers():
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen())

    text = read(handed_in(sitting))

    assert text.count("Passed") == 1
    assert "100 % " in text
    assert "What you know" in text
    assert "The first one is." in text
    assert "Go on with the course" in text


def test_failing_says_what_to_read_again_and_keeps_the_answers_back():
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen("wrong"))

    text = read(handed_in(sitting))

    assert "Not passed yet" in text
    assert "What to read again" in text
    assert "× Wrong" in text
    assert "The first one is." not in text
    assert "2 attempts left" in text


def test_right_and_wrong_are_told_by_word_and_sign():
    sitting = Sitting("single", "true_false", "multiple").start()
    by_kind = {one.version.kind: one for one in sitting.questions}
    sitting.save(sitting.chosen(question=by_kind["single"]), question=by_kind["single"])
    wrong = sitting.chosen("wrong", question=by_kind["true_false"])
    sitting.save(wrong, question=by_kind["true_false"], key="key-of-the-next")

    text = read(handed_in(sitting))

    assert [word in text for word in ("✓ Right", "× Wrong", "○ Not answered")] == [True] * 3


def test_the_text_that_was_seen_is_shown_after_a_later_version():
    sitting = Sitting("single", prompt="As it was asked then?").start()
    seen = sitting.questions[0].version
    QuestionVersion.objects.create(
        question=seen.question, number=2, kind="single", prompt="As it is asked now?"
    )

    text = read(handed_in(sitting))

    assert seen.prompt in text
    assert "As it is asked now?" not in text


def test_a_survey_thanks_and_judges_nobody():
    sitting = Sitting("single", plan="survey", pass_mark=None).start()
    sitting.save(sitting.chosen("wrong"))

    text = read(handed_in(sitting))

    assert "Thank you" in text
    assert "Wrong" not in text


def test_an_open_attempt_has_no_result():
    sitting = Sitting().start()

    assert sitting.client.get(f"{sitting.address}result/")["Location"] == sitting.address


def test_a_closed_attempt_leads_to_its_result_from_everywhere():
    sitting = handed_in(Sitting().start())

    for path in ("", "review/"):
        answer = sitting.client.get(f"{sitting.address}{path}")
        assert answer["Location"] == f"{sitting.address}result/"


@pytest.mark.parametrize("kinds", [("single",), KINDS * 3])
def test_the_page_costs_the_same_for_any_number_of_questions(count_queries, kinds):
    sitting = handed_in(Sitting(*kinds).start())

    with count_queries(12):
        sitting.client.get(f"{sitting.address}result/")
