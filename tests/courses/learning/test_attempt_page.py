from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from courses.learning.models import Allowance, Attempt
from courses.quizzes.models import Key, Option
from partnership.lib import clock
from tests.courses.learning.papers import KINDS, Sitting
from tests.factories.accounts import UserFactory
from tests.site.people import VISITOR, client_of

pytestmark = pytest.mark.django_db


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_all_questions_of_the_paper_come_in_one_page():
    sitting = Sitting(*KINDS).start()

    page = sitting.client.get(sitting.address).content.decode()

    assert page.count("<fieldset") == len(KINDS)
    assert [f'id="q-{n}"' in page for n in range(1, 8)] == [True] * 7
    assert page.count("<legend>") == page.count("</legend>") == len(KINDS)


def test_nothing_before_the_end_tells_what_is_right():
    sitting = Sitting(*KINDS).start()
    version = sitting.questions[0].version

    page = sitting.client.get(sitting.address).content.decode()

    assert version.explanation not in page
    assert "OIMP" not in page
    assert not re.search(r"\b100\b", text_of(page))
    for row in [*Key.objects.all(), *Option.objects.all()]:
        assert f'value="{row.pk}"' not in page
    assert "is_right" not in page


def test_the_unit_that_is_asked_for_is_not_told():
    sitting = Sitting("number").start()

    page = sitting.client.get(sitting.address).content.decode()

    token = sitting.questions[0].token
    assert f'name="{token}.unit" data-unit maxlength="60"' in page
    assert re.search(rf'name="{re.escape(token)}\.unit"[^>]* value=""', page)


def test_what_was_answered_stands_in_the_fields_again():
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen())

    page = sitting.client.get(sitting.address).content.decode()

    token = sitting.token(sitting.questions[0], "right")
    assert f'value="{token}" checked' in page
    assert 'data-revision="1"' in page


def test_a_number_is_shown_as_it_was_read():
    sitting = Sitting("number").start()
    sitting.save({"text": "1,234.5", "unit": "t"})

    assert "Read as 1234.5 t" in text_of(sitting.client.get(sitting.address).content.decode())


def test_a_strangers_attempt_does_not_exist():
    sitting = Sitting().start()
    client = Client()
    client.force_login(UserFactory())
    missing = client.get(f"/courses/attempts/{uuid4()}/")

    for path in ("", "answers.json", "review/", "result/"):
        answer = client.get(f"{sitting.address}{path}")
        assert answer.status_code == 404, path
        assert len(answer.content) == len(missing.content), path
    for path in ("answers/", "flag/", "choose/", "submit/"):
        form = {"question": "x", "key": "long-enough", "choose": "1:take"}
        assert client.post(f"{sitting.address}{path}", form).status_code == 404, path


def test_a_visitor_is_sent_to_sign_in_and_a_script_is_told():
    sitting = Sitting().start()
    client = client_of(VISITOR)

    assert client.get(sitting.address).status_code == 302
    told = client.get(sitting.answers)
    assert (told.status_code, told.json()["code"]) == (401, "not_authenticated")
    told = client.post(sitting.answers, "{}", content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (401, "not_authenticated")


def test_the_page_is_kept_in_no_cache_but_may_be_kept_for_its_person():
    sitting = Sitting().start()

    response = sitting.client.get(sitting.address)

    assert response["Cache-Control"] == "no-store"
    assert response["Keep-For"] == str(sitting.learner.uuid)


@pytest.mark.parametrize("kinds", [("single",), KINDS * 3])
def test_the_page_costs_the_same_for_any_number_of_questions(count_queries, kinds):
    sitting = Sitting(*kinds).start()

    # The session, the person and their roles; the attempt; the paper in three.
    with count_queries(7):
        sitting.client.get(sitting.address)


def test_thirty_questions_keep_to_their_weight():
    import gzip

    sitting = Sitting(*(KINDS * 5)[:30]).start()

    page = sitting.client.get(sitting.address).content

    assert len(gzip.compress(page, 6)) < 25 * 1024


def test_a_limit_is_sent_as_seconds_and_told_with_its_extension():
    sitting = Sitting(plan="exam", time_limit_minutes=30, time_limit_reason="As at the table.")
    Allowance.objects.create(
        enrolment=sitting.enrolment,
        quiz=sitting.quiz,
        extra_minutes=15,
        granted_at=clock.now(),
        reason="Slow line",
    )
    page = sitting.start().client.get(sitting.address).content.decode()

    left = int(re.search(r'data-left="(\d+)"', page)[1])
    assert 45 * 60 - 30 < left <= 45 * 60
    assert 'data-total="2700"' in page
    assert "45 min (30 + 15)" in text_of(page)


def test_an_attempt_whose_time_is_over_leads_to_its_result():
    sitting = Sitting(plan="exam", time_limit_minutes=30, time_limit_reason="Why not.").start()
    Attempt.objects.update(
        started_at=clock.now() - timedelta(hours=2), deadline_at=clock.now() - timedelta(hours=1)
    )

    assert sitting.client.get(sitting.address)["Location"] == f"{sitting.address}result/"
    assert Attempt.objects.get().closed_by == "deadline"


def test_the_file_of_my_answers_says_of_which_attempt_it_is():
    sitting = Sitting("single", "short_text").start()
    text = next(one for one in sitting.questions if one.version.kind == "short_text")
    sitting.save({"text": "my words"}, question=text)

    response = sitting.client.get(f"{sitting.address}answers.json")

    body = response.json()
    assert response["Content-Disposition"].startswith("attachment")
    assert body["seal"].startswith(f"{sitting.attempt.uuid}:")
    assert [one["in_words"] for one in body["answers"] if one["response"]] == ["my words"]


def test_the_service_worker_looks_after_the_whole_site(client):
    response = client.get("/sw.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    assert "importScripts(" in response.content.decode()
