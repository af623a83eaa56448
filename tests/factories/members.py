from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from string import ascii_uppercase
from typing import Any
from uuid import uuid4

import factory

from partnership.members import links
from partnership.members.delegations import Delegation, delegation_of
from partnership.members.models import (
    Affiliation,
    Country,
    CountryAlias,
    CountryGroup,
    FocalTerm,
    Handover,
    Institution,
    Invitation,
    JoinRequest,
    MailDomain,
    OfficialLetter,
    Participation,
    ProfileRevision,
)
from tests.factories.accounts import UserFactory
from tests.factories.sources import SourceFactory

LETTERS = ascii_uppercase
# A search for a code asks for no case: the short code qI would be found with a test's own QI.
FIRST = LETTERS.replace("Q", "")


def code(number: int) -> str:
    """XAA … XZZ, which ISO leaves to users. Codes in Q are for tests to name: a country that is
    only made up is never one that a test has named.
    """
    return f"X{FIRST[number // 26 % 25]}{LETTERS[number % 26]}"


def short_code(iso3: str) -> str:
    """Two letters, unique like the long code; never two capitals, which are for tests to name."""
    return iso3[1].lower() + iso3[2] if iso3.startswith("X") else iso3[1:].lower()


class CountryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ("iso3",)

    iso3 = factory.Sequence(code)
    iso2 = factory.LazyAttribute(lambda row: short_code(row.iso3))
    name = factory.LazyAttribute(lambda row: f"Country {row.iso3}")
    region = "Asia"
    subregion = "South-eastern Asia"
    longitude = "105.85"
    latitude = "21.03"
    place = "Capital"
    party_source = factory.SubFactory(SourceFactory, slug="parties")


class CountryAliasFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CountryAlias

    country = factory.SubFactory(CountryFactory)
    label = factory.Sequence(lambda n: f"Label {n}")


class CountryGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CountryGroup

    country = factory.SubFactory(CountryFactory)
    group = CountryGroup.Group.LDC
    source = factory.SubFactory(SourceFactory, slug="groups")


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    slug = factory.Sequence(lambda n: f"institute-{n}")
    name = factory.Sequence(lambda n: f"Institute {n}")
    kind = Institution.Kind.RESEARCH
    source = factory.SubFactory(SourceFactory, slug="institutions")


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    country = factory.SubFactory(CountryFactory)
    begins_on = date(2023, 1, 1)
    source = factory.SubFactory(SourceFactory, slug="members")


class AffiliationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(UserFactory)
    country = factory.SubFactory(CountryFactory)
    begins_on = date(2023, 1, 1)


class FocalTermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FocalTerm

    person = factory.SubFactory(UserFactory)
    country = factory.SubFactory(CountryFactory)
    function = FocalTerm.Function.POLICY
    begins_on = date(2023, 1, 1)
    ends_on = date(2099, 12, 31)


NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class InvitationFactory(factory.django.DjangoModelFactory):
    """One of an official, mailed at noon, by the focal point of the country."""

    class Meta:
        model = Invitation

    uuid = factory.LazyFunction(uuid4)
    email = factory.Sequence(lambda n: f"invited{n}@ministry.example")
    role = "official"
    country = factory.SubFactory(CountryFactory)
    by = factory.LazyAttribute(lambda row: FocalTermFactory(country=row.country).person)
    mailed_hash = factory.LazyAttribute(
        lambda row: links.hash_of(links.token_of(row.uuid, links.MAILED))
    )
    shown_hash = factory.LazyAttribute(
        lambda row: links.hash_of(links.token_of(row.uuid, links.SHOWN))
    )
    made_at = sent_at = NOON
    expires_at = factory.LazyAttribute(lambda row: row.sent_at + Invitation.LIFE)


class JoinRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JoinRequest

    person = factory.SubFactory(UserFactory)
    country = factory.SubFactory(CountryFactory)
    email = factory.LazyAttribute(lambda row: row.person.email)
    since = date(2025, 9, 1)
    asked_at = NOON
    due_at = factory.LazyAttribute(lambda row: row.asked_at + timedelta(days=7))


class MailDomainFactory(factory.django.DjangoModelFactory):
    """A rule that the secretariat has approved."""

    class Meta:
        model = MailDomain

    domain = factory.Sequence(lambda n: f"ministry{n}.example")
    country = factory.SubFactory(CountryFactory)
    proposed_at = approved_at = NOON


class HandoverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Handover

    country = factory.SubFactory(CountryFactory)
    giver = factory.LazyAttribute(lambda row: FocalTermFactory(country=row.country).person)
    taker = factory.LazyAttribute(lambda row: AffiliationFactory(country=row.country).person)
    asked_at = NOON


class ProfileRevisionFactory(factory.django.DjangoModelFactory):
    """A draft that was handed in."""

    class Meta:
        model = ProfileRevision

    country = factory.SubFactory(CountryFactory)
    text = "We authorize."
    edited_at = submitted_at = NOON


class OfficialLetterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfficialLetter

    country = factory.SubFactory(CountryFactory)
    key = factory.Sequence(lambda n: f"letters/{n}")
    kind = "application/pdf"
    size = 9
    sha256 = "0" * 64
    name = "letter.pdf"
    written_on = date(2026, 1, 15)
    stored_at = NOON


def of(place: Country | Institution) -> Delegation:
    """The delegation of a country or an institution."""
    named: dict[str, Any] = {"country": None, "institution": None}
    named["country" if isinstance(place, Country) else "institution"] = place
    return delegation_of(type("Row", (), named))
