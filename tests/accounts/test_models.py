from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from partnership.accounts.models import Role, RoleGrant, User
from tests.constraints import refused_by
from tests.factories.accounts import NOON, MailedCodeFactory, RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db
FIRST = date(2024, 1, 1)


def test_a_mail_address_belongs_to_one_person_in_any_case():
    UserFactory(email="alice@m.example")

    with refused_by("user_email_once_in_any_case"):
        UserFactory(email="Alice@M.example")


def test_a_new_persons_address_is_kept_in_small_letters():
    person = User.objects.create_user(" Alice@M.Example ", "a long pass phrase", name="Alice")

    assert (person.email, str(person), person.check_password("a long pass phrase")) == (
        "alice@m.example",
        "Alice",
        True,
    )
    assert User.objects.get_by_natural_key("ALICE@m.example") == person


def test_a_person_without_a_password_cannot_sign_in():
    assert not User.objects.create_user("alice@m.example").has_usable_password()


def test_a_person_without_a_name_is_shown_by_address():
    assert UserFactory(name="", email="alice@m.example").get_full_name() == "alice@m.example"


@pytest.mark.parametrize("role", ["official", "focal_point", "secretary", ""])
def test_only_trainers_data_editors_and_administrators_are_made_by_a_grant(role):
    with refused_by("role_grant_is_given"):
        RoleGrantFactory(role=role)


def test_a_role_does_not_end_before_it_begins():
    with refused_by("role_grant_ends_after_it_begins"):
        RoleGrantFactory(begins_on=FIRST, ends_on=FIRST - timedelta(days=1))


def test_a_person_has_a_role_without_end_once():
    grant = RoleGrantFactory(role=Role.TRAINER)

    with refused_by("role_grant_one_open"):
        RoleGrantFactory(person=grant.person, role=Role.TRAINER)
    with pytest.raises(ValidationError, match="This person has this role already"):
        RoleGrant(person=grant.person, role=Role.TRAINER, begins_on=FIRST).full_clean()


def test_a_role_that_ended_may_be_given_again():
    grant = RoleGrantFactory(ends_on=date(2021, 1, 1))
    again = RoleGrantFactory(person=grant.person, begins_on=FIRST)
    other = RoleGrantFactory(person=grant.person, role=Role.ADMINISTRATOR, begins_on=FIRST)

    assert set(RoleGrant.objects.on(FIRST)) == {again, other}


def test_djangos_own_flags_give_nobody_anything():
    person = RoleGrantFactory(role=Role.ADMINISTRATOR).person

    assert not person.is_staff
    assert not person.has_perm("partnership.change_user")
    assert not person.has_module_perms("partnership")


def test_a_code_is_tried_five_times_at_most():
    with refused_by("mailed_code_is_tried_five_times"):
        MailedCodeFactory(tries=6)


@pytest.mark.parametrize("late", [{"expires_at": NOON}, {"made_at": NOON + timedelta(seconds=1)}])
def test_a_code_is_made_then_sent_and_then_ends(late):
    with refused_by("mailed_code_is_sent_before_it_ends"):
        MailedCodeFactory(**late)


def test_a_code_is_not_used_without_a_try():
    with refused_by("mailed_code_is_used_by_a_try"):
        MailedCodeFactory(used_at=NOON)
