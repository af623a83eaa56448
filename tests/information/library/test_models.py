from __future__ import annotations

import pytest

from partnership.information.models import Document, DocumentVersion, Passage
from partnership.lib import clock
from tests.constraints import refused_by
from tests.factories.information import DocumentFactory, FileFactory, VersionFactory

pytestmark = pytest.mark.django_db


def test_a_document_is_withdrawn_for_a_reason():
    with refused_by("document_withdrawn_for_a_reason"):
        DocumentFactory(withdrawn_at=clock.now())


def test_a_number_names_one_version():
    row = VersionFactory()
    with refused_by("document_version_once"):
        VersionFactory(document=row.document, number=1)


def test_a_document_has_one_draft_version():
    row = VersionFactory(published_at=None)
    with refused_by("document_has_one_draft_version"):
        VersionFactory(document=row.document, number=2, published_at=None)


def test_versions_are_counted_from_one():
    with refused_by("document_version_from_one"):
        VersionFactory(number=0)


def test_a_later_version_says_what_changed():
    with refused_by("document_version_says_what_changed"):
        VersionFactory(number=2, what_changed="")


@pytest.mark.parametrize("lacks", [{"size": None}, {"sha256": ""}, {"key": ""}, {"drawn": "none"}])
def test_a_file_is_whole_or_there_is_none(lacks):
    with refused_by("document_file_is_whole_or_none"):
        FileFactory(**lacks)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [({"number": 0}, "passage_from_page_one"), ({"text": ""}, "passage_has_text")],
)
def test_a_passage_is_the_text_of_a_page(wrong, constraint):
    row = {"version": FileFactory(), "number": 1, "text": "A letter", **wrong}
    with refused_by(constraint):
        Passage.objects.create(**row)


def test_a_page_has_one_passage():
    row = Passage.objects.create(version=FileFactory(), number=1, text="A letter")
    with refused_by("passage_once"):
        Passage.objects.create(version=row.version, number=1, text="Another")


def test_public_is_what_has_a_published_version_and_is_not_withdrawn():
    shown = VersionFactory().document
    VersionFactory(published_at=None)
    DocumentFactory()
    VersionFactory(document=DocumentFactory(withdrawn_at=clock.now(), withdrawn_because="Wrong"))

    assert list(Document.objects.published()) == [shown]


def test_the_day_of_a_document_is_that_of_its_newest_published_version():
    row = VersionFactory(on=None)
    VersionFactory(document=row.document, number=2, published_at=None)

    assert Document.objects.dated().get().on is None
    DocumentVersion.objects.update(published_at=clock.now())
    assert Document.objects.dated().get().on is not None
