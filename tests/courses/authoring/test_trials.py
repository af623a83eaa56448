"""A quiz of the draft is taken to try it, and leaves no trace."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client

from courses.authoring import previews, trials
from courses.quizzes.models import Quiz
from partnership.lib import clock
from tests.courses.authoring.writing import Draft
from tests.factories.courses import QuestionCaseFactory, QuizFactory, QuizGroupFactory, asked

pytestmark = pytest.mark.django_db
KINDS = ("single", "multiple", "true_false", "number", "short_text", "matching", "ordering")


@pytest.fixture
def quiz(draft: Draft) -> Quiz:
    """One question of each kind, in two groups of which one draws a part."""
    quiz = QuizFactory(edition=draft.edition, slug="check")
    groups = [QuizGroupFactory(quiz=quiz, position=1), QuizGroupFactory(quiz=quiz, position=2)]
    groups[1].quota = 1
    groups[1].save()
    for n, kind in enumerate(KINDS):
        asked(quiz, kind, group=groups[n % 2], prompt=f"A question of kind {kind}?")
    return quiz


def address(draft: Draft, slug: str = "check") -> str:
    return f"/drafts/{previews.link_of(draft.edition, clock.now())}/quizzes/{slug}/"


def answers(quiz: Quiz) -> dict[str, list[str] | str]:
    """What a form holds that says everything right."""
    form: dict[str, list[str] | str] = {}
    for row in trials.asked_in(quiz):
        tokens = {option.option_id: option.token for option in row.options}
        keys = list(row.question.version.key.order_by("place", "pk"))
        if keys[0].match_id:
            form |= {f"{row.token}.{tokens[k.option_id]}": tokens[k.match_id] for k in keys}
        elif keys[0].place:
            form |= {f"{row.token}.{tokens[k.option_id]}": str(k.place) for k in keys}
        elif keys[0].option_id:
            form[row.token] = [tokens[k.option_id] for k in keys]
        else:
            form[row.token] = keys[0].text or "100"
            form[f"{row.token}.unit"] = "t"
    return form


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.app_label == "courses"]
    return {model.__name__: model._default_manager.count() for model in models}


def test_a_colleague_with_the_link_is_graded_and_nothing_is_kept(draft: Draft, quiz: Quiz):
    path, client, before = address(draft), Client(), counts()
    page = client.get(path)
    right = client.post(path, answers(quiz)).content.decode()

    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.content.decode().count("<fieldset") == 7
    assert "draws some of them" in page.content.decode()
    assert "The first one is." not in page.content.decode()
    assert "Passed" in right
    assert "7 of 7" in right
    assert right.count("The first one is.") == 7
    assert counts() == before


def test_what_is_wrong_or_left_out_is_told_with_what_is_right(draft: Draft, quiz: Quiz):
    (single, *_rest) = trials.asked_in(quiz)
    wrong = next(one.token for one in single.options if one.option.text == "wrong")
    page = Client().post(address(draft), {single.token: [wrong]}).content.decode()

    assert "Not passed yet" in page
    assert page.count("Not answered") == 6
    assert f'value="{wrong}" checked' in page
    assert "0 of 7" in page


def test_an_answer_that_cannot_be_understood_is_told_and_counts_as_none(draft: Draft, quiz: Quiz):
    (single, *_rest) = trials.asked_in(quiz)
    page = Client().post(address(draft), {single.token: ["nonsense"]})

    assert page.status_code == 200
    assert 'class="wrong"' in page.content.decode()


def test_a_survey_tells_nothing_and_an_empty_quiz_says_so(draft: Draft):
    survey = QuizFactory(edition=draft.edition, slug="survey", plan="survey", pass_mark=None)
    asked(survey)
    QuizFactory(edition=draft.edition, slug="empty")
    told = Client().post(address(draft, "survey"), answers(survey)).content.decode()

    assert "Thank you" in told
    assert "The first one is." not in told
    empty = Client().post(address(draft, "empty")).content.decode()
    assert "This quiz asks nothing yet." in empty
    assert Client().get(address(draft, "gone")).status_code == 404


def test_trying_costs_the_same_for_few_and_for_many_questions(draft, quiz, count_queries):
    case = QuestionCaseFactory(course=draft.course)
    few = QuizFactory(edition=draft.edition, slug="few")
    asked(few)
    for _ in range(3):
        asked(quiz, case=case, group=quiz.groups.first())
    for slug in ("few", "check"):
        path = address(draft, slug)
        with count_queries(6):
            Client().post(path, {})


def test_formulas_are_drawn_in_what_is_asked_offered_and_told(draft: Draft):
    quiz = QuizFactory(edition=draft.edition, slug="drawn")
    version = asked(quiz, prompt="Is $E = mc^2$ it?", explanation="As $a_1$.")
    version.options.filter(position=1).update(text="$x_1$ <b>", feedback="Yes: $y_1$")
    page = Client().post(address(draft, "drawn"), answers(quiz)).content.decode()

    assert [f'alttext="{one}"' in page for one in ("E = mc^2", "a_1", "x_1", "y_1")] == [True] * 4
    assert "</math> &lt;b&gt;</span>" in page
