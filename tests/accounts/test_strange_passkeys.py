"""What is no answer of a passkey is refused plainly, whatever bytes it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from random import Random

import pytest
from django.core.cache import caches
from django.test import Client
from fido2.utils import websafe_decode, websafe_encode

from tests import signing_in
from tests.accounts.browsing import is_in
from tests.accounts.having import PASSKEY, QUESTION, add_passkey, give_passkey
from tests.accounts.keys import Passkey
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ROUNDS = 8
NO_BYTES = (None, 1, [], {}, "§", "====", "a")


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


def in_every_way(answer: str) -> Iterator[str]:
    """A right answer with each part cut, turned over, made up or without any bytes."""
    chance = Random(8)
    # The handle only says whose key it is, in small or capital letters alike.
    for name in sorted(json.loads(answer)["response"].keys() - {"userHandle"}):
        raw = websafe_decode(json.loads(answer)["response"][name])
        for part in (*_other_bytes(raw, chance), *NO_BYTES):
            found = json.loads(answer)
            found["response"][name] = websafe_encode(part) if isinstance(part, bytes) else part
            yield json.dumps(found)


def _other_bytes(raw: bytes, chance: Random) -> Iterator[bytes]:
    yield b""
    yield chance.randbytes(chance.randrange(60))
    for _ in range(ROUNDS):
        yield raw[: chance.randrange(len(raw))]
        at = chance.randrange(len(raw))
        yield raw[:at] + bytes([raw[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :]


def nth(found: Iterator[str], number: int) -> str:
    return next(islice(found, number, None))


def ways(answer: str) -> int:
    return len(list(in_every_way(answer)))


@pytest.mark.audit
def test_broken_answers_when_a_key_is_made_are_no_fault_of_the_site():
    client = signing_in.without_factor(Client(), UserFactory())

    def right() -> str:
        question = client.post("/account/second-factor/question/", secure=True).json()
        return Passkey().made(question)

    for number in range(ways(right())):
        wrong = nth(in_every_way(right()), number)
        # A bit that nothing is read from may turn over: the key is as good.
        assert add_passkey(client, wrong).status_code in (200, 302)


@pytest.mark.audit
def test_broken_answers_of_a_key_sign_nobody_in():
    key, client = give_passkey(signing_in.without_factor(Client(), UserFactory())), Client()

    def right() -> str:
        return key.shown(client.post(QUESTION, secure=True).json())

    for number in range(ways(right())):
        wrong = nth(in_every_way(right()), number)
        answer = client.post(PASSKEY, {"credential": wrong}, secure=True)
        assert (answer.status_code, is_in(client)) == (200, False)


@pytest.mark.parametrize("handle", ["", "====", "§", "AAAA", "LTE", None, 7, [], {}])
def test_a_key_that_names_nobody_signs_nobody_in(handle):
    key, client = give_passkey(signing_in.without_factor(Client(), UserFactory())), Client()
    question = client.post(QUESTION, secure=True).json()
    answer = json.loads(key.shown(question))
    answer["response"]["userHandle"] = handle

    page = client.post(PASSKEY, {"credential": json.dumps(answer)}, secure=True)

    assert (page.status_code, is_in(client)) == (200, False)


def test_a_key_that_names_somebody_else_signs_nobody_in():
    mine = give_passkey(signing_in.without_factor(Client(), UserFactory()))
    other = give_passkey(signing_in.without_factor(Client(), UserFactory()))
    client = Client()
    question = client.post(QUESTION, secure=True).json()
    mine.owner = other.owner

    page = client.post(PASSKEY, {"credential": mine.shown(question)}, secure=True)

    assert (page.status_code, is_in(client)) == (200, False)
