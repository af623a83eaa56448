"""The library as everybody reads it, and the desk of who keeps it."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnership.accounts.models import Role
from partnership.information.models import Document, Passage
from partnership.lib import clock
from partnership.lib.text.slugs import free_slug
from partnership.sources.models import Sector
from tests.factories.information import DocumentFactory, FileFactory, VersionFactory
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory
from tests.information.library.test_drawing import paper
from tests.site.people import VISITOR, client_of

pytestmark = pytest.mark.django_db
ADDED = {"title": "Letter template", "kind": "template", "address": "https://a.example/x"}


def shelf(number: int) -> list[Document]:
    """So many documents, each with two versions, a country and a sector."""
    found = []
    for n in range(number):
        row = DocumentFactory(slug=f"guide-{n}", kind=["guidance", "report"][n % 2])
        FileFactory(document=row, key=f"library/{n}")
        VersionFactory(document=row, number=2)
        row.countries.add(CountryFactory(iso3="QAA"))
        row.sectors.add(Sector.objects.first() or SectorFactory(slug="energy"))
        found.append(row)
    return found


@pytest.fixture
def editor() -> Client:
    return client_of(Role.DATA_EDITOR)


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_costs_the_same_for_any_number_of_documents(client, number, count_queries):
    rows = shelf(number)
    costs = {"/library/": 6, "/library/?kind=guidance&q=guide": 7}
    costs |= {rows[0].get_absolute_url(): 6, "/library/topics/energy/": 6}
    costs |= {"/api/v1/documents/": 8}

    for address, queries in costs.items():
        with count_queries(queries):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_the_desk_costs_the_same_for_any_number_of_documents(editor, number, count_queries):
    rows = shelf(number)
    editor.get("/desk/library/")

    with count_queries(7):
        editor.get("/desk/library/")
    with count_queries(11):
        editor.get(f"/desk/library/{rows[0].slug}/")


def test_filters_tell_how_many_each_choice_would_show(client):
    shelf(3)
    page = client.get("/library/?country=QAA")
    choices = dict(page.context["form"].fields["kind"].choices)

    assert (choices["guidance"], choices["report"]) == ("guidance (2)", "report (1)")
    assert [chip.without for chip in page.context["chips"]] == ["?"]
    assert client.get("/library/?kind=video").status_code == 400


def test_an_empty_library_says_why(client):
    assert "No document has been published" in client.get("/library/").content.decode()


def test_an_older_version_says_so_under_its_own_address(client):
    row = shelf(1)[0]
    old, new = (client.get(f"/library/{row.slug}/{n}/").content.decode() for n in (1, 2))

    assert "It was replaced by version 2." in " ".join(old.split())
    assert "An older version" not in new
    assert client.get(f"/library/{row.slug}/3/").status_code == 404


def test_a_title_in_arabic_stands_in_its_own_direction(client):
    row = VersionFactory(document=DocumentFactory(title="نموذج رسالة", language="ar")).document

    assert (
        '<h1 lang="ar" dir="auto">نموذج رسالة</h1>'
        in client.get(row.get_absolute_url()).content.decode()
    )


def test_a_title_without_latin_letters_gives_no_bare_number_as_an_address():
    assert free_slug("《巴黎协定》第六条（2024）", {"document"}, instead="document") == "document-2"
    assert free_slug("Decision 2/CMA.3", (), instead="document") == "decision-2cma3"


def hidden(how: str) -> str:
    """The slug of a document that is not public, with a file that lies there."""
    key = default_storage.save("library/hidden", ContentFile(b"%PDF-1.7\n"))
    row = FileFactory(document=DocumentFactory(slug="hidden"), key=key, published_at=None).document
    if how == "withdrawn":
        row.versions.update(published_at=clock.now())
        Document.objects.update(withdrawn_at=clock.now(), withdrawn_because="Wrong")
    return "hidden"


@pytest.mark.parametrize("how", ["draft", "withdrawn"])
@pytest.mark.parametrize("role", [VISITOR, Role.TRAINER, Role.FOCAL_POINT])
def test_what_is_not_public_does_not_exist_for_others(how, role):
    slug, client = hidden(how), client_of(role)
    addresses = ["/library/{}/", "/library/{}/1/", "/library/{}/1/file/", "/api/v1/documents/{}/"]

    assert {client.get(address.format(slug)).status_code for address in addresses} == {404}
    assert client.get("/api/v1/documents/").json()["results"] == []
    assert slug not in client.get("/sitemap.xml").content.decode()


def test_a_keeper_reads_what_is_not_public(editor):
    slug = hidden("draft")
    file = editor.get(f"/library/{slug}/1/file/")

    assert b"".join(file.streaming_content) == b"%PDF-1.7\n"
    assert file["Content-Disposition"] == 'attachment; filename="hidden-1.pdf"'
    assert "sandbox" in file["Content-Security-Policy"]
    assert "Draft" in editor.get(f"/library/{slug}/").content.decode()


def test_a_document_is_added_published_replaced_and_withdrawn_on_the_desk(editor):
    file = SimpleUploadedFile("letter.pdf", paper("Letter"))
    editor.post("/desk/library/add/", {**ADDED, "day": "2024-05", "file": file})
    row, desk = Document.objects.get(), "/desk/library/letter-template/"
    public = Client()
    assert public.get("/library/letter-template/").status_code == 404

    editor.post(desk, {"do": "publish"})
    assert "May 2024" in public.get("/library/letter-template/").content.decode()
    editor.post(desk, {"do": "version", "address": "https://a.example/y"})
    assert row.versions.count() == 1
    editor.post(desk, {"do": "version", "address": "https://a.example/y", "what_changed": "More"})
    editor.post(desk, {"do": "publish"})
    assert [one.number for one in row.versions.published()] == [2, 1]

    editor.post(desk, {"do": "withdraw", "because": "Wrong"})
    assert public.get("/library/letter-template/").status_code == 404
    editor.post(desk, {"do": "show"})
    assert public.get("/library/letter-template/").status_code == 200


def test_what_cannot_be_kept_is_told_beside_its_field(editor):
    page = editor.post("/desk/library/add/", {"title": "x", "kind": "report", "day": "spring"})

    assert set(page.context["version_form"].errors) == {"day", "file"}
    assert not Document.objects.exists()


def test_one_box_names_all_that_is_wrong_and_says_that_the_file_is_to_be_chosen_again(editor):
    sent = {"title": "x" * 301, "kind": "report", "day": "spring", "file": BytesIO(b"no paper")}

    page = editor.post("/desk/library/add/", sent).content.decode()

    assert page.count("Nothing was saved") == 1
    box = page.partition('class="error-summary"')[2].partition("</div>")[0]
    assert "Published on: " in box
    assert "Title: " in box
    assert "Choose the file again" in box


def test_a_country_shows_its_documents(client):
    shelf(2)
    page = client.get("/members/countries/qaa/").content.decode()

    assert [f"/library/guide-{n}/" in page for n in range(2)] == [True, True]


def test_a_topic_that_is_none_does_not_exist(client):
    assert client.get("/library/topics/nothing/").status_code == 404


def test_search_finds_the_text_of_a_file(client):
    version = FileFactory()
    Passage.objects.create(version=version, number=1, text="quokka")
    from partnership.information.library import entries

    entries.write(version.document.slug)

    assert version.document.title in client.get("/search/?q=quokka").content.decode()
