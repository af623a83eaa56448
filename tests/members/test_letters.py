"""Official letters: known by their content, kept under a key of ours, or refused whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from partnership.accounts.models import Role, User
from partnership.members.models import OfficialLetter
from partnership.members.refusals import (
    FileRefused,
)
from partnership.members.services.letters import MOST_BYTES, store_letter
from tests.constraints import refused_by
from tests.factories.accounts import person_with
from tests.factories.members import (
    CountryFactory,
    OfficialLetterFactory,
    of,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def admin(db) -> User:
    return person_with(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n123", "image/png"),
        (b"\xff\xd8\xff\xe0123", "image/jpeg"),
    ],
)
def test_a_letter_is_known_by_its_content_and_kept_under_a_key_of_ours(admin, content, kind):
    file = ContentFile(content, name="../../etc/a letter.html")

    letter = store_letter(file, of(CountryFactory()), written_on=TODAY, by=admin, at=NOON)

    assert (letter.kind, letter.size) == (kind, len(content))
    assert letter.key.startswith("letters/")
    assert "letter.html" not in letter.key
    with default_storage.open(letter.key) as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"MZ\x90", b"GIF89a", b"PK\x03\x04", b" %PDF-1.7", b"%PD"]
)
def test_what_is_no_letter_is_refused_and_nothing_is_kept(admin, content):
    with pytest.raises(FileRefused):
        store_letter(
            ContentFile(content, name="letter.pdf"),
            of(CountryFactory()),
            written_on=TODAY,
            by=admin,
            at=NOON,
        )
    assert not OfficialLetter.objects.exists()


def test_a_letter_over_ten_megabytes_is_refused(admin):
    file = ContentFile(PDF + bytes(MOST_BYTES), name="letter.pdf")

    with pytest.raises(FileRefused):
        store_letter(file, of(CountryFactory()), written_on=TODAY, by=admin, at=NOON)


def test_with_a_full_disk_nothing_is_half_stored(admin, monkeypatch):
    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    with pytest.raises(FileRefused, match="no room"):
        store_letter(
            ContentFile(PDF, name="x"), of(CountryFactory()), written_on=TODAY, by=admin, at=NOON
        )
    assert not OfficialLetter.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("letter_of_one_country_or_institution", {"country": None}),
        ("letter_is_of_a_known_kind", {"kind": "text/html"}),
        ("letter_is_not_empty", {"size": 0}),
    ],
)
def test_a_letter_that_cannot_be_is_refused_by_the_database(constraint, wrong):
    with refused_by(constraint):
        OfficialLetterFactory(**wrong)
