"""A document on its way into a draft, as the desk's pages show it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.authoring.parcels import services
from courses.authoring.parcels.models import CourseParcel
from courses.catalogue.models import Lesson
from tests.courses.authoring.bank.desks import Steps
from tests.courses.authoring.parcels.documents import docx, h, p
from tests.courses.authoring.parcels.test_parcels import LETTERS, read_in_this_process, sent
from tests.courses.authoring.writing import desk
from tests.courses.learning.desks import Desk
from tests.factories.courses import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_processes(monkeypatch):
    read_in_this_process(monkeypatch)


def test_a_document_is_sent_looked_at_taken_in_and_taken_back(draft):
    page = desk(draft)
    assert "Heading 1 begins a module" in page.page("draft/parcels/")
    file = SimpleUploadedFile("letters <b>.docx", LETTERS)
    place = page.client.post(page.address("draft/parcels/"), {"file": file})["Location"]
    one = CourseParcel.objects.get()
    assert "Renew now" in page.client.get(place).content.decode()
    services.look(Steps({"parcel": one.pk}))

    html = page.client.get(f"{place}?lesson=2").content.decode()
    assert "letters &lt;b&gt;.docx" in html
    assert "Take in 2 lessons" in html
    assert "Pictures without words: 1." in html
    assert "This is no picture that is read here." in html
    assert ">[Picture]</p>" in html
    assert ">[Picture: A [map]]</p>" in page.client.get(f"{place}?lesson=1").content.decode()
    html = page.client.post(f"{place}take/", follow=True).content.decode()
    assert "2 lessons were taken in." in html
    assert 'href="/desk/courses/t-w/draft/"' in html
    again = sent(draft)
    shown = page.page(f"draft/parcels/{again.uuid}/")
    assert "This very file was taken in on" in shown
    html = page.client.post(f"{place}take/", follow=True).content.decode()
    assert "This was taken in already" in html
    html = page.client.post(f"{place}back/", follow=True).content.decode()
    assert "Taken back." in html
    assert not Lesson.objects.filter(title="Who writes").exists()


def test_a_file_that_is_refused_is_told_beside_its_field_or_on_its_page(draft):
    page = desk(draft)
    file = SimpleUploadedFile("letters.pdf", b"%PDF-1.7")
    answer = page.client.post(page.address("draft/parcels/"), {"file": file})
    assert answer.status_code == 400
    assert "Send a file whose name ends in .docx" in answer.content.decode()
    one = sent(draft, b"MZ")
    assert "The file is damaged." in page.page(f"draft/parcels/{one.uuid}/")


def test_documents_are_of_their_course_and_of_a_draft(draft):
    one, other = sent(draft), Desk(EditionFactory(published_at=None).course)

    assert other.get(f"draft/parcels/{one.uuid}/").status_code == 404
    assert other.client.post(other.address(f"draft/parcels/{one.uuid}/take/")).status_code == 404
    assert other.client.get(desk(draft).address("draft/parcels/")).status_code == 404
    assert Desk(EditionFactory().course).get("draft/parcels/").status_code == 404


def test_the_list_and_the_page_ask_as_much_for_many_as_for_one(draft, count_queries):
    page, one = desk(draft), sent(draft, docx(h(1, "A"), h(2, "B"), p("x")), "a.docx")
    page.page("draft/parcels/")
    with count_queries(7):
        page.page("draft/parcels/")
    with count_queries(7):
        page.page(f"draft/parcels/{one.uuid}/")
    many = docx(*(part for n in range(9) for part in (h(1, f"A{n}"), h(2, f"B{n}"), p("x"))))
    for name in ("b.docx", "c.docx"):
        one = sent(draft, many, name)
    with count_queries(7):
        page.page("draft/parcels/")
    with count_queries(7):
        page.page(f"draft/parcels/{one.uuid}/")
