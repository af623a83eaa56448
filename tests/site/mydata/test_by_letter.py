"""Operators have somebody erased who asked by letter, or who came back with a backup."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partnership.accounts import data
from partnership.accounts.models import Erasure, Role
from partnership.jobs.models import Job
from partnership.mail.models import OutboxMessage
from tests.factories.accounts import UserFactory, person_with

pytestmark = pytest.mark.django_db


def test_who_asks_by_letter_waits_and_is_told_like_anybody():
    person = UserFactory(email="ana@m.example")

    told = call_command("erase_person", "Ana@m.example", stdout=StringIO())

    row = Erasure.objects.get()
    assert (row.person, row.due_at - row.asked_at, told) == (person, Erasure.WAIT, None)
    assert OutboxMessage.objects.about("account.erase_asked:").get().to == "ana@m.example"
    assert not Job.objects.exists()


def test_who_came_back_with_a_backup_goes_at_once():
    person = UserFactory()

    call_command("erase_person", str(person.uuid), "--now", stdout=StringIO())

    assert Job.objects.get().kind == data.ERASE


@pytest.mark.parametrize("who", ["nobody@m.example", "no key"])
def test_nobody_is_erased_by_a_slip_of_typing(who):
    UserFactory()

    with pytest.raises(CommandError):
        call_command("erase_person", who)

    assert not Erasure.objects.exists()


def test_the_last_administrator_is_refused_in_one_sentence():
    boss = person_with(Role.ADMINISTRATOR)

    with pytest.raises(CommandError, match="last administrator"):
        call_command("erase_person", boss.email)
