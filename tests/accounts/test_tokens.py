"""Tokens for programs: drawn, kept as a hash, paid for, ended; and their page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from partnership.accounts import endings, passwords, tokens
from partnership.accounts.models import ApiToken, Role, Scope, User
from partnership.accounts.tokens import TokenRefused, TokenWrong, TooManyCalls, TooManyTokens, Wish
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from tests import signing_in
from tests.constraints import refused_by
from tests.factories.accounts import NOON, UserFactory, person_with, token_of
from tests.site.people import client_of
from tests.threads import together

DAY = timedelta(days=1)
PAGE, REVOKE = "/account/tokens/", "/account/tokens/revoke/"
FORM = {"name": "Personnel system", "scopes": ["people:read", "people:write"], "days": "90"}


@pytest.fixture
def person(db) -> User:
    return UserFactory()


# --- What it is -------------------------------------------------------------------------


def test_a_token_tells_by_its_form_and_its_sum_that_it_is_one_of_ours():
    text = tokens.draw()

    assert re.fullmatch(r"a6ip_[0-9A-Za-z]{42}", text)
    assert tokens.is_one(text)
    for wrong in ("", text[:-1], text + "a", text[5:], text.swapcase(), f" {text}", f"{text}\n"):
        assert not tokens.is_one(wrong)
    other = "b" if text[10] == "a" else "a"
    assert not tokens.is_one(text[:10] + other + text[11:])


def test_the_token_stands_nowhere_in_the_database_only_its_hash(person):
    text = token_of(person, at=NOON)

    with connection.cursor() as cursor:
        for table in ("apitoken", "auditentry", "outboxmessage"):
            cursor.execute(f"SELECT * FROM partnership_{table}")
            rows = str(cursor.fetchall())
            assert rows != "[]"
            assert text[5:20] not in rows
    assert ApiToken.objects.get().hashed == tokens.hash_of(text)


def test_a_token_is_recognised_with_its_person_its_scopes_and_the_day_noted(person):
    text = token_of(person, "people:write", "people:read", at=NOON)

    token = tokens.recognise(text, at=NOON + DAY)

    assert (token.person, token.granted) == (person, {"people:read", "people:write"})
    assert ApiToken.objects.get().last_used_on == (NOON + DAY).date()


def test_making_and_revoking_are_written_down_with_the_tokens_id_and_told_by_mail(person):
    token, _text = tokens.make(person, Wish("Program", ["people:read"], 30), at=NOON)
    tokens.revoke(token, at=NOON)
    tokens.revoke(token, at=NOON + DAY)

    entries = list(AuditEntry.objects.order_by("pk").values_list("verb", "key", "actor"))
    assert entries == [
        ("token.make", str(token.uuid), str(person.uuid)),
        ("token.revoke", str(token.uuid), str(person.uuid)),
    ]
    assert OutboxMessage.objects.get().to == person.email
    assert ApiToken.objects.get().revoked_at == NOON


# --- What ends it -----------------------------------------------------------------------


def end_all(person):
    endings.end_all(person, at=NOON)


def disable(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


def set_password(person):
    passwords.set_password(person, "quite a long pass phrase", at=NOON)


def revoke(person):
    tokens.revoke(person.api_tokens.get(), at=NOON)


@pytest.mark.parametrize("end", [end_all, disable, set_password, revoke])
def test_a_token_ends_with_whatever_ends_the_sessions_of_its_person(person, end):
    text = token_of(person, at=NOON)
    tokens.recognise(text, at=NOON)

    end(person)

    with pytest.raises(TokenWrong):
        tokens.recognise(text, at=NOON)


def test_a_token_holds_through_its_days_and_not_a_moment_longer(person):
    text = token_of(person, at=NOON, days=30)

    tokens.recognise(text, at=NOON + 30 * DAY - timedelta(seconds=1))
    with pytest.raises(TokenWrong):
        tokens.recognise(text, at=NOON + 30 * DAY)


def test_a_wrong_token_is_refused_in_the_same_words_and_one_of_another_form_costs_no_query(
    person, count_queries
):
    token_of(person, at=NOON)
    told = set()
    for text, queries in ((tokens.draw(), 1), ("a6ip_" + "x" * 42, 0), ("session", 0)):
        with count_queries(queries), pytest.raises(TokenWrong) as refusal:
            tokens.recognise(text, at=NOON)
        told.add(str(refusal.value))
    assert len(told) == 1


def test_the_three_hundred_and_first_call_of_a_minute_is_refused_and_the_next_minute_is_new(person):
    text = token_of(person, at=NOON)
    ApiToken.objects.update(calls=299, counted_from=NOON)

    tokens.recognise(text, at=NOON)
    with pytest.raises(TooManyCalls):
        tokens.recognise(text, at=NOON + timedelta(seconds=59))
    tokens.recognise(text, at=NOON + timedelta(seconds=60))

    assert ApiToken.objects.get().calls == 1


# --- What is refused --------------------------------------------------------------------


@pytest.mark.parametrize(
    "wish",
    [
        Wish("P", ["people:read"], 366),
        Wish("P", ["people:read"], 0),
        Wish("P", [], 30),
        Wish("P", ["everything"], 30),
        Wish("  ", ["people:read"], 30),
    ],
)
def test_a_token_for_too_long_for_nothing_or_without_a_name_is_not_made(person, wish):
    with pytest.raises(TokenRefused):
        tokens.make(person, wish, at=NOON)


def test_somebody_has_ten_tokens_that_work_and_makes_twenty_a_day(person):
    for _number in range(10):
        token_of(person, at=NOON)
    with pytest.raises(TooManyTokens):
        token_of(person, at=NOON)
    ApiToken.objects.update(revoked_at=NOON)
    for _number in range(10):
        token_of(person, at=NOON)
    ApiToken.objects.update(revoked_at=NOON)
    with pytest.raises(TooManyTokens):
        token_of(person, at=NOON)
    assert token_of(person, at=NOON + DAY)


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_make_the_tenth_at_once_make_one():
    person = UserFactory()
    for _number in range(9):
        token_of(person, at=NOON)

    def make() -> bool:
        try:
            token_of(person, at=NOON)
        except TooManyTokens:
            return False
        return True

    assert sorted(together(make, make)) == [False, True]
    assert ApiToken.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_the_last_call_of_a_minute_asked_for_twice_at_once_is_answered_once():
    text = token_of(UserFactory(), at=NOON)
    ApiToken.objects.update(calls=299)

    def call() -> bool:
        try:
            tokens.recognise(text, at=NOON)
        except TooManyCalls:
            return False
        return True

    assert sorted(together(call, call)) == [False, True]


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("api_token_holds_a_year_at_most", {"days": 366}),
        ("api_token_may_do_something", {"scopes": ""}),
        ("api_token_has_a_name", {"name": ""}),
        ("api_token_is_used_so_often_a_minute", {"calls": 301}),
        ("api_token_is_revoked_after_it_is_made", {"revoked_at": NOON - DAY}),
    ],
)
def test_the_database_refuses_a_token_that_cannot_be(person, constraint, values):
    token_of(person, at=NOON)

    with refused_by(constraint):
        ApiToken.objects.update(**values)


# --- The page ---------------------------------------------------------------------------


@pytest.fixture
def client(db) -> Client:
    return client_of(Role.FOCAL_POINT)


def made(client: Client) -> str:
    """The token that the page shows after making one."""
    page = client.post(PAGE, FORM, follow=True)
    assert page.headers["Cache-Control"] == "no-store"
    return re.search(r"a6ip_[0-9A-Za-z]{42}", page.content.decode())[0]


def test_the_page_shows_a_new_token_once_and_keeps_its_name_and_days(client):
    text = made(client)
    again = client.get(PAGE).content.decode()

    assert tokens.is_one(text)
    assert text[:20] not in again
    assert "Personnel system" in again
    assert "Never used." in again
    row = ApiToken.objects.get()
    assert (row.scopes, row.days) == ("people:read people:write", 90)


def test_between_making_and_showing_the_token_is_sealed_in_the_session(client):
    client.post(PAGE, FORM)

    kept = client.session["new_token"]
    assert "a6ip_" not in kept
    client.head(PAGE)
    assert client.session["new_token"] == kept


def test_a_form_that_names_nothing_says_so_and_makes_nothing(client):
    page = client.post(PAGE, {"name": "", "days": "9999", "scopes": ["all"]}).content.decode()

    assert "The token is not made yet" in page
    assert 'href="#id_scopes"' in page
    assert 'id="id_scopes"' in page
    assert not ApiToken.objects.exists()


def test_who_showed_who_they_are_long_ago_shows_it_again_before_a_token_is_made(db):
    person = person_with(Role.ADMINISTRATOR)
    client = Client()
    client.force_login(person)
    signing_in.show(client, person, "mfa", ago=3600)

    answer = client.post(PAGE, FORM)

    assert answer["Location"].startswith("/account/prove/")
    assert not ApiToken.objects.exists()


def test_a_revoked_token_is_listed_as_such_and_another_persons_cannot_be_revoked(client):
    text = made(client)
    mine = ApiToken.objects.get()
    other = client_of(Role.ADMINISTRATOR)

    assert other.post(REVOKE, {"row": mine.uuid}).status_code == 404
    assert "Personnel system" not in other.get(PAGE).content.decode()
    assert tokens.recognise(text, at=mine.made_at)
    page = client.post(REVOKE, {"row": mine.uuid}, follow=True).content.decode()
    assert "revoked" in page
    with pytest.raises(TokenWrong):
        tokens.recognise(text, at=mine.made_at)
    assert client.post(REVOKE, {"row": "none"}).status_code == 404


def test_the_list_costs_as_many_queries_with_one_token_as_with_ten(client, count_queries):
    person = User.objects.get(pk=client.session["_auth_user_id"])
    token_of(person)
    with count_queries(4):
        client.get(PAGE)
    for _number in range(9):
        token_of(person)
    with count_queries(4):
        client.get(PAGE)


@pytest.mark.parametrize("scope", Scope.values)
def test_every_scope_is_a_subject_and_whether_it_reads_or_changes(scope):
    assert re.fullmatch(r"(people|invitations|requests):(read|write)|(jobs|links):read", scope)
