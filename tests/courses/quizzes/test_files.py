"""The questions of the course files: where each stands, and whether its answer can be given."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from courses.quizzes.content import pools
from courses.quizzes.notation import normalise_text, normalise_unit
from tests.courses.files import CDM, DISCRETION, DUTY, FILES, QUESTIONS
from tests.each import of_each

# Decisions that an official takes, where other courses ask what one knows.
DECISIONS = {f"a6-301-q{n}" for n in range(11, 25)}
# A letter, a row, a balance, a file and a report that an official has before them.
CASES = {
    *("a6-201-q11", "a6-202-q12", "a6-203-q12", "a6-204-q12"),
    *("a6-205-q12", "a6-205-q13", "a6-205-q17", "a6-205-q18"),
}
# Those of the curriculum; what was written since has higher numbers.
CURRICULUM = {"a6-101": 10, "a6-201": 10, "a6-202": 11, "a6-203": 11, "a6-204": 11, "a6-205": 11}
CURRICULUM["a6-301"] = 10
UNSURE = {
    "a6-201-q06",
    "a6-201-q09",
    "a6-203-q08",
    "a6-204-q06",
    "a6-205-q07",
    "a6-301-q06",
    "a6-301-q07",
}
OLDER_MECHANISM = {"a6-205-q09", "a6-205-q10"}
SELF_CHECKS = {
    "a6-101-q07",
    "a6-204-q07",
    "a6-301-q02",
    "a6-301-q03",
    "a6-301-q05",
    "a6-301-q08",
    "a6-301-q09",
    "a6-301-q10",
}
# One at the end of every lesson that had none; their key says so.
OF_LESSONS = {key for key in QUESTIONS if key.rpartition("-")[2].startswith("s")}
CHOICES = {"single", "multiple", "true_false"}


def of_state(state):
    return {key for key, row in QUESTIONS.items() if row.get("state", "active") == state}


def words(row):
    """All that a learner sees of a question, before and after answering."""
    options = [
        f"{choice['text']} {choice.get('feedback', '')}" for choice in row.get("options", ())
    ]
    pairs = [text for pair in row.get("pairs", ()) for text in pair]
    texts = [row["prompt"], row["explanation"], *options, *pairs, *row.get("order", ())]
    return "\n".join([*texts, *row.get("accepted", ())])


def of_kind(*kinds):
    return of_each({key: row for key, row in QUESTIONS.items() if row["kind"] in kinds})


def test_every_question_is_accounted_for():
    numbered = QUESTIONS.keys() - OF_LESSONS
    for course, first in CURRICULUM.items():
        numbers = sorted(int(key[-2:]) for key in numbered if key.startswith(course))
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > first
    assert of_state("reserve") == UNSURE | OLDER_MECHANISM
    assert of_state("self_check") == SELF_CHECKS | OF_LESSONS
    asked = Counter(key.rpartition("-")[0] for key in of_state("active"))
    assert asked == {
        "a6-101": 17,
        "a6-201": 16,
        "a6-202": 16,
        "a6-203": 16,
        "a6-204": 16,
        "a6-205": 16,
        "a6-301": 16,
    }


def test_decisions_stand_in_for_what_left_the_quiz_of_the_last_course():
    assert of_state("active") >= DECISIONS
    assert all(QUESTIONS[key]["kind"] in CHOICES for key in DECISIONS)
    # What the slide's table, codes and databases are about is looked at in the lesson, not counted.
    assert {key for key in of_state("active") if key.startswith("a6-301")} - DECISIONS == {
        "a6-301-q01",
        "a6-301-q04",
    }


def test_every_course_of_the_middle_level_puts_a_case_before_the_learner():
    """A letter to check, a row to correct, a balance to work out: said, drawn or counted."""
    assert of_state("active") >= CASES
    courses = {key.rpartition("-")[0] for key in CASES}
    assert courses == {code.lower() for code in FILES} - {"a6-101", "a6-301"}
    kinds = {"letter": r"\n> ", "row": r"\n\|---", "balance": "Give Asteria's balance"}
    of_the_mechanism = [QUESTIONS[key]["prompt"] for key in CASES if key.startswith("a6-205")]
    for kind, sign in kinds.items():
        assert any(re.search(sign, prompt) for prompt in of_the_mechanism), kind


@pytest.mark.parametrize("code", FILES)
def test_by_its_blueprint_a_learner_is_asked_other_questions_before_and_after(code):
    """Each row has at least twice as many questions as are drawn, and every lesson is asked of."""
    rows = list(pools(FILES[code]))

    assert [title for title, _, _ in rows] == [row["title"] for row in FILES[code]["modules"]]
    assert [(title, len(keys)) for title, quota, keys in rows if len(keys) < 2 * quota] == []
    assert sum(quota for _, quota, _ in rows) == 8
    lessons = {one["key"] for module in FILES[code]["modules"] for one in module["lessons"]}
    asked = {QUESTIONS[key]["topic"] for _, _, keys in rows for key in keys}
    assert lessons - asked == set()
    assert {key for _, _, keys in rows for key in keys} == {
        key for key in of_state("active") if key.startswith(code.lower())
    }


@pytest.mark.parametrize("key", sorted(UNSURE | OLDER_MECHANISM))
def test_what_is_in_reserve_says_why(key):
    assert "checked by a subject expert" in QUESTIONS[key]["note"]


@of_each(QUESTIONS)
def test_nothing_on_the_older_mechanism_is_asked(row):
    if row.get("state") != "reserve":
        assert not CDM.search(words(row))


@of_each(QUESTIONS)
def test_a_question_that_names_a_report_says_for_whom_it_is_no_duty(row):
    if DUTY.search(words(row)):
        assert DISCRETION.search(words(row))


@of_each(QUESTIONS)
def test_parties_are_named_as_the_rules_name_them(row):
    assert not re.search(r"\b(?:buyer|seller)", words(row), re.I)


@of_each(QUESTIONS)
def test_a_question_belongs_to_a_lesson_and_gives_its_reasons(row):
    file = FILES[row["key"].rpartition("-")[0].upper()]
    lessons = [lesson for module in file["modules"] for lesson in module["lessons"]]
    lessons += file.get("held_back", {}).get("lessons", [])

    assert row["topic"] in {lesson["key"] for lesson in lessons}
    assert row["explanation"]
    assert row["basis"]
    assert row["points"] in (1, 2)


@of_kind("single", "true_false", "multiple")
def test_a_choice_has_right_options_and_others(row):
    right = [choice["text"] for choice in row["options"] if choice.get("is_right")]

    texts = [choice["text"] for choice in row["options"]]
    assert len(texts) == len(set(texts))
    assert all(len(text) <= 500 for text in texts)
    assert len(right) < len(texts) if row["kind"] == "multiple" else len(right) == 1
    assert len(texts) == 2 if row["kind"] == "true_false" else len(texts) > 2


@of_kind("single", "true_false", "multiple")
def test_every_wrong_option_in_use_tells_why_it_is_wrong(row):
    if row.get("state", "active") == "active":
        wrong = [choice for choice in row["options"] if not choice.get("is_right")]
        assert [choice["text"] for choice in wrong if not choice.get("feedback")] == []


@of_kind("matching")
def test_a_matching_is_complete_and_has_one_answer(row):
    left, right = zip(*row["pairs"], strict=True)

    assert len(left) == len(set(left)) > 2
    assert len(right) == len(set(right))


@of_kind("ordering")
def test_an_ordering_is_complete(row):
    assert len(row["order"]) == len(set(row["order"])) > 3


@of_kind("number")
def test_a_number_has_a_tolerance_and_a_unit_unless_the_question_names_it(row):
    assert Decimal(row["tolerance"]) >= 0
    is_named = re.search(r"\bhow many\b|\bin per cent\b", row["prompt"], re.I)
    assert bool(normalise_unit(row.get("unit", ""))) != bool(is_named)
    # A tolerance that lets half the number through would let guesses through.
    assert Decimal(row["tolerance"]) <= Decimal(row["number"]) / 50


@of_kind("short_text")
def test_a_short_text_accepts_different_words(row):
    accepted = [normalise_text(text) for text in row["accepted"]]

    assert all(accepted)
    assert len(accepted) == len(set(accepted))
