from __future__ import annotations

import gzip
import re

import pytest
from django.utils import timezone

from courses.catalogue.models import Lesson
from courses.catalogue.weights import page_kb
from courses.learning.services import enrolments
from partnership.information.models import GlossaryTerm
from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
)

KB = 1024


def course_of(*texts: str, **fields):
    """Lessons `lesson-1` and so on in one module, with these texts."""
    module = ModuleFactory(edition=EditionFactory(**fields), position=1)
    for position, text in enumerate(texts, start=1):
        LessonFactory(module=module, position=position, text=text)
    return module.edition


def page(client, edition, slug: str = "lesson-1") -> str:
    response = client.get(f"{edition.get_absolute_url()}{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def turn(text: str) -> dict[str, str]:
    """Where the links before and after lead."""
    return dict(re.findall(r'rel="(prev|next)" href="([^"]*)"', text))


def term(name: str, abbreviation: str = "", definition: str = "What it is.") -> GlossaryTerm:
    slug = name.lower().replace(" ", "-")
    return GlossaryTerm.objects.create(
        slug=slug, term=name, abbreviation=abbreviation, definition=definition
    )


def test_everybody_may_read(client, db):
    edition = course_of("Count it **once**.")

    text = page(client, edition)

    assert "<strong>once</strong>" in text
    assert "You read without joining." in text
    assert "lesson.js" not in text


def test_lessons_follow_one_another_to_the_quiz_and_back(client, db):
    edition = course_of("One.", "Two.")
    QuizFactory(edition=edition, slug="check")
    address = edition.get_absolute_url()

    assert turn(page(client, edition)) == {"next": f"{address}lesson-2/"}
    assert turn(page(client, edition, "lesson-2")) == {
        "prev": f"{address}lesson-1/",
        "next": f"{address}quizzes/check/",
    }


def test_the_last_lesson_leads_back_to_the_course(client, db):
    text = page(client, course_of("One."))

    assert turn(text) == {}
    assert "This was the last lesson" in text


def test_a_term_is_linked_where_it_is_first_used_and_only_there(client, db):
    term("Corresponding adjustment", "CA", 'An "entry" in the books.')
    edition = course_of("A corresponding adjustment, or CA. Corresponding adjustments count.")

    links = re.findall(r'<a class="term"[^>]*>[^<]*</a>', page(client, edition))

    assert links == [
        '<a class="term" href="/glossary/#corresponding-adjustment"'
        ' title="An &quot;entry&quot; in the books.">corresponding adjustment</a>'
    ]


def test_terms_in_links_code_and_headings_stay_as_they_are(client, db):
    term("Outcome", "MO")
    edition = course_of("# Outcome\n\n[An outcome](/about/) is `MO`, written MOs.\n\nmo")

    links = re.findall(r'<a class="term"[^>]*>([^<]*)</a>', page(client, edition))

    assert links == ["MOs"]


def test_a_link_of_the_author_to_a_term_says_what_it_means(client, db):
    term("Registry")
    edition = course_of("Look at [it](/glossary/#registry). Registries are many.")

    links = re.findall(r'<a class="term"[^>]*>[^<]*</a>', page(client, edition))

    assert links == ['<a class="term" href="/glossary/#registry" title="What it is.">it</a>']


def test_a_text_says_its_language_and_direction(client, db):
    text = page(client, course_of("نص", language="ar"))

    assert 'id="lesson" lang="ar" dir="rtl"' in text
    assert "Not yet in English: shown in Arabic" in text


def test_a_learner_is_told_how_the_lesson_stands(client, db):
    enrolment = EnrolmentFactory(edition=course_of("One."))
    client.force_login(enrolment.learner)
    before = page(client, enrolment.edition)
    enrolments.finish_lesson(enrolment, enrolment.edition.lessons.get(), at=timezone.now())

    after = page(client, enrolment.edition)

    assert "Not done yet. Done when opened and read to its end." in before
    assert "Done on" in after
    assert before.count("courses/lesson") == after.count("courses/lesson") == 1


def test_reading_alone_writes_nothing(client, db):
    enrolment = EnrolmentFactory(edition=course_of("One."))
    client.force_login(enrolment.learner)

    page(client, enrolment.edition)

    assert not enrolment.completions.exists()


def test_a_lesson_of_another_edition_is_not_found(client, db):
    enrolment = EnrolmentFactory(edition=course_of("One."))
    newer = EditionFactory(course=enrolment.edition.course, number=2)
    LessonFactory(module=ModuleFactory(edition=newer), slug="new")
    address = f"{newer.get_absolute_url()}new/"
    visitor = client.get(address).status_code
    client.force_login(enrolment.learner)

    assert (visitor, client.get(address).status_code) == (200, 404)


@pytest.mark.parametrize("slug", ["nothing", "lesson-1%00"])
def test_what_is_not_there_is_refused(client, db, slug):
    edition = course_of("One.")

    assert client.get(f"{edition.get_absolute_url()}{slug}/").status_code in (400, 404)


@pytest.mark.parametrize("lessons", [1, 40])
def test_a_lesson_costs_the_same_for_any_number_of_lessons(client, count_queries, lessons):
    term("Tonne")
    enrolment = EnrolmentFactory(edition=course_of(*["A tonne."] * lessons))
    client.force_login(enrolment.learner)

    with count_queries(11):
        page(client, enrolment.edition)


def test_every_lesson_of_the_site_fits_the_first_round_trips(client, content):
    weights = {}
    for lesson in Lesson.objects.select_related("edition__course"):
        answer = client.get(lesson.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
        body = answer.content
        packed = body if answer.get("Content-Encoding") == "gzip" else gzip.compress(body)
        weights[lesson.slug] = (len(packed) / KB, page_kb(len(lesson.html)))

    assert weights
    assert {slug: kb for slug, kb in weights.items() if kb[0] > 14} == {}
    # What is told beforehand is near what comes.
    assert {slug: kb for slug, kb in weights.items() if abs(kb[1] - kb[0]) > 1.5} == {}


def test_a_stranger_reads_what_a_visitor_reads(client, db):
    edition = course_of("One.")
    client.force_login(UserFactory())

    assert "Join the course" in page(client, edition)
