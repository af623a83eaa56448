"""The secretariat's answer, and what becomes of the case: rows, versions, mails, search."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.casestudies import content as loading
from partnership.casestudies import queries, refusals
from partnership.casestudies.lists import lists
from partnership.casestudies.models import CaseDraft, CaseFigure, CaseStudy, CaseVersion
from partnership.casestudies.reading import told
from partnership.casestudies.services import drafts, reviewing, versions
from partnership.casestudies.sheets import Sheet
from partnership.casestudies.telling import told_of
from partnership.casestudies.words import of_told
from partnership.mail.models import OutboxMessage
from partnership.members.models import Country
from partnership.search.models import SearchEntry
from partnership.sources.loading import Loaded
from partnership.sources.models import Sector, Source
from tests.factories.accounts import UserFactory, person_with
from tests.factories.case_drafts import AT, handed_in, whole
from tests.factories.casestudies import CaseStudyFactory
from tests.factories.members import CountryFactory, InstitutionFactory
from tests.factories.sources import SourceFactory

State = CaseDraft.State
FARM = "solar-farm-monnaran-mongolia"


@pytest.fixture
def secretary(db):
    return person_with(Role.ADMINISTRATOR)


def publish(draft: CaseDraft, by, saw: int = 1) -> CaseVersion:
    words = drafts.standing(draft).words
    document = told(Sheet(words, lists(), is_checked=True))
    return reviewing.publish(draft, document, saw=saw, by=by, at=AT)


def next_version(case: CaseStudy, **more: str) -> CaseDraft:
    row = queries.with_all(CaseStudy.objects.filter(pk=case.pk)).get()
    words = {**of_told(told_of(row)), **more}
    return handed_in(words, by=UserFactory(), case=case, what_changed="The place is known now.")


def found() -> set[str]:
    return set(SearchEntry.objects.filter(kind="case").values_list("title", flat=True))


def load() -> None:
    """What the loader does with the files of case studies."""
    sectors = {row.name: row for row in Sector.objects.all()}
    sources = {row.slug: row for row in Source.objects.all()}
    loading.load_cases(sources, sectors, Country.objects.in_bulk(), Loaded())


# --- The answer -------------------------------------------------------------------------


def test_sending_back_mails_the_comment_and_the_text_can_be_written_on(secretary):
    draft = handed_in(whole(CountryFactory()), by=UserFactory(language="fr"))

    reviewing.send_back(draft, "Name the source.", by=secretary, at=AT)

    draft.refresh_from_db()
    (mail,) = OutboxMessage.objects.all()
    assert (draft.state, draft.is_open) == (State.RETURNED, True)
    assert [one.text for one in draft.comments.all()] == ["Name the source."]
    assert (mail.to, "Name the source." in mail.body) == (draft.by.email, True)
    assert "revenue avec des commentaires" in mail.subject


def test_what_is_declined_is_kept_with_the_reason(secretary):
    draft = handed_in(whole(CountryFactory()), by=UserFactory())

    reviewing.decline(draft, "Told already.", by=secretary, at=AT)

    draft.refresh_from_db()
    assert (draft.state, draft.decided_by, draft.saves.count()) == (State.SET_ASIDE, secretary, 1)
    assert "Told already." in OutboxMessage.objects.get().body
    for again in (reviewing.decline, reviewing.send_back):
        with pytest.raises(refusals.NotHandedIn):
            again(draft, "Again.", by=secretary, at=AT)


def test_a_comment_is_mailed_to_the_writer_and_not_to_oneself(secretary):
    draft = handed_in(whole(CountryFactory()), by=UserFactory())

    reviewing.say(draft, "Thank you.", by=draft.by, at=AT)
    reviewing.say(draft, "One question.", by=secretary, at=AT)

    (mail,) = OutboxMessage.objects.all()
    assert "One question." in mail.body


def test_nobody_publishes_the_own_proposal_nor_the_own_text(secretary):
    own = handed_in(whole(CountryFactory()), by=secretary)
    written = handed_in(whole(CountryFactory()), by=UserFactory())
    written.saves.update(by=secretary)

    for draft in (own, written):
        with pytest.raises(refusals.OwnText):
            publish(draft, secretary)
        assert not reviewing.may_publish(draft, drafts.standing(draft), secretary)
    assert not CaseStudy.objects.exists()


def test_another_text_than_the_one_that_was_looked_at_is_not_published(secretary):
    draft = handed_in(whole(CountryFactory()), by=UserFactory())

    with pytest.raises(refusals.TextMoved):
        publish(draft, secretary, saw=2)


def test_of_two_that_are_published_under_one_address_at_once_one_is_told(secretary, monkeypatch):
    draft = handed_in(whole(CountryFactory()), by=UserFactory())
    CaseStudyFactory(slug="better-stoves")
    monkeypatch.setattr(versions, "free_slug", lambda *_given, **_more: "better-stoves")

    with pytest.raises(refusals.AddressTaken):
        publish(draft, secretary)


# --- What is published ------------------------------------------------------------------


def test_a_new_case_is_a_page_with_its_rows_its_sources_and_its_first_version(secretary):
    country, institute = CountryFactory(iso3="QAA"), InstitutionFactory(slug="institute")
    words = whole(country, **{"institutions-0-institution": "institute"})
    draft = handed_in(words, by=UserFactory(), country=country)

    version = publish(draft, secretary)

    case = queries.whole("better-stoves").get()
    draft.refresh_from_db()
    assert (draft.state, draft.case, version.number) == (State.PUBLISHED, case, 1)
    assert [one.country_id for one in case.parts.all()] == ["QAA"]
    assert list(case.institutions.all()) == [institute]
    assert [one.kind for one in case.sections.all()] == ["challenge", "action", "result", "copy"]
    stoves, shops = CaseFigure.objects.filter(section__case=case).order_by("position")
    assert (stoves.value_number, stoves.as_of, shops.value_text) == (
        1250.5,
        date(2025, 6, 30),
        "three shops",
    )
    assert (shops.source.title, shops.source.address) == ("A report of ours", "")
    assert (case.published_on, case.checked_by) == (AT.date(), secretary)
    assert version.told == told_of(case)
    assert found() == {"Better stoves"}
    assert case.get_absolute_url() in OutboxMessage.objects.get().body
    verbs = AuditEntry.objects.filter(actor=str(secretary.uuid)).values_list("verb", flat=True)
    assert {"case.publish", "case.version", "source.add"} <= set(verbs)


def test_a_source_of_the_same_title_and_address_is_not_added_twice(secretary):
    known = SourceFactory(title="A report of ours", address="")

    publish(handed_in(whole(CountryFactory()), by=UserFactory()), secretary)

    assert list(Source.objects.filter(title="A report of ours")) == [known]


def test_the_next_version_takes_the_place_of_the_text_and_the_old_one_stays(secretary):
    case = publish(handed_in(whole(CountryFactory()), by=UserFactory()), secretary).case

    version = publish(next_version(case, place="The capital"), secretary)

    case.refresh_from_db()
    first, second = case.versions.order_by("number")
    assert (case.place, version, second.what_changed) == (
        "The capital",
        second,
        "The place is known now.",
    )
    assert (first.told["place"], second.told["place"]) == ("A province", "The capital")
    assert case.slug == "better-stoves"


def test_a_case_of_the_import_is_kept_as_its_first_version_before_it_changes(content, secretary):
    case = CaseStudy.objects.get(slug=FARM)
    before = told_of(queries.with_all(CaseStudy.objects.filter(pk=case.pk)).get())

    publish(next_version(case, place="Elsewhere"), secretary)

    first, second = case.versions.order_by("number")
    assert (first.told, first.on, first.what_changed) == (before, case.published_on, "")
    assert {**second.told, "place": before["place"], "figures": []} == {**before, "figures": []}
    assert len(second.told["figures"]) == len(before["figures"])


def test_the_loader_leaves_a_case_alone_that_a_person_published(content, secretary):
    case = CaseStudy.objects.get(slug=FARM)
    words = {"place": "Elsewhere", "policy_heading": "", "policy_text": ""}
    publish(next_version(case, **words, figures=[]), secretary)
    CaseFigure.objects.filter(section__case=case).delete()

    load()

    case.refresh_from_db()
    assert (case.place, case.versions.count()) == ("Elsewhere", 2)
    assert not CaseFigure.objects.filter(section__case=case).exists()
    assert not case.sections.filter(kind="policy").exists()


def test_a_newer_file_of_a_published_case_is_its_next_version(content, monkeypatch):
    def read(path):
        row = whole_file(path)
        return {**row, "place": "Put right"} if row["slug"] == FARM else row

    whole_file = loading.read
    monkeypatch.setattr(loading, "read", read)

    load()
    load()

    rows = CaseVersion.objects.order_by("number")
    assert [(row.case.slug, row.number, row.told["place"] == "Put right") for row in rows] == [
        (FARM, 1, False),
        (FARM, 2, True),
    ]


def test_a_withdrawn_case_is_absent_until_it_is_put_back(secretary):
    case = publish(handed_in(whole(CountryFactory()), by=UserFactory()), secretary).case

    reviewing.withdraw(case, "A wrong source.", by=secretary, at=AT)
    reviewing.withdraw(case, "Once more.", by=secretary, at=AT)
    gone = (CaseStudy.objects.published().exists(), found())
    reviewing.put_back(case, by=secretary, at=AT)

    assert gone == (False, set())
    assert (CaseStudy.objects.published().exists(), found()) == (True, {"Better stoves"})
    rows = AuditEntry.objects.filter(verb="case.withdraw")
    assert [row.changes for row in rows] == [{"reason": "A wrong source."}]
