from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress

from partnership.accounts.models import Role, User
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from partnership.members import links
from partnership.members.delegations import Delegation
from partnership.members.imports import people, services
from partnership.members.imports.judging import Scope
from partnership.members.imports.refusals import NotYourImport
from partnership.members.models import Affiliation, Invitation
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import (
    AffiliationFactory,
    CountryAliasFactory,
    CountryFactory,
    FocalTermFactory,
    InstitutionFactory,
    InvitationFactory,
)
from tests.members.imports.helpers import problems, sent, taken_in, tried, verdicts

pytestmark = pytest.mark.django_db


def row(email: str, **more: str) -> list[str]:
    names = ("name", "country", "institution", "title", "begins_on", "ends_on")
    return [email, *(more.get(name, "") for name in names)]


def of_country(country: object) -> Delegation:
    return Delegation("country", country.code, country)


def test_whoever_has_no_account_is_invited_by_mail() -> None:
    country = CountryFactory(iso3="QAA")
    imported = taken_in([row("New@Ministry.example", name="An Do", country="qaa", title="Head")])
    invitation = Invitation.objects.get()
    assert verdicts(imported) == {2: "new"}
    assert (invitation.email, invitation.name) == ("new@ministry.example", "An Do")
    assert (invitation.country, invitation.title, invitation.role) == (country, "Head", "official")
    assert invitation.mail.to == "new@ministry.example"
    assert links.token_of(invitation.uuid, links.MAILED) in invitation.mail.body
    assert not User.objects.filter(email="new@ministry.example").exists()


def test_whoever_has_an_account_gains_the_line_and_no_second_account() -> None:
    CountryFactory(iso3="QAA")
    person = UserFactory(email="old@ministry.example")
    EmailAddress.objects.create(user=person, email="second@x.example", verified=True)
    accounts = User.objects.count()
    imported = taken_in(
        [row("SECOND@x.example", country="QAA", title="Head", begins_on="01.02.2024")],
        by=person_with(Role.ADMINISTRATOR),
    )
    line = Affiliation.objects.get(person=person)
    assert (line.country_id, line.title, line.begins_on) == ("QAA", "Head", date(2024, 2, 1))
    assert imported.rows.get().changes == {"how": [None, "line"]}
    assert not Invitation.objects.exists()
    assert User.objects.count() == accounts + 1


def test_an_address_that_nobody_confirmed_is_nobodys() -> None:
    CountryFactory(iso3="QAA")
    EmailAddress.objects.create(user=UserFactory(), email="claimed@x.example", verified=False)
    taken_in([row("claimed@x.example", country="QAA")])
    assert Invitation.objects.get().email == "claimed@x.example"


def test_another_title_changes_the_line_that_is_there() -> None:
    line = AffiliationFactory(country__iso3="QAA", title="Officer")
    imported = tried([row(line.person.email, country="QAA", title="Head")])
    assert imported.rows.get().changes == {"title": ["Officer", "Head"]}
    assert Affiliation.objects.get().title == "Officer"
    taken_in([row(line.person.email, country="QAA", title="Head")])
    assert Affiliation.objects.get().title == "Head"


def test_an_empty_cell_changes_nothing() -> None:
    line = AffiliationFactory(country__iso3="QAA", title="Officer")
    assert verdicts(tried([row(line.person.email, country="QAA")])) == {2: "same"}


def test_the_same_file_twice_changes_nothing() -> None:
    CountryFactory(iso3="QAA")
    person = UserFactory()
    rows = [row("new@x.example", country="QAA"), row(person.email, country="QAA", title="Head")]
    assert verdicts(taken_in(rows)) == {2: "new", 3: "new"}
    assert verdicts(tried(rows)) == {2: "same", 3: "same"}


def test_whoever_accepted_and_holds_the_post_is_not_invited_again() -> None:
    used = InvitationFactory(country__iso3="QAA", used_at=clock.now())
    person = AffiliationFactory(country=used.country).person
    Invitation.objects.filter(pk=used.pk).update(used_by=person)
    assert verdicts(tried([row(used.email, country="QAA")])) == {2: "same"}


def test_an_invitation_that_is_too_old_gives_way_to_a_new_one() -> None:
    at = clock.now() - timedelta(days=40)
    old = InvitationFactory(country__iso3="QAA", made_at=at, sent_at=at)
    taken_in([row(old.email, country="QAA")])
    old.refresh_from_db()
    assert old.replaced_at is not None
    assert Invitation.objects.open(clock.now()).get().email == old.email


def test_what_is_wrong_is_told_by_row_and_column() -> None:
    CountryFactory(iso3="QAA")
    for code in ("QAB", "QAC"):
        CountryAliasFactory(country__iso3=code, label="Korea")
    imported = tried(
        [
            row("no address", country="QAA"),
            row("a@x.example", country="Atlantis"),
            row("b@x.example", country="korea"),
            row("c@x.example"),
            row("d@x.example", country="QAA", institution="Nowhere"),
            row("e@x.example", country="QAA", begins_on="03/04/2026"),
            row("f@x.example", country="QAA", begins_on="2026-02-02", ends_on="2026-02-01"),
            row("g@x.example", country="QAA", name="\u202eabc"),
            row("h@x.example", country="QAA", title="x" * 151),
            row("ok@x.example", country="QAA"),
            row("OK@x.example", country="qaa"),
        ]
    )
    found = problems(imported)
    named = [name for number in range(2, 11) for name, _text in found[number]]
    assert named == [
        *("email", "country", "country", "country", "institution"),
        *("begins_on", "ends_on", "name", "title"),
    ]
    assert found[4][0][1] == "“korea” may be Country QAB, Country QAC. Write the code."
    assert found[12] == [["", "Row 11 is about the same."]]
    assert verdicts(imported)[11] == "new"


def test_one_person_may_hold_two_posts_in_one_sheet() -> None:
    CountryFactory(iso3="QAA")
    InstitutionFactory(name="Bank")
    imported = taken_in([row("a@x.example", country="QAA"), row("a@x.example", institution="bank")])
    assert verdicts(imported) == {2: "new", 3: "new"}
    assert Invitation.objects.count() == 2


def test_a_focal_point_invites_to_the_own_delegation_only() -> None:
    term = FocalTermFactory(country__iso3="QAA")
    CountryFactory(iso3="QAB")
    InstitutionFactory(name="Bank")
    imported = taken_in(
        [
            row("a@x.example"),
            row("b@x.example", country="QAA"),
            row("c@x.example", country="QAB"),
            row("d@x.example", institution="Bank"),
        ],
        by=term.person,
        delegation=of_country(term.country),
    )
    assert verdicts(imported) == {2: "new", 3: "new", 4: "wrong", 5: "wrong"}
    assert set(Invitation.objects.values_list("email", "country", "institution")) == {
        ("a@x.example", "QAA", None),
        ("b@x.example", "QAA", None),
    }


def test_a_focal_point_does_not_learn_who_has_an_account() -> None:
    term = FocalTermFactory(country__iso3="QAA")
    stranger, own = UserFactory(), AffiliationFactory(country=term.country, title="Officer").person
    AffiliationFactory(person=stranger, country__iso3="QAB")
    imported = tried(
        [row(stranger.email), row("nobody@x.example"), row(own.email, title="Officer")],
        by=term.person,
        delegation=of_country(term.country),
    )
    told = list(imported.rows.order_by("number").values_list("verdict", "changes"))
    assert told[0] == told[1] == ("new", {"how": [None, "invitation"]})
    assert told[2] == ("same", {})


def test_nobody_sends_a_sheet_for_a_delegation_of_others() -> None:
    term, other = FocalTermFactory(country__iso3="QAA"), CountryFactory(iso3="QAB")
    with pytest.raises(NotYourImport):
        sent([row("a@x.example")], by=term.person, delegation=of_country(other))
    with pytest.raises(NotYourImport):
        sent([row("a@x.example", country="QAA")], by=term.person)
    with pytest.raises(NotYourImport):
        sent([["x"]], columns=["Name"], kind="institutions", by=term.person)


def test_a_term_that_ends_before_the_worker_comes_writes_nothing() -> None:
    term = FocalTermFactory(country__iso3="QAA")
    imported = sent([row("a@x.example")], by=term.person, delegation=of_country(term.country))
    term.delete()
    with pytest.raises(NotYourImport):
        services.name_columns(imported, imported.mapping, at=clock.now())
    assert not OutboxMessage.objects.exists()


def test_five_hundred_rows_are_judged_in_as_many_queries_as_one(count_queries) -> None:
    AffiliationFactory(country__iso3="QAA", person__email="p1@x.example")
    scope = Scope(at=clock.now(), by=person_with(Role.ADMINISTRATOR))
    for number in (1, 500):
        rows = [{"email": f"p{n}@x.example", "country": "QAA"} for n in range(1, number + 1)]
        with count_queries(8):
            people.judge(rows, scope)
