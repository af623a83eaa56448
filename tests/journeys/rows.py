"""Rows of a running site, made and counted beside it: `python -m tests.journeys.rows` …

people NUMBER     learners of A6-101 with a session each, as JSON
stored            what the database holds of each attempt, as JSON
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django


def people(number: int) -> list[dict[str, str]]:
    """Joined learners with a confirmed address. Signing them in is another matter's load."""
    from allauth.account.models import EmailAddress
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from courses.catalogue.models import Edition
    from courses.learning.models import Enrolment
    from partnership.accounts.models import User

    now = timezone.now()
    first = User.objects.count()
    made = User.objects.bulk_create(
        User(email=f"crowd{first + n}@ministry.example", name=f"Official {n}", password="!")
        for n in range(number)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made
    )
    edition = Edition.objects.newest().get(course__slug="a6-101")
    Enrolment.objects.bulk_create(
        Enrolment(learner=user, edition=edition, joined_at=now, active_at=now) for user in made
    )
    rows, found = [], []
    for user in made:
        store = SessionStore()
        signed_in = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        key = store._get_new_session_key()
        rows.append(
            Session(
                session_key=key,
                session_data=store.encode(signed_in),
                expire_date=store.get_expiry_date(),
            )
        )
        found.append({"session": key, "person": str(user.uuid)})
    Session.objects.bulk_create(rows)
    return found


def person(mail: str, name: str) -> str:
    from allauth.account.models import EmailAddress

    from partnership.accounts.models import User
    from tests.shared import PASSWORD

    user = User.objects.create_user(mail, PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=mail, verified=True, primary=True)
    return mail


def stored() -> dict[str, dict[str, Any]]:
    """Of each attempt: is it handed in, how often graded, the answers by question's token."""
    from courses.learning.models import Answer, Attempt, Certificate, Grading

    found: dict[str, dict[str, Any]] = {
        str(attempt.uuid): {
            "submitted": attempt.submitted_at is not None,
            "learner": attempt.enrolment.learner_id,
            "gradings": 0,
            "answers": {},
        }
        for attempt in Attempt.objects.select_related("enrolment")
    }
    for uuid in Grading.objects.values_list("attempt__uuid", flat=True):
        found[str(uuid)]["gradings"] += 1
    rows = Answer.objects.values_list("question__attempt__uuid", "question__token", "response")
    for uuid, token, response in rows:
        found[str(uuid)]["answers"][token] = response
    learners = [one["learner"] for one in found.values()]
    certificates = list(Certificate.objects.values_list("learner", "edition"))
    assert len(set(certificates)) == len(certificates), "a certificate is doubled"
    assert len(set(learners)) == len(learners), "an attempt is doubled"
    return found


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "partnership.settings"
    django.setup()
    match sys.argv[1:]:
        case ["people", number]:
            told: Any = people(int(number))
        case ["person", mail, name]:
            told = person(mail, name)
        case ["stored"]:
            told = stored()
        case _:
            sys.exit(__doc__)
    json.dump(told, sys.stdout)
