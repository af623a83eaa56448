from __future__ import annotations

import pytest

from partnership.information.models import Digest
from tests.constraints import refused_by
from tests.factories.alerts import MONDAY, AlertFactory, DigestFactory, DigestHitFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("alert_follows_something", {"key": ""}),
        ("alert_only_a_search_is_narrowed", {"narrowed": "case"}),
        ("alert_only_a_search_is_narrowed", {"kind": "topic", "texts": "fr"}),
    ],
)
def test_an_alert_that_says_nothing_or_too_much_is_refused(constraint, fields):
    with refused_by(constraint):
        AlertFactory(**fields)


def test_a_person_follows_a_thing_once_and_is_told_of_a_thing_once():
    alert, hit = AlertFactory(kind="search", narrowed="case"), DigestHitFactory()
    AlertFactory(kind="search", person=alert.person, narrowed="fact")

    with refused_by("alert_once"):
        AlertFactory(kind="search", person=alert.person, narrowed="case")
    with refused_by("digest_hit_once"):
        DigestHitFactory(person=hit.person, key=hit.key)


def test_a_person_has_one_digest_and_one_that_comes_has_a_time():
    digest = DigestFactory()

    with refused_by("person_id"):
        DigestFactory(person=digest.person)
    for rhythm, next_at in (("none", MONDAY), ("daily", None)):
        with refused_by("digest_that_comes_has_a_time"):
            Digest.objects.filter(pk=digest.pk).update(rhythm=rhythm, next_at=next_at)
