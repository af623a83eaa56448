"""Texts in another language: segment by segment, beside the edition and never in its place."""

from __future__ import annotations

import gzip
import re

import pytest
from django.utils import timezone

from courses.catalogue import services
from courses.catalogue.models import Edition, Lesson, Module, Translation
from partnership.lib.markdown import name_of
from tests.factories.courses import (
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
    TranslationFactory,
)

pytestmark = pytest.mark.django_db
FRENCH, ENGLISH = {"Accept-Language": "fr"}, {"Accept-Language": "en"}
WORDS = ["### Count", "A tonne is counted **once**.", "- real\n- verified"]
MOTS = ["### Compter", "Une tonne est comptée **une fois**.", "- réel\n- vérifié"]


@pytest.fixture
def lesson() -> Lesson:
    module = ModuleFactory(edition__title="The course", title="The module", position=1)
    return LessonFactory(module=module, title="The lesson", text="\n\n".join(WORDS) + "\n")


def into_french(lesson: Lesson, words=WORDS, mots=MOTS, **more) -> None:
    slug = lesson.edition.course.slug
    for source, text in zip(words, mots, strict=True):
        key = f"{slug}/text/{lesson.key}"
        TranslationFactory(object_key=key, source=source, text=text, **more)


def title(lesson: Lesson, kind: str, key: str, source: str, text: str) -> None:
    slug = lesson.edition.course.slug
    TranslationFactory(object_key=f"{slug}/{kind}{key}", source=source, text=text)


def read(client, lesson: Lesson, **headers) -> str:
    answer = client.get(lesson.get_absolute_url(), headers={**FRENCH, **headers})
    assert answer.status_code == 200
    return answer.content.decode()


def body(page: str) -> str:
    return re.search(r'<div class="lesson-text prose"[^>]*>(.*?)</div>', page, re.DOTALL)[1].strip()


def test_a_whole_translation_stands_in_place_of_the_source(client, lesson):
    into_french(lesson)

    page = read(client, lesson)

    assert 'id="lesson" lang="fr" dir="ltr"' in page
    assert "Une tonne est comptée <strong>une fois</strong>." in page
    assert "A tonne" not in page
    assert "Pas encore en français" not in page


def test_it_says_by_whom_and_that_no_second_reader_has_checked_it(client, lesson):
    into_french(lesson, translator="la rédaction")

    page = read(client, lesson)

    assert "Traduit de l’original (anglais) par\xa0: la rédaction." in page
    assert "Pas encore vérifié par un second lecteur." in page


def test_what_a_second_reader_has_checked_says_nothing_of_that(client, lesson):
    into_french(lesson, second_reader="A. Reader")

    assert "second lecteur" not in read(client, lesson)


def test_a_segment_keeps_the_name_of_its_source(client, lesson):
    into_french(lesson)

    named = re.findall(r'<(\w+) id="(b-\w+)"', body(read(client, lesson)))
    assert named == re.findall(r'<(\w+) id="(b-\w+)"', body(read(client, lesson, **ENGLISH)))
    assert len(named) == 3


def test_segments_with_the_same_words_each_keep_their_own_name(client, lesson):
    lesson.text = "Once.\n\nOnce.\n"
    lesson.save()
    into_french(lesson, ["Once."], ["Une fois."])

    name = name_of("Once.")
    assert re.findall(r'id="(b-[\w-]+)">([^<]*)<', body(read(client, lesson))) == [
        (f"b-{name}", "Une fois."),
        (f"b-{name}-2", "Une fois."),
    ]


def test_a_heading_stands_at_the_level_of_its_source(client, lesson):
    lesson.text = "# A\n\n## B\n\nText.\n"
    lesson.save()
    into_french(lesson, ["## B"], ["## Bé"])

    shown = body(read(client, lesson))

    assert re.findall(r"<(h\d) [^>]*>([^<]*)</(h\d)>", shown) == [
        ("h2", "A", "h2"),
        ("h3", "Bé", "h3"),
    ]


def test_a_part_that_is_not_translated_says_its_language(client, lesson):
    into_french(lesson, WORDS[:2], MOTS[:2])

    page = read(client, lesson)

    assert "Tout n’est pas encore en français\xa0: le reste est affiché en anglais" in page
    assert re.search(r'<ul lang="en" dir="ltr" id="b-\w+">', body(page))
    assert body(page).count('lang="en"') == 1


def test_a_text_without_translation_is_shown_in_its_own_language(client, lesson):
    page = read(client, lesson)

    assert "Pas encore en français\xa0: affiché en anglais" in page
    assert 'id="lesson" lang="en" dir="ltr"' in page
    assert 'lang="en"' not in body(page)


def test_a_source_that_changed_is_not_shown_in_its_old_translation(client, lesson):
    into_french(lesson)
    now = lesson.text.replace("A tonne is", "Each tonne is")
    services.correct_lesson(lesson, text=now, reason="A word", by=None, at=timezone.now())

    page = read(client, lesson)

    assert "Each tonne is counted" in page
    assert "Une tonne" not in page
    assert "Tout n’est pas encore en français" in page


def test_the_reader_of_english_sees_no_translation_and_no_label(client, lesson):
    into_french(lesson)

    page = read(client, lesson, **ENGLISH)

    assert "Une tonne" not in page
    assert "second reader" not in page
    assert "Not yet in" not in page


def test_texts_can_be_read_in_another_language_than_the_pages(client, lesson):
    into_french(lesson)
    client.post("/language/", {"texts": "en", "next": "/"})

    page = read(client, lesson)

    assert '<html lang="fr"' in page
    assert "A tonne is counted" in page


def test_titles_are_shown_with_the_language_they_are_in(client, lesson):
    into_french(lesson)
    title(lesson, "edition", "", "The course", "Le cours")
    title(lesson, "lesson/", lesson.key, "The lesson", "La leçon")

    page = read(client, lesson)

    assert '<h1 lang="fr" dir="auto">La leçon</h1>' in page
    assert "Le cours" in page
    assert '<h2 id="outline-title" lang="en" dir="auto">The module</h2>' in page


def test_the_page_of_a_course_speaks_french_where_it_can(client, lesson):
    title(lesson, "edition", "", "The course", "Le cours")
    title(lesson, "edition", "", "Tell one thing from another", "Distinguer deux choses")
    title(lesson, "lesson/", lesson.key, "The lesson", "La leçon")

    page = client.get(lesson.edition.get_absolute_url(), headers=FRENCH).content.decode()

    assert '<h1 lang="fr" dir="auto">Le cours</h1>' in page
    assert "<li>Distinguer deux choses</li>" in page
    assert 'lang="fr" dir="auto">La leçon</a>' in page
    assert 'lang="en">The module</span>' in page


def test_a_module_to_keep_and_its_file_are_in_the_language_of_the_reader(client, lesson):
    into_french(lesson)
    title(lesson, "module/", lesson.module.key, "The module", "Le module")
    address = f"{lesson.edition.get_absolute_url()}modules/{lesson.module.key}/"
    for page in (address, f"{address}file/"):
        text = client.get(page, headers=FRENCH).content.decode()

        assert "Une tonne est comptée" in text
        assert "Le module" in text
        assert 'lang="fr"' in text


def test_the_catalogue_and_the_first_page_of_a_learner_name_courses_in_french(client, lesson):
    title(lesson, "edition", "", "The course", "Le cours")
    title(lesson, "lesson/", lesson.key, "The lesson", "La leçon")
    client.force_login(EnrolmentFactory(edition=lesson.edition).learner)

    catalogue = client.get("/courses/", headers=FRENCH).content.decode()
    mine = client.get("/courses/mine/", headers=FRENCH).content.decode()

    assert "Le cours" in catalogue
    assert "Le cours" in mine
    assert "La leçon" in mine


def test_reading_in_french_writes_nothing_into_the_edition(client, lesson):
    into_french(lesson)
    title(lesson, "edition", "", "The course", "Le cours")
    before = [list(model.objects.values()) for model in (Edition, Module, Lesson)]
    client.force_login(EnrolmentFactory(edition=lesson.edition).learner)

    for address in (lesson.get_absolute_url(), lesson.edition.get_absolute_url(), "/courses/mine/"):
        client.get(address, headers=FRENCH)

    assert [list(model.objects.values()) for model in (Edition, Module, Lesson)] == before


def test_the_next_edition_has_the_translations_of_all_that_stayed(client, lesson):
    into_french(lesson)
    course = lesson.edition.course
    newer = EditionFactory(course=course, number=2)
    text = "\n\n".join([*WORDS[:2], "Something new."])
    LessonFactory(module=ModuleFactory(edition=newer), key=lesson.key, slug="new", text=text)

    page = client.get(f"{course.get_absolute_url()}new/", headers=FRENCH).content.decode()

    assert "Une tonne est comptée" in page
    assert "Something new." in page


@pytest.mark.parametrize("segments", [1, 60])
def test_a_translated_lesson_costs_the_same_for_any_number_of_segments(
    client, count_queries, lesson, segments
):
    words = [f"Sentence {n}." for n in range(segments)]
    lesson.text = "\n\n".join(words)
    lesson.save()
    into_french(lesson, words, [f"Phrase {n}." for n in range(segments)])
    client.force_login(EnrolmentFactory(edition=lesson.edition).learner)

    with count_queries(12):
        read(client, lesson)


@pytest.mark.parametrize("number", [1, 5])
def test_the_catalogue_in_french_costs_the_same_for_any_number_of_courses(
    client, count_queries, number
):
    for edition in EditionFactory.create_batch(number):
        TranslationFactory(
            object_key=f"{edition.course.slug}/edition", source=edition.title, text="Cours"
        )

    with count_queries(5):
        client.get("/courses/", headers=FRENCH)


def test_a_quiz_without_translation_says_in_which_language_it_asks(client, lesson):
    quiz = QuizFactory(edition=lesson.edition)

    page = client.get(quiz.get_absolute_url(), headers=FRENCH).content.decode()

    assert "Pas encore en français\xa0: affiché en anglais" in page


def test_a_page_to_keep_tells_in_which_languages_it_is(client, lesson):
    client.force_login(EnrolmentFactory(edition=lesson.edition).learner)
    client.post("/language/", {"texts": "en", "next": "/"})

    answer = client.get(lesson.get_absolute_url(), headers=FRENCH)
    again = client.get(
        lesson.get_absolute_url(), headers={"Accept-Language": "en", "Keep-Language": "fr fr"}
    )

    assert answer["Keep-Language"] == "fr en"
    assert again["Keep-Language"] == "fr fr"
    assert '<html lang="fr"' in again.content.decode()


def test_a_translation_says_what_it_is_of():
    row = Translation(object_key="a6-101/edition", language="fr", text="L’article 6")

    assert str(row) == "a6-101/edition, fr: L’article 6"


def test_every_french_lesson_fits_the_first_round_trips(client, content):
    heavy = {}
    for lesson in Lesson.objects.filter(edition__course__slug="a6-101"):
        answer = client.get(
            lesson.get_absolute_url(), headers={**FRENCH, "Accept-Encoding": "gzip"}
        )
        packed = answer.content
        if answer.get("Content-Encoding") != "gzip":
            packed = gzip.compress(packed)
        if len(packed) > 14 * 1024:
            heavy[lesson.slug] = len(packed)
        assert 'id="lesson" lang="fr"' in gzip.decompress(packed).decode()

    assert heavy == {}
