from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from partnership.lib import env


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    return lambda value: monkeypatch.setenv("A_SETTING", value)


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_setting_is_none(given, value: str) -> None:
    given(value)
    assert env.text("A_SETTING", "default") == "default"
    assert env.boolean("A_SETTING", default=True) is True
    assert env.integer("A_SETTING", 7) == 7
    assert env.words("A_SETTING", "a,b") == ["a", "b"]
    assert env.one_of("A_SETTING", ("first", "second")) == "first"


@pytest.mark.parametrize(
    ("value", "truth"), [("1", True), (" YES ", True), ("off", False), ("False", False)]
)
def test_yes_and_no_have_several_words(given, value: str, truth: bool) -> None:
    given(value)
    assert env.boolean("A_SETTING", default=not truth) is truth


def test_words_are_parted_by_commas(given) -> None:
    given(" a , b,,c d ,")
    assert env.words("A_SETTING") == ["a", "b", "c d"]


def test_an_address_is_taken_apart(given) -> None:
    given("redis://:secret@host:6380/2")
    assert (env.address("A_SETTING").hostname, env.address("A_SETTING").port) == ("host", 6380)


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (
            lambda: env.boolean("A_SETTING", default=False),
            "A_SETTING must be yes or no, not 'maybe'.",
        ),
        (lambda: env.integer("A_SETTING", 1), "A_SETTING must be a whole number, not 'maybe'."),
        (
            lambda: env.one_of("A_SETTING", ("a", "b")),
            "A_SETTING must be one of a, b, not 'maybe'.",
        ),
    ],
)
def test_nonsense_is_refused_with_the_name_of_the_setting(given, read, sentence: str) -> None:
    given("maybe")
    with pytest.raises(ImproperlyConfigured) as refused:
        read()
    assert str(refused.value) == sentence


@pytest.mark.parametrize("value", ["redis://:secret@host:port/0", "redis://:secret@[host/0"])
def test_a_wrong_address_is_refused_without_its_password(given, value: str) -> None:
    given(value)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.address("A_SETTING")
    assert "secret" not in str(refused.value)
