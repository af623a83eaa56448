"""A module to take along: as a file, or on the device. The browser's part is a journey."""

from __future__ import annotations

import gzip
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.contrib.staticfiles import finders
from django.utils import timezone

from courses.catalogue.models import Edition
from courses.catalogue.weights import file_kb, kept_kb, page_kb
from courses.learning.handouts import named_links, on_paper
from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    JOINED,
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    LessonRevisionFactory,
    ModuleFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db
KB = 1024
DAY = 24 * 60 * 60


def module_of(*texts: str, **edition):
    module = ModuleFactory(
        edition=EditionFactory(**edition), key="the-module", title="The <module>"
    )
    for position, text in enumerate(texts, start=1):
        LessonFactory(module=module, position=position, text=text)
    return module


def address_of(module) -> str:
    return f"{module.edition.get_absolute_url()}modules/{module.key}/"


def file_of(client, module) -> str:
    response = client.get(f"{address_of(module)}file/")
    assert response.status_code == 200
    return response.content.decode()


# --- The file ---------------------------------------------------------------------------


def test_the_file_is_whole_and_says_where_it_is_from(client):
    module = module_of(
        "The first, by [a decision](https://unfccc.int/a?b=1&c=2).",
        "The second. [A term](/glossary/#itmo)",
        authors="The unit",
        rules_as_of=date(2024, 11, 24),
        number=3,
    )
    module.edition.course.code = "A6-999"
    module.edition.course.save()

    text = file_of(client, module)

    assert text.index("The first") < text.index("The second.") < text.index("The unit")
    for told in ("A6-999", "The &lt;module&gt;", "Edition 3", "24 November 2024"):
        assert told in text
    assert f"http://localhost:8000{address_of(module)}" in text
    assert text.count('href="https://unfccc.int/a?b=1&amp;c=2"') == 2
    assert 'href="http://localhost:8000/glossary/#itmo"' in text


def test_the_file_needs_neither_the_site_nor_a_line(client):
    text = file_of(client, module_of("One. ![A graph](/media/graph.png)", "One.", "| a |\n|---|"))

    assert not re.findall(r"<(?:script|link|img|iframe|form)\b|\ssrc=|@import|url\(", text)
    assert "[Picture: A graph]" in text
    assert not re.findall(r'href="/', text)
    names = re.findall(r'\sid="([^"]*)"', text)
    assert len(names) == len(set(names))


def test_the_file_is_named_by_course_and_module(client):
    module = module_of("One.")
    slug = module.edition.course.slug

    response = client.get(f"{address_of(module)}file/")

    name = f'attachment; filename="{slug}-the-module.html"'
    assert response["Content-Disposition"] == name


def test_the_file_may_be_had_by_whoever_may_read(client):
    draft = module_of("Not yet.", published_at=None)
    enrolment = EnrolmentFactory(edition=module_of("The old words.").edition)
    newer = EditionFactory(course=enrolment.edition.course, number=2)
    LessonFactory(module=ModuleFactory(edition=newer, key="the-module"), text="The new words.")
    module = enrolment.edition.modules.get()

    assert client.get(f"{address_of(draft)}file/").status_code == 404
    assert client.get(f"{enrolment.edition.get_absolute_url()}modules/x/file/").status_code == 404
    assert "The new words." in file_of(client, module)
    client.force_login(enrolment.learner)
    assert "The old words." in file_of(client, module)
    assert enrolment.learner.name not in file_of(client, module)


@pytest.mark.parametrize("lessons", [1, 40])
def test_the_file_costs_the_same_for_any_number_of_lessons(client, count_queries, lessons):
    module = module_of(*["Text."] * lessons)

    with count_queries(3):
        file_of(client, module)


def test_what_is_told_of_the_file_is_near_what_comes(client):
    module = module_of("A tonne. " * 400, "Another tonne. " * 300)

    told = int(
        re.search(
            r"as one file \(about (\d+) KB\)", client.get(address_of(module)).content.decode()
        )[1]
    )

    assert abs(told - len(file_of(client, module)) / KB) < 1.5


def test_links_are_listed_once_and_only_those_that_lead_elsewhere():
    texts = [
        '<a href="https://a.example/">A <b>rule</b></a> <a href="https://site/x">here</a>',
        '<a rel="noopener" href="https://a.example/">again</a>',
    ]

    assert named_links(texts, site="https://site") == [("https://a.example/", "A rule")]


def test_a_picture_without_words_leads_back_to_the_lesson():
    assert "see the lesson on the site" in on_paper(
        '<img src="/media/x.png" alt=""><small class="weight">Picture, 9 KB</small>', site=""
    )


# --- On the device ----------------------------------------------------------------------


def test_a_learner_is_offered_to_keep_each_module_and_nobody_else_is(client):
    module = module_of("One.", "Two.")
    QuizFactory(edition=module.edition, slug="check", module=module)
    enrolment = EnrolmentFactory(edition=module.edition)
    course = module.edition.get_absolute_url()
    lessons = " ".join(f"{course}{slug_of(module, position)}/" for position in (1, 2))

    for person in (None, UserFactory()):
        if person:
            client.force_login(person)
        for page in (course, address_of(module)):
            text = client.get(page).content.decode()
            assert "data-keep" not in text
            assert "keeping.js" not in text
            assert f"{address_of(module)}file/" in text
    client.force_login(enrolment.learner)
    for page in (course, address_of(module)):
        text = client.get(page).content.decode()
        assert text.count("data-keep=") == 1
        assert f'data-lessons="{lessons}"' in text
        # Shown by the script that makes it work.
        assert re.search(r'<div class="actions" hidden data-keep="the-module"', text)


def slug_of(module, position: int) -> str:
    return module.lessons.get(position=position).slug


def test_pages_name_for_whom_they_may_be_kept(client):
    module = module_of("One.")
    enrolment = EnrolmentFactory(edition=module.edition)
    course = module.edition.get_absolute_url()
    pages = (course, address_of(module), f"{course}{slug_of(module, 1)}/")

    for page in pages:
        assert "Keep-For" not in client.get(page)
    client.force_login(enrolment.learner)
    for page in pages:
        response = client.get(page)
        assert response["Keep-For"] == str(enrolment.learner.uuid)
        assert response["Keep-Version"] == "1-"
        assert response["Cache-Control"] == "no-store"
        assert response.cookies["here"].value == str(enrolment.learner.uuid)
        assert response.cookies["here"]["samesite"] == "Strict"


@pytest.mark.parametrize("is_remembered", [True, False])
def test_who_is_here_is_known_until_the_session_ends_and_no_longer(client, is_remembered):
    enrolment = EnrolmentFactory(edition=module_of("One.").edition)
    client.force_login(enrolment.learner)
    session = client.session
    session.set_expiry(settings.SESSION_COOKIE_AGE if is_remembered else 0)
    session.save()
    # Signed in thirteen days ago.
    row = Session.objects.filter(session_key=session.session_key)
    row.update(expire_date=timezone.now() + timedelta(days=1))

    cookie = client.get(enrolment.edition.get_absolute_url()).cookies["here"]

    lasts = cookie["max-age"]
    assert DAY - 60 < lasts <= DAY if is_remembered else lasts == ""


def test_nobody_is_here_after_signing_out_or_when_the_session_ended(client):
    enrolment = EnrolmentFactory(edition=module_of("One.").edition)
    course = enrolment.edition.get_absolute_url()

    def come_in() -> None:
        client.force_login(enrolment.learner)
        client.get(course)
        assert "here" not in client.get("/about/").cookies
        assert client.cookies["here"].value

    come_in()
    client.post("/account/sign-out/")
    assert client.cookies["here"].value == ""
    for end in (Session.objects.all().delete, lambda: client.cookies.pop("session")):
        come_in()
        end()
        answer = client.get("/about/")
        assert (answer.cookies["here"]["max-age"], answer["Cache-Control"]) == (0, "no-store")
    come_in()
    client.force_login(UserFactory())
    assert client.get("/about/").cookies["here"].value == ""


def test_a_correction_and_an_edition_change_what_is_told_of_the_words(client):
    module = module_of("One.")
    enrolment = EnrolmentFactory(edition=module.edition)
    client.force_login(enrolment.learner)

    def told() -> str:
        return client.get(module.edition.get_absolute_url())["Keep-Version"]

    found = [told()]
    for days in (0, 1):
        LessonRevisionFactory(lesson=module.lessons.get(), at=JOINED + timedelta(days=days))
        found.append(told())
    other = LessonRevisionFactory(at=JOINED + timedelta(days=9)).lesson
    assert other.edition != module.edition

    assert len(set(found)) == 3
    assert told() == found[-1]


def test_weights_are_of_all_pages_that_are_kept():
    lesson = page_kb(9_000)

    assert kept_kb([]) == 23
    assert 27 <= kept_kb([lesson] * 3) - kept_kb([lesson] * 2) <= 31
    assert file_kb([]) == 4
    assert 8 <= file_kb([lesson] * 3) - file_kb([lesson] * 2) <= 10


def test_what_is_on_the_device_is_told_by_a_page_that_names_nobody(client):
    person = UserFactory(name="Somebody With A Name")
    client.force_login(person)

    text = client.get("/offline/").content.decode()

    assert "On this device" in text
    assert len(gzip.compress(text.encode())) < 6 * KB
    client.logout()
    worker = client.get("/sw.js").content.decode()
    assert 'OFFLINE = "/offline/"' in worker
    # What a visitor is told is what the worker keeps.
    assert "Somebody With A Name" not in client.get("/offline/").content.decode()


def scripts_of(*names: str) -> set[str]:
    """Scripts with all that they load at once."""
    found: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name in found:
            continue
        found.add(name)
        loads = re.findall(r'^import .* from "\./([^"]+)"', source_of(name), re.MULTILINE)
        ahead += [f"courses/{one}" for one in loads]
    return found


def source_of(name: str) -> str:
    path = finders.find(name)
    assert isinstance(path, str), name
    with open(path) as file:
        return file.read()


@pytest.mark.parametrize("name", ["courses/lesson.js", "courses/keeping.js"])
def test_what_a_learners_page_loads_of_scripts_is_light(name):
    everywhere = ("partnership/site.js", "partnership/theme.js")
    names = scripts_of(name, "courses/self-check.js", *everywhere)

    packed = sum(len(gzip.compress(source_of(one).encode())) for one in names)

    assert "courses/ticks.js" in names
    assert packed < 12 * KB


def test_the_worker_keeps_every_script_that_a_kept_page_loads(client):
    worker = client.get("/sw.js").content.decode()

    for name in scripts_of("courses/lesson.js", "courses/keeping.js", "courses/quiz.js"):
        assert name.removesuffix(".js") in worker, name


def test_the_outline_of_a_learner_keeps_to_its_weight(client, content):
    for edition in Edition.objects.newest():
        client.force_login(EnrolmentFactory(edition=edition).learner)
        page = client.get(edition.get_absolute_url()).content
        assert len(gzip.compress(page)) < 14 * KB, edition
