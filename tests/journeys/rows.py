"""Rows of a running site, made and counted beside it: `python -m tests.journeys.rows` …

people NUMBER     learners of A6-101 with a session each, as JSON
answered NUMBER   the same, each with an attempt whose questions are all answered
officials NUMBER  people with the password of demo people, by their addresses
desk MAIL         learners of A6-204, and what its trainers decide on; this person runs a country
app MAIL          gives this person an authenticator app
certificate MAIL  a course completed and certified through the services; its code
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


def officials(number: int) -> list[str]:
    """With one hash for all: to make it is no part of what is measured, to check it is."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from partnership.accounts.models import User
    from tests.shared import PASSWORD

    hashed = make_password(PASSWORD)
    made = User.objects.bulk_create(
        User(email=f"comes{n}@ministry.example", name=f"Official {n}", password=hashed)
        for n in range(number)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made
    )
    return [user.email for user in made]


def answered(number: int) -> list[dict[str, Any]]:
    """Learners with an attempt that needs only to be handed in: the first's, copied."""
    from django.utils import timezone

    from courses.learning.models import Attempt, Enrolment
    from tests.courses.masses import copy_the_rest, sit

    found: list[dict[str, Any]] = list(people(number))
    by_person = {one["person"]: one for one in found}
    rows = Enrolment.objects.filter(learner__uuid__in=by_person, edition__course__slug="a6-101")
    first, *_others = rows.select_related("edition").order_by("pk")
    sit(first, first.edition.quizzes.get(slug="check"), at=timezone.now())
    rows.exclude(pk=first.pk).update(block=f"of-{first.pk}")
    copy_the_rest()
    rows.update(block="")
    Attempt.objects.open().update(submit_key="")
    kept = stored()
    for uuid, person in Attempt.objects.filter(enrolment__in=rows).values_list(
        "uuid", "enrolment__learner__uuid"
    ):
        by_person[str(person)] |= {"attempt": str(uuid), "answers": kept[str(uuid)]["answers"]}
    return found


def desk(mail: str) -> dict[str, str]:
    """Sixty learners from one country: two pages of each list. Says by what its pages are named."""
    from django.utils import timezone

    from courses.catalogue.models import Edition
    from courses.learning.models import Allowance, Certificate
    from partnership.accounts.models import User
    from partnership.members.models import Country
    from tests.courses import masses
    from tests.factories.members import FocalTermFactory

    edition = Edition.objects.newest().get(course__slug="a6-204")
    country = Country.objects.get(iso3="LAO")
    masses.have_learnt(masses.people(60, [country]), [edition])
    masses.waiting(edition, 60)
    runs = User.objects.get(email=mail)
    FocalTermFactory(person=runs, country=country)
    quiz = edition.quizzes.get(slug="check")
    Allowance.objects.bulk_create(
        Allowance(
            enrolment=seat,
            quiz=quiz,
            extra_attempts=1,
            granted_by=runs,
            granted_at=timezone.now(),
            reason="The line was down that day",
        )
        for seat in edition.enrolments.all()
    )
    certificate = Certificate.objects.filter(edition=edition).select_related("learner")[0]
    assert certificate.learner
    return {
        "quiz": quiz.slug,
        "learner": str(certificate.learner.uuid),
        "certificate": certificate.shown_code,
    }


def person(mail: str, name: str) -> str:
    from allauth.account.models import EmailAddress

    from partnership.accounts.models import User
    from tests.shared import PASSWORD

    user = User.objects.create_user(mail, PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=mail, verified=True, primary=True)
    return mail


def app(mail: str) -> str:
    from partnership.accounts.models import User
    from tests.accounts.having import SECRET, give_app

    give_app(User.objects.get(email=mail))
    return SECRET


def certificate(mail: str) -> str:
    """Everything of A6-101 done a moment ago; the certificate follows from the name."""
    from django.utils import timezone

    from courses.catalogue.models import Edition
    from courses.learning.models import Enrolment
    from courses.learning.services.completion import confirm_name
    from partnership.accounts.models import User

    at, learner = timezone.now(), User.objects.get(email=mail)
    edition = Edition.objects.newest().get(course__slug="a6-101")
    Enrolment.objects.create(
        learner=learner, edition=edition, joined_at=at, active_at=at, completed_at=at
    )
    (issued,) = confirm_name(learner, name=learner.name, latin_name="Tashi Dorji", at=at)
    return issued.shown_code


def stored() -> dict[str, dict[str, Any]]:
    """Of each attempt of the crowd: is it handed in, how often graded, the answers by token."""
    from courses.learning.models import Answer, Attempt, Certificate, Grading

    # Others sit on the same site, and may sit twice.
    of_crowd = Attempt.objects.filter(enrolment__learner__email__startswith="crowd")
    found: dict[str, dict[str, Any]] = {
        str(attempt.uuid): {
            "submitted": attempt.submitted_at is not None,
            "learner": attempt.enrolment.learner_id,
            "gradings": 0,
            "answers": {},
        }
        for attempt in of_crowd.select_related("enrolment")
    }
    gradings = Grading.objects.filter(attempt__in=of_crowd)
    for uuid in gradings.values_list("attempt__uuid", flat=True):
        found[str(uuid)]["gradings"] += 1
    rows = Answer.objects.filter(question__attempt__in=of_crowd)
    for uuid, token, response in rows.values_list(
        "question__attempt__uuid", "question__token", "response"
    ):
        found[str(uuid)]["answers"][token] = response
    learners = [one["learner"] for one in found.values()]
    held = Certificate.objects.filter(learner__email__startswith="crowd")
    certificates = list(held.values_list("learner", "edition"))
    assert len(set(certificates)) == len(certificates), "a certificate is doubled"
    assert len(set(learners)) == len(learners), "an attempt is doubled"
    return found


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "partnership.settings"
    django.setup()
    match sys.argv[1:]:
        case ["people", number]:
            told: Any = people(int(number))
        case ["officials", number]:
            told = officials(int(number))
        case ["answered", number]:
            told = answered(int(number))
        case ["desk", mail]:
            told = desk(mail)
        case ["person", mail, name]:
            told = person(mail, name)
        case ["app", mail]:
            told = app(mail)
        case ["certificate", mail]:
            told = certificate(mail)
        case ["stored"]:
            told = stored()
        case _:
            sys.exit(__doc__)
    json.dump(told, sys.stdout)
