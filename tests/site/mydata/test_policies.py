"""Versions of the notice and the terms: published once, asked of everybody, locking nobody out."""

from __future__ import annotations

import pytest

from partnership.accounts import policies
from partnership.accounts.models import Consent, PolicyText, PolicyVersion, Role, User
from partnership.lib import clock
from partnership.site.mydata.limits import LIMITS
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
BANNER = "How this site keeps your data is written down anew."
TEXTS = {"en": "## Why\n\nTo teach.", "fr": "## Pourquoi\n\nPour enseigner."}


def published(kind: str = "privacy", **more) -> PolicyVersion:
    return policies.publish(kind, TEXTS, at=clock.now(), **more)


def test_the_texts_that_come_with_the_site_are_published_once():
    at = clock.now()

    assert policies.load_first_versions(at) == 2
    assert policies.load_first_versions(at) == 0

    assert PolicyVersion.objects.count() == 2
    assert set(PolicyText.objects.values_list("language", flat=True)) == {"en", "fr"}


def test_anybody_reads_the_newest_version_in_their_language_with_the_limits(client):
    published()

    english = client.get("/policies/privacy/").content.decode()
    french = client.get("/policies/privacy/", headers={"Accept-Language": "fr"}).content.decode()

    assert ">Why</h2>" in english
    assert ">Pourquoi</h2>" in french
    assert english.count('<th scope="row">') == len(LIMITS)


def test_an_older_version_can_still_be_read_and_says_that_it_is_replaced(client):
    published()
    published(what_changed="One word.")

    page = client.get("/policies/privacy/1/").content.decode()

    assert "Read the newest version" in page
    assert "Version 2" in page
    unknown = [client.get(f"/policies/{end}/").status_code for end in ("privacy/3", "cookies")]
    assert unknown == [404, 404]


def test_a_language_without_a_text_is_shown_in_english_and_says_so(client):
    policies.publish("terms", {"en": "Be fair.", "fr": " "}, at=clock.now())

    page = client.get("/policies/terms/", headers={"Accept-Language": "fr"}).content.decode()

    assert '<div class="prose" lang="en" dir="ltr">' in page
    assert 'class="hint"' in page


def test_a_new_version_is_asked_for_until_it_is_agreed_to_and_locks_nobody_out(client):
    person = UserFactory()
    client.force_login(person)
    assert BANNER not in client.get("/account/").content.decode()
    first = published()

    assert BANNER in client.get("/account/").content.decode()
    assert client.get("/courses/mine/").status_code == 200
    client.post("/account/policies/", {"version": [first.pk]})
    assert BANNER not in client.get("/account/").content.decode()
    second = published(what_changed="One word.")
    assert BANNER in client.get("/account/").content.decode()

    assert list(Consent.objects.values_list("person", "version")) == [(person.pk, first.pk)]
    assert policies.not_agreed(person) == [second]


def test_a_version_that_was_not_on_the_page_is_not_agreed_to(client):
    person = UserFactory()
    client.force_login(person)
    first, terms = published(), published("terms")

    client.post("/account/policies/", {"version": [first.pk]})

    assert policies.not_agreed(person) == [terms]
    person.refresh_from_db()
    assert person.policies_due


def test_agreeing_twice_is_noted_once():
    person, version = UserFactory(), published()

    for _ in range(2):
        policies.agree(person, [version.pk], at=clock.now())

    assert Consent.objects.count() == 1


def test_administrators_publish_the_next_version_at_the_desk():
    published()
    client = client_of(Role.ADMINISTRATOR)
    typed = {"kind": "privacy", "text_en": "## New", "text_fr": "", "what_changed": ""}

    begun = client.get("/desk/policies/?kind=privacy").content.decode()
    refused = client.post("/desk/policies/", typed).content.decode()
    client.post("/desk/policies/", {**typed, "what_changed": "All of it."})

    assert "\n## Why" in begun
    assert "Say in a sentence what changed" in refused
    version = PolicyVersion.objects.get(number=2)
    assert (version.what_changed, version.texts.get().language) == ("All of it.", "en")
    assert not User.objects.filter(policies_due=False).exists()


def test_no_version_is_without_its_english_text():
    with pytest.raises(policies.PolicyRefused):
        policies.publish("privacy", {"fr": "Bonjour"}, at=clock.now())


def test_what_a_text_brings_along_does_no_harm(client):
    policies.publish("privacy", {"en": "Hello <script>alert(1)</script>"}, at=clock.now())

    assert "<script>alert" not in client.get("/policies/privacy/").content.decode()


def test_the_tables_of_policies_refuse_what_cannot_be():
    version, at = published(), clock.now()
    person = UserFactory()
    Consent.objects.create(person=person, version=version, at=at)

    with refused_by("policy_version_once"):
        PolicyVersion.objects.create(kind="privacy", number=1, published_at=at)
    with refused_by("policy_version_says_what_changed"):
        PolicyVersion.objects.create(kind="privacy", number=2, published_at=at)
    with refused_by("policy_text_once"):
        PolicyText.objects.create(version=version, language="en", text="x")
    with refused_by("policy_text_says_something"):
        PolicyText.objects.create(version=version, language="ar", text="")
    with refused_by("consent_once"):
        Consent.objects.create(person=person, version=version, at=at)
