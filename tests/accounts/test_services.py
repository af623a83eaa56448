from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from partnership.accounts import services
from partnership.accounts.codes import code_of, shown
from partnership.accounts.models import MailedCode, User
from partnership.accounts.queries import Asker, owner_of
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from partnership.mail.services import queue
from tests.factories.accounts import NOON, MailedCodeFactory, UserFactory
from tests.threads import together

MINUTE = timedelta(minutes=1)


def enter(code: MailedCode, typed: str = "", *, at=NOON) -> str:
    """The refusal's code, or nothing when it was right."""
    try:
        services.try_code(code, typed or code_of(code.uuid), at=at)
    except services.Refusal as refusal:
        return refusal.code
    return ""


def mailed(email: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(to=email).order_by("pk"))


# --- Mailing ----------------------------------------------------------------------------


def test_a_code_is_mailed_to_the_address_and_stands_in_no_other_row(db):
    code = services.mail_code(" Anna@M.Example ", name="Anna", at=NOON)

    (message,) = mailed("anna@m.example")
    assert shown(code_of(code.uuid)) in message.body
    assert "until 12:30 UTC on 2 March 2026" in message.body
    assert code_of(code.uuid)[:4] not in message.subject
    assert code_of(code.uuid) not in repr(MailedCode.objects.values().get())


def test_the_mail_says_what_to_do_when_nobody_asked_and_repeats_no_typed_name(db):
    services.mail_code("anna@m.example", name="You won: https://evil.example", at=NOON)

    (message,) = mailed("anna@m.example")
    assert "You did not ask for it?" in message.body
    assert "evil" not in message.body


def test_a_known_person_is_told_so_in_the_mail_alone_and_in_their_language(db, settings):
    settings.LANGUAGES = [("en", "en"), ("fr", "fr")]
    UserFactory(email="anna@m.example", name="Anna", language="fr")
    with translation.override("en"):
        services.mail_code("anna@m.example", at=NOON)
        services.mail_code("bob@m.example", at=NOON)

    (known,), (unknown,) = mailed("anna@m.example"), mailed("bob@m.example")
    assert "Bonjour Anna" in known.body
    assert "Vous avez un compte" in known.body
    assert "2 mars 2026" in known.body
    assert "There is no account with this address yet" in unknown.body


def test_known_and_unknown_addresses_cost_the_same(count_queries):
    UserFactory(email="anna@m.example")
    EmailAddress.objects.create(
        user=UserFactory(email="cleo@m.example"), email="cleo@m.example", verified=True
    )

    for email in ("anna@m.example", "bob@m.example", "cleo@m.example"):
        with count_queries(11):
            services.mail_code(email, name="Whoever", at=NOON)
        assert len(mailed(email)) == 1


def test_once_more_is_the_same_code_and_holds_from_then_on(db):
    code = services.mail_code("anna@m.example", at=NOON)
    later = NOON + 20 * MINUTE

    again = services.mail_again(code, at=later)

    assert (again.pk, again.expires_at) == (code.pk, later + MailedCode.LIFE)
    first, second = mailed("anna@m.example")
    assert shown(code_of(code.uuid)) in first.body
    assert shown(code_of(code.uuid)) in second.body


def test_pressed_twice_within_a_minute_one_mail_goes(db):
    code = services.mail_code("anna@m.example", at=NOON)

    services.mail_again(code, at=NOON + timedelta(seconds=59))
    services.mail_code("ANNA@m.example", at=NOON + timedelta(seconds=59), waiting=code)

    assert len(mailed("anna@m.example")) == 1


@pytest.mark.parametrize(
    "over", [{"tries": 5}, {"tries": 1, "used_at": NOON}, {"expires_at": NOON + MINUTE}]
)
def test_once_more_of_a_code_that_is_over_is_another_code(db, over):
    code = MailedCodeFactory(email="anna@m.example", name="Anna", **over)

    new = services.mail_again(code, at=NOON + 2 * MINUTE)

    assert (new.email, new.name) == (code.email, code.name)
    assert new.pk != code.pk
    assert code_of(new.uuid) != code_of(code.uuid)


def test_an_address_gets_six_mails_in_half_an_hour_and_then_hears_when_again(db):
    code = services.mail_code("anna@m.example", at=NOON)
    for minute in range(1, 4):
        code = services.mail_again(code, at=NOON + minute * MINUTE)
    for _ in range(2):
        services.mail_code("anna@m.example", at=NOON + 4 * MINUTE)

    for ask in (
        partial(services.mail_code, "Anna@M.example"),
        partial(services.mail_again, code),
    ):
        with pytest.raises(services.TooManyCodes, match="at 12:30 UTC") as refusal:
            ask(at=NOON + 5 * MINUTE)
    assert len(mailed("anna@m.example")) == 6
    services.mail_code("bob@m.example", at=NOON + 5 * MINUTE)
    services.mail_code("anna@m.example", at=refusal.value.again_at)
    assert len(mailed("anna@m.example")) == 7


def test_six_are_for_each_network_and_thirty_for_all_who_never_came_in(db):
    networks = [Asker(f"network{n}") for n in range(6)]
    for asker in networks[:5]:
        for _ in range(6):
            services.mail_code("anna@m.example", at=NOON, asker=asker)

    for asker in (networks[0], networks[5]):
        with pytest.raises(services.TooManyCodes, match="at 12:30 UTC"):
            services.mail_code("anna@m.example", at=NOON + MINUTE, asker=asker)
    anna = Asker("anna", is_known=True)
    code = services.mail_code("anna@m.example", at=NOON + MINUTE, asker=anna)
    for minute in range(2, 7):
        services.mail_again(code, at=NOON + minute * MINUTE, asker=anna)
    with pytest.raises(services.TooManyCodes, match="at 12:31 UTC"):
        services.mail_code("anna@m.example", at=NOON + 7 * MINUTE, asker=anna)
    assert len(mailed("anna@m.example")) == 36


def test_what_is_over_for_a_day_is_not_kept_nor_are_its_mails(db):
    services.mail_code("bob@m.example", at=NOON - timedelta(days=2))
    services.mail_code("cleo@m.example", at=NOON - timedelta(hours=24))
    queue("other", to="bob@m.example", subject="s", body="b", at=NOON - timedelta(days=9))

    services.mail_code("anna@m.example", at=NOON)

    assert [message.key for message in mailed("bob@m.example")] == ["other"]
    assert len(mailed("cleo@m.example")) == len(mailed("anna@m.example")) == 1


def test_what_is_over_for_a_day_is_not_kept(db):
    MailedCodeFactory(sent_at=NOON - timedelta(days=2), made_at=NOON - timedelta(days=2))
    kept = MailedCodeFactory()

    new = services.mail_code("anna@m.example", at=NOON)

    assert set(MailedCode.objects.all()) == {kept, new}


# --- Entering ---------------------------------------------------------------------------


def test_a_code_works_once(db):
    code = MailedCodeFactory()

    assert (enter(code), enter(code)) == ("", "code_used_up")


def test_a_code_holds_for_thirty_minutes(db):
    last = NOON + MailedCode.LIFE - timedelta(seconds=1)

    assert enter(MailedCodeFactory(), at=last) == ""
    assert enter(MailedCodeFactory(), at=NOON + MailedCode.LIFE) == "code_too_old"


def test_five_wrong_tries_end_a_code_also_for_who_has_the_right_one(db):
    code = MailedCodeFactory()

    told = [enter(code, "0000 0000") for _ in range(5)]

    assert told == ["code_wrong"] * 4 + ["code_used_up"]
    assert enter(code) == "code_used_up"


def test_the_fifth_try_may_be_the_right_one(db):
    assert enter(MailedCodeFactory(tries=4)) == ""


def test_the_code_of_another_browser_is_wrong(db):
    mine, other = MailedCodeFactory(email="a@m.example"), MailedCodeFactory(email="a@m.example")

    assert enter(mine, code_of(other.uuid)) == "code_wrong"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_enter_it_at_once_one_is_right_and_five_have_tried():
    code = MailedCodeFactory()

    answers = together(*[partial(enter, MailedCode.objects.get()) for _ in range(8)])

    assert sorted(answers)[:1] == [""]
    assert "" not in sorted(answers)[1:]
    assert MailedCode.objects.get(pk=code.pk).tries <= 5


# --- Coming in --------------------------------------------------------------------------


def used(**fields) -> MailedCode:
    return MailedCodeFactory(tries=1, used_at=NOON, **fields)


def test_a_new_person_gets_an_account_with_a_confirmed_address_and_no_password(db):
    person, is_new = services.come_in(used(email="anna@m.example", name="Anna"), at=NOON)

    assert (is_new, person.name, person.email) == (True, "Anna", "anna@m.example")
    assert not person.has_usable_password()
    address = EmailAddress.objects.get()
    assert (address.user, address.email) == (person, "anna@m.example")
    assert (address.verified, address.primary) == (True, True)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.key) == ("person.sign_up", *2 * (str(person.uuid),))


def test_a_second_sign_up_with_one_address_is_the_same_person_under_the_first_name(db):
    first, _ = services.come_in(used(email="anna@m.example", name="Anna"), at=NOON)

    second, is_new = services.come_in(used(email="anna@m.example", name="Eve"), at=NOON)

    assert (second, second.name, is_new) == (first, "Anna", False)
    assert User.objects.count() == EmailAddress.objects.count() == 1


def test_any_confirmed_address_is_its_persons(db):
    person = UserFactory(email="anna@m.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email="anna@home.example", verified=True)

    found, is_new = services.come_in(used(email="anna@home.example"), at=NOON)

    assert (found, is_new) == (person, False)


def test_an_address_that_somebody_else_only_claims_is_not_theirs(db):
    eve = UserFactory(email="eve@m.example")
    EmailAddress.objects.create(user=eve, email="anna@m.example", verified=False)

    person, is_new = services.come_in(used(email="anna@m.example", name="Anna"), at=NOON)

    assert (is_new, person == eve) == (True, False)


def test_whoever_the_secretariat_entered_confirms_the_address_by_coming_in(db):
    person = UserFactory(email="Anna@M.example")

    found, _ = services.come_in(used(email="anna@m.example"), at=NOON)
    services.come_in(used(email="anna@m.example"), at=NOON)

    assert found == person
    assert EmailAddress.objects.get(user=person).verified


def test_without_a_name_nobody_new_is_made(db):
    code = used(email="anna@m.example")
    with pytest.raises(services.NameNeeded):
        services.come_in(code, at=NOON)

    assert not User.objects.exists()
    assert services.come_in(code, name="Anna", at=NOON)[1]


def test_a_code_that_was_not_entered_or_long_ago_lets_nobody_in(db):
    for code in (MailedCodeFactory(name="Anna"), used(name="Bob")):
        with pytest.raises(services.CodeUsedUp):
            services.come_in(code, at=NOON + MailedCode.LIFE)

    assert not User.objects.exists()


def test_a_closed_account_stays_closed(db):
    UserFactory(email="anna@m.example", is_active=False)

    with pytest.raises(services.AccountClosed):
        services.come_in(used(email="anna@m.example", name="Anna"), at=NOON)


def test_people_made_for_demonstration_do_not_come_in_in_production(db, settings):
    person = UserFactory(email="anna@m.example", is_demo=True)
    assert services.come_in(used(email="anna@m.example"), at=NOON)[0] == person

    settings.PRODUCTION = True

    with pytest.raises(services.AccountClosed):
        services.come_in(used(email="anna@m.example"), at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_come_in_at_once_make_one_person():
    codes = [used(email="anna@m.example", name="Anna") for _ in range(4)]

    came = together(*[partial(services.come_in, code, at=NOON) for code in codes])

    assert len({person.pk for person, _ in came}) == 1
    assert sum(is_new for _, is_new in came) == 1
    assert owner_of("anna@m.example") == User.objects.get()
