"""Finding people: by any of their names and addresses, in any script, alike on both databases."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.learning.services.completion import confirm_name
from partnership.accounts import profiles
from partnership.accounts.models import Role, User
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from tests.costs import asked_of
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.members import (
    AffiliationFactory,
    CountryAliasFactory,
    CountryFactory,
    FocalTermFactory,
    InstitutionFactory,
)
from tests.members.browsing import DAY, text, today

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_engines("names are compared by each database"),
]

LIST = "/desk/people/"


def found(client, query: str) -> set[str]:
    """The names on the list, as the page links them."""
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    return {person.name for person in answer.context["rows"]}


@pytest.fixture
def people() -> None:
    """People of many scripts, each with something that another one lacks."""
    oslo = CountryFactory(iso3="QNO", name="Nørland")
    CountryAliasFactory(country=oslo, label="Нурландия")
    ministry = InstitutionFactory(slug="moe", name="Ministère de l'Énergie", acronym="MEN")
    amal = UserFactory(name="أمل الإدريسي", latin_name="Amal El Idrissi", email="amal@one.example")
    EmailAddress.objects.create(user=amal, email="private.amal@home.example", verified=True)
    EmailAddress.objects.create(user=amal, email="claimed@elsewhere.example", verified=False)
    AffiliationFactory(person=amal, country=oslo)
    jose = UserFactory(name="José Núñez-Peña", email="jn@two.example")
    AffiliationFactory(person=jose, country=None, institution=ministry, ends_on=date(2024, 1, 1))
    UserFactory(name="吴思远", email="wsy@three.example")
    UserFactory(name="Łukasz Straße", email="ls@four.example")


AMAL, JOSE = {"أمل الإدريسي"}, {"José Núñez-Peña"}
ASKED = {
    "امل": AMAL,  # without its hamza
    "الادريسى": AMAL,  # other forms of two letters
    "IDRISSI amal": AMAL,
    "nunez": JOSE,
    "nunez-pena": JOSE,
    "思远": {"吴思远"},
    "lukasz STRASSE": {"Łukasz Straße"},
    "private.amal@home": AMAL,
    "TWO.example": JOSE,
    "claimed@elsewhere": set(),  # nobody proved that it is theirs
    "norland": AMAL,
    "нурланд": AMAL,
    "energie": JOSE,
    "men jose": JOSE,
    "jose norland": set(),  # each word must be found
    "100%25": set(),
    "_": set(),
    "'": set(),
}


def test_somebody_is_found_by_each_of_their_words_and_by_no_others(people, admin):
    assert {asked: found(admin, f"q={asked}") for asked in ASKED} == ASKED


def test_a_new_name_is_found_at_once_however_it_was_written(admin):
    person, at = UserFactory(name="Old"), clock.now()
    values = {name: getattr(person, name) for name in profiles.FIELDS}

    profiles.change(person, {**values, "name": "Émile"}, at=at)
    assert (found(admin, "q=emile"), found(admin, "q=old")) == ({"Émile"}, set())

    person.refresh_from_db()
    confirm_name(person, name="Nguyễn", latin_name="Nguyen", at=at)
    assert (found(admin, "q=nguyen"), found(admin, "q=emile")) == ({"Nguyễn"}, set())


def test_names_from_before_there_was_a_search_are_folded_once():
    person = UserFactory(name="Éva")
    User.objects.update(folded="")

    assert (profiles.fold_names(), profiles.fold_names()) == (1, 0)

    person.refresh_from_db()
    assert person.folded == "eva"


def test_filters_stand_in_the_address_and_hold_together(people, admin):
    day = today()
    never = UserFactory(name="Never")
    was_here = UserFactory(name="Was here", last_login=clock.now(), is_active=False)
    Authenticator.objects.create(user=was_here, type="totp", data={})
    RoleGrantFactory(person=was_here, role=Role.TRAINER)
    RoleGrantFactory(person=never, role=Role.TRAINER, ends_on=day - DAY)
    focal = FocalTermFactory(country=CountryFactory(iso3="QNO")).person

    assert found(admin, "role=trainer") == {"Was here"}
    assert found(admin, "role=focal_point") == {focal.name}
    assert found(admin, "role=official") == AMAL
    assert found(admin, "state=disabled") == {"Was here"}
    assert "Was here" not in found(admin, "state=active") | found(admin, "state=never")
    assert "Never" in found(admin, "state=never") & found(admin, "state=no-factor")
    assert "Was here" not in found(admin, "state=no-factor")
    assert found(admin, "post=now") == {"أمل الإدريسي"}
    assert "José Núñez-Peña" in found(admin, "post=none")
    assert found(admin, "place=MEN") == found(admin, "place=moe") == {"José Núñez-Peña"}
    assert found(admin, "place=moe&post=now") == set()
    assert found(admin, "place=qno&post=now&q=amal") == {"أمل الإدريسي"}


def test_a_filter_that_cannot_be_understood_is_refused(admin):
    queries = ["place=nowhere", "state=odd", "page=9", f"q={'a' * 101}"]

    assert [admin.get(f"{LIST}?{query}").status_code for query in queries] == [400] * 4


def test_a_filter_in_use_can_be_taken_away_alone(people, admin):
    page = text(admin.get(f"{LIST}?place=moe&state=active"))

    assert 'href="?state=active"' in page
    assert "Ministère de l&#x27;Énergie" in page


def test_the_sheet_holds_the_people_of_the_filters_and_the_log_who_took_it(people, admin):
    answer = admin.get(f"{LIST}sheet/?q=idrissi&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert [(row["email"], row["posts_today"]) for row in rows] == [("amal@one.example", "Nørland")]
    entry = AuditEntry.objects.get(verb="list.export")
    assert entry.changes == {"rows": 1, "filters": ["q"]}
    assert entry.actor


def test_a_formula_in_a_name_is_text_in_the_sheet(admin):
    UserFactory(name="=cmd()")

    answer = admin.get(f"{LIST}sheet/?q=cmd&format=csv").getvalue().decode("utf-8-sig")

    assert "'=cmd()" in answer


def test_the_list_says_whose_role_waits_for_a_second_factor(admin):
    official = AffiliationFactory(person__name="No role that needs one").person
    ready, waiting = (RoleGrantFactory(person__name=name).person for name in ("Set", "Waits"))
    Authenticator.objects.create(user=ready, type="webauthn", data={})

    lacking = {row.name: row.lacks_factor for row in admin.get(LIST).context["rows"]}

    assert [lacking[one.name] for one in (official, ready, waiting)] == [False, False, True]


@pytest.mark.parametrize("address", [LIST, f"{LIST}?q=person a&post=now", f"{LIST}sheet/"])
def test_a_list_of_people_costs_as_many_queries_with_many_as_with_one(admin, address):
    counts = []
    for number in (1, 5):
        for _n in range(number):
            person = AffiliationFactory().person
            RoleGrantFactory(person=person)
            FocalTermFactory(person=person)
        with CaptureQueriesContext(connection) as queries:
            answer = admin.get(address)
            assert answer.status_code == 200
            list(answer.streaming_content) if answer.streaming else None
        counts.append(len(asked_of(queries)))

    assert counts[0] == counts[1]
    assert counts[0] <= 10


def test_what_somebody_calls_themselves_is_text_on_the_page(admin):
    UserFactory(name="<b>Bold</b>")

    page = text(admin.get(LIST))

    assert "<b>Bold" not in page
    assert "&lt;b&gt;Bold" in page


def test_a_term_of_today_is_a_role_and_one_that_was_closed_is_none(admin):
    FocalTermFactory(closed_on=today() - timedelta(days=1))

    assert found(admin, "role=focal_point") == set()
