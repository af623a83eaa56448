"""Second factors as the services give and take them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from partnership.accounts import factors, passwords
from partnership.accounts.models import FactorTries, Role
from partnership.accounts.sealing import BrokenSeal, seal, unseal
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from tests.accounts.having import SECRET, code_at, give_app, now, recovery_codes
from tests.constraints import refused_by
from tests.factories.accounts import NOON, UserFactory, person_with
from tests.threads import together

pytestmark = pytest.mark.django_db
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture
def alice():
    person = UserFactory(email="alice@m.example")
    give_app(person)
    return person


def tried(person, typed: str, at=NOON) -> str:
    """Which factor a code shows, or why it shows none."""
    try:
        return factors.try_code(person, typed, at=at).type
    except (factors.FactorWrong, factors.TriesUsedUp) as refusal:
        return refusal.code


def test_an_app_shows_its_code_of_now_with_or_without_a_blank(alice):
    code = code_at(NOON)

    assert tried(alice, f"{code[:3]} {code[3:]}") == "totp"


@pytest.mark.parametrize(("off", "found"), [(-1, "totp"), (1, "totp"), (-2, "factor_wrong")])
def test_a_clock_may_be_half_a_minute_off_and_no_more(alice, off, found):
    assert tried(alice, code_at(NOON + off * HALF_A_MINUTE)) == found


def test_a_code_of_the_app_works_once_and_none_before_it_does_afterwards(alice):
    assert tried(alice, code_at(NOON)) == "totp"

    assert tried(alice, code_at(NOON)) == "factor_wrong"
    assert tried(alice, code_at(NOON - HALF_A_MINUTE)) == "factor_wrong"
    assert tried(alice, code_at(NOON + HALF_A_MINUTE)) == "totp"


def test_the_code_that_set_the_app_up_does_not_sign_in():
    person = UserFactory()
    factors.add_app(person, SECRET, code_at(NOON), at=NOON)

    assert tried(person, code_at(NOON)) == "factor_wrong"


def test_a_recovery_code_works_once(alice):
    first, second = recovery_codes(alice)[:2]

    assert [tried(alice, first), tried(alice, first)] == ["recovery_codes", "factor_wrong"]
    assert tried(alice, f"{second[:4]} {second[4:]}") == "recovery_codes"
    assert factors.of(alice).codes_left == 8


def test_somebody_elses_code_shows_nothing(alice):
    other = UserFactory()
    own = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
    factors.add_app(other, own, code_at(NOON, own), at=NOON)

    assert tried(other, code_at(NOON)) == "factor_wrong"
    assert tried(other, recovery_codes(alice)[0]) == "factor_wrong"


def test_after_five_tries_even_the_right_code_waits_five_minutes(alice):
    assert [tried(alice, "000000") for _ in range(5)] == ["factor_wrong"] * 5
    later = NOON + timedelta(minutes=5)

    assert tried(alice, code_at(NOON)) == "factor_tries_used_up"
    assert tried(UserFactory(), "000000") == "factor_wrong"
    assert tried(alice, code_at(later), later) == "totp"


def test_a_right_code_forgives_the_wrong_ones(alice):
    for minutes in range(0, 20, 2):
        at = NOON + timedelta(seconds=minutes)
        assert tried(alice, "000000", at) == "factor_wrong"
        assert tried(alice, recovery_codes(alice)[0], at) == "recovery_codes"


@pytest.mark.django_db(transaction=True)
def test_guesses_that_come_at_once_are_all_paid_for():
    person = UserFactory()
    give_app(person)

    found = together(*[lambda: tried(person, "000000")] * 12)

    assert sorted(found) == ["factor_tries_used_up"] * 7 + ["factor_wrong"] * 5


@pytest.mark.django_db(transaction=True)
def test_a_code_that_is_entered_twice_at_once_signs_in_once():
    person = UserFactory()
    give_app(person)

    found = together(*[lambda: tried(person, code_at(NOON))] * 3)

    assert sorted(found) == ["factor_wrong", "factor_wrong", "totp"]


def test_no_secret_of_a_factor_stands_in_the_database(alice):
    rows = Authenticator.objects.filter(user=alice)
    told = " ".join(str(row.data) for row in rows)

    assert SECRET not in told
    assert not [code for code in recovery_codes(alice) if code in told]


def test_under_another_secret_the_factors_show_nothing_and_nothing_breaks(alice, settings):
    code, spare = code_at(NOON), recovery_codes(alice)[0]
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret that is long enough for this"

    assert [tried(alice, code), tried(alice, spare)] == ["factor_wrong"] * 2
    assert factors.of(alice).codes_left == 0
    settings.SECRET_KEY_FALLBACKS = [old]
    assert tried(alice, code) == "totp"


def test_what_was_sealed_otherwise_is_not_read():
    assert unseal(seal("ñandú")) == "ñandú"
    with pytest.raises(BrokenSeal):
        unseal("gAAAA-nothing")


def test_an_app_is_set_up_by_a_right_code_only_and_once(alice):
    with pytest.raises(factors.HasApp):
        factors.add_app(alice, SECRET, code_at(NOON), at=NOON)
    bob = UserFactory()
    with pytest.raises(factors.FactorWrong):
        factors.add_app(bob, SECRET, "000000", at=NOON)
    assert not factors.has_one(bob)


def test_each_change_ends_sessions_is_written_down_and_told(alice):
    epoch, app = alice.epoch, factors.of(alice).app
    factors.renew_codes(alice, at=NOON)
    factors.remove(alice, app, at=NOON + HALF_A_MINUTE)

    assert alice.epoch == epoch + 2
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", "actor", "changes")
    assert list(verbs) == [
        (f"person.{verb}", str(alice.uuid), {"kind": kind})
        for verb, kind in (
            ("factor_added", "totp"),
            ("recovery_codes_renewed", "recovery_codes"),
            ("factor_removed", "totp"),
        )
    ]
    mails = OutboxMessage.objects.order_by("pk")
    assert [mail.subject for mail in mails] == [
        "A second factor was added to your account",
        "New recovery codes were made for your account",
        "A second factor was removed from your account",
    ]
    assert {mail.to for mail in mails} == {alice.email}
    assert "You no longer sign in with an authenticator app." in mails.last().body


def test_with_the_last_factor_go_the_codes_and_a_short_password(alice):
    passwords.set_password(alice, "nine-long", at=NOON)
    factors.remove(alice, factors.of(alice).app, at=NOON)

    assert not Authenticator.objects.filter(user=alice).exists()
    alice.refresh_from_db()
    assert (alice.has_usable_password(), alice.has_short_password) == (False, False)


def test_a_long_password_stays_without_a_factor(alice):
    passwords.set_password(alice, "a sentence of many words", at=NOON)
    factors.remove(alice, factors.of(alice).app, at=NOON)

    alice.refresh_from_db()
    assert alice.check_password("a sentence of many words")


def test_new_codes_make_the_old_ones_worth_nothing(alice):
    old = recovery_codes(alice)[0]
    factors.renew_codes(alice, at=NOON)

    assert tried(alice, old) == "factor_wrong"
    assert tried(alice, recovery_codes(alice)[0]) == "recovery_codes"


def test_who_lost_all_factors_is_freed_of_them_and_told(alice):
    assert factors.reset(alice, at=now()) == 2

    assert not factors.has_one(alice)
    assert OutboxMessage.objects.latest("pk").subject == "Your second factors were taken away"
    assert AuditEntry.objects.latest("pk").verb == "person.factors_reset"


def test_all_factors_are_found_in_one_query(alice, count_queries):
    with count_queries(1):
        found = factors.of(alice)

    assert (found.is_there, found.passkeys) == (True, ())


def test_a_factor_is_tried_five_times_at_most():
    with refused_by("factor_is_tried_five_times"):
        FactorTries.objects.create(person=UserFactory(), tries=6, since=NOON)


def test_the_command_frees_somebody_and_names_nobody_unknown(capsys, alice):
    call_command("reset_second_factor", "ALICE@m.example")
    assert not factors.has_one(alice)
    assert "2" in capsys.readouterr().out
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "bob@m.example")


def test_a_data_editor_is_somebody_with_a_role_that_was_given():
    assert person_with(Role.DATA_EDITOR).role_grants.get().get_role_display() == "data editor"
