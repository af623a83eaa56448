"""The switch of languages: who keeps it, where it leads, and what it leaves alone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from courses.learning import notices
from partnership.accounts.models import User
from partnership.lib.languages import TEXTS
from partnership.mail.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
FRENCH = {"Accept-Language": "fr"}


def choose(client, language="fr", back="/glossary/", **more):
    return client.post("/language/", {"language": language, "next": back}, **more)


def language_of(client, address="/glossary/", **more) -> str:
    page = client.get(address, **more).content.decode()
    return re.search(r'<html lang="([^"]*)" dir="([^"]*)"', page)[1]


def test_every_page_offers_each_language_under_its_own_name(client):
    page = client.get("/glossary/?q=itmo").content.decode()

    offered = re.findall(r'name="language" value="(\w+)" lang="(\w+)"[^>]*>([^<]*)<', page)
    assert offered == [("en", "en", "English"), ("fr", "fr", "Français")]
    assert '<input type="hidden" name="next" value="/glossary/?q=itmo">' in page
    assert len(re.findall(r'name="language" value="en"[^>]*aria-current="true"', page)) == 1


def test_a_site_with_one_language_offers_none(client, settings):
    settings.LANGUAGES = [("en", "English")]

    assert 'name="language"' not in client.get("/glossary/").content.decode()


def test_the_choice_leads_back_to_the_page_its_query_and_its_place(client):
    back = "/agreements/?kind=treaty&acquiring=JPN#b-0123456789"

    assert choose(client, back=back)["Location"] == back


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "glossary", "", "\\\\x"]
)
def test_it_leads_to_no_other_site(client, back):
    assert choose(client, back=back)["Location"] == "/"


def test_a_visitor_keeps_it_in_a_cookie(client):
    cookie = choose(client).cookies["language"]

    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("fr", True, "Lax")
    assert language_of(client) == "fr"
    assert choose(client, "en").status_code == 302
    assert language_of(client) == "en"


def test_a_page_in_a_chosen_language_is_no_answer_for_others(client):
    choose(client)

    assert "Cookie" in client.get("/glossary/")["Vary"]


def test_a_person_keeps_it_in_the_account_on_every_device(client):
    person = UserFactory()
    client.force_login(person)
    answer = choose(client)
    other = Client()
    other.force_login(person)

    assert "language" not in answer.cookies
    assert User.objects.get(pk=person.pk).language == "fr"
    assert language_of(other, headers={"Accept-Language": "en"}) == "fr"


def test_without_a_choice_the_browser_decides(client):
    assert language_of(client, headers={"Accept-Language": "fr-CA,en;q=0.5"}) == "fr"
    assert language_of(client, headers={"Accept-Language": "de"}) == "en"


def test_a_language_that_is_no_longer_offered_is_not_spoken(client):
    client.force_login(UserFactory(language="ar"))

    assert language_of(client) == "en"


@pytest.mark.parametrize("sent", [{}, {"language": "xx"}, {"texts": ""}, {"language": "fr\0"}])
def test_a_language_that_is_not_offered_is_refused(client, sent):
    answer = client.post("/language/", sent)

    assert answer.status_code == 400
    assert answer.cookies.get("language") is None


def test_a_form_of_another_site_changes_nothing(client):
    person = UserFactory()
    client.force_login(person)

    answer = choose(client, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert User.objects.get(pk=person.pk).language == ""


def test_a_form_of_ours_needs_no_token(settings):
    client = Client(enforce_csrf_checks=True)

    assert choose(client, headers={"Origin": "http://testserver"}).status_code == 302


def test_looking_at_the_address_changes_nothing(client):
    assert client.get("/language/?language=fr").status_code == 405


def test_the_language_of_texts_is_chosen_apart(client):
    choose(client)
    client.post("/language/", {"texts": "en", "next": "/"})

    assert client.cookies[TEXTS].value == "en"
    assert language_of(client) == "fr"


def test_what_a_visitor_chose_goes_along_and_stays_behind_for_nobody(client):
    person = UserFactory(language="en")
    person.set_password("three words nobody guesses")
    person.save()
    choose(client)

    form = {"login": person.email, "password": "three words nobody guesses"}
    answer = client.post("/account/sign-in/", form)

    assert answer.status_code == 302
    assert User.objects.get(pk=person.pk).language == "fr"
    assert client.cookies["language"].value == ""


def test_whoever_signs_in_without_a_choice_keeps_their_own(client):
    person = UserFactory(language="fr")
    person.set_password("three words nobody guesses")
    person.save()

    form = {"login": person.email, "password": "three words nobody guesses"}
    client.post("/account/sign-in/", form, headers={"Accept-Language": "en"})

    assert User.objects.get(pk=person.pk).language == "fr"
    assert language_of(client, headers={"Accept-Language": "en"}) == "fr"


def test_a_french_page_is_french_from_head_to_foot(client):
    page = client.get("/", headers={"Accept-Language": "fr"}).content.decode()

    for words in ("Aller au texte", "Se connecter", "Études de cas", "Langue des pages"):
        assert words in page
    assert "Skip to the text" not in page


def test_drawings_have_the_same_numbers_in_every_language(client, content):
    """A comma for the decimals would break a drawing, a style or a field."""
    broken = {}
    for address in (
        "/",
        "/agreements/network/",
        "/agreements/jpn-vnm/",
        "/members/countries/vnm/",
        "/case-studies/transformers-viet-nam-lao-pdr/",
        "/case-studies/solar-farm-monnaran-mongolia/",
        "/courses/a6-202/single-year-targets/",
        "/courses/a6-202/",
    ):
        drawn = [
            re.findall(
                r'\s(?:[xy]\d?|c[xy]|r|d|width|height|points|viewBox|transform)="[^"]*"', page
            )
            for page in (
                client.get(address, headers={"Accept-Language": language}).content.decode()
                for language in ("en", "fr")
            )
        ]
        if drawn[0] != drawn[1]:
            broken[address] = [pair for pair in zip(*drawn, strict=False) if pair[0] != pair[1]][:3]

    assert broken == {}


def test_a_code_is_mailed_in_the_language_of_whoever_asks(client):
    client.post("/account/sign-in/code/", {"login": "a@ministry.example"}, headers=FRENCH)

    mail = OutboxMessage.objects.get()
    assert mail.subject == "Votre code pour créer un compte"
    assert mail.body.startswith("Madame, Monsieur,\n\nvoici le code que vous avez demandé")


def test_a_person_gets_mails_in_their_own_language_whoever_asks(client):
    person = UserFactory(language="fr")
    client.post(
        "/account/sign-in/code/", {"login": person.email}, headers={"Accept-Language": "en"}
    )

    assert OutboxMessage.objects.get().subject == "Votre code de connexion"


def test_mails_of_learning_are_in_the_language_of_the_learner():
    certificate = CertificateFactory(learner__language="fr")

    subject, text = notices.certificate_issued(certificate, certificate.learner)

    assert subject.startswith("Votre certificat\xa0: ")
    assert "Téléchargez-le depuis votre relevé de formation" in text


@pytest.mark.parametrize("turn", [1, 2])
def test_a_language_left_in_the_thread_is_not_that_of_the_next_test(turn):
    assert translation.get_language() == "en"
    translation.activate("fr")
