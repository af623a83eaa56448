"""Certificates at the desk: ended for a reason, issued anew under another name."""

from __future__ import annotations

import pytest

from courses.learning.models import Certificate
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from tests.courses.learning.desks import Desk, verbs
from tests.factories.certificates import CertificateFactory, course_of, learning, named

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate() -> Certificate:
    enrolment = learning(course_of(), named(name="Wanjiru Kamau"))
    return CertificateFactory(learner=enrolment.learner, edition=enrolment.edition)


@pytest.fixture
def desk(certificate) -> Desk:
    return Desk(certificate.edition.course)


def path(certificate: Certificate, act: str = "") -> str:
    return f"certificates/{certificate.shown_code}/{act}"


def withdraw(desk: Desk, certificate: Certificate, **fields):
    sent = {"reason": "misconduct", "sentence": "Two papers were the same.", **fields}
    return desk.post(path(certificate), **sent)


def test_a_certificate_is_withdrawn_for_a_reason_that_is_kept(desk, certificate):
    response = withdraw(desk, certificate)

    certificate.refresh_from_db()
    assert response.status_code == 302
    assert (certificate.state, certificate.reason) == ("withdrawn", "misconduct")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.key, entry.actor) == (
        "certificate.withdraw",
        certificate.code,
        str(desk.trainer.uuid),
    )
    assert entry.changes["sentence"] == ["", "Two papers were the same."]
    page = desk.page(path(certificate))
    assert "the work was not the holder&#x27;s own" in page
    assert "Withdraw one certificate" not in page
    assert withdraw(desk, certificate).status_code == 409


@pytest.mark.parametrize("fields", [{"reason": "whim"}, {"sentence": " "}])
def test_without_a_reason_and_a_sentence_nothing_is_withdrawn(desk, certificate, fields):
    page = withdraw(desk, certificate, **fields).content.decode()

    certificate.refresh_from_db()
    assert "Nothing is withdrawn yet" in page
    assert (certificate.state, verbs()) == ("valid", [])


def test_after_a_change_of_name_it_is_issued_anew(desk, certificate):
    assert "Issue one certificate anew" not in desk.page(path(certificate))
    learner = certificate.learner
    learner.name = "Wanjiru Otieno"
    learner.save()
    assert "Wanjiru Otieno" in desk.page(path(certificate))

    desk.post(path(certificate, "reissue/"))

    certificate.refresh_from_db()
    new = certificate.replaced_by
    assert (certificate.state, new.name, new.state) == ("replaced", "Wanjiru Otieno", "valid")
    assert AuditEntry.objects.get().changes == {"replaced_by": ["", new.code]}
    assert OutboxMessage.objects.get().to == learner.email
    assert certificate.shown_code in desk.page(path(new))
    assert new.shown_code in desk.page(path(certificate))


def test_under_the_same_name_none_is_issued_anew_and_nothing_is_written_down(desk, certificate):
    assert desk.post(path(certificate, "reissue/")).status_code == 409
    assert (Certificate.objects.count(), verbs()) == (1, [])


def test_the_certificate_of_another_course_does_not_exist(certificate):
    stranger = Desk(course_of().course)

    assert stranger.get(path(certificate)).status_code == 404
    assert withdraw(stranger, certificate).status_code == 404
    assert stranger.post(path(certificate, "reissue/")).status_code == 404
    assert stranger.get("certificates/no-such-code/").status_code == 404
    certificate.refresh_from_db()
    assert certificate.state == "valid"


def test_a_certificate_whose_holder_was_erased_can_still_be_withdrawn(desk, certificate):
    Certificate.objects.update(learner=None)

    assert "erased" in desk.page(path(certificate))
    assert withdraw(desk, certificate).status_code == 302
