"""What is counted each night, and what becomes of a night that was missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from partnership.information.models import Snapshot
from partnership.jobs.models import Job
from partnership.jobs.runner import run
from partnership.site.figures import services, tasks
from partnership.site.figures.series import SERIES
from tests.constraints import refused_by
from tests.factories.agreements import (
    AgreementFactory,
    AgreementSectorFactory,
    AgreementStageFactory,
)
from tests.factories.certificates import CertificateFactory
from tests.factories.figures import SnapshotFactory
from tests.factories.information import DocumentFactory, VersionFactory
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    InstitutionFactory,
    ParticipationFactory,
)

NIGHT = datetime(2026, 4, 2, 0, 10, tzinfo=UTC)
TODAY = NIGHT.date()


def take(key: str, at: datetime = NIGHT) -> services.Taken:
    return services.take(SERIES[key], at=at)


def counts(key: str) -> dict[date, int | None]:
    return dict(Snapshot.objects.filter(series=key).values_list("day", "total"))


def signed(on: date, **fields):
    return AgreementStageFactory(on=on, agreement=AgreementFactory(**fields)).agreement


def test_the_register_is_counted_for_each_month_since_its_first_line_and_for_today(db):
    signed(date(2026, 1, 15))
    signed(date(2026, 3, 31))

    taken = take("agreements")

    assert taken == (4, 0)
    assert counts("agreements") == {
        date(2026, 1, 31): 1,
        date(2026, 2, 28): 1,
        date(2026, 3, 31): 2,
        TODAY: 2,
    }


def test_counting_twice_in_a_night_adds_and_changes_nothing(db):
    signed(date(2026, 3, 1))
    take("agreements")
    take("documents")
    before = list(Snapshot.objects.values())

    again = [take("agreements", NIGHT + timedelta(hours=1)), take("documents")]

    assert again == [(0, 0), (0, 0)]
    assert list(Snapshot.objects.values()) == before


def test_missed_nights_are_caught_up_where_history_allows_and_stay_empty_where_not(db):
    signed(date(2026, 3, 31))
    for key in ("agreements", "documents"):
        take(key)
        take(key, NIGHT + timedelta(days=4))

    later = {TODAY + timedelta(days=number) for number in (0, 1, 2, 3, 4)}
    assert set(counts("agreements")) == {date(2026, 3, 31), *later}
    assert set(counts("documents")) == {TODAY, TODAY + timedelta(days=4)}


def test_a_line_that_is_learnt_later_is_counted_for_its_own_days(db):
    signed(date(2026, 3, 1))
    take("agreements")
    signed(date(2026, 2, 10))

    taken = take("agreements", NIGHT + timedelta(days=1))

    assert taken == (2, 2)
    assert counts("agreements")[date(2026, 2, 28)] == 1
    changed = Snapshot.objects.get(day=date(2026, 3, 31))
    assert (changed.total, changed.taken_at, changed.revised_at) == (
        2,
        NIGHT,
        NIGHT + timedelta(days=1),
    )


def test_a_line_that_was_put_right_counts_with_its_correction_alone(db):
    wrong = AgreementStageFactory(on=date(2019, 3, 1), corrected_at=NIGHT)
    AgreementStageFactory(
        agreement=wrong.agreement, on=date(2026, 3, 1), corrects=wrong, reason="-"
    )

    take("agreements")

    assert set(counts("agreements")) == {date(2026, 3, 31), TODAY}


def test_a_date_before_the_convention_makes_no_thousand_months(db):
    signed(date(1, 1, 1))

    take("agreements")

    assert min(counts("agreements")) == date(1992, 5, 31)


def test_agreements_are_counted_by_buyer_region_and_sector(db):
    acquiring = CountryFactory(iso3="QAA")
    first = signed(date(2026, 3, 1), acquiring=acquiring, host__region="Asia")
    signed(date(2026, 3, 1), acquiring=acquiring, host__region="Africa")
    sectors = [AgreementSectorFactory(agreement=first).sector.slug for _ in range(2)]

    for key in ("agreements-by-acquiring-party", "agreements-by-region", "agreements-by-sector"):
        take(key)

    found = Snapshot.objects.filter(day=TODAY).order_by("series")
    assert [(row.total, row.parts) for row in found] == [
        (2, {"QAA": 2}),
        (2, {"Africa": 1, "Asia": 1}),
        (2, {"not_known": 1, **dict.fromkeys(sectors, 1)}),
    ]


def test_members_count_while_their_membership_runs(db):
    ParticipationFactory(
        country=CountryFactory(), begins_on=date(2026, 2, 1), ends_on=date(2026, 3, 1)
    )
    ParticipationFactory(country=None, institution=InstitutionFactory(), begins_on=date(2026, 3, 1))

    take("members")

    by_day = dict(Snapshot.objects.values_list("day", "parts"))
    assert by_day == {
        date(2026, 2, 28): {"countries": 1},
        date(2026, 3, 31): {"institutions": 1},
        TODAY: {"institutions": 1},
    }


def test_a_document_counts_while_a_version_of_it_is_published(db):
    VersionFactory(document__kind="report")
    VersionFactory(document__kind="report", published_at=None)
    VersionFactory(
        document=DocumentFactory(withdrawn_at=NIGHT, withdrawn_because="Wrong."), number=1
    )

    take("documents")

    assert Snapshot.objects.get().parts == {"report": 1}


def trained(iso3: str, people: int) -> None:
    country = CountryFactory(iso3=iso3)
    for _ in range(people):
        held = AffiliationFactory(country=country, begins_on=date(2020, 1, 1))
        CertificateFactory(learner=held.person)


def test_people_are_counted_by_the_country_of_their_post_and_never_few_of_them(db):
    trained("QAA", 6)
    trained("QAB", 2)
    person = AffiliationFactory(country_id="QAA", begins_on=date(2020, 1, 1)).person
    for _ in range(2):
        CertificateFactory(learner=person)
    of_none = [CertificateFactory(learner=None) for _ in range(3)]
    CertificateFactory(state="withdrawn", ended_at=NIGHT, reason="mistake")

    take("people-trained")

    counted = Snapshot.objects.get()
    assert (counted.total, counted.parts) == (7 + 2 + len(of_none), {"QAA": 7, "others": 5})


def test_four_people_are_not_told_even_in_all(db):
    trained("QAA", 4)

    take("people-trained")

    counted = Snapshot.objects.get()
    assert (counted.total, counted.parts) == (None, {})


def test_a_count_takes_the_same_queries_for_one_and_for_many_agreements(db, count_queries):
    signed(date(2026, 3, 1))
    with count_queries(6):
        take("agreements-by-sector")
    Snapshot.objects.all().delete()
    for _ in range(4):
        AgreementSectorFactory(agreement=signed(date(2025, 3, 1)))

    with count_queries(6):
        take("agreements-by-sector")


def test_the_bell_rings_until_all_is_counted_and_the_job_counts_it(db):
    assert tasks.ring_figures()
    run(Job.objects.get(kind="figures.take").pk)
    at = Snapshot.objects.get(series="documents").taken_at

    assert set(Snapshot.objects.values_list("series", flat=True)) == set(SERIES)
    assert not services.ring(at=at)
    assert services.ring(at=at + timedelta(days=1))


def test_a_series_has_one_count_a_day(db):
    SnapshotFactory()

    with refused_by("snapshot_once_a_day"):
        SnapshotFactory(total=8)


def test_a_count_names_its_definition(db):
    with refused_by("snapshot_has_a_definition"):
        SnapshotFactory(version=0)


def test_a_count_is_not_revised_before_it_was_taken(db):
    with refused_by("snapshot_revised_after_it_was_taken"):
        SnapshotFactory(revised_at=datetime(2026, 3, 1, tzinfo=UTC))
