"""The pages of working groups: what each sees, and what each may send."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.members.models import GroupDocument, GroupSeat, WorkingGroup
from tests.factories.accounts import UserFactory, person_with
from tests.factories.groups import GroupDocumentFactory, GroupSeatFactory, WorkingGroupFactory
from tests.factories.members import AffiliationFactory
from tests.members.browsing import browser_of, text, today

pytestmark = pytest.mark.django_db

PAGE = "/groups/tracking/"
PDF = b"%PDF-1.7\n"


@pytest.fixture
def group(db) -> WorkingGroup:
    return WorkingGroupFactory(slug="tracking", name="Tracking")


@pytest.fixture
def admin(db):
    return browser_of(person_with(Role.ADMINISTRATOR))


def document_of(group: WorkingGroup, **more) -> GroupDocument:
    from django.core.files.base import ContentFile

    key = default_storage.save("groups/of-pages", ContentFile(PDF))
    return GroupDocumentFactory(group=group, key=key, **more)


def test_who_has_a_seat_today_sees_the_group_and_nobody_else_finds_it(group):
    row = document_of(group, title="The paper")
    file = f"{PAGE}documents/{row.uuid}/"
    member = browser_of(GroupSeatFactory(group=group).person)
    others = [
        browser_of(GroupSeatFactory(group=group, ends_on=today() - timedelta(days=1)).person),
        browser_of(GroupSeatFactory().person),
        browser_of(UserFactory()),
    ]

    assert "The paper" in text(member.get(PAGE))
    assert "Tracking" in text(member.get("/groups/"))
    for other in others:
        assert [other.get(page).status_code for page in (PAGE, file)] == [404, 404]
        assert "Tracking" not in text(other.get("/groups/"))


def test_a_file_is_given_to_be_kept_and_never_shown_in_a_page(group):
    row = document_of(group, title="Tracking: draft 1/2")
    member = browser_of(GroupSeatFactory(group=group).person)

    answer = member.get(f"{PAGE}documents/{row.uuid}/")

    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="tracking-draft-12.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_withdrawn_document_is_there_for_the_secretariat_alone(group, admin):
    row = document_of(group, title="Gone", withdrawn_at="2026-03-01T00:00Z")
    chair = browser_of(GroupSeatFactory(group=group, is_chair=True).person)
    file = f"{PAGE}documents/{row.uuid}/"

    assert "Gone" not in text(chair.get(PAGE))
    assert chair.get(file).status_code == 404
    assert "withdrawn" in text(admin.get(PAGE))
    assert admin.get(file).status_code == 200


def test_a_document_of_another_group_is_not_found_under_this_one(group, admin):
    other = document_of(WorkingGroupFactory())

    assert admin.get(f"{PAGE}documents/{other.uuid}/").status_code == 404
    sent = {"do": "withdraw", "row": str(other.uuid)}
    assert admin.post(PAGE, sent).status_code == 404


def test_names_and_posts_are_shown_and_no_address(group):
    colleague = AffiliationFactory(person__name="李小龍", title="Director").person
    GroupSeatFactory(group=group, person=colleague, is_chair=True)
    member = browser_of(GroupSeatFactory(group=group).person)

    page = text(member.get(PAGE))

    assert "<bdi>李小龍</bdi>" in page
    assert "Director" in page
    assert colleague.email not in page
    assert 'name="do"' not in page


def test_the_secretariat_founds_a_group_and_gives_a_seat_from_the_pages(admin):
    person = UserFactory(email="anna@ministry.example", name="Anna")

    founded = admin.post("/groups/", {"name": "Tracking", "purpose": "To compare."}, follow=True)
    seated = admin.post(PAGE, {"do": "seat", "email": "Anna@ministry.example"}, follow=True)

    assert "Now give out its seats" in text(founded)
    assert "Anna has a seat" in text(seated)
    seat = GroupSeat.objects.get(person=person)
    ended = admin.post(PAGE, {"do": "end", "row": seat.pk}, follow=True)
    assert "leaves the group with today" in text(ended)
    assert "ends today" in text(ended)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"do": "seat", "email": "nobody@ministry.example"}, "Invite the person first."),
        ({"do": "seat", "email": "nobody"}, "No seat was given"),
        ({"do": "add", "title": "T", "language": "en"}, "The document was not taken"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(group, admin, sent, told):
    answer = admin.post(PAGE, sent)

    assert answer.status_code == 200
    assert told in text(answer)
    assert f'value="{sent.get("email", sent.get("title"))}"' in text(answer)


def test_a_chair_adds_a_version_and_the_older_one_is_marked(group):
    older = document_of(group, title="Draft")
    chair = browser_of(GroupSeatFactory(group=group, is_chair=True).person)
    sent = {"do": "add", "title": "Draft 2", "language": "fr", "replaces": str(older.uuid)}
    sent["what_changed"] = "A new table"

    file = SimpleUploadedFile("a.pdf", PDF + b"2")
    page = text(chair.post(PAGE, {**sent, "file": file}, follow=True))

    assert "The document is in the list." in page
    assert page.index("Draft 2") < page.index(">older version<")
    assert "A new table" in page
    refused = chair.post(PAGE, {**sent, "replaces": "", "file": SimpleUploadedFile("b", b"MZ")})
    assert "This is another." in text(refused)


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "seat", "email": "person@ministry.example"},
        {"do": "end", "row": "1"},
        {"do": "close"},
    ],
)
def test_a_chair_cannot_do_what_the_secretariat_does(group, sent):
    UserFactory(email="person@ministry.example")
    seat = GroupSeatFactory(group=group, is_chair=True)
    chair = browser_of(seat.person)
    if sent["do"] == "end":
        sent["row"] = str(seat.pk)

    assert chair.post(PAGE, sent).status_code == 409
    assert chair.post("/groups/", {"name": "N", "purpose": "P"}).status_code == 409
    assert WorkingGroup.objects.get().closed_on is None
    assert GroupSeat.objects.get().ends_on is None


@pytest.mark.parametrize("sent", [{}, {"do": "x"}, {"do": "withdraw", "row": "x"}, {"do": "end"}])
def test_what_names_nothing_is_not_found(group, admin, sent):
    assert admin.post(PAGE, sent).status_code == 404


def test_a_closed_group_is_read_and_offers_no_form(group, admin):
    admin.post(PAGE, {"do": "close"})
    page = text(admin.get(PAGE))

    assert "closed" in page
    assert 'name="do" value="seat"' not in page
    assert 'name="do" value="add"' not in page


def test_the_sheet_of_people_holds_no_address_and_is_written_down(group):
    person = UserFactory(name="=cmd", email="canary@ministry.example")
    GroupSeatFactory(group=group, person=person)
    chair = browser_of(GroupSeatFactory(group=group, is_chair=True).person)

    sheet = b"".join(chair.get(f"{PAGE}people/").streaming_content).decode()

    assert "canary" not in sheet
    assert "'=cmd" in sheet
    assert AuditEntry.objects.get(verb="list.export").changes["rows"] == 2
    member = browser_of(person)
    assert member.get(f"{PAGE}people/").status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_the_pages_cost_as_many_queries_for_many_as_for_one(group, count_queries, size):
    mine = GroupSeatFactory(group=group, is_chair=True).person
    for _ in range(size):
        AffiliationFactory(person=GroupSeatFactory(group=group).person)
        GroupDocumentFactory(group=group, added_by=mine)
        GroupSeatFactory(person=mine, begins_on=date(2026, 1, 1))
    chair = browser_of(mine)
    chair.get("/groups/")

    with count_queries(7):
        chair.get(PAGE)
    with count_queries(4):
        chair.get("/groups/")
