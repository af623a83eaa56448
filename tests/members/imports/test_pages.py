from __future__ import annotations

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partnership.accounts.models import Role
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.members.imports import services
from partnership.members.imports.columns import PROBLEM_COLUMN
from partnership.members.models import Invitation, KnownColumns, SheetImport
from tests.factories.accounts import person_with
from tests.factories.members import AffiliationFactory, CountryFactory, FocalTermFactory
from tests.members.imports.helpers import sheet, taken_in, tried, verdicts, work

pytestmark = pytest.mark.django_db
HOME = "/desk/members/imports/"


@pytest.fixture
def admin(client):
    person = person_with(Role.ADMINISTRATOR)
    client.force_login(person)
    client.person = person
    return client


def upload(client, text: bytes, name: str = "people.csv", **more: str):
    file = SimpleUploadedFile(name, text)
    return client.post(HOME, {"kind": "people", "file": file, **more})


def page_of(row: SheetImport) -> str:
    return f"{HOME}{row.uuid}/"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def rows(*emails: str, country: str = "QAA") -> list[list[str]]:
    return [[email, "", country, "", "", "", ""] for email in emails]


def test_a_file_is_sent_its_columns_named_its_rows_tried_and_taken_in(admin) -> None:
    CountryFactory(iso3="QAA")
    text = "Courriel;Land\r\nnoël@x.example;QAA\r\nnew@x.example;QAA\r\n".encode("cp1252")
    response = upload(admin, text)
    row = SheetImport.objects.get()
    assert response["Location"] == f"{page_of(row)}columns/"
    page = admin.get(response["Location"])
    assert "Read as Windows-1252, Western European" in text_of(page)
    assert "noël@x.example" in text_of(page)
    # The mail column is guessed, the other one is said.
    response = admin.post(f"{page_of(row)}columns/", {"email": "0", "country": "1"})
    assert response["Location"] == page_of(row)
    assert "Trial" not in text_of(admin.get(page_of(row)))
    assert 'id="renewal"' in admin.get(page_of(row)).content.decode()
    work(row)
    page = text_of(admin.get(page_of(row)))
    assert "Take in 1 rows" in page
    assert "is invited by mail" in page
    assert "Mail address: “noël@x.example” is no mail address." in page
    admin.post(f"{page_of(row)}step/", {"do": "apply"})
    work(row)
    assert "1 row was taken in." in text_of(admin.get(page_of(row)))
    assert Invitation.objects.get().email == "new@x.example"
    admin.post(f"{page_of(row)}step/", {"do": "undo"})
    work(row)
    assert "Taken back on" in text_of(admin.get(page_of(row)))
    assert not Invitation.objects.exists()


def test_what_was_said_of_columns_is_known_the_next_time(admin) -> None:
    CountryFactory(iso3="QAA")
    text = b"X,Y\r\na@x.example,QAA\r\n"
    upload(admin, text)
    first = SheetImport.objects.get()
    assert first.mapping == {}
    admin.post(f"{page_of(first)}columns/", {"email": "0", "country": "1"})
    upload(admin, text)
    second = SheetImport.objects.order_by("-pk")[0]
    assert second.mapping == {"email": 0, "country": 1}
    assert KnownColumns.objects.get().person == admin.person


def test_another_encoding_can_be_chosen(admin) -> None:
    upload(admin, "Mail,Name\r\na@x.example,Ольга\r\n".encode("cp1251"))
    row = SheetImport.objects.get()
    admin.post(f"{page_of(row)}columns/", {"encoding": "cp1252"})
    assert "Îëüãà" in text_of(admin.get(f"{page_of(row)}columns/"))
    admin.post(f"{page_of(row)}columns/", {"encoding": "cp1251"})
    assert "Ольга" in text_of(admin.get(f"{page_of(row)}columns/"))
    response = admin.post(f"{page_of(row)}columns/", {"encoding": "utf-8"}, follow=True)
    assert "cannot be read in this encoding" in text_of(response)
    row.refresh_from_db()
    assert row.encoding == "cp1251"


def test_a_file_that_is_no_sheet_is_refused_on_the_form_and_not_kept(admin) -> None:
    for name, data, told in (
        ("people.csv", b"MZ\x90\0" + bytes(range(256)) * 9, "not a text file"),
        ("people.xlsx", b"name,mail", "The name says XLSX"),
        ("people.exe", b"MZ", "ends in .csv"),
        ("people.csv", b"A,a\r\n1,2", "are both called “a”"),
    ):
        page = upload(admin, data, name)
        assert told in text_of(page)
        assert page.status_code == 200
    assert "The submitted file is empty" in text_of(upload(admin, b""))
    assert not SheetImport.objects.exists()


def test_a_column_that_is_needed_is_asked_for(admin) -> None:
    upload(admin, b"X,Y\r\na,b\r\n")
    row = SheetImport.objects.get()
    page = admin.post(f"{page_of(row)}columns/", {"country": "1"})
    assert "Mail address: This field is required." in text_of(page)
    page = admin.post(f"{page_of(row)}columns/", {"email": "1", "country": "1"})
    assert "One column cannot hold two things." in text_of(page)


def test_a_sheet_that_breaks_on_the_way_is_refused_with_its_row(admin) -> None:
    upload(admin, b"Mail\r\n" + b"a@x.example\r\n" * 9_000 + b'"never closed')
    row = SheetImport.objects.get()
    services.name_columns(row, {"email": 0}, at=clock.now())
    assert work(row).state == "refused"
    assert "In row 9002 quotation marks do not match." in text_of(admin.get(page_of(row)))
    assert not row.rows.exists()


def test_a_wrong_row_is_corrected_on_its_page(admin) -> None:
    CountryFactory(iso3="QAA")
    row = tried([*rows("broken"), *rows("a@x.example")], by=admin.person)
    address = f"{page_of(row)}rows/2/"
    assert "“broken” is no mail address." in text_of(admin.get(address))
    page = admin.post(address, {"email": "a@x.example", "country": "QAA"})
    assert "Row 3 is about the same." in text_of(page)
    assert admin.post(address, {"email": "b@x.example", "country": "QAA"}).status_code == 302
    assert verdicts(row) == {2: "new", 3: "new"}
    services.take_in(row, at=clock.now())
    work(row)
    assert admin.post(address, {"email": "c@x.example"}).status_code == 409


def test_failed_rows_come_back_as_a_file_that_can_be_sent_again(admin) -> None:
    CountryFactory(iso3="QAA")
    wrong = [["=HYPERLINK(1)", "@x", "Nowhere", "", "'s", "", ""]]
    row = tried([*wrong, *rows("a@x.example")], by=admin.person)
    response = admin.get(f"{page_of(row)}wrong/?format=csv")
    data = b"".join(response.streaming_content)
    (line,) = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]
    assert line[0] == "'=HYPERLINK(1)"
    assert line[1] == "'@x"
    assert line[-1] == (
        "Mail address: “=hyperlink(1)” is no mail address. "
        "Country: No country is called “Nowhere” here. Try its code."
    )
    upload(admin, data)
    again = SheetImport.objects.order_by("-pk")[0]
    assert again.columns[-1] == PROBLEM_COLUMN
    assert again.mapping == row.mapping
    assert (
        PROBLEM_COLUMN
        not in admin.get(f"{page_of(again)}columns/").content.decode().split("<form")[-1]
    )
    services.name_columns(again, again.mapping, at=clock.now())
    assert verdicts(work(again)) == {2: "wrong"}
    header = b"".join(admin.get(f"{page_of(again)}wrong/").streaming_content).decode("utf-8-sig")
    assert header.splitlines()[0].count(PROBLEM_COLUMN) == 1


def test_rows_are_filtered_by_verdict_and_shown_fifty_to_a_page(admin, count_queries) -> None:
    CountryFactory(iso3="QAA")
    line = AffiliationFactory(country__iso3="QAA", title="Officer")
    small = tried(rows("a@x.example"), by=admin.person)
    emails = [f"p{n}@x.example" for n in range(60)]
    changed = [line.person.email, "", "QAA", "", "Head", "", ""]
    large = tried([*rows(*emails, "broken"), changed], by=admin.person)
    for row in (small, large):
        admin.get(page_of(row))
        with count_queries(7):
            admin.get(page_of(row))
    assert "Page 1 of 2" in text_of(admin.get(page_of(large)))
    page = text_of(admin.get(f"{page_of(large)}?verdict=changed"))
    assert "Job title: Officer → Head" in page
    assert "1 row" in page
    assert admin.get(f"{page_of(large)}?verdict=odd").status_code == 400


@pytest.mark.audit
def test_the_list_of_imports_costs_the_same_with_many(admin, count_queries) -> None:
    CountryFactory(iso3="QAA")
    for number in (1, 4):
        for _ in range(number):
            tried(rows("a@x.example"), by=admin.person)
        admin.get(HOME)
        with count_queries(5):
            page = admin.get(HOME)
        assert page.context["page"].object_list[0].number == 1


def test_a_file_that_is_too_large_is_not_even_read(admin) -> None:
    page = upload(admin, b"x" * (10 * 1024 * 1024 + 1))
    assert "larger than 10 MB" in text_of(page)
    assert not SheetImport.objects.exists()


def test_a_worker_that_died_is_told_and_an_import_that_stopped_can_go_on(admin) -> None:
    CountryFactory(iso3="QAA")
    row = tried(rows("a@x.example"), by=admin.person)
    services.take_in(row, at=clock.now())
    row.refresh_from_db()
    job = Job.objects.filter(pk=row.job.pk)
    job.update(tries=2, done=0, total=1)
    assert "another took it up where it was (try 2)" in text_of(admin.get(page_of(row)))
    admin.post(f"{page_of(row)}step/", {"do": "stop"})
    page = text_of(admin.get(page_of(row)))
    assert "It stopped on the way." in page
    assert "Take back what was written" in page
    admin.post(f"{page_of(row)}step/", {"do": "go-on"})
    assert work(row).state == "done"


def test_a_focal_point_pastes_addresses_for_the_own_delegation(client) -> None:
    term = FocalTermFactory(country__iso3="QAA")
    client.force_login(term.person)
    page = client.get(f"{HOME}paste/")
    assert "Trainers" not in text_of(page)
    client.post(
        f"{HOME}paste/",
        {"delegation": "country/qaa", "addresses": "An <a@x.example>", "role": "trainer"},
    )
    row = SheetImport.objects.get()
    assert (row.country_id, row.role) == ("QAA", "official")
    work(row)
    client.post(f"{page_of(row)}step/", {"do": "apply"})
    work(row)
    invitation = Invitation.objects.get()
    assert (invitation.by, invitation.role) == (term.person, "official")


def test_a_focal_point_of_one_country_sends_nothing_for_another(client) -> None:
    term = FocalTermFactory(country__iso3="QAA")
    FocalTermFactory(country__iso3="QAB")
    client.force_login(term.person)
    file = SimpleUploadedFile("a.csv", sheet(["Mail"], [["a@x.example"]]).getvalue())
    page = client.post(HOME, {"delegation": "country/qab", "file": file})
    assert page.status_code == 200
    assert (
        client.post(
            f"{HOME}paste/", {"delegation": "country/qab", "addresses": "a@x.example"}
        ).status_code
        == 200
    )
    assert not SheetImport.objects.exists()


def test_an_import_of_others_does_not_exist(client) -> None:
    mine, other = FocalTermFactory(country__iso3="QAA"), FocalTermFactory(country__iso3="QAB")
    beside = FocalTermFactory(country=mine.country)
    row = tried(rows("canary@x.example", "broken"), by=person_with(Role.ADMINISTRATOR))
    SheetImport.objects.filter(pk=row.pk).update(country="QAA", by=mine.person)
    ways = ("", "columns/", "rows/2/", "wrong/")
    client.force_login(mine.person)
    assert [client.get(page_of(row) + way).status_code for way in ways] == [200] * 4
    for person in (other.person, beside.person):
        client.force_login(person)
        assert [client.get(page_of(row) + way).status_code for way in ways] == [404] * 4
        assert client.post(f"{page_of(row)}step/", {"do": "apply"}).status_code == 404
        assert client.post(f"{page_of(row)}rows/2/", {"email": "x@x.example"}).status_code == 404
        assert "canary" not in client.get(HOME).content.decode()
        assert row.name not in text_of(client.get(HOME))
        assert client.get("/desk/members/exports/people/").status_code == 403
    mine.delete()
    client.force_login(mine.person)
    assert client.get(page_of(row)).status_code in (403, 404)


def test_no_name_of_a_column_or_a_file_is_read_as_html(admin) -> None:
    upload(admin, b"<b>Mail</b>,Y\r\n<i>a</i>,b\r\n", "<u>x</u>.csv")
    row = SheetImport.objects.get()
    page = admin.get(f"{page_of(row)}columns/").content.decode()
    assert "<b>Mail" not in page
    assert "<i>a" not in page
    assert "<u>" not in page


def test_the_file_is_kept_under_a_key_of_ours_and_leads_nowhere(admin) -> None:
    upload(admin, b"Mail\r\na@x.example\r\n", "../../people.csv")
    row = SheetImport.objects.get()
    assert re.fullmatch(r"imports/[0-9a-f]{32}\.csv", row.key)
    assert admin.get(f"/media/{row.key}").status_code == 404


def test_after_sixty_days_rows_and_files_are_gone(admin) -> None:
    from django.core.files.storage import default_storage

    CountryFactory(iso3="QAA")
    row = taken_in(rows("a@x.example"), by=admin.person)
    SheetImport.objects.filter(pk=row.pk).update(made_at=clock.now() - services.KEPT * 2)
    upload(admin, b"Mail\r\nb@x.example\r\n")
    assert not default_storage.exists(row.key)
    assert SheetImport.objects.count() == 1
    assert Invitation.objects.count() == 1
