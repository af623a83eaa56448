"""Proposals: whose they are, what a save does, and what may be handed in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.casestudies import refusals
from partnership.casestudies.models import CaseDraft, CaseSave, CaseVersion
from partnership.casestudies.services import drafts
from partnership.casestudies.words import LONGEST, taken_from
from partnership.mail.models import OutboxMessage
from partnership.members.delegations import of_place
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory, person_with
from tests.factories.case_drafts import AT, CaseDraftFactory, handed_in, whole
from tests.factories.casestudies import CaseStudyFactory
from tests.factories.members import CountryFactory, FocalTermFactory, InstitutionFactory

State = CaseDraft.State


def words(title: str = "A title", **more: str) -> dict:
    return taken_from({"title": title, "language": "en", **more})


def fresh(draft: CaseDraft) -> CaseDraft:
    return CaseDraft.objects.get(pk=draft.pk)


def save(draft: CaseDraft, title: str, saw: int, by=None) -> str:
    return drafts.save(draft, words(title), saw=saw, by=by or draft.by, at=AT)


# --- Whose they are ---------------------------------------------------------------------


def test_each_sees_the_proposals_of_the_own_delegations_and_the_own_ones(db):
    term, other = FocalTermFactory(), FocalTermFactory()
    institute = FocalTermFactory(country=None, institution=InstitutionFactory())
    trainer = person_with(Role.TRAINER)
    of_country = CaseDraftFactory(country=term.country)
    of_institute = CaseDraftFactory(institution=institute.institution)
    own = CaseDraftFactory(by=trainer)

    def seen(person, **more) -> set:
        return set(CaseDraft.objects.of(person, on=AT.date(), **more))

    assert seen(term.person) == {of_country}
    assert seen(institute.person) == {of_institute}
    assert seen(other.person) == set()
    assert seen(trainer) == {own}
    assert seen(trainer, sees_all=True) == {of_country, of_institute, own}


def test_a_focal_point_whose_term_ended_no_longer_sees_what_they_wrote(db):
    term = FocalTermFactory(begins_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    CaseDraftFactory(country=term.country, by=term.person)

    assert not CaseDraft.objects.of(term.person, on=AT.date()).exists()


def test_a_case_has_one_open_proposal(db):
    case = CaseStudyFactory()
    first = drafts.begin(words(), None, by=UserFactory(), at=AT, case=case)

    with pytest.raises(refusals.BeingWritten):
        drafts.begin(words(), None, by=UserFactory(), at=AT, case=case)

    drafts.set_aside(first, by=first.by, at=AT)
    drafts.begin(words(), None, by=UserFactory(), at=AT, case=case)
    with pytest.raises(refusals.BeingWritten):
        drafts.take_back(first, by=first.by, at=AT)


WRONG = {
    "case_draft_of_one_delegation_at_most": lambda: CaseDraftFactory(
        country=CountryFactory(), institution=InstitutionFactory()
    ),
    "case_draft_published_has_a_case": lambda: CaseDraftFactory(state=State.PUBLISHED),
    "case_draft_is_published_by_another": lambda: _published_by(UserFactory()),
    "case_draft_one_open": lambda: CaseDraftFactory(case=CaseDraftFactory(case=_case()).case),
    "case_save_number_once": lambda: CaseDraftFactory().saves.create(number=1, words={}, at=AT),
    "case_comment_says_something": lambda: CaseDraftFactory().comments.create(at=AT, text=""),
    "case_version_says_what_changed": lambda: _version(_case(), 2),
    "case_version_number_once": lambda: _version(_version(_case(), 1).case, 1),
}


@pytest.mark.parametrize("constraint", WRONG)
def test_the_database_holds_what_must_hold(db, constraint):
    with refused_by(constraint):
        WRONG[constraint]()


def _case():
    return CaseStudyFactory()


def _version(case, number: int) -> CaseVersion:
    return CaseVersion.objects.create(case=case, number=number, on=AT.date(), told={})


def _published_by(person) -> CaseDraft:
    written = {"case": CaseStudyFactory(), "handed_in_at": AT, "decided_at": AT}
    return CaseDraftFactory(by=person, decided_by=person, state=State.PUBLISHED, **written)


# --- Saving -----------------------------------------------------------------------------


def test_a_save_over_the_text_that_was_seen_stands(db):
    draft = CaseDraftFactory()

    assert save(draft, "Second", 1) == "saved"

    assert (fresh(draft).title, fresh(draft).number) == ("Second", 2)
    assert drafts.standing(draft).words["title"] == "Second"
    assert draft.saves.count() == 2


def test_the_same_again_is_no_save(db):
    draft = CaseDraftFactory()
    save(draft, "Second", 1)

    assert save(draft, "Second", 1) == "same"
    assert draft.saves.count() == 2


def test_a_save_over_a_text_that_was_not_seen_lies_beside_and_neither_is_lost(db):
    draft, colleague = CaseDraftFactory(), UserFactory()
    save(draft, "Mine", 1)

    assert save(draft, "Theirs", 1, by=colleague) == "beside"

    assert drafts.standing(draft).words["title"] == "Mine"
    (beside,) = draft.saves.filter(state=CaseSave.State.BESIDE)
    assert (beside.words["title"], beside.by) == ("Theirs", colleague)
    with pytest.raises(refusals.TextMoved, match="choose one first"):
        drafts.hand_in(draft, saw=2, what_changed="", by=draft.by, at=AT)


@pytest.mark.parametrize(("take", "title"), [(True, "Theirs"), (False, "Mine")])
def test_of_two_texts_one_is_chosen_once_and_the_other_stays_in_the_history(db, take, title):
    draft = CaseDraftFactory()
    save(draft, "Mine", 1)
    save(draft, "Theirs", 1, by=UserFactory())

    drafts.choose(draft, 3, take=take, by=draft.by, at=AT)

    assert (drafts.standing(draft).words["title"], fresh(draft).title) == (title, title)
    assert {row.words["title"] for row in draft.saves.all()} >= {"Mine", "Theirs"}
    with pytest.raises(refusals.NotThere):
        drafts.choose(draft, 3, take=take, by=draft.by, at=AT)


def test_what_is_saved_after_handing_in_lies_beside(db):
    draft = handed_in(words(), by=UserFactory())

    assert save(draft, "Later", 1) == "beside"
    with pytest.raises(refusals.NotOpen):
        drafts.choose(draft, 2, take=True, by=draft.by, at=AT)
    assert drafts.standing(draft).number == 1


def test_a_book_is_not_saved(db):
    draft = CaseDraftFactory()

    with pytest.raises(refusals.TooLong):
        drafts.save(draft, words(doubts="x" * LONGEST), saw=1, by=draft.by, at=AT)


# --- Handing in -------------------------------------------------------------------------


def test_the_secretariat_hears_of_what_was_handed_in_each_in_their_language(db):
    french, writer = person_with(Role.ADMINISTRATOR), person_with(Role.ADMINISTRATOR)
    french.language = "fr"
    french.save()
    draft = CaseDraftFactory(by=writer, title="Réchauds")

    drafts.hand_in(draft, saw=1, what_changed="", by=writer, at=AT)

    (mail,) = OutboxMessage.objects.all()
    assert (mail.to, fresh(draft).state) == (french.email, State.HANDED_IN)
    assert "Une étude de cas attend le secrétariat : Réchauds" in mail.subject
    assert draft.get_absolute_url() in mail.body


def test_another_text_than_the_one_that_was_seen_is_not_handed_in(db):
    draft = CaseDraftFactory()
    save(draft, "Newer", 1)

    with pytest.raises(refusals.TextMoved):
        drafts.hand_in(draft, saw=1, what_changed="", by=draft.by, at=AT)


def test_what_is_handed_in_is_not_handed_in_twice_and_can_be_taken_back(db):
    draft = handed_in(words(), by=UserFactory())
    with pytest.raises(refusals.NotOpen):
        drafts.hand_in(draft, saw=1, what_changed="", by=draft.by, at=AT)
    with pytest.raises(refusals.NotOpen):
        drafts.set_aside(draft, by=draft.by, at=AT)

    drafts.take_back(draft, by=draft.by, at=AT + timedelta(hours=1))

    assert fresh(draft).is_open
    with pytest.raises(refusals.NotThere):
        drafts.take_back(draft, by=draft.by, at=AT)


def test_each_act_stands_in_the_log_with_its_person(db):
    term = FocalTermFactory()
    given = {"by": term.person, "at": AT}
    draft = drafts.begin(words(), of_place(term.country), **given)
    save(draft, "Second", 1)
    drafts.comment(draft, "A word.", **given)
    drafts.hand_in(draft, saw=2, what_changed="", **given)
    drafts.take_back(draft, **given)

    rows = AuditEntry.objects.filter(kind="casedraft", key=str(draft.uuid)).order_by("pk")

    acts = ["case.begin", "case.save", "case.comment", "case.hand_in", "case.take_back"]
    assert [row.verb for row in rows] == acts
    assert {row.actor for row in rows} == {str(term.person.uuid)}
    assert whole(term.country)["title"] not in str([row.changes for row in rows])
