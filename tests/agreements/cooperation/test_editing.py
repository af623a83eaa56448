"""What editors write of approaches and authorizations."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from partnership.agreements.cooperation import queries, services
from partnership.agreements.cooperation.models import Approach, Authorization, AuthorizationLine
from partnership.agreements.cooperation.refusals import PartiesWrong
from partnership.agreements.refusals import (
    AlreadyConfirmed,
    AlreadyCorrected,
    LineWrong,
    NothingPutRight,
)
from partnership.audit.models import AuditEntry
from partnership.search.models import SearchEntry
from tests.factories.accounts import UserFactory
from tests.factories.agreements import AgreementFactory
from tests.factories.cooperation import (
    ApproachFactory,
    ApproachLineFactory,
    AuthorizationFactory,
    AuthorizationLineFactory,
)
from tests.factories.members import CountryFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


@pytest.fixture
def given() -> dict:
    return {"by": UserFactory(), "at": AT}


def words_of(**more) -> dict:
    """What the form of an entry gives."""
    usual = {"title": "Cook stoves", "code": "", "host": None, "agreement": None, "note": ""}
    return {**usual, "acquiring": [], "sectors": [], **more}


def line_of(**more) -> dict:
    usual = {"stage": "given", "on": date(2024, 5, 1), "precision": "day", "note": ""}
    return {**usual, "is_report_date": False, "is_checked": True, **more}


def logged() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "key"))


def test_an_authorization_comes_with_its_first_line_and_is_found(given):
    host, acquiring = CountryFactory(iso3="QAA"), CountryFactory(iso3="QAB")
    approach = ApproachFactory(host=host)
    words = words_of(host=host, acquiring=[acquiring], code="QAA-01", approach=approach)
    line = line_of(source=SourceFactory(), purposes="ndc", quantity=5000, entities="Stove Ltd")

    row = services.add_entry(Authorization, words, line, **given)

    kept = AuthorizationLine.objects.get()
    assert (row.slug, list(row.acquiring.all())) == ("cook-stoves", [acquiring])
    assert (kept.quantity, kept.checked_by, kept.checked_on) == (5000, given["by"], AT.date())
    assert logged() == [("authorization.add", row.slug), ("authorization.line.add", row.slug)]
    entry = SearchEntry.objects.get(kind="authorization")
    assert (entry.title, "Stove Ltd" in entry.text) == ("Cook stoves", True)


@pytest.mark.parametrize("wrong", ["itself", "agreement", "approach"])
def test_parties_that_do_not_fit_together_are_refused(given, wrong):
    host = CountryFactory()
    words = {
        "itself": words_of(host=host, acquiring=[host]),
        "agreement": words_of(host=host, agreement=AgreementFactory()),
        "approach": words_of(host=host, approach=ApproachFactory()),
    }

    with pytest.raises(PartiesWrong):
        services.add_entry(Authorization, words[wrong], line_of(source=SourceFactory()), **given)

    assert not Authorization.objects.exists()


def test_either_party_to_an_agreement_may_be_the_host(given):
    agreement = AgreementFactory()
    for number, host in enumerate((agreement.host, agreement.acquiring)):
        words = words_of(host=host, agreement=agreement, title=f"Way {number}")
        services.add_entry(
            Approach, words, line_of(stage="operating", source=SourceFactory()), **given
        )

    assert Approach.objects.filter(agreement=agreement).count() == 2


def test_an_id_that_is_none_is_refused_in_a_sentence(given):
    words = words_of(host=CountryFactory(), code="CA1")

    with pytest.raises(LineWrong, match="CA and four digits"):
        services.add_entry(Approach, words, line_of(source=SourceFactory()), **given)


def test_what_is_known_better_is_logged_with_what_it_was(given):
    row = ApproachLineFactory(entry__title="Stoves").entry
    acquiring = CountryFactory(name="Acquiria")
    words = words_of(title="Stoves", host=row.host, code="CA0007", acquiring=[acquiring])

    services.change_entry(row, words, **given)
    services.change_entry(row, words, **given)

    (entry,) = AuditEntry.objects.all()
    assert entry.verb == "approach.change"
    assert entry.changes["code"] == ["", "CA0007"]
    assert entry.changes["acquiring"] == ["", "Acquiria"]


def test_a_line_is_confirmed_once(given):
    line = AuthorizationLineFactory(checked_on=None)

    services.confirm_line(line, **given)

    kept = AuthorizationLine.objects.get()
    assert (kept.checked_by, kept.checked_on) == (given["by"], AT.date())
    with pytest.raises(AlreadyConfirmed):
        services.confirm_line(line, **given)


def test_a_wrong_line_stays_beside_the_one_that_counts(given):
    line = AuthorizationLineFactory(quantity=900, version=1)
    words = {**line_of(source=line.source, on=line.on), **line.values, "is_checked": False}

    with pytest.raises(NothingPutRight):
        services.correct_line(line, words, reason="None.", **given)
    right = services.correct_line(line, {**words, "quantity": 90}, reason="A nought.", **given)

    assert (right.corrects, right.reason, right.checked_on) == (line, "A nought.", None)
    shown = queries.with_lines(Authorization.objects.on(AT.date())).get()
    assert (shown.lines, shown.latest["quantity"]) == ([right], 90)
    with pytest.raises(AlreadyCorrected):
        services.correct_line(line, {**words, "quantity": 9}, reason="Again.", **given)


def test_of_each_value_the_last_line_that_states_it_holds():
    row = AuthorizationFactory()
    AuthorizationLineFactory(entry=row, version=1, quantity=100, oimp="CORSIA")
    AuthorizationLineFactory(entry=row, version=2, quantity=80, on=date(2025, 1, 1))

    then, now = (
        queries.with_lines(Authorization.objects.on(day), day=day).get().latest
        for day in (date(2024, 12, 31), date(2025, 1, 1))
    )

    assert (then["quantity"], now["quantity"]) == (100, 80)
    assert (now["oimp"], now["terms"]) == ("CORSIA", None)
