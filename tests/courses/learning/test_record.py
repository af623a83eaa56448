from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from courses.learning.models import Certificate
from partnership.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    DAY,
    CertificateFactory,
    course_of,
    done,
    learning,
    named,
)
from tests.factories.members import AffiliationFactory, InstitutionFactory
from tests.pdf import lines_of

RECORD = "/account/training/"
NAME = "/account/training/name/"
pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def paper(certificate: Certificate) -> str:
    return f"{RECORD}{certificate.shown_code}/certificate.pdf"


# --- The record -------------------------------------------------------------------------


def test_the_record_lists_every_course_and_certificate_of_a_person():
    person = named()
    CertificateFactory(learner=person, course_title="Cooperative approaches")
    learning(course_of(2, title="Begun"), person)
    learning(course_of(1, title="Left"), person, left_at=DAY)
    learning(course_of(1, title="Completed"), person, completed_at=DAY + timedelta(days=1))

    page = signed_in(person).get(RECORD).content.decode()

    for text in (
        "Cooperative approaches",
        "Begun",
        "0 of 2 done",
        "left on 2 March 2026",
        "completed on 3 March 2026",
        "2 March 2026, 6.5 hours",
    ):
        assert text in page
    assert "waits for you" not in page


def test_it_holds_nothing_of_anybody_else():
    theirs = CertificateFactory(name="Charlie", course_title="Theirs")
    learning(course_of(1, title="Their course"), theirs.learner)

    page = signed_in(named()).get(RECORD).content.decode()

    for text in ("Charlie", "Theirs", "Their course", theirs.shown_code):
        assert text not in page
    assert "None yet." in page
    assert "You have joined no course yet." in page


def test_it_names_every_post_that_was_held_while_it_was_learnt():
    person = named()
    AffiliationFactory(
        person=person, country__name="Aland", title="Adviser", ends_on=date(2024, 5, 31)
    )
    AffiliationFactory(person=person, country=None, institution=InstitutionFactory(name="Lab"))
    AffiliationFactory(country__name="Elsewhere")
    client = signed_in(person)

    page = client.get(RECORD).content.decode()
    paper = lines_of(client.get(f"{RECORD}record.pdf").content)

    for text in ("Aland", "Adviser", "31 May 2024", "Lab"):
        assert text in page
        assert text in paper
    assert "Elsewhere" not in page


def test_a_certificate_that_ended_says_so():
    person = named()
    new = CertificateFactory(learner=person)
    CertificateFactory(
        learner=person, edition=new.edition, state="replaced", replaced_by=new, ended_at=DAY
    )
    CertificateFactory(learner=person, state="withdrawn", reason="mistake", ended_at=DAY)

    page = signed_in(person).get(RECORD).content.decode()

    assert f"Replaced by {new.shown_code}" in page
    assert "Withdrawn: issued by mistake" in page
    assert page.count(">Valid<") == 1


def test_names_and_titles_are_text():
    person = named(name="<b>Alice</b>")
    CertificateFactory(learner=person, course_title="<i>Course</i>")

    page = signed_in(person).get(RECORD).content.decode()

    assert "<b>Alice" not in page
    assert "<i>Course" not in page


def test_the_record_as_a_paper():
    person = named(name="Alice")
    CertificateFactory(learner=person)

    response = signed_in(person).get(f"{RECORD}record.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="training-record-')
    assert response["Cache-Control"] == "no-store"
    assert "Alice" in lines_of(response.content)


@pytest.mark.parametrize("courses", [1, 8])
def test_the_record_costs_the_same_for_any_number_of_courses(courses, count_queries):
    person = named()
    for _ in range(courses):
        done(learning(course_of(3), person))
        CertificateFactory(learner=person)
    client = signed_in(person)

    # Session, person and roles, then four of the record.
    with count_queries(7):
        client.get(RECORD)
    with count_queries(6):
        client.get(f"{RECORD}record.pdf")


# --- Papers -----------------------------------------------------------------------------


def test_ones_own_certificate_is_downloaded():
    certificate = CertificateFactory(learner=named(), name="Alice")

    response = signed_in(certificate.learner).get(paper(certificate))

    name = f"A6-101-{certificate.shown_code}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == "application/pdf"
    assert "Alice" in lines_of(response.content)


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_strangers_certificate_does_not_exist(method):
    certificate = CertificateFactory()
    client = signed_in(named())

    theirs = getattr(client, method)(paper(certificate))
    none = getattr(client, method)(f"{RECORD}0000-0000-0000/certificate.pdf")
    nonsense = getattr(client, method)(f"{RECORD}x/certificate.pdf")

    assert [theirs.status_code, none.status_code, nonsense.status_code] == [404] * 3
    hidden = client.post(f"{RECORD}{certificate.shown_code}/hide/", {"hide": "yes"})
    assert hidden.status_code == 404
    assert not Certificate.objects.get().is_name_hidden


def test_a_visitor_is_asked_to_sign_in(client):
    certificate = CertificateFactory()

    for address in (RECORD, f"{RECORD}record.pdf", NAME, paper(certificate)):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/account/sign-in/?next=%2Faccount%2Ftraining%2F")
    assert client.post(f"{RECORD}{certificate.shown_code}/hide/").status_code == 302


def test_the_name_is_hidden_from_the_check_page_and_shown_again():
    certificate = CertificateFactory(learner=named())
    client = signed_in(certificate.learner)
    address = f"{RECORD}{certificate.shown_code}/hide/"

    assert client.post(address, {"hide": "yes"})["Location"] == RECORD
    assert Certificate.objects.get().is_name_hidden
    assert "Show my name there" in client.get(RECORD).content.decode()
    client.post(address, {"hide": "no"})
    assert not Certificate.objects.get().is_name_hidden
    assert client.get(address).status_code == 405


# --- The name ---------------------------------------------------------------------------


def test_confirming_the_name_issues_what_waited_for_it():
    person = UserFactory(name="Alice")
    learning(course_of(1), person, completed_at=DAY)
    client = signed_in(person)
    assert "A certificate waits for you" in client.get(RECORD).content.decode()

    response = client.post(NAME, {"name": "王小明", "latin_name": "Wang Xiaoming"}, follow=True)

    page = response.content.decode()
    assert "Your name is confirmed." in page
    assert "1 certificate was issued." in page
    assert "waits for you" not in page
    assert Certificate.objects.values_list("name", "latin_name").get() == (
        "王小明",
        "Wang Xiaoming",
    )


@pytest.mark.parametrize(("renew", "states"), [("on", ["replaced", "valid"]), ("", ["valid"])])
def test_another_name_replaces_certificates_only_when_asked_to(renew, states):
    person = named(name="Alice")
    CertificateFactory(learner=person)
    client = signed_in(person)
    assert "Replace my certificates" in client.get(NAME).content.decode()

    client.post(NAME, {"name": "Alicia", "latin_name": "", "renew": renew})

    assert sorted(Certificate.objects.values_list("state", flat=True)) == states
    person.refresh_from_db()
    assert (person.name, person.name_confirmed_at is not None) == ("Alicia", True)


@pytest.mark.parametrize(
    ("name", "latin", "problem"),
    [
        ("", "", "This field is required."),
        ("王小明", "", "Write your name in Latin letters too."),
        ("\u09df" * 150, "", "This name is too long. Shorten it to 150 characters."),
        ("\u200d", "", "This name holds no letter."),
        ("Alice", "\u200d", "This name holds no letter."),
        ("王小明", "王小明", "Use only Latin letters here"),
        ("Alice", "Алиса", "Use only Latin letters here"),
        ("Ali\u202ece", "", "a mark that cannot be printed"),
        ("Ali\x07ce", "", "a mark that cannot be printed"),
        ("A" * 151, "", "at most 150 characters"),
    ],
)
def test_a_name_that_cannot_be_printed_is_told_with_its_field_and_kept(name, latin, problem):
    person = UserFactory(name="Before")

    response = signed_in(person).post(NAME, {"name": name, "latin_name": latin})

    page = response.content.decode()
    assert response.status_code == 200
    assert problem in page
    assert "The name is not saved yet" in page
    person.refresh_from_db()
    assert (person.name, person.name_confirmed_at) == ("Before", None)


def test_spaces_and_composition_are_put_right():
    person = UserFactory()

    signed_in(person).post(NAME, {"name": "  Nguye\u0302\u0303n   Thi\u0323 ", "latin_name": ""})

    person.refresh_from_db()
    assert person.name == "Nguyễn Thị"


def test_joiners_that_a_script_needs_are_kept():
    person = UserFactory()

    signed_in(person).post(NAME, {"name": "ශ්\u200dරී", "latin_name": "Sri"})

    person.refresh_from_db()
    assert person.name == "ශ්\u200dරී"


def test_who_has_a_letter_that_our_fonts_lack_is_told_what_papers_will_say():
    client = signed_in(UserFactory())

    page = client.post(NAME, {"name": "𠮷野家", "latin_name": "Yoshinoya"}, follow=True)

    assert "papers bear the Latin name" in page.content.decode()
