from __future__ import annotations

from datetime import timedelta

import pytest

from partnership.accounts.models import DataExport, Erasure, User
from partnership.lib import clock
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_an_export_is_one_at_a_time_and_has_a_file_when_it_is_ready():
    person, at = UserFactory(), clock.now()
    DataExport.objects.create(person=person, asked_at=at)

    with refused_by("data_export_one_being_made"):
        DataExport.objects.create(person=person, asked_at=at)
    with refused_by("data_export_ready_has_a_file"):
        DataExport.objects.create(person=person, asked_at=at, ready_at=at)
    with refused_by("data_export_ready_has_a_file"):
        DataExport.objects.create(person=person, asked_at=at, ready_at=at - timedelta(1), size=1)


def test_an_erasure_waits_once_and_leaves_nobody():
    person, at = UserFactory(), clock.now()
    row = Erasure.objects.create(person=person, asked_at=at, due_at=at)
    mine = Erasure.objects.filter(pk=row.pk)

    with refused_by("erasure_one_waiting"):
        Erasure.objects.create(person=person, asked_at=at, due_at=at)
    with refused_by("erasure_is_due_after_it_is_asked"):
        mine.update(due_at=at - timedelta(1))
    with refused_by("erasure_leaves_nobody"):
        mine.update(erased_at=at)
    with refused_by("erasure_is_done_after_the_rows"):
        mine.update(done_at=at)


@pytest.mark.parametrize("left", ["name", "latin_name", "email", "is_active"])
def test_an_erased_person_is_nobody(left):
    person, at = UserFactory(latin_name="Ana"), clock.now()
    nobody = {"name": "", "latin_name": "", "email": "x@erased.invalid", "is_active": False}
    del nobody[left]

    with refused_by("user_erased_is_nobody"):
        User.objects.filter(pk=person.pk).update(erased_at=at, **nobody)
