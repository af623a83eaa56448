"""One person as the secretariat sees them."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role, SignIn
from partnership.audit import services as audit
from partnership.lib import clock
from partnership.members.models import Affiliation
from tests.costs import asked_of
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.mail import OutboxMessageFactory
from tests.factories.members import AffiliationFactory, CountryFactory, FocalTermFactory
from tests.members.browsing import DAY, text, today

pytestmark = pytest.mark.django_db


def page_of(client, person) -> str:
    answer = client.get(f"/desk/people/{person.uuid}/")
    assert answer.status_code == 200
    return text(answer)


def test_the_page_says_who_somebody_is_and_what_was_done(admin):
    person = UserFactory(name="أمل", latin_name="Amal", email="amal@one.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email="private@home.example", verified=False)
    AffiliationFactory(person=person, title="Adviser", country=CountryFactory(name="Aland"))
    RoleGrantFactory(person=person, role=Role.TRAINER)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "kept-to-itself"})
    SignIn.objects.create(person=person, epoch=0, at=clock.now())
    CertificateFactory(learner=person)
    audit.record("person.profile_changed", at=clock.now(), by=person, changes={"name": None})

    page = page_of(admin, person)

    for told in ("أمل", "Amal", "amal@one.example", "private@home.example", "Adviser, Aland"):
        assert told in page
    for told in ("trainer", "authenticator app", "1 browser signed in", "1 certificate"):
        assert told in page
    assert "<code>person.profile_changed</code>" in page
    assert "kept-to-itself" not in page


def test_the_history_is_of_this_person_and_their_posts_only(admin):
    post, other = AffiliationFactory(), UserFactory()
    at = clock.now()
    audit.record("done.to_post", at=at, of=("affiliation", str(post.pk)))
    audit.record("done.to_account", at=at, of=("user", str(post.person.uuid)))
    audit.record("done.to_other", at=at, by=other, of=("person", str(other.uuid)))

    page = page_of(admin, post.person)

    assert "done.to_post" in page
    assert "done.to_account" in page
    assert "done.to_other" not in page


def test_a_post_is_ended_and_put_back_from_the_page(admin):
    post = AffiliationFactory()
    address, day = f"/desk/people/{post.person.uuid}/", today()

    admin.post(address, {"row": post.pk, "do": "end", "last_day": str(day - DAY)})
    assert Affiliation.objects.get(pk=post.pk).ends_on == day - DAY

    admin.post(address, {"row": post.pk, "do": "undo"})
    assert Affiliation.objects.get(pk=post.pk).ends_on is None


def test_a_post_of_somebody_else_is_not_changed_from_the_page(admin):
    post, other = AffiliationFactory(), UserFactory()

    for row in (post.pk, "x", "9" * 30, ""):
        answer = admin.post(f"/desk/people/{other.uuid}/", {"row": row, "do": "end"})
        assert answer.status_code == 404

    assert Affiliation.objects.get(pk=post.pk).ends_on is None


def test_a_person_who_is_not_there_is_not_found(admin):
    assert admin.get("/desk/people/55555555-5555-4555-8555-555555555555/").status_code == 404


def test_a_page_of_a_person_costs_as_many_queries_with_many_rows_as_with_one(admin):
    person, counts = UserFactory(), []
    for number in (1, 4):
        for _n in range(number):
            AffiliationFactory(person=person)
            FocalTermFactory(person=person)
            audit.record("done", at=clock.now(), by=UserFactory(), of=("person", str(person.uuid)))
        with CaptureQueriesContext(connection) as queries:
            page_of(admin, person)
        counts.append(len(asked_of(queries)))

    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_the_page_says_at_which_address_a_mail_came_back(admin):
    person = UserFactory(email="gone@one.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email="well@home.example", verified=True)
    fields = {"state": "bounced", "handed_over_at": clock.now(), "error": "5.1.1 no such user"}
    OutboxMessageFactory(to="gone@one.example", **fields)
    OutboxMessageFactory(to="another@one.example", **fields)

    page = page_of(admin, person)

    assert page.count("mail came back") == 1
    assert "5.1.1 no such user" in page.partition("gone@one.example")[2].partition("well@")[0]
