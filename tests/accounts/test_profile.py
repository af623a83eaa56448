"""What people say of themselves."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from partnership.accounts.models import User
from partnership.audit.models import AuditEntry
from tests.factories.accounts import NOON, UserFactory
from tests.factories.members import AffiliationFactory, CountryFactory, InstitutionFactory

pytestmark = pytest.mark.django_db
PROFILE = "/account/profile/"
SAID = {
    "name": "  渡辺   純子 ",
    "latin_name": "Watanabe Junko",
    "language": "en",
    "time_zone": "Asia/Tokyo",
    "seen_by": "delegation",
}


@pytest.fixture
def person() -> User:
    return UserFactory(name="Junko", name_confirmed_at=NOON)


@pytest.fixture
def inside(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_what_others_see_is_closed_by_default(inside, person):
    page = inside.get(PROFILE).content.decode()

    assert User().seen_by == person.seen_by == User.Seen.NOBODY
    assert page.count(" checked") == 1
    assert 'value="nobody"' in page[: page.index(" checked")].rpartition("<input")[2]


def test_a_profile_is_kept_and_the_log_holds_what_changed_and_not_from_what(inside, person):
    assert inside.post(PROFILE, SAID)["Location"] == PROFILE

    person.refresh_from_db()
    assert (person.name, person.latin_name, person.time_zone, person.seen_by) == (
        "渡辺 純子",
        "Watanabe Junko",
        "Asia/Tokyo",
        "delegation",
    )
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("person.profile_changed", str(person.uuid))
    assert entry.changes == dict.fromkeys(SAID)


def test_another_name_is_looked_at_again_before_certificates_print_it(inside, person):
    inside.post(PROFILE, {**SAID, "name": "Junko"})
    person.refresh_from_db()
    assert person.name_confirmed_at is None

    User.objects.update(name_confirmed_at=NOON)
    inside.post(PROFILE, {**SAID, "name": "Junko", "time_zone": ""})
    person.refresh_from_db()
    assert (person.name_confirmed_at, person.time_zone) == (NOON, "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "!!!"),
        ("name", "x" * 151),
        ("latin_name", "渡辺"),
        ("language", "xx"),
        ("time_zone", "Mars/Base"),
        ("seen_by", "all"),
        ("seen_by", ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_field_and_the_rest_is_kept(
    inside, person, field, value
):
    page = inside.post(PROFILE, {**SAID, field: value})

    assert list(page.context["form"].errors) == [field]
    assert "Watanabe Junko" in page.content.decode() or field == "latin_name"
    person.refresh_from_db()
    assert person.name == "Junko"


def test_a_page_names_the_person_as_they_are_and_not_as_a_refused_form_has_them(inside, person):
    page = inside.post(PROFILE, {**SAID, "seen_by": "all"}).content.decode()

    assert "Junko" in page.partition('class="person"')[2].partition("</a>")[0]


def test_my_posts_are_shown_to_me_and_those_of_others_are_not(inside, person):
    AffiliationFactory(
        person=person,
        country=CountryFactory(name="Q-Land"),
        institution=InstitutionFactory(name="Ministry of Q"),
        title="Head of unit",
        ends_on=date(2024, 6, 30),
    )
    AffiliationFactory(title="A stranger's post")

    page = inside.get(PROFILE).content.decode()

    for told in ("Head of unit", "Ministry of Q, Q-Land", "30 June 2024"):
        assert told in page
    assert "stranger" not in page


@pytest.mark.parametrize("number", [1, 12])
def test_a_profile_costs_the_same_for_one_post_and_for_many(inside, person, count_queries, number):
    for _ in range(number):
        AffiliationFactory(person=person)

    with count_queries(5):
        inside.get(PROFILE)
