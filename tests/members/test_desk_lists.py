"""Every list of the desk costs as many queries with many rows as with one."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.lib import clock
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    HandoverFactory,
    InvitationFactory,
    JoinRequestFactory,
    MailDomainFactory,
    OfficialLetterFactory,
    ProfileRevisionFactory,
)
from tests.members.browsing import DESK

pytestmark = pytest.mark.django_db


def rows_of_all(country, number: int) -> None:
    at = clock.now()
    for _n in range(number):
        AffiliationFactory(country=country)
        AffiliationFactory(country=country, ends_on=date(2024, 1, 1))
        by = FocalTermFactory(country=country, letter=OfficialLetterFactory(country=country)).person
        InvitationFactory(country=country, by=by, made_at=at, sent_at=at)
        JoinRequestFactory(country=country, passed_at=at)
        JoinRequestFactory(country=country, answered_at=at, is_approved=True, passed_at=at)
        MailDomainFactory(country=country, approved_by=by, proposed_by=by)
        HandoverFactory(country=country)
        ProfileRevisionFactory(country=CountryFactory(), edited_by=by)


@pytest.mark.parametrize(
    ("address", "who"),
    [
        (DESK, "focal"),
        (f"{DESK}?when=all", "focal"),
        (f"{DESK}sheet/", "focal"),
        (f"{DESK}invitations/", "focal"),
        (f"{DESK}requests/", "focal"),
        (f"{DESK}functions/", "focal"),
        (f"{DESK}profile/", "focal"),
        (f"{DESK}requests/", "admin"),
        (f"{DESK}functions/", "admin"),
        ("/desk/members/appointments/", "admin"),
        ("/desk/members/invitations/", "admin"),
        ("/desk/members/requests/", "admin"),
        ("/desk/members/domains/", "admin"),
        ("/desk/members/profiles/", "admin"),
        ("/desk/members/handovers/", "admin"),
    ],
)
def test_a_page_costs_as_many_queries_with_many_rows_as_with_one(address, who, term, focal, admin):
    client = {"focal": focal, "admin": admin}[who]
    found = []
    for number in (1, 5):
        rows_of_all(term.country, number)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            assert answer.status_code == 200
            list(answer.streaming_content) if answer.streaming else None
        found.append(len([one for one in queries if "clock_timestamp" not in one["sql"]]))

    assert found[0] == found[1]
    assert found[0] <= 12
