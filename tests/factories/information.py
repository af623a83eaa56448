from __future__ import annotations

from datetime import UTC, date, datetime

import factory

from partnership.information.models import Document, DocumentVersion

AT = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)


class DocumentFactory(factory.django.DjangoModelFactory):
    """A document without a version is public to nobody."""

    class Meta:
        model = Document
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"document-{n}")
    title = factory.LazyAttribute(lambda row: f"Guide {row.slug}")
    kind = "guidance"
    publisher = "A ministry"
    language = "en"


class VersionFactory(factory.django.DjangoModelFactory):
    """A published one with an address."""

    class Meta:
        model = DocumentVersion

    document = factory.SubFactory(DocumentFactory)
    number = 1
    what_changed = factory.LazyAttribute(lambda row: "Corrected." if row.number > 1 else "")
    on = date(2024, 5, 27)
    address = factory.LazyAttribute(
        lambda row: f"https://ministry.example/{row.document.slug}/{row.number}"
    )
    added_at = AT
    published_at = AT


class FileFactory(VersionFactory):
    """One with a file, whose bytes are the test's own business."""

    address = ""
    file_kind = "pdf"
    key = factory.Sequence(lambda n: f"library/of-tests-{n}")
    size = 9
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    drawn = "whole"
