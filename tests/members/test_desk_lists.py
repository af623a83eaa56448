"""Every list of the desk costs as many queries with many rows as with one."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.lib import clock
from tests.costs import costs
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


OF_FOCAL = ["", "?when=all", "sheet/", "invitations/", "requests/", "functions/", "profile/"]
OF_ADMIN = [f"{DESK}requests/", f"{DESK}functions/", "/desk/members/appointments/"]
OF_ADMIN += ["/desk/members/invitations/", "/desk/members/requests/", "/desk/members/domains/"]
OF_ADMIN += ["/desk/members/profiles/", "/desk/members/handovers/"]


def test_a_page_costs_as_many_queries_with_many_rows_as_with_one(term, focal, admin):
    found = []
    for number in (1, 5):
        rows_of_all(term.country, number)
        own = costs(focal, [DESK + path for path in OF_FOCAL])
        found.append((own, costs(admin, OF_ADMIN)))

    assert found[0] == found[1]
    assert {address: cost for part in found[0] for address, cost in part.items() if cost > 12} == {}
