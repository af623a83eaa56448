"""The desk of case studies as its people meet it, from the first word to the page that is cited."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.casestudies.lists import lists
from partnership.casestudies.models import CaseDraft, CaseStudy, CaseVersion
from partnership.casestudies.reading import told
from partnership.casestudies.sheets import Sheet
from partnership.casestudies.words import typed
from tests.factories.accounts import UserFactory, person_with
from tests.factories.case_drafts import AT, CaseDraftFactory, handed_in, whole
from tests.factories.casestudies import CaseCountryFactory, CaseStudyFactory
from tests.factories.members import CountryFactory, FocalTermFactory, InstitutionFactory
from tests.site.people import client_of

ARABIC = "مواقد محسّنة في " + "المحافظات " * 12


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def term(db):
    return FocalTermFactory(country=CountryFactory(iso3="QAA"))


def page(client: Client, name: str, *args) -> str:
    return client.get(reverse(f"casework:{name}", args=args)).content.decode()


def act(client: Client, draft: CaseDraft, do: str, **more):
    address = reverse("casework:one", args=[draft.uuid])
    return client.post(address, {"do": do, "saw": "1", **more})


def test_a_case_goes_from_a_title_to_a_page_that_readers_cite(term):
    writer, secretary = browser(term.person), browser(person_with(Role.ADMINISTRATOR))
    begun = {"title": ARABIC, "language": "ar", "place": "country/qaa"}

    form = writer.post(reverse("casework:new"), begun)
    draft = CaseDraft.objects.get()
    assert form["Location"] == reverse("casework:text", args=[draft.uuid])
    assert draft.saves.get().words["countries"] == [{"country": "QAA", "part": "host"}]

    # Asked too early, it says what is missing, and what was typed is kept all the same.
    early = writer.post(form["Location"], {"title": ARABIC, "saw": "1", "do": "check"})
    assert "It is saved. Before it can be handed in:" in early.content.decode()
    assert 'href="#id_summary"' in early.content.decode()
    assert act(writer, draft, "hand-in", saw="2")["Location"].endswith("text/?check=1")

    words = whole(term.country, title=ARABIC, language="ar")
    saved = writer.post(form["Location"], {**typed(words), "saw": "2", "do": "check"})
    assert saved["Location"] == draft.get_absolute_url()
    act(writer, draft, "hand-in", saw="3")

    looked = page(secretary, "preview", draft.uuid)
    act(secretary, draft, "publish", saw="3")

    case = CaseStudy.objects.published().get()
    public = Client().get(case.get_absolute_url()).content.decode()
    assert article(public) == article(looked)
    assert "Version 1 of" in public
    assert "Checked by" not in looked
    assert (case.title, case.slug) == (ARABIC.strip(), "case-study")


LINE = re.compile(r'<p class="meta-line">.*?</p>|<dd><a class="ask-wrong".*?</dd>', re.DOTALL)


def article(text: str) -> str:
    """The story on a page, without the lines of its version and its checking."""
    start, end = text.index('<article class="case"'), text.index("</article>")
    return " ".join(LINE.sub("", text[start:end]).split())


@pytest.mark.parametrize("name", ["one", "text", "preview", "earlier"])
def test_another_countrys_focal_point_finds_nothing(term, name):
    draft = CaseDraftFactory(country=term.country)
    args = [draft.uuid, 1] if name == "earlier" else [draft.uuid]
    address = reverse(f"casework:{name}", args=args)

    strangers = [FocalTermFactory().person, person_with(Role.TRAINER)]
    found = [browser(person).get(address).status_code for person in strangers]
    sent = browser(strangers[0]).post(address, {"do": "comment", "comment-text": "Hello."})

    assert (found, sent.status_code) == ([404, 404], 404 if name in ("one", "text") else 405)
    assert browser(term.person).get(address).status_code == 200
    assert not draft.comments.exists()
    denied = AuditEntry.objects.filter(verb="denied", key=str(draft.uuid))
    assert {row.actor for row in denied} == {str(person.uuid) for person in strangers}


@pytest.mark.parametrize("do", ["publish", "send-back", "decline", "nothing-known"])
def test_only_the_secretariat_answers_a_proposal(term, do):
    draft = handed_in(whole(term.country), by=UserFactory(), country=term.country)

    answer = act(browser(term.person), draft, do, **{f"{do}-text": "Yes."})

    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (404, CaseDraft.State.HANDED_IN)


def test_two_who_write_at_once_find_both_texts_and_choose(term):
    colleague = FocalTermFactory(country=term.country, function="technical").person
    draft = CaseDraftFactory(country=term.country, by=term.person)
    address = reverse("casework:text", args=[draft.uuid])

    browser(term.person).post(address, {"title": "Mine", "saw": "1"})
    answer = browser(colleague).post(address, {"title": "Theirs", "place": "A town", "saw": "1"})

    assert answer["Location"] == draft.get_absolute_url()
    shown = page(browser(colleague), "one", draft.uuid)
    assert "Two texts: choose one" in shown
    assert all(word in shown for word in ("Mine", "Theirs", "A town", str(colleague)))
    act(browser(term.person), draft, "choose", saw="3", take="yes")
    draft.refresh_from_db()
    assert draft.title == "Theirs"


def test_what_an_act_refuses_is_said_on_its_page(term):
    secretary = person_with(Role.ADMINISTRATOR)
    draft = handed_in(whole(term.country), by=secretary)

    empty = act(browser(secretary), draft, "send-back", **{"send-back-text": " "})
    own = act(browser(secretary), draft, "publish")

    assert "Nothing was done" in empty.content.decode()
    assert 'id="id_send-back-text_error"' in empty.content.decode()
    assert "another person of the secretariat publishes it" in own.content.decode()


# --- Cases that are published -----------------------------------------------------------


def test_who_is_named_by_a_case_writes_its_next_version_and_nobody_else(term):
    part = CaseCountryFactory(country=term.country)
    other = CaseStudyFactory()
    institute = FocalTermFactory(country=None, institution=InstitutionFactory())
    other.institutions.add(institute.institution)
    shown = Client().get(institute.institution.get_absolute_url()).content.decode()
    assert other.get_absolute_url() in shown
    assert part.case.get_absolute_url() not in shown
    client = browser(term.person)
    address = reverse("casework:published", args=[part.case.slug])

    assert client.get(reverse("casework:published", args=[other.slug])).status_code == 404
    assert browser(institute.person).get(address).status_code == 404
    wrong = client.post(address, {"do": "revise", "place": ""})
    assert "Choose for whom you write." in wrong.content.decode()
    begun = client.post(address, {"do": "revise", "place": "country/qaa"})

    draft = CaseDraft.objects.get()
    assert begun["Location"] == reverse("casework:text", args=[draft.uuid])
    assert draft.saves.get().words["title"] == part.case.title
    again = client.post(address, {"do": "revise", "place": "country/qaa"})
    assert "being written already" in again.content.decode()
    assert "What changed since the published version" in page(client, "one", draft.uuid)


def test_only_the_secretariat_withdraws_a_case_with_a_reason_and_puts_it_back(term):
    case = CaseCountryFactory(country=term.country).case
    address = reverse("casework:published", args=[case.slug])
    secretary = client_of(Role.ADMINISTRATOR)

    denied = browser(term.person).post(address, {"do": "withdraw", "reason": "No."})
    unsaid = secretary.post(address, {"do": "withdraw", "reason": ""})
    assert (denied.status_code, unsaid.status_code) == (404, 200)
    assert Client().get(case.get_absolute_url()).status_code == 200

    secretary.post(address, {"do": "withdraw", "reason": "A wrong source."})
    assert Client().get(case.get_absolute_url()).status_code == 404
    assert browser(term.person).get(address).status_code == 404
    secretary.post(address, {"do": "put-back"})
    assert Client().get(case.get_absolute_url()).status_code == 200


def test_an_older_version_is_read_at_its_own_address_and_says_that_it_is_older(term, count_queries):
    case = CaseCountryFactory(country=term.country, case__title="Newer title").case
    draft = handed_in(whole(term.country, title="Older title"), by=UserFactory())
    document = told(Sheet(draft.saves.get().words, lists(), is_checked=True))
    CaseVersion.objects.create(case=case, number=1, on=AT.date(), told=document)
    newest = CaseVersion.objects.create(
        case=case, number=2, on=AT.date(), told={}, what_changed="The title."
    )
    first = reverse("casestudies:version", args=[case.slug, 1])

    with count_queries(5):
        older = Client().get(first).content.decode()
    page = Client().get(case.get_absolute_url()).content.decode()

    assert "Older title" in older
    assert "Checked" not in older
    assert "It was replaced by version 2 of 3 March 2026." in older
    assert f'href="{first}"' in page
    assert "Version 2 of 3 March 2026" in page
    assert "The title." in page
    assert Client().get(newest.get_absolute_url())["Location"] == case.get_absolute_url()
    assert Client().get(reverse("casestudies:version", args=[case.slug, 9])).status_code == 404
    CaseStudy.objects.update(withdrawn_at=AT)
    assert Client().get(first).status_code == 404


# --- Lists ------------------------------------------------------------------------------


def test_an_empty_desk_says_how_to_begin(term):
    shown = page(browser(term.person), "list")

    assert "No case study is proposed yet" in shown
    assert "No published case study names your country or institution." in shown


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_costs_the_same_for_any_number_of_proposals(rows, count_queries):
    client = client_of(Role.ADMINISTRATOR)
    for _ in range(rows):
        draft = CaseDraftFactory(country=CountryFactory())
        CaseStudyFactory(title=draft.title)
    page(client, "list")

    with count_queries(6):
        shown = client.get("/desk/case-studies/?state=writing")

    assert len(shown.context["page"].object_list) == rows


@pytest.mark.parametrize("rows", [1, 12])
def test_a_proposal_costs_the_same_for_any_number_of_saves(term, rows, count_queries):
    draft = CaseDraftFactory(country=term.country, by=term.person)
    for number in range(rows):
        draft.saves.create(number=number + 2, words={}, by=UserFactory(), at=AT)
        draft.comments.create(text="Word.", by=UserFactory(), at=AT)
    client = browser(term.person)

    with count_queries(8):
        assert client.get(draft.get_absolute_url()).status_code == 200
