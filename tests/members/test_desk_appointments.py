"""The secretariat appoints on letters; functions and handovers."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnership.audit.models import AuditEntry
from partnership.members.models import (
    FocalTerm,
    Invitation,
    OfficialLetter,
)
from tests.factories.accounts import UserFactory
from tests.factories.members import (
    AffiliationFactory,
    FocalTermFactory,
    HandoverFactory,
)
from tests.members.browsing import DAY, DESK, text, today

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"


def kept() -> set[str]:
    """The files of letters that lie there."""
    return (
        set(default_storage.listdir("letters")[1]) if default_storage.exists("letters") else set()
    )


def letter(content: bytes = PDF, name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def appointment(**more) -> dict:
    body = {"place": "Aland", "email": "f@m.example", "function": "recording"}
    body |= {"until": str(today() + 300 * DAY), "written_on": "2026-01-15", "letter": letter()}
    return body | more


def test_whoever_has_an_account_is_appointed_and_who_has_none_is_invited(term, admin):
    person = UserFactory(email="f@m.example")
    admin.post("/desk/members/appointments/", appointment())
    row = FocalTerm.objects.get(person=person)
    assert (row.function, row.letter.name) == ("recording", "letter.pdf")

    body = appointment(email="new@m.example", function="reporting")
    admin.post("/desk/members/appointments/", body)

    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.function) == ("focal_point", "reporting")
    assert invitation.letter == OfficialLetter.objects.latest("pk")


@pytest.mark.parametrize(
    "wrong",
    [
        {"letter": letter(b"<html>")},
        {"function": "policy"},
        {"until": "2020-01-01"},
        {"until": "2099-12-31"},
        {"written_on": "2099-01-01"},
        {"place": "Nowhere"},
        {"letter": ""},
    ],
)
def test_a_wrong_appointment_stores_neither_row_nor_file(term, admin, wrong):
    before = kept()

    page = admin.post("/desk/members/appointments/", appointment(**wrong))

    assert (page.status_code, OfficialLetter.objects.count(), kept()) == (200, 0, before)
    assert (FocalTerm.objects.count(), Invitation.objects.count()) == (1, 0)


def test_a_letter_is_given_out_as_a_file_that_no_browser_runs(term, admin, focal):
    admin.post("/desk/members/appointments/", appointment())
    row = OfficialLetter.objects.get()
    address = f"/desk/members/letters/{row.uuid}/"

    answer = admin.get(address)

    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="letter-2026-01-15-qaa.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert AuditEntry.objects.filter(verb="letter.read", key=str(row.uuid)).count() == 1
    assert focal.get(address).status_code == 403
    assert Client().get(address).status_code == 302
    default_storage.delete(row.key)
    assert admin.get(address).status_code == 404


@pytest.mark.parametrize(
    ("state", "ends"), [("soon", 10), ("grace", -10), ("over", -40), ("", 100)]
)
def test_terms_are_narrowed_by_when_they_end(admin, state, ends):
    for days in (10, -10, -40, 100):
        FocalTermFactory(ends_on=today() + days * DAY, person__name=f"ends {days} days")

    page = text(admin.get("/desk/members/appointments/", {"state": state}))

    assert f"ends {ends} days" in page
    assert "ends -40 days" not in page or state == "over"


# --- Functions and handover


def test_a_function_is_given_and_ended_and_a_handover_decided(term, focal, admin):
    post = AffiliationFactory(country=term.country)
    body = {"person": post.person.uuid, "function": "policy", "is_deputy": "on"}
    focal.post(f"{DESK}functions/change/", body)
    deputy = FocalTerm.objects.get(person=post.person)
    assert deputy.is_deputy
    focal.post(f"{DESK}functions/change/", {"do": "close", "row": deputy.pk})
    deputy.refresh_from_db()
    assert deputy.closed_on == today()

    focal.post(f"{DESK}handover/", {"person": post.person.uuid})
    row = term.country and HandoverFactory._meta.model.objects.get()
    assert focal.post(f"{DESK}handover/", {"row": row.uuid, "do": "agree"}).status_code == 409
    admin.post("/desk/members/handovers/", {"row": row.uuid, "do": "agree"})

    assert focal.get(DESK).status_code in (302, 403)
    assert FocalTerm.objects.on(today()).get(is_deputy=False).person == post.person
