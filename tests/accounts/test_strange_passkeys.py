"""What is no answer of a passkey is refused plainly, whatever bytes it holds."""

from __future__ import annotations

import json
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
ROUNDS = 60
NO_BYTES = (None, 1, [], {}, "§", "====", "a")


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


def broken(answer: str, chance: Random) -> str:
    """A right answer of which one part was cut, turned over, made up or is no text."""
    found = json.loads(answer)
    parts = found["response"]
    # The handle only says whose key it is, in small or capital letters alike.
    name = chance.choice(sorted(parts.keys() - {"userHandle"}))
    raw = bytearray(websafe_decode(parts[name]))
    match chance.randrange(3):
        case 0:
            raw = raw[: chance.randrange(len(raw))]
        case 1:
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        case 2:
            raw = bytearray(chance.randbytes(chance.randrange(60)))
    made_up = chance.randrange(8) == 0
    parts[name] = chance.choice(NO_BYTES) if made_up else websafe_encode(bytes(raw))
    return json.dumps(found)


@pytest.mark.parametrize("seed", range(3))
def test_broken_answers_when_a_key_is_made_are_no_fault_of_the_site(seed):
    client = signing_in.without_factor(Client(), UserFactory())
    chance = Random(seed)
    for _ in range(ROUNDS):
        question = client.post("/account/second-factor/question/", secure=True).json()
        answer = add_passkey(client, broken(Passkey().made(question), chance))
        # A bit that nothing is read from may turn over: the key is as good.
        assert answer.status_code in (200, 302)


@pytest.mark.parametrize("seed", range(3))
def test_broken_answers_of_a_key_sign_nobody_in(seed):
    inside = signing_in.without_factor(Client(), UserFactory())
    key, chance, client = give_passkey(inside), Random(seed), Client()
    for _ in range(ROUNDS):
        question = client.post(QUESTION, secure=True).json()
        wrong = broken(key.shown(question), chance)
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
