from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F

from courses.learning import self_checks
from courses.learning.self_checks import Asked
from courses.quizzes.models import Key, Option, Question, QuestionVersion, QuizQuestion
from tests.factories.courses import (
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuestionVersionFactory,
    QuizFactory,
    QuizGroupFactory,
    asked,
    self_check,
)

KINDS = ("single", "multiple", "true_false", "number", "short_text", "matching", "ordering")
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def lesson(db):
    return LessonFactory(module=ModuleFactory(edition=EditionFactory()), slug="one")


def page(client, lesson) -> str:
    answer = client.get(lesson.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def papers(lesson) -> list[Asked]:
    return self_checks.of_lesson(lesson, course_id=lesson.edition.course_id)


def send(client, lesson, **fields: Any) -> str:
    answer = client.post(f"{lesson.get_absolute_url()}self-check/", fields)
    assert answer.status_code == 200
    return answer.content.decode()


def named(one: Asked, *texts: str) -> list[str]:
    tokens = {row.option.text: row.token for row in one.options}
    return [tokens[text] for text in texts]


def right(one: Asked) -> dict[str, Any]:
    """What a form sends that answers it rightly."""
    token = one.token
    match one.question.version.kind:
        case "multiple":
            return {token: named(one, "right", "also right")}
        case "number":
            return {token: "100", f"{token}.unit": "t"}
        case "short_text":
            return {token: "oimp"}
        case "matching":
            lefts = named(one, *(f"left {n}" for n in (1, 2, 3)))
            rights = named(one, *(f"right {n}" for n in (1, 2, 3)))
            return {f"{token}.{left}": right for left, right in zip(lefts, rights, strict=True)}
        case "ordering":
            lines = named(one, "first", "second", "third")
            return {f"{token}.{line}": n for n, line in enumerate(lines, start=1)}
    return {token: named(one, "right")}


def wrong(one: Asked) -> dict[str, Any]:
    token = one.token
    match one.question.version.kind:
        case "multiple":
            return {token: named(one, "wrong", "also wrong")}
        case "number" | "short_text":
            return {token: "7", f"{token}.unit": "t"}
        case "matching":
            (left,), (match,) = named(one, "left 1"), named(one, "right 2")
            return {f"{token}.{left}": match}
        case "ordering":
            lines = named(one, "third", "second", "first")
            return {f"{token}.{line}": n for n, line in enumerate(lines, start=1)}
    return {token: named(one, "wrong")}


def verdicts(text: str) -> list[str]:
    """What is told of each answer, in its words behind its sign."""
    return re.findall(r'verdict"><span aria-hidden="true">.</span> ([^<]*?)\s*</p>', text)


def test_a_lesson_asks_its_own_self_checks_and_no_other_questions(client, lesson):
    shown = self_check(lesson, prompt="Is it asked?")
    elsewhere = LessonFactory(module=lesson.module, slug="two")
    self_check(elsewhere, prompt="Of another lesson")
    other_course = LessonFactory(module=ModuleFactory(), key=lesson.key)
    self_check(other_course, prompt="Of another course")
    reserve = self_check(lesson, prompt="Of the reserve").question
    Question.objects.filter(pk=reserve.pk).update(state=Question.State.RESERVE)
    Key.objects.filter(version=self_check(lesson, prompt="Without a key")).delete()
    quizzed = self_check(lesson, prompt="Of a quiz")
    group = QuizGroupFactory(quiz=QuizFactory(edition=lesson.edition))
    QuizQuestion.objects.create(group=group, version=quizzed, position=1)
    newer = QuestionVersionFactory(question=shown.question, number=2, prompt="Is it asked anew?")
    Key.objects.create(version=newer, text="yes")

    text = page(client, lesson)

    assert re.findall(r"<legend>(.*?)</legend>", text) == ["Is it asked anew?"]
    assert "self-check.js" in text


def test_a_lesson_without_self_checks_has_no_form_for_them(client, lesson):
    asked(QuizFactory(edition=lesson.edition))

    assert "self-check" not in page(client, lesson)


def test_before_an_answer_the_page_is_the_same_whatever_is_right(client, lesson):
    for kind in KINDS:
        self_check(lesson, kind, explanation=f"Because of {kind}.")
    Option.objects.update(feedback="What this option overlooks.")
    before = page(client, lesson)
    Key.objects.filter(version__kind__in=("single", "true_false", "multiple")).delete()
    for other in Option.objects.filter(text__endswith="wrong"):
        Key.objects.create(version=other.version, option=other)
    Key.objects.filter(number__isnull=False).update(number=F("number") + 7)
    Key.objects.exclude(text="").update(text="another text")
    Key.objects.filter(place__isnull=False).update(place=10 - F("place"))
    QuestionVersion.objects.update(explanation="Another.", explanation_html="<p>Another.</p>")

    after = page(client, lesson)

    assert CSRF.sub("", after) == CSRF.sub("", before)
    assert "Because of" not in before
    assert "overlooks" not in before


def test_what_names_an_option_is_not_its_number_and_tells_no_order(lesson):
    for _ in range(12):
        self_check(lesson, "multiple")

    places = [
        [row.token for row in sorted(one.options, key=lambda row: row.option_id)]
        for one in papers(lesson)
    ]

    tokens = [token for tokens in places for token in tokens]
    assert len(set(tokens)) == 48
    assert all(re.fullmatch("c[0-9a-f]{15}", token) for token in tokens)
    # Where the first option as written ends up: anywhere.
    assert len({sorted(tokens).index(tokens[0]) for tokens in places}) > 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_told_right_or_wrong_with_its_reason_and_can_be_given_again(
    client, lesson, kind
):
    self_check(lesson, kind, explanation="For this reason.")
    Option.objects.filter(text="wrong").update(feedback="This overlooks something.")
    (one,) = papers(lesson)

    first = send(client, lesson, check=one.token, **wrong(one))
    second = send(client, lesson, check=one.token, told=one.token, **right(one))

    assert (verdicts(first), verdicts(second)) == (["Wrong"], ["Right"])
    assert first.count("For this reason.") == second.count("For this reason.") == 1
    assert ("This overlooks something." in first) is (kind in ("single", "multiple", "true_false"))
    assert "Check again" in second


def test_part_of_an_answer_is_told_as_part(client, lesson):
    self_check(lesson, "multiple")
    (one,) = papers(lesson)

    text = send(client, lesson, check=one.token, **{one.token: named(one, "right")})

    assert verdicts(text) == ["Partly right"]


def test_without_an_answer_nothing_is_told(client, lesson):
    self_check(lesson, explanation="For this reason.")
    (one,) = papers(lesson)

    text = send(client, lesson, check=one.token, told=one.token)

    assert "Answer first" in text
    assert verdicts(text) == []
    assert "For this reason." not in text


def test_what_was_told_and_typed_before_stays_while_another_is_checked(client, lesson):
    for _ in range(3):
        self_check(lesson, "short_text", explanation="")
    told, now, typed = papers(lesson)
    fields = {told.token: "no", now.token: "OIMP", typed.token: "not yet sent"}

    text = send(client, lesson, check=now.token, told=told.token, **fields)

    assert verdicts(text) == ["Wrong", "Right"]
    assert 'value="not yet sent"' in text


def test_enter_in_a_field_checks_all_that_has_an_answer(client, lesson):
    for _ in range(2):
        self_check(lesson, "short_text")
    first, _second = papers(lesson)

    assert verdicts(send(client, lesson, **{first.token: "OIMP"})) == ["Right"]


def test_a_number_is_read_as_its_learner_writes_it(client, lesson):
    version = self_check(lesson, "number")
    Key.objects.filter(version=version).update(number=Decimal("1234.5"))
    (one,) = papers(lesson)
    fields = {one.token: "1.234,5", f"{one.token}.unit": "t", "check": one.token}

    answer = client.post(
        f"{lesson.get_absolute_url()}self-check/", fields, headers={"Accept-Language": "de"}
    )

    assert verdicts(answer.content.decode()) == ["Right"]


def test_nothing_is_kept_of_it_and_nothing_counts(client, lesson):
    enrolment = EnrolmentFactory(edition=lesson.edition)
    for kind in KINDS:
        self_check(lesson, kind)
    client.force_login(enrolment.learner)
    models = apps.get_app_config("courses").get_models()
    before = {model: list(model.objects.values()) for model in models}

    for one in papers(lesson):
        send(client, lesson, check=one.token, **right(one))

    assert {model: list(model.objects.values()) for model in before} == before


@pytest.mark.parametrize(
    "sent",
    [["no-such-option"], ["right", "wrong"], ["right", "right"]],
    ids=["unknown", "two of one", "one twice"],
)
def test_what_is_no_answer_is_told_beside_the_question(client, lesson, sent):
    self_check(lesson)
    (one,) = papers(lesson)
    known = dict(zip(("right", "wrong"), named(one, "right", "wrong"), strict=True))

    text = send(client, lesson, check=one.token, **{one.token: [known.get(t, t) for t in sent]})

    assert len(re.findall(r'<p class="wrong">[^<]+</p>', text)) == 1
    assert verdicts(text) == []


def test_a_script_gets_the_one_question_it_asks_for(client, lesson):
    for _ in range(2):
        self_check(lesson)
    _first, one = papers(lesson)

    text = send(client, lesson, check=one.token, part="1", **right(one))

    assert text.strip().startswith("<fieldset")
    assert (text.count("<fieldset"), verdicts(text)) == (1, ["Right"])
    address = f"{lesson.get_absolute_url()}self-check/"
    assert client.post(address, {"check": "nothing", "part": "1"}).status_code == 404


def test_the_address_of_an_answer_leads_back_to_the_lesson(client, lesson):
    answer = client.get(f"{lesson.get_absolute_url()}self-check/")

    assert (answer.status_code, answer["Location"]) == (302, lesson.get_absolute_url())
    assert client.post(f"{lesson.get_absolute_url()}x/self-check/").status_code == 404
    other = lesson.get_absolute_url().replace("/one/", "/two/")
    assert client.post(f"{other}self-check/").status_code == 404


def test_a_draft_answers_nothing(client, db):
    module = ModuleFactory(edition=EditionFactory(published_at=None))
    lesson = LessonFactory(module=module)
    self_check(lesson)

    assert client.post(f"{lesson.get_absolute_url()}self-check/").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_a_lesson_costs_the_same_for_any_number_of_self_checks(
    client, lesson, count_queries, number
):
    enrolment = EnrolmentFactory(edition=lesson.edition)
    for n in range(number):
        self_check(lesson, KINDS[n % len(KINDS)])
    client.force_login(enrolment.learner)
    fields = {name: value for one in papers(lesson) for name, value in right(one).items()}

    with count_queries(11):
        page(client, lesson)
    with count_queries(12):
        assert set(verdicts(send(client, lesson, **fields))) == {"Right"}


def test_each_self_check_of_the_courses_stands_in_its_lesson(client, content):
    found = Question.objects.filter(state=Question.State.SELF_CHECK)
    pages = {}

    for question in found.select_related("course"):
        address = f"/courses/{question.course.slug}/{question.topic}/"
        if address not in pages:
            pages[address] = client.get(address).content.decode()
        prompt = question.versions.get().prompt_html.removeprefix("<p").partition(">")[2]
        assert prompt.removesuffix("</p>") in pages[address]

    assert found.count() == 43
