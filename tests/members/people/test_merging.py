"""Two accounts of one person become one: nothing is lost, and it can be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from courses.learning.models import Certificate, Enrolment
from partnership.accounts.models import Role, RoleGrant, User
from partnership.accounts.queries import owner_of
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.members.models import Affiliation, DeskAct, JoinRequest
from partnership.members.people import merging
from partnership.members.refusals import NothingToUndo
from tests.factories.accounts import RoleGrantFactory, UserFactory, person_with
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import EditionFactory, EnrolmentFactory, LessonFactory
from tests.factories.members import AffiliationFactory, CountryFactory, JoinRequestFactory
from tests.members.browsing import browser_of, text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_engines("rows collide by the constraints of each database"),
]


@pytest.fixture
def boss() -> User:
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def keep() -> User:
    return with_address(UserFactory(name="Kept", email="kept@one.example"))


@pytest.fixture
def gone() -> User:
    return with_address(UserFactory(name="Gone", email="gone@two.example"))


def with_address(person: User) -> User:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def merged(keep: User, gone: User, boss: User) -> DeskAct:
    return merging.merge(keep, gone, by=boss, at=clock.now())


def all_rows() -> dict[str, list[tuple]]:
    """Every row of the tables that a merge may write to; epochs only ever rise."""
    tables = {*merging._tables().values(), RoleGrant, Authenticator}
    return {
        model._meta.label: sorted(
            tuple((name, str(value)) for name, value in row.items() if name != "epoch")
            for row in model._base_manager.values()
        )
        for model in tables
    }


def test_it_is_decided_for_every_key_to_a_person_whether_it_moves():
    keys = {merging._name(column) for column in merging.keys_to_people()}

    assert keys == merging.STAYS | set(merging.MOVES)
    assert not merging.STAYS & set(merging.MOVES)


def test_what_a_person_has_moves_with_its_codes_and_days(keep, gone, boss):
    post = AffiliationFactory(person=gone, ends_on=date(2024, 1, 1))
    enrolment, certificate = EnrolmentFactory(learner=gone), CertificateFactory(learner=gone)
    asked = JoinRequestFactory(person=gone)

    merged(keep, gone, boss)

    assert Affiliation.objects.get(pk=post.pk).person == keep
    assert Affiliation.objects.get(pk=post.pk).ends_on == date(2024, 1, 1)
    assert Enrolment.objects.get(pk=enrolment.pk).learner == keep
    assert Certificate.objects.get(code=certificate.code).learner == keep
    assert JoinRequest.objects.get(pk=asked.pk).person == keep


def test_the_old_address_leads_to_the_account_that_is_kept(keep, gone, boss):
    theirs = browser_of(gone)

    merged(keep, gone, boss)

    assert owner_of("gone@two.example") == keep
    assert EmailAddress.objects.get(user=keep, primary=True).email == "kept@one.example"
    assert not User.objects.get(pk=gone.pk).is_active
    assert theirs.get("/account/").status_code == 302
    # As the main address it stands in nobody's way.
    User.objects.filter(pk=keep.pk).update(email="gone@two.example")


def test_rights_and_what_proves_somebody_stay_with_the_closed_account(keep, gone, boss):
    RoleGrantFactory(person=gone, role=Role.ADMINISTRATOR)
    Authenticator.objects.create(user=gone, type="totp", data={})

    merged(keep, gone, boss)

    assert not RoleGrant.objects.filter(person=keep).exists()
    assert not Authenticator.objects.filter(user=keep).exists()


@pytest.mark.parametrize("further", ["keep", "gone"])
def test_of_two_enrolments_the_one_that_got_further_counts(keep, gone, boss, further):
    edition, at = EditionFactory(), clock.now()
    of = {
        name: EnrolmentFactory(learner=person, edition=edition, joined_at=at)
        for name, person in (("keep", keep), ("gone", gone))
    }
    lesson = LessonFactory(module__edition=edition)
    of[further].completions.create(lesson=lesson, opened_at=at)

    act = merged(keep, gone, boss)

    assert Enrolment.objects.get(learner=keep).pk == of[further].pk
    assert Enrolment.objects.filter(learner=gone).count() == 1
    assert User.objects.count() == 3
    merging.undo_merge(act, by=boss, at=clock.now())
    assert Enrolment.objects.get(learner=keep).pk == of["keep"].pk
    assert Enrolment.objects.get(learner=gone).pk == of["gone"].pk


def test_what_would_stand_beside_its_twin_is_shown_and_kept_aside(keep, gone, boss):
    edition, here = EditionFactory(), CountryFactory(iso3="QAA", name="Aland")
    for person in (keep, gone):
        CertificateFactory(learner=person, edition=edition)
        AffiliationFactory(person=person, country=here)
    before = all_rows()

    parts = merging.preview(keep, gone, by=boss, at=clock.now())
    assert all_rows() == before
    assert not DeskAct.objects.exists()

    told = {part.name: (part.moved, part.aside) for part in parts}
    assert told["affiliations"] == ([], ["Aland"])
    assert told["certificates"] == ([], [str(edition)])
    merged(keep, gone, boss)
    assert Certificate.objects.filter(state="valid").count() == 2
    assert Affiliation.objects.filter(person=gone).count() == 1


def test_an_undo_puts_every_row_back_to_the_letter(keep, gone, boss):
    edition = EditionFactory()
    for person in (keep, gone):
        EnrolmentFactory(learner=person, edition=edition)
        AffiliationFactory(person=person)
        CertificateFactory(learner=person)
    before = all_rows()

    act = merged(keep, gone, boss)
    assert all_rows() != before
    merging.undo_merge(act, by=boss, at=clock.now())

    assert all_rows() == before


def test_an_undo_is_refused_whole_where_something_newer_changed(keep, gone, boss):
    post, enrolment = AffiliationFactory(person=gone), EnrolmentFactory(learner=gone)
    act = merged(keep, gone, boss)
    Affiliation.objects.filter(pk=post.pk).update(person=UserFactory())

    with pytest.raises(NothingToUndo):
        merging.undo_merge(act, by=boss, at=clock.now())

    assert Enrolment.objects.get(pk=enrolment.pk).learner == keep
    assert DeskAct.objects.get(pk=act.pk).undone_at is None


def test_an_undo_is_refused_where_the_address_became_the_main_one(keep, gone, boss):
    act = merged(keep, gone, boss)
    User.objects.filter(pk=keep.pk).update(email="gone@two.example")

    with pytest.raises(NothingToUndo):
        merging.undo_merge(act, by=boss, at=clock.now())

    assert owner_of("gone@two.example") == keep


def test_a_merge_is_undone_once_within_thirty_days(keep, gone, boss):
    act = merged(keep, gone, boss)

    with pytest.raises(NothingToUndo):
        merging.undo_merge(act, by=boss, at=act.at + DeskAct.UNDO_MERGE_FOR)
    merging.undo_merge(act, by=boss, at=clock.now())
    with pytest.raises(NothingToUndo):
        merging.undo_merge(act, by=boss, at=clock.now())


def test_nobody_merges_the_own_account_or_one_with_itself(keep, boss):
    for pair in ((keep, boss), (boss, keep), (keep, keep)):
        with pytest.raises(merging.NotToBeMerged):
            merging.merge(*pair, by=boss, at=clock.now())


def test_a_key_of_which_nothing_is_decided_stops_every_merge(keep, gone, boss, monkeypatch):
    monkeypatch.delitem(merging.MOVES, "courses.Enrolment.learner")

    with pytest.raises(merging.NotToBeMerged, match="Enrolment"):
        merged(keep, gone, boss)


def test_the_page_shows_both_and_what_moves_before_it_is_done(keep, gone, boss):
    AffiliationFactory(person=gone, country=CountryFactory(name="Aland"))
    client, address = browser_of(boss), f"/desk/people/{keep.uuid}/merge/"

    nobody = text(client.get(f"{address}?other=nobody@x.example"))
    page = text(client.get(f"{address}?other=GONE@two.example"))
    assert User.objects.get(pk=gone.pk).is_active
    done = text(client.post(address, {"other": gone.uuid}, follow=True))

    assert "Nobody has this address." in nobody
    assert "Aland" in page
    assert "kept@one.example" in page
    assert "It can be undone for thirty days." in done
    assert "Affiliations: 1" in done
    undone = text(client.post(f"/desk/people/acts/{DeskAct.objects.get().uuid}/", follow=True))
    assert "rows are as they were" in undone
    assert User.objects.get(pk=gone.pk).email == "gone@two.example"
    both = {str(keep.uuid), str(gone.uuid)}
    for verb in ("person.merge", "person.unmerge"):
        assert {line.key for line in AuditEntry.objects.filter(verb=verb)} == both


@pytest.mark.parametrize("other", ["", "x", "55555555-5555-4555-8555-555555555555"])
def test_an_account_that_is_not_there_is_not_merged(keep, boss, other):
    answer = browser_of(boss).post(f"/desk/people/{keep.uuid}/merge/", {"other": other})

    assert answer.status_code == 404
