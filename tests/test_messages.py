"""The translations of the pages: complete where people read, whole, and compiled as they stand."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel.messages.catalog import Catalog

from tests.messages import (
    LOCALE,
    ROOT,
    catalogue,
    compiled,
    gathered,
    missing,
    placeholders,
    read_again,
    strings_of,
)

LANGUAGES = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
# What learners, trainers, focal points and visitors are shown. The names of models and columns,
# which only administrators see, are left out.
COMPLETE = (
    "templates/*.html",
    "templates/site",
    "templates/courses",
    "templates/account",
    "templates/members",
    "templates/agreements",
    "templates/casestudies",
    "templates/information",
    "courses",
    "partnership",
)
# Strings that are the same in both languages are translated all the same: none is left out.
EXCEPTIONS: frozenset[str] = frozenset()
TAG = re.compile(r"</?(?:a|b|bdi|code|em|span|strong)\b|&\w+;")
HOW = (
    "Run `make messages`: it writes the new strings into "
    "partnership/locale/{language}/LC_MESSAGES/django.po with an empty msgstr. Translate them "
    "there and run it again: that compiles the .mo beside it. Without a translation are:\n"
)


def pairs(words: Catalog):
    """Each source with its translation, plural forms too; those without one are left out."""
    for message in words:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        for n, told in enumerate(strings_of(message)):
            if told:
                yield sources, sources[min(n, len(sources) - 1)], told


def test_french_is_one_of_the_languages():
    assert "fr" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_people_are_shown_is_translated(language):
    left = [one for one in missing(language, gathered(COMPLETE)) if one.text not in EXCEPTIONS]

    lines = [f"{', '.join(sorted(one.files))}: {one.text!r}" for one in left]
    assert not lines, HOW.format(language=language) + "\n".join(lines)


def test_a_string_without_a_translation_is_found(tmp_path, monkeypatch):
    page = tmp_path / "page.html"
    page.write_text('{% load i18n %}{% translate "Nobody has translated this" %}')
    monkeypatch.setattr("tests.messages.ROOT", tmp_path)

    found = gathered(("page.html",))

    assert [one.text for one in found] == ["Nobody has translated this"]
    assert missing("fr", found) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_the_placeholders_of_its_source(language):
    wrong = [
        (source, told)
        for sources, source, told in pairs(catalogue(language))
        if placeholders(told) not in [placeholders(one) for one in sources]
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_the_tags_of_its_source(language):
    wrong = [
        (source, told)
        for _sources, source, told in pairs(catalogue(language))
        if Counter(TAG.findall(told)) != Counter(TAG.findall(source))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language):
    words = catalogue(language)
    plural = [message for message in words if message.id and isinstance(message.id, tuple)]

    assert plural
    assert [one.id for one in plural if len(strings_of(one)) != words.num_plurals] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    folder = LOCALE / language / "LC_MESSAGES"
    written = compiled(read_again(folder / "django.po", language))

    assert (folder / "django.mo").read_bytes() == written, "Run `make messages`."


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_translated_that_is_nowhere_shown(language):
    there = {one.key for one in gathered()}
    words = catalogue(language)
    kept = [
        message.id
        for message in words
        if message.id
        and (message.context or "", message.id[0] if isinstance(message.id, tuple) else message.id)
        not in there
    ]

    assert kept == [], "Run `make messages`."


def test_french_is_written_as_french_is_printed():
    """A space that no line breaks at before ; : ? ! and within quotation marks, a curved mark."""
    plain = [
        told
        for _sources, _source, told in pairs(catalogue("fr"))
        if re.search(r" [;:?!»](?!\w)|« |\w'\w", told)
    ]

    assert plain == []


def test_the_compiled_catalogues_are_kept_with_the_code():
    ignored = (ROOT / ".gitignore").read_text().split()

    assert "*.mo" not in ignored
