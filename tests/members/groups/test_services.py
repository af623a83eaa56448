"""Working groups: dated seats, documents with their versions, and who may change what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from partnership.accounts.models import Role, User
from partnership.audit.models import AuditEntry
from partnership.lib.packages import MOST_PARTS
from partnership.mail.models import OutboxMessage
from partnership.members.groups import services
from partnership.members.groups.files import MOST_BYTES
from partnership.members.models import GroupDocument, GroupSeat, WorkingGroup
from partnership.members.refusals import FileRefused, NotYours
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory, person_with
from tests.factories.groups import GroupDocumentFactory, GroupSeatFactory, WorkingGroupFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def admin(db) -> User:
    return person_with(Role.ADMINISTRATOR)


def package(*names: str, mimetype: bytes = b"") -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, b"x")
    return content.getvalue()


def add(group: WorkingGroup, content: bytes, by: User, **more) -> GroupDocument:
    about = services.Described("Draft", "en", **more)
    file = ContentFile(content, name="../../a.exe")
    return services.add_document(group, file, about, by=by, at=NOON)


def kept() -> set[str]:
    return set(default_storage.listdir("groups")[1]) if default_storage.exists("groups") else set()


def test_two_groups_of_one_name_are_refused_and_other_scripts_get_an_address_too(admin):
    first = services.found("  Tracking   of ITMOs ", "Why.", by=admin, at=NOON)
    second = services.found("追跡", "Why.", by=admin, at=NOON)
    third = services.found("報告", "Why.", by=admin, at=NOON)

    assert (first.name, first.slug) == ("Tracking of ITMOs", "tracking-of-itmos")
    assert (second.slug, third.slug) == ("group", "group-2")
    with pytest.raises(services.NameTaken):
        services.found("tracking of itmos", "Again.", by=admin, at=NOON)


def test_only_the_secretariat_founds_seats_and_closes(admin):
    seat = GroupSeatFactory(is_chair=True)
    chair, group = seat.person, seat.group

    for change in (
        lambda: services.found("Mine", "Why.", by=chair, at=NOON),
        lambda: services.seat(group, UserFactory(), is_chair=False, by=chair, at=NOON),
        lambda: services.end_seat(seat, by=chair, at=NOON),
        lambda: services.close(group, by=chair, at=NOON),
    ):
        with pytest.raises(NotYours):
            change()
    assert WorkingGroup.objects.count() == GroupSeat.objects.count() == 1


def test_a_seat_is_given_once_told_once_and_ends_without_being_deleted(admin):
    group, person = WorkingGroupFactory(), UserFactory(language="fr")

    seat = services.seat(group, person, is_chair=False, by=admin, at=NOON)
    with pytest.raises(services.SeatHeld):
        services.seat(group, person, is_chair=False, by=admin, at=NOON)
    services.seat(group, person, is_chair=True, by=admin, at=NOON)
    services.end_seat(seat, by=admin, at=NOON)
    services.end_seat(seat, by=admin, at=NOON + timedelta(days=3))

    seat.refresh_from_db()
    assert (seat.is_chair, seat.ends_on) == (True, TODAY)
    (mail,) = OutboxMessage.objects.all()
    assert mail.subject == f"Groupe de travail : {group.name}"
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "group.seat",
        "group.seat",
        "group.end_seat",
    ]


def test_a_seat_that_ended_today_goes_on_and_one_of_before_is_a_new_line(admin):
    group, person = WorkingGroupFactory(), UserFactory()
    GroupSeatFactory(group=group, person=person, ends_on=TODAY - timedelta(days=1))

    seat = services.seat(group, person, is_chair=False, by=admin, at=NOON)
    services.end_seat(seat, by=admin, at=NOON)
    again = services.seat(group, person, is_chair=False, by=admin, at=NOON)

    assert again.pk == seat.pk
    assert GroupSeat.objects.filter(person=person).count() == 2
    assert OutboxMessage.objects.count() == 1


def test_one_holds_a_seat_once_and_it_does_not_end_before_it_begins(db):
    seat = GroupSeatFactory()

    with refused_by("group_seat_held_once"):
        GroupSeatFactory(group=seat.group, person=seat.person, begins_on=date(2026, 2, 1))
    with refused_by("group_seat_ends_after_it_begins"):
        GroupSeatFactory(ends_on=date(2025, 12, 31))


def test_a_group_closes_once_and_then_takes_nothing(admin):
    group, before = WorkingGroupFactory(), kept()
    services.close(group, by=admin, at=NOON)
    group.refresh_from_db()

    assert group.closed_on == TODAY
    for change in (
        lambda: services.close(group, by=admin, at=NOON),
        lambda: services.seat(group, UserFactory(), is_chair=False, by=admin, at=NOON),
        lambda: add(group, PDF, admin),
    ):
        with pytest.raises(services.GroupClosed):
            change()
    assert kept() == before


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (package("[Content_Types].xml", "word/document.xml"), "docx"),
        (package("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (package("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (package(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
    ],
    ids=["pdf", "docx", "xlsx", "pptx", "odt"],
)
def test_a_document_is_known_by_its_content_and_kept_under_a_key_of_ours(admin, content, kind):
    row = add(WorkingGroupFactory(), content, admin)

    assert (row.kind, row.size) == (kind, len(content))
    with default_storage.open(row.key) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90",
        b"<html>",
        b"PK\x03\x04 and no package",
        package("word/document.xml"),
        package("[Content_Types].xml", "other/part.xml"),
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        package(mimetype=b"application/epub+zip"),
        package("[Content_Types].xml", *(f"word/{n}" for n in range(MOST_PARTS))),
        PDF.ljust(MOST_BYTES + 1),
    ],
    ids=[
        "empty",
        "program",
        "page",
        "half",
        "no types",
        "other",
        "macros",
        "book",
        "parts",
        "large",
    ],
)
def test_what_is_no_document_is_refused_and_nothing_is_kept(admin, content):
    before = kept()

    with pytest.raises(FileRefused):
        add(WorkingGroupFactory(), content, admin)

    assert kept() == before
    assert not GroupDocument.objects.exists()


def test_the_same_file_again_and_a_second_successor_are_refused_and_leave_no_file(admin):
    group, before = WorkingGroupFactory(), kept()
    first = add(group, PDF, admin)
    add(group, PDF + b"2", admin, replaces=first, what_changed="  The   table. ")

    with pytest.raises(services.DocumentThere):
        add(group, PDF, admin)
    with pytest.raises(services.DocumentThere):
        add(group, PDF + b"3", admin, replaces=first)
    assert GroupDocument.objects.get(replaces=first).what_changed == "The table."
    assert len(kept() - before) == 2


def test_a_chair_of_today_adds_and_withdraws_and_a_member_or_a_former_chair_does_not(admin):
    group = WorkingGroupFactory()
    chair = GroupSeatFactory(group=group, is_chair=True).person
    member = GroupSeatFactory(group=group).person
    former = GroupSeatFactory(group=group, is_chair=True, ends_on=date(2026, 3, 1)).person

    row = add(group, PDF, chair)
    for other in (member, former, UserFactory()):
        with pytest.raises(NotYours):
            add(group, PDF + b"2", other)
        with pytest.raises(NotYours):
            services.withdraw(row, by=other, at=NOON)
    services.withdraw(row, by=chair, at=NOON)
    services.withdraw(row, by=chair, at=NOON + timedelta(days=1))

    row.refresh_from_db()
    assert row.withdrawn_at == NOON
    assert AuditEntry.objects.filter(verb="group.withdraw_document").count() == 1
    assert add(group, PDF, chair).pk != row.pk


def test_the_database_shows_a_file_once_and_keeps_no_empty_one(db):
    row = GroupDocumentFactory()

    with refused_by("group_document_shown_once"):
        GroupDocumentFactory(group=row.group, sha256=row.sha256)
    with refused_by("group_document_is_not_empty"):
        GroupDocumentFactory(size=0)
