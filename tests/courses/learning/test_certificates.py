from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from courses.learning import codes
from courses.learning.models import Certificate
from courses.learning.services.certificates import (
    CertificateEnded,
    NoSuchReason,
    SameName,
    hide_name,
    issue,
    reissue,
    reissue_all,
    withdraw,
)
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory
from tests.factories.certificates import DAY, CertificateFactory, learning, named
from tests.factories.courses import EditionFactory
from tests.threads import together

LATER = DAY + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def test_a_code_that_is_taken_is_drawn_again(monkeypatch):
    taken = CertificateFactory().code
    drawn = iter([taken, taken, "0" * 12])
    monkeypatch.setattr(codes, "draw", lambda: next(drawn))

    certificate = issue(learning(EditionFactory(), completed_at=DAY), at=DAY)

    assert certificate.code == "0" * 12


def test_no_certificate_is_better_than_one_without_a_code(monkeypatch):
    taken = CertificateFactory()
    monkeypatch.setattr(codes, "draw", lambda: taken.code)
    enrolment = learning(taken.edition, completed_at=DAY)

    with pytest.raises(RuntimeError):
        issue(enrolment, at=DAY)
    assert Certificate.objects.get() == taken


def test_who_comes_second_reads_what_the_first_one_issued(monkeypatch):
    enrolment = learning(EditionFactory(), completed_at=DAY)

    def draw() -> str:
        """The other request issues it between our look and our write."""
        CertificateFactory(learner=enrolment.learner, edition=enrolment.edition, code="1" * 12)
        return "2" * 12

    monkeypatch.setattr(codes, "draw", draw)

    assert issue(enrolment, at=DAY).code == "1" * 12
    assert not OutboxMessage.objects.exists()


def test_what_is_not_completed_has_no_certificate():
    assert issue(learning(CertificateFactory().edition), at=DAY) is None


def test_withdrawing_says_why_and_is_written_down():
    certificate, trainer = CertificateFactory(), UserFactory()

    withdraw(certificate, reason="misconduct", by=trainer, at=LATER)

    stored = Certificate.objects.get()
    assert (stored.state, stored.reason, stored.ended_at) == ("withdrawn", "misconduct", LATER)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.key) == ("certificate.withdraw", certificate.code)
    assert (entry.actor, entry.at) == (str(trainer.uuid), LATER)
    assert entry.changes == {"state": ["valid", "withdrawn"], "reason": ["", "misconduct"]}


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_reason_is_one_of_those_that_the_check_page_can_tell(reason):
    with pytest.raises(NoSuchReason):
        withdraw(CertificateFactory(), reason=reason, by=UserFactory(), at=DAY)
    assert Certificate.objects.get().state == "valid"


def test_what_has_ended_is_not_ended_again():
    certificate = CertificateFactory()
    withdraw(certificate, reason="mistake", by=UserFactory(), at=DAY)

    with pytest.raises(CertificateEnded):
        withdraw(certificate, reason="request", by=UserFactory(), at=LATER)
    with pytest.raises(CertificateEnded):
        reissue(certificate, by=UserFactory(), at=LATER)
    assert AuditEntry.objects.count() == 1


def test_another_name_is_another_certificate_of_the_same_achievement():
    person = named(name="Alice Tran")
    old = CertificateFactory(learner=person, hours=7, is_name_hidden=True)
    person.name, person.latin_name = "Alice Nguyễn", "Alice Nguyen"
    person.save()

    new = reissue(old, by=person, at=LATER)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.replaced_by, old.ended_at) == ("replaced", new, LATER)
    assert old.name == "Alice Tran"
    assert (new.name, new.latin_name) == ("Alice Nguyễn", "Alice Nguyen")
    assert (new.state, new.issued_at, new.learner) == ("valid", LATER, person)
    assert (new.edition, new.hours, new.is_name_hidden) == (old.edition, 7, True)
    assert new.code != old.code
    assert OutboxMessage.objects.get().key == f"certificate:{new.code}"


def test_the_same_name_is_no_reason_for_another_certificate():
    with pytest.raises(SameName):
        reissue(CertificateFactory(), by=UserFactory(), at=DAY)


def test_a_certificate_of_an_erased_person_stays_as_it_is():
    with pytest.raises(CertificateEnded):
        reissue(CertificateFactory(learner=None), by=UserFactory(), at=DAY)


def test_all_that_bear_another_name_are_replaced_and_no_others():
    person = named(name="Alice")
    other_name = CertificateFactory(learner=person, name="Alicia")
    same_name = CertificateFactory(learner=person)
    ended = CertificateFactory(learner=person, name="Alicia")
    withdraw(ended, reason="request", by=person, at=DAY)
    CertificateFactory(name="Alicia")

    new = reissue_all(person, at=LATER)

    assert [one.replaces for one in new] == [other_name]
    entry = AuditEntry.objects.get(verb="certificate.reissue")
    assert (entry.actor, entry.key) == (str(person.uuid), other_name.code)
    assert entry.changes == {"replaced_by": ["", new[0].code]}
    same_name.refresh_from_db()
    assert (same_name.state, Certificate.objects.count()) == ("valid", 5)


def test_the_name_is_hidden_and_shown_again():
    certificate = CertificateFactory()

    assert hide_name(certificate, is_hidden=True).is_name_hidden
    assert Certificate.objects.get().is_name_hidden
    hide_name(certificate, is_hidden=False)
    assert not Certificate.objects.get().is_name_hidden


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_it_at_once_one_is_told():
    person = named(name="Alice")
    certificate = CertificateFactory(learner=person, name="Alicia")
    copies = [Certificate.objects.select_related("learner").get() for _ in range(4)]

    def ended(act) -> bool:
        try:
            act()
        except CertificateEnded:
            return False
        return True

    results = together(
        *[partial(ended, partial(reissue, copy, by=person, at=DAY)) for copy in copies[:2]],
        *[
            partial(ended, partial(withdraw, copy, reason="request", by=person, at=DAY))
            for copy in copies[2:]
        ],
    )

    assert sorted(results) == [False, False, False, True]
    certificate.refresh_from_db()
    assert Certificate.objects.standing().count() == (certificate.state == "replaced")


def test_the_database_keeps_one_standing_certificate_that_says_how_it_ended():
    certificate = CertificateFactory()

    with refused_by("certificate_one_standing"):
        CertificateFactory(learner=certificate.learner, edition=certificate.edition)
    with refused_by("certificate_ended_says_why"):
        Certificate.objects.update(state="withdrawn", ended_at=DAY)
    with refused_by("certificate_ended_says_why"):
        Certificate.objects.update(state="replaced", ended_at=DAY)
    with refused_by("certificate_ended_says_why"):
        Certificate.objects.update(reason="mistake")
    assert Certificate.objects.get() == certificate
