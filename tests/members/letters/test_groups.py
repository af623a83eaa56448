"""Who is meant by a letter, and who may write to them and see it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role, User
from partnership.lib import clock
from partnership.members.letters import services
from partnership.members.letters.groups import group_of
from partnership.members.letters.refusals import (
    CircleClosed,
)
from partnership.members.models import Letter
from tests.factories.accounts import UserFactory, person_with
from tests.factories.courses import CourseTrainerFactory, EditionFactory, EnrolmentFactory
from tests.factories.letters import (
    reached,
)
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    InstitutionFactory,
)
from tests.members.letters.writing import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return person_with(Role.ADMINISTRATOR)


def meant(letter: Letter, by: User) -> set[User]:
    group = group_of(letter, by, date.today())
    assert group is not None
    return set(User.objects.filter(pk__in=group.keys))


def test_focal_points_of_a_region_are_those_whose_term_runs_there_today(boss):
    africa, asia = CountryFactory(iso3="QAA", region="Africa"), CountryFactory(iso3="QAB")
    own, over = FocalTermFactory(country=africa).person, date(2024, 1, 1)
    seated = InstitutionFactory(seat=africa)
    other = FocalTermFactory(country=None, institution=seated, function="recording").person
    FocalTermFactory(country=asia)
    FocalTermFactory(country=africa, ends_on=over)
    AffiliationFactory(country=africa)
    for person in User.objects.all():
        reached(person)

    wanted = {"role": "focal_point", "region": "Africa"}
    assert meant(draft(boss, wanted=wanted), boss) == {own, other}
    assert meant(draft(boss, wanted={**wanted, "function": "recording"}), boss) == {other}
    assert meant(draft(boss, wanted={**wanted, "kind": "countries"}), boss) == {own}


def test_people_are_found_by_post_place_role_and_language(boss):
    here, institute = CountryFactory(iso3="QAA", name="Here"), InstitutionFactory()
    official = AffiliationFactory(country=here, person=reached(language="fr")).person
    adviser = AffiliationFactory(country=None, institution=institute, person=reached()).person
    gone = AffiliationFactory(country=here, ends_on=date(2024, 1, 1), person=reached()).person
    trainer = reached(person_with(Role.TRAINER))

    for wanted, found in (
        ({"place": "qaa"}, {official}),
        ({"role": "official"}, {official, adviser}),
        ({"kind": "institutions"}, {adviser}),
        ({"role": "trainer"}, {trainer}),
        ({"speaks": "fr"}, {official}),
        ({"speaks": "en"}, {adviser, gone, trainer}),
        ({}, {official, adviser, gone, trainer}),
    ):
        assert meant(draft(boss, wanted=wanted), boss) == found, wanted


def test_who_has_finished_a_course_in_any_edition_is_not_asked_to_finish_it(boss):
    first = EditionFactory(course__slug="course")
    second = EditionFactory(course=first.course, number=2)
    at = clock.now()
    reading, done, both, left, none = (reached() for _ in range(5))
    EnrolmentFactory(learner=reading, edition=second)
    EnrolmentFactory(learner=done, edition=first, completed_at=at)
    EnrolmentFactory(learner=both, edition=first, completed_at=at)
    EnrolmentFactory(learner=both, edition=second)
    EnrolmentFactory(learner=left, edition=second, left_at=at)

    for wanted, found in (
        ({"course": "course", "training": "learning"}, {reading}),
        ({"course": "course", "training": "done"}, {done, both}),
        ({"course": "course", "training": "never"}, {left, none}),
        ({"course": "course/2"}, {reading, both}),
    ):
        assert meant(draft(boss, wanted=wanted), boss) == found, wanted


def test_a_trainer_writes_to_learners_of_the_own_courses_and_to_nobody_else():
    own, other = CourseTrainerFactory(), CourseTrainerFactory()
    learner = reached()
    EnrolmentFactory(learner=learner, edition=EditionFactory(course=own.course))
    strange = EditionFactory(course=other.course)
    EnrolmentFactory(learner=reached(), edition=strange)

    letter = draft(own.person, f"course/{own.course.slug}", wanted={"training": "learning"})

    assert meant(letter, own.person) == {learner}
    for circle in (f"course/{other.course.slug}", "people", "country/qaa", "course/", ""):
        with pytest.raises(CircleClosed):
            draft(own.person, circle)
    # Another course's edition is no choice there: the filter is not understood, nobody is meant.
    Letter.objects.update(wanted={"course": f"{strange.course.slug}/1"})
    letter.refresh_from_db()
    assert group_of(letter, own.person, date.today()) is None


def test_a_focal_point_writes_to_people_in_post_in_the_own_delegation():
    country, other = CountryFactory(iso3="QAA"), CountryFactory(iso3="QAB")
    focal = FocalTermFactory(country=country).person
    official = AffiliationFactory(country=country, person=reached()).person
    AffiliationFactory(country=country, person=reached(), ends_on=date(2024, 1, 1))
    AffiliationFactory(country=other, person=reached())

    assert meant(draft(focal, "country/qaa"), focal) == {official}
    for circle in ("country/qab", "institution/qaa", "people"):
        with pytest.raises(CircleClosed):
            draft(focal, circle)


def test_a_draft_cannot_be_sent_once_its_circle_is_closed_to_whoever_wrote_it():
    term = FocalTermFactory(country=CountryFactory(iso3="QAA"))
    AffiliationFactory(country=term.country, person=reached())
    letter = draft(term.person, "country/qaa")
    seal = group_of(letter, term.person, date.today()).seal
    term.closed_on = date.today()
    term.save()

    for act in (
        lambda: services.send(letter, seal, by=term.person, at=clock.now()),
        lambda: services.discard(letter, by=term.person, at=clock.now()),
    ):
        with pytest.raises(CircleClosed):
            act()
    assert Letter.objects.get().state == "draft"
    assert not Letter.objects.of(term.person, on=date.today()).exists()


def test_a_letter_is_seen_by_those_to_whom_its_circle_is_open_and_by_who_runs_the_site(boss):
    mine, other = (FocalTermFactory(country=CountryFactory(iso3=code)) for code in ("QAA", "QAB"))
    letter = draft(mine.person, "country/qaa")
    successor = FocalTermFactory(country=mine.country, function="recording").person
    today = date.today()

    assert [*Letter.objects.of(successor, on=today)] == [letter]
    for person in (other.person, UserFactory(), boss):
        assert not Letter.objects.of(person, on=today).exists()
    assert [*Letter.objects.of(boss, on=today, sees_all=True)] == [letter]


def test_a_group_costs_as_many_queries_for_many_as_for_one(boss):
    letter = draft(boss)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            group_of(letter, boss, date.today())
        costs.append(len(queries))
        for _more in range(5):
            reached()

    assert costs[0] == costs[1]
