"""The shelf's pages, and who is given a picture."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.authoring import previews
from courses.authoring.shelf import views
from courses.authoring.shelf.models import Picture
from partnership.accounts.models import Role
from partnership.lib import clock
from tests.courses.authoring.shelf.pictures import clean_here, on_the_shelf, png
from tests.courses.authoring.shelf.test_shelf import written
from tests.courses.authoring.writing import desk
from tests.courses.learning.desks import Desk, signed_in
from tests.factories.accounts import UserFactory, person_with
from tests.factories.courses import (
    CourseFactory,
    EditionFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
    asked,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_processes(monkeypatch):
    """Pictures are read here: what the child does has its own tests."""
    monkeypatch.setattr(views.services, "cleaned", lambda file, widths: clean_here(file.read()))


def sent(name: str = "map.png", alt: str = "A <b>map</b>", **how) -> dict:
    return {"file": SimpleUploadedFile(name, png(**how)), "alt": alt}


def status(client: Client, address: str) -> int:
    return client.get(address).status_code


def test_a_trainer_sends_a_picture_and_finds_what_to_paste(draft):
    page = desk(draft)
    answer = page.client.post(page.address("pictures/"), sent())
    row = Picture.objects.get()

    assert answer["Location"] == f"/desk/courses/t-w/pictures/#picture-{row.uuid}"
    assert row.added_by == page.trainer
    html = page.page("pictures/")
    assert "![A \\&lt;b\\&gt;map\\&lt;/b\\&gt;](/media/pictures/" in html
    assert "No text names it." in html
    written(draft, "a", row.markdown)
    assert 'href="/desk/courses/t-w/draft/lessons/a/"' in page.page("pictures/")


def test_what_is_no_picture_is_answered_beside_the_field(draft):
    page = desk(draft)
    file = SimpleUploadedFile("map.png", b"MZ is no picture")

    answer = page.client.post(page.address("pictures/"), {"file": file, "alt": "A map"})

    assert answer.status_code == 400
    html = answer.content.decode()
    assert "This is no picture that is read here." in html
    assert 'value="A map"' in html
    assert "Picture: This field is required" in _posted(page, "pictures/", {"alt": "x"})


def _posted(page: Desk, path: str, told: dict) -> str:
    return page.client.post(page.address(path), told, follow=True).content.decode()


def test_a_picture_is_told_in_words_taken_off_and_put_back(draft):
    page, row = desk(draft), on_the_shelf(draft.course, alt="")
    of = {"picture": str(row.uuid)}
    assert "no words yet" in page.page("pictures/")

    assert "Saved." in _posted(page, "pictures/", {**of, "do": "describe", "alt": "Who decides"})
    written(draft, "a", row.address)
    assert "It stays: texts name it (1): draft: A." in _posted(
        page, "pictures/", {**of, "do": "remove"}
    )
    written(draft, "a", "")
    assert "It can be put back." in _posted(page, "pictures/", {**of, "do": "remove"})
    assert "“Who decides” is back." in _posted(page, "pictures/", {**of, "do": "put-back"})
    assert page.client.post(page.address("pictures/"), {**of, "do": "burn"}).status_code == 400
    other = Desk(CourseFactory())
    assert other.client.post(other.address("pictures/"), {**of, "do": "remove"}).status_code == 404


def test_the_editor_offers_the_shelf_and_takes_a_picture_by_the_way(draft):
    page, row = desk(draft), on_the_shelf(draft.course)
    assert 'data-address="/desk/courses/t-w/pictures/choose/"' in page.page("draft/lessons/a/")
    assert "![A map](" in page.page("pictures/choose/")

    answer = page.client.post(page.address("pictures/choose/"), sent(colour="red"))

    assert answer.status_code == 200
    newest = Picture.objects.exclude(pk=row.pk).get()
    assert (
        f'data-sent="![A \\&lt;b\\&gt;map\\&lt;/b\\&gt;]({newest.address}'
        in answer.content.decode()
    )
    wrong = page.client.post(page.address("pictures/choose/"), {"alt": "x"})
    assert (wrong.status_code, "is-wrong" in wrong.content.decode()) == (400, True)


@pytest.mark.parametrize(("path", "number"), [("pictures/", 14), ("pictures/choose/", 5)])
def test_lists_ask_as_much_for_many_pictures_as_for_one(draft, count_queries, path, number):
    page = desk(draft)
    page.page(path)
    for colour in ("red", "blue", "green"):
        row = on_the_shelf(draft.course, colour=colour)
        written(draft, "a", row.markdown)
        with count_queries(number):
            page.page(path)


def test_a_picture_of_a_draft_is_for_who_writes_the_course_alone(draft):
    row = on_the_shelf(draft.course)
    written(draft, "a", row.markdown)
    unsworn = desk(draft, UserFactory()).client
    strangers = [Client(), signed_in(UserFactory()), unsworn]
    strangers += [Desk(CourseFactory()).client, signed_in(person_with(Role.DATA_EDITOR))]

    assert [status(one, row.address) for one in strangers] == [404] * 5
    for one in (desk(draft).client, signed_in(person_with(Role.ADMINISTRATOR))):
        answer = one.get(row.address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer.content[8:12] == b"WEBP"
    assert status(one, row.address.replace("800", "1280")) == 404


def test_a_picture_of_a_published_lesson_is_everybodys_and_stays_in_their_browser(draft):
    row = on_the_shelf(draft.course)
    edition = EditionFactory(course=draft.course, number=7)
    LessonFactory(module=ModuleFactory(edition=edition), text=row.markdown)

    for client in (Client(), signed_in(UserFactory())):
        answer = client.get(row.smallest)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
        assert "sandbox" in answer["Content-Security-Policy"]
    assert status(Client(), row.address.replace(str(row.uuid)[:8], "00000000")) == 404


def test_a_picture_of_a_question_is_for_who_is_signed_in(draft):
    row = on_the_shelf(draft.course)
    edition = EditionFactory(course=draft.course, number=7)
    version = asked(QuizFactory(edition=edition))
    learner = signed_in(UserFactory())
    assert status(learner, row.address) == 404

    version.prompt = row.markdown
    version.save()

    assert (status(learner, row.address), status(Client(), row.address)) == (200, 404)


def test_who_reads_a_draft_by_its_link_sees_its_pictures_by_the_same_link(draft):
    row, other = on_the_shelf(draft.course), on_the_shelf(draft.course, colour="red")
    written(draft, "a", row.markdown)
    token = previews.link_of(draft.edition, clock.now())
    html = Client().get(f"/drafts/{token}/a/").content.decode()

    address = row.address.replace("/media/", f"/drafts/{token}/")
    assert f'src="{address}"' in html
    assert "/media/pictures/" not in html
    assert status(Client(), address) == 200
    assert status(Client(), address.replace(str(row.uuid), str(other.uuid))) == 404
    assert status(Client(), address.replace(token, "x")) == 404
    draft.edition.published_at = clock.now()
    draft.edition.save()
    assert status(Client(), address) == 404


def test_a_lesson_asks_nothing_for_its_pictures(count_queries):
    edition = EditionFactory()
    lesson = LessonFactory(module=ModuleFactory(edition=edition), text="Words.")
    rows = [on_the_shelf(edition.course, colour=colour) for colour in ("red", "blue", "green")]
    address = reverse("courses:lesson", args=[edition.course.slug, lesson.slug])
    Client().get(address)
    for n in (0, 1, 3):
        lesson.text = "Words.\n\n" + "\n\n".join(row.markdown for row in rows[:n])
        lesson.save()
        with count_queries(5):
            html = Client().get(address).content.decode()
        assert html.count("srcset=") == n
        assert ("pictures 3 KB" in html) == (n == 3)
    address = reverse("courses:module", args=[edition.course.slug, lesson.module.key])
    assert "pictures 3 KB" in Client().get(address).content.decode()
    assert "KB · pictures 3 KB ·" in Client().get(edition.get_absolute_url()).content.decode()
