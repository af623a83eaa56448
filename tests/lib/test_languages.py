from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from courses.catalogue.languages import NAMES, language_name
from partnership.lib import dating, languages, numbers
from tests.factories.accounts import UserFactory


def test_each_language_has_the_name_that_its_readers_give_it():
    assert languages.named(["en", "fr", "ar", "zh-hans"]) == [
        ("en", "English"),
        ("fr", "Français"),
        ("ar", "العربيّة"),
        ("zh-hans", "简体中文"),
    ]
    assert [name for _, name in languages.named(["zh", "mn", "lo"])] == ["中文", "Монгол", "ລາວ"]


@pytest.mark.parametrize(
    ("code", "meant"),
    [("fr", "fr"), ("fr-ca", "fr"), ("de", ""), ("", ""), (None, ""), ("../", "")],
)
def test_only_languages_of_the_site_are_offered(settings, code, meant):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]

    assert languages.offered(code) == meant


def test_texts_follow_the_pages_until_they_are_chosen_apart(rf, settings):
    request = rf.get("/")
    with translation.override("fr"):
        followed = languages.of_texts(request)
    request.COOKIES[languages.TEXTS] = "en"
    with translation.override("fr"):
        chosen = languages.of_texts(request)

    assert (followed, chosen) == ("fr", "en")


def test_a_device_asks_in_the_languages_that_it_kept(rf):
    request = rf.get("/", headers={languages.KEPT_IN: "fr en"})

    assert (languages.of_pages(request), languages.of_texts(request)) == ("fr", "en")


def test_names_of_languages_begin_small_within_a_french_sentence():
    with translation.override("fr"):
        names = [translation.gettext(name) for name in NAMES]

        assert language_name("en") == "anglais"
    assert [name for name in names if name != name.lower()] == []


def test_numbers_and_dates_are_written_as_the_language_writes_them():
    with translation.override("fr"):
        written = numbers.shown(Decimal("1618.5")), dating.as_text(date(2024, 5, 27), "day")
        month = dating.as_text(date(2023, 12, 31), "month")

    assert written == ("1\xa0618,5", "27 mai 2024")
    assert month == "décembre 2023"


def test_messages_of_django_and_of_the_sign_in_library_come_in_french():
    with translation.override("fr"):
        assert translation.gettext("This field is required.") == "Ce champ est obligatoire."
        assert "mot de passe" in translation.gettext("Forgot your password?").lower()


@pytest.mark.django_db
def test_a_person_without_a_language_has_none_of_their_own():
    assert UserFactory().language == ""
