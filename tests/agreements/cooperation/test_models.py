"""What the database knows of approaches and authorizations, and what counts on a day."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.agreements.cooperation.models import Approach, AuthorizationLine
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory
from tests.factories.cooperation import (
    ApproachFactory,
    ApproachLineFactory,
    AuthorizationFactory,
    AuthorizationLineFactory,
)

pytestmark = pytest.mark.django_db
Stage = AuthorizationLine.Stage
LATER = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("approachline_checked_on_a_day", {"checked_on": None}),
        ("approachline_corrects_with_a_reason", {"reason": "For nothing."}),
        ("approachline_ends_after_it_begins", {"begins_on": LATER, "ends_on": date(2024, 4, 30)}),
    ],
)
def test_a_line_of_an_approach_fits_together(constraint, words):
    by = UserFactory()

    with refused_by(constraint):
        ApproachLineFactory(checked_by=by, **words)


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("authorizationline_checked_on_a_day", {"checked_on": None}),
        ("authorizationline_corrects_with_a_reason", {"reason": "For nothing."}),
        (
            "authorizationline_occurrence_in_order",
            {"occurs_from": LATER, "occurs_to": date(2024, 4, 30)},
        ),
        ("authorizationline_use_in_order", {"use_from": LATER, "use_to": date(2024, 4, 30)}),
        (
            "authorizationline_first_transfer_of_other_purposes",
            {"purposes": "ndc", "first_transfer": "issuance"},
        ),
        ("authorizationline_other_metric_is_not_ghg", {"metric": "ghg", "non_ghg_metric": "MWh"}),
    ],
)
def test_a_line_of_an_authorization_fits_together(constraint, words):
    by = UserFactory()

    with refused_by(constraint):
        AuthorizationLineFactory(checked_by=by, **words)


@pytest.mark.parametrize("factory", [ApproachLineFactory, AuthorizationLineFactory])
def test_a_line_stands_once_for_its_source_and_corrects_another(factory):
    line = factory()
    name = line._meta.model_name

    with refused_by(f"{name}_once_per_source"):
        factory(entry=line.entry, source=line.source)
    line.corrects, line.reason = line, "Of itself."
    with refused_by(f"{name}_corrects_another"):
        line.save()


def test_an_id_is_given_once_and_looks_like_one_of_carp():
    ApproachFactory(code="CA0001")
    ApproachFactory(code="")
    ApproachFactory(code="")

    with refused_by("approach_once_per_code"):
        ApproachFactory(code="CA0001")
    for wrong in ("CA001", "ca0001", "CB0001"):
        with refused_by("approach_code_is_ca_and_four_digits"):
            ApproachFactory(code=wrong)


def test_two_parties_may_use_the_same_id_for_their_authorizations():
    first = AuthorizationFactory(code="2024-01")
    AuthorizationFactory(code="2024-01")

    with refused_by("authorization_once_per_party_and_code"):
        AuthorizationFactory(code="2024-01", host=first.host)


def test_an_approach_counts_from_its_first_line_that_stands():
    line = ApproachLineFactory(on=LATER)
    ApproachLineFactory(entry=line.entry, on=date(2024, 1, 1), corrected_at="2024-06-01T00:00Z")

    assert not Approach.objects.on(date(2024, 4, 30)).exists()
    assert Approach.objects.on(LATER).get().known_from == LATER
    assert not Approach.objects.on(date.max).exclude(pk=line.entry_id).exists()


def test_a_later_list_that_states_no_stage_takes_none_away():
    line = ApproachLineFactory()
    ApproachLineFactory(entry=line.entry, stage="not_stated", on=LATER, is_report_date=True)

    assert Approach.objects.on(date.max).get().stage == "operating"
