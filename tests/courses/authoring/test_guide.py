"""The trainers' guide, and the sample course that its button copies."""

from __future__ import annotations

import gzip

import pytest
from django.urls import reverse
from django.utils import translation

from courses.authoring import guide
from courses.authoring.services.sample import copy_sample
from courses.catalogue.models import Edition
from courses.quizzes import readiness
from courses.quizzes.models import QuizQuestion
from courses.quizzes.services import publish
from partnership.accounts.models import Role
from partnership.members.models import AreaOfWork
from tests.factories.accounts import NOON, person_with
from tests.factories.courses import AreaOfWorkFactory
from tests.site.people import client_of


@pytest.fixture
def area(db) -> AreaOfWork:
    return AreaOfWorkFactory(number=1, slug="area")


def test_every_drawing_that_a_page_names_is_there_and_says_what_it_shows():
    named = set()
    for page in guide.TITLES:
        for language in guide.LANGUAGES:
            html = guide.page_of(page, language).html
            assert "data-figure" not in html
            assert html.count("<svg") == html.count("aria-label=") == html.count("<figcaption>") > 0
            assert html.count(' width="360" height="') == html.count("<svg")
        named |= {part.split("\n")[0] for part in _text(page).split("```figure ")[1:]}

    assert named == guide.DRAWINGS


def _text(page: str) -> str:
    return (guide.FOLDER / "en" / f"{page}.md").read_text(encoding="utf-8")


def test_both_languages_have_the_same_headings_and_drawings():
    for page in guide.TITLES:
        english, french = (guide.page_of(page, language).html for language in guide.LANGUAGES)
        for tag in ("<h2", "<svg", "<li"):
            assert english.count(tag) == french.count(tag), (page, tag)


def test_a_language_without_a_guide_has_the_english_one():
    assert guide.page_of("publishing", "ar").language == "en"


def test_the_pages_of_the_guide_are_light_and_lead_on(db):
    client = client_of(Role.TRAINER)

    pages = [client.get(reverse("courses:guide", args=[name])) for name in guide.TITLES]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert max(len(gzip.compress(page.content)) for page in pages) < 14 * 1024
    assert reverse("courses:guide", args=["questions-quickly"]) in pages[0].content.decode()
    assert client.get("/desk/courses/guide/nothing/").status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sample_can_be_published_as_it_is_and_nothing_is_to_be_said_of_it(area, language):
    trainer = person_with(Role.TRAINER)

    draft = copy_sample(by=trainer, at=NOON, language=language)

    assert (draft.course.code, draft.language) == ("SAMPLE-1", language)
    assert QuizQuestion.objects.filter(group__quiz__edition=draft).count() == 4
    kinds = set(draft.course.questions.values_list("versions__kind", flat=True))
    assert kinds == {"single", "true_false", "number", "matching"}
    assert readiness.problems(draft) == []
    first, second = draft.lessons.order_by("position")
    assert ("<table" in first.html, 'data-figure="two-books"' in second.html) == (True, True)
    assert publish(draft, at=NOON, by=trainer).published_at == NOON


def test_each_who_presses_the_button_has_a_sample_of_their_own(area):
    one, other = client_of(Role.TRAINER), client_of(Role.TRAINER)

    first = one.post(reverse("courses:copy-sample"))
    with translation.override("fr"):
        second = other.post(reverse("courses:copy-sample"), headers={"Accept-Language": "fr"})

    assert first["Location"] == "/desk/courses/sample-1/draft/"
    assert second["Location"] == "/desk/courses/sample-2/draft/"
    assert list(Edition.objects.order_by("pk").values_list("language", flat=True)) == ["en", "fr"]
    assert one.get(first["Location"]).status_code == 200
    assert other.get(first["Location"]).status_code == 404


def test_without_an_area_of_work_it_says_why_there_is_no_sample(db):
    answer = client_of(Role.TRAINER).post(reverse("courses:copy-sample"))

    assert answer.status_code == 409
    assert "no area of work yet" in answer.content.decode()


def test_no_course_takes_the_address_of_the_guide(area):
    form = {"title": "T", "code": "Guide", "area": "area", "level": "advanced", "language": "en"}

    answer = client_of(Role.TRAINER).post(reverse("courses:new-course"), form)

    assert "This word is an address of the site" in answer.content.decode()
