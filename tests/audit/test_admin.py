from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from partnership.accounts.models import Role, RoleGrant, User
from partnership.audit.models import AuditEntry
from partnership.jobs.models import Job
from partnership.members.models import Participation
from partnership.sources.models import Sector
from tests.factories.accounts import RoleGrantFactory, UserFactory, person_with
from tests.factories.jobs import JobFactory
from tests.factories.members import AffiliationFactory, CountryFactory, ParticipationFactory
from tests.factories.sources import SectorFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat(client):
    """A browser in which an administrator is signed in."""
    client.person = person_with(Role.ADMINISTRATOR)
    client.force_login(client.person)
    return client


def address(model: type, act: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{act}", args=args)


def lines() -> list[tuple]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "kind", "key", "changes"))


def grants(number: int = 0, **first: object) -> dict[str, object]:
    """The part of a person's form that holds roles."""
    row = {f"role_grants-0-{name}": value for name, value in first.items()}
    totals = {"TOTAL_FORMS": len(first) and 1, "INITIAL_FORMS": number}
    return {**{f"role_grants-{name}": value for name, value in totals.items()}, **row}


def test_what_was_added_stands_in_the_log(secretariat):
    source = SourceFactory()
    form = {"slug": "energy", "name": "Energy", "source": source.pk}

    secretariat.post(address(Sector, "add"), form)

    sector = Sector.objects.get()
    assert lines() == [
        (
            "admin.add",
            "sector",
            str(sector.pk),
            {"slug": [None, "energy"], "name": [None, "Energy"], "source": [None, source.pk]},
        )
    ]
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.acting_as) == (str(secretariat.person.uuid), "administrator")


def test_a_change_stands_in_the_log_with_its_old_and_new_value(secretariat):
    sector, other = SectorFactory(name="Energy"), SourceFactory()
    form = {"slug": sector.slug, "name": "Power", "source": other.pk}

    secretariat.post(address(Sector, "change", sector.pk), form)

    assert lines() == [
        (
            "admin.change",
            "sector",
            str(sector.pk),
            {"name": ["Energy", "Power"], "source": [sector.source_id, other.pk]},
        )
    ]


def test_a_deletion_stands_in_the_log_with_all_that_the_row_held(secretariat):
    sector = SectorFactory(slug="energy", name="Energy")

    secretariat.post(address(Sector, "delete", sector.pk), {"post": "yes"})

    assert lines() == [
        (
            "admin.delete",
            "sector",
            str(sector.pk),
            {
                "id": [sector.pk, None],
                "slug": ["energy", None],
                "name": ["Energy", None],
                "source": [sector.source_id, None],
            },
        )
    ]


def test_the_log_names_a_person_by_an_opaque_key_and_quotes_nothing_of_theirs(secretariat):
    person = UserFactory(name="Alice", email="alice@m.example")
    form = {"email": "alice@other.example", "name": "Alice B.", "is_active": "on"}

    secretariat.post(address(User, "change", person.pk), {**form, **grants()})

    assert lines() == [("admin.change", "user", str(person.uuid), {"email": None, "name": None})]


def test_nobody_is_deleted_with_all_that_counts_for_others(secretariat):
    person = UserFactory()

    answer = secretariat.post(address(User, "delete", person.pk), {"post": "yes"})

    assert answer.status_code == 403
    assert User.objects.filter(pk=person.pk).exists()


def test_a_role_that_is_given_stands_in_the_log_of_the_person(secretariat):
    person = UserFactory()
    form = {"email": person.email, "name": person.name, "is_active": "on"}
    role = {"role": "trainer", "begins_on": "2026-01-01", "person": person.pk}

    secretariat.post(address(User, "change", person.pk), {**form, **grants(**role)})

    grant = RoleGrant.objects.get(person=person)
    assert lines() == [
        (
            "admin.change",
            "user",
            str(person.uuid),
            {
                f"rolegrant {grant.pk}": {
                    "role": [None, "trainer"],
                    "begins_on": [None, "2026-01-01"],
                }
            },
        )
    ]


def test_a_role_that_is_taken_away_stands_in_the_log_of_the_person(secretariat):
    grant = RoleGrantFactory()
    person = grant.person
    form = {"email": person.email, "name": person.name, "is_active": "on"}
    role = {"id": grant.pk, "person": person.pk, "role": grant.role, "begins_on": grant.begins_on}

    secretariat.post(address(User, "change", person.pk), {**form, **grants(1, **role, DELETE="on")})

    assert lines() == [
        ("admin.change", "user", str(person.uuid), {f"rolegrant {grant.pk}": "removed"})
    ]


def test_a_membership_that_overlaps_is_refused_on_the_form_in_plain_words(secretariat):
    earlier = ParticipationFactory(begins_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))
    form = {"country": earlier.country_id, "begins_on": "2023-12-31", "source": earlier.source_id}

    page = secretariat.post(address(Participation, "add"), form)

    assert page.context["errors"] == [
        ["There is a line for this from 2023-01-01 to 2023-12-31 already. End that one first."]
    ]
    assert Participation.objects.get() == earlier


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"begins_on": "2023-02-01", "ends_on": "2023-01-01"}, "The last day is before the first."),
        ({"country": ""}, "Name either a country or an institution."),
    ],
)
def test_a_membership_that_cannot_be_is_refused_in_plain_words(secretariat, form, sentence):
    source, country = SourceFactory(), CountryFactory()
    usual = {"country": country.pk, "begins_on": "2023-01-01", "source": source.pk}

    page = secretariat.post(address(Participation, "add"), {**usual, **form})

    assert page.context["errors"] == [[sentence]]


@pytest.mark.parametrize("model", [AuditEntry, Job])
def test_what_a_service_owns_is_looked_at_and_not_changed(secretariat, model):
    job = JobFactory()
    AuditEntry.objects.create(at=job.created_at, verb="denied")
    pk = model.objects.get().pk

    statuses = [
        secretariat.get(address(model, "changelist")).status_code,
        secretariat.get(address(model, "change", pk)).status_code,
        secretariat.get(address(model, "add")).status_code,
        secretariat.post(address(model, "change", pk), {"verb": "x"}).status_code,
        secretariat.post(address(model, "delete", pk), {"post": "yes"}).status_code,
    ]

    assert statuses == [200, 200, 403, 403, 403]


@pytest.mark.parametrize("asked", ["actor", "key", "request_id"])
def test_the_log_is_searched_by_person_object_and_request(secretariat, asked):
    at = JobFactory().created_at
    found = AuditEntry.objects.create(at=at, verb="denied", **{asked: "abc-1"})
    AuditEntry.objects.create(at=at, verb="denied", **{asked: "def-2"})

    page = secretariat.get(address(AuditEntry, "changelist"), {"q": "abc-1"})

    assert list(page.context["cl"].queryset) == [found]


def test_a_person_without_the_role_finds_no_admin(client):
    client.force_login(AffiliationFactory().person)

    assert client.get(address(Sector, "changelist")).status_code == 403
