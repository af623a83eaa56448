"""Invented people for every role, so that a trial can begin at once. Development only."""

from __future__ import annotations

import os
import secrets
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from courses.catalogue.models import Course, CourseTrainer
from partnership.accounts.models import Role, RoleGrant, User
from partnership.lib import clock
from partnership.members.delegations import run_by
from partnership.members.models import Affiliation, Country, FocalTerm, Institution, ReplyDesk
from partnership.members.services.invitations import invite
from partnership.members.services.joining import Post, ask_to_join


@dataclass(frozen=True)
class Person:
    """A demo person: where they work, what they may do."""

    email: str
    name: str
    country: str = ""
    institution: str = ""
    title: str = ""
    role: str = ""
    is_focal_point: bool = False


PEOPLE = (
    Person("official.vnm@demo.example", "Nguyễn Thị Hương", "VNM", title="Registry officer"),
    Person("official.ken@demo.example", "Wanjiru Kamau", "KEN", title="Climate policy officer"),
    Person(
        "focal.mng@demo.example",
        "Баттулга Цэрэн",
        "MNG",
        title="Head of unit",
        is_focal_point=True,
    ),
    Person(
        "focal.iges@demo.example",
        "渡辺 純子",
        institution="iges",
        title="Programme manager",
        is_focal_point=True,
    ),
    Person("official.mng@demo.example", "Ганболд Энхтуяа", "MNG", title="Registry officer"),
    # Belongs nowhere yet, and asks to: so the desk of a focal point shows what waits there.
    Person("newcomer@demo.example", "سارة المنصوري"),
    Person("trainer@demo.example", "Łucja Çağlar", institution="oecc", role=Role.TRAINER),
    Person("admin@demo.example", "Amina El Idrissi", role=Role.ADMINISTRATOR),
)


def make_demo_people() -> str:
    """Make those who are missing and give all of them today's demo password; returns it."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("Demo people have no place in production.")
    password = _password()
    with transaction.atomic():
        for person in PEOPLE:
            _make(person, password)
        for name in ("Training desk", "Register desk"):
            email = f"{name.split()[0].lower()}@demo.example"
            ReplyDesk.objects.get_or_create(name=name, defaults={"email": email})
    return password


def _password() -> str:
    """`DEMO_PASSWORD`, or one that is made up once and kept beside the database."""
    if settings.DEMO_PASSWORD:
        return settings.DEMO_PASSWORD
    kept = settings.VAR_DIR / "demo-password"
    if kept.exists() and (password := kept.read_text().strip()):
        return password
    password = secrets.token_urlsafe(12)
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    # Whole or not at all: it gets its name when it is written. Only its owner may read it.
    number, name = tempfile.mkstemp(prefix=".demo-password-", dir=settings.VAR_DIR)
    with os.fdopen(number, "w") as file:
        file.write(password)
    Path(name).replace(kept)
    return password


def _make(person: Person, password: str) -> None:
    today = clock.now().date()
    user, is_new = User.objects.get_or_create(
        email=person.email, defaults={"name": person.name, "is_demo": True}
    )
    if is_new or not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    if person.role == Role.TRAINER and (is_new or not CourseTrainer.objects.exists()):
        trainers = [
            CourseTrainer(course=one, person=user, since=today) for one in Course.objects.all()
        ]
        CourseTrainer.objects.bulk_create(trainers)
    if not is_new:
        return
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if person.role:
        RoleGrant.objects.create(person=user, role=person.role, begins_on=today)
    place = {
        "country": Country.objects.filter(pk=person.country).first(),
        "institution": Institution.objects.filter(slug=person.institution).first(),
    }
    if any(place.values()):
        Affiliation.objects.create(person=user, title=person.title, begins_on=today, **place)
        if person.is_focal_point:
            until = today + timedelta(days=365)
            FocalTerm.objects.create(
                person=user, function="policy", begins_on=today, ends_on=until, **place
            )
    elif not person.role:
        _wait_at_the_desk(user)


def _wait_at_the_desk(newcomer: User) -> None:
    """A request and an invitation, at the delegation of the first focal point there is."""
    at = clock.now()
    term = FocalTerm.objects.on(at.date()).filter(person__is_demo=True).order_by("pk").first()
    if term is None:
        return
    (delegation, *_others) = run_by(term.person, on=at.date())
    post = Post("Adviser", at.date() - timedelta(days=30), newcomer.email)
    ask_to_join(newcomer, delegation, post, at=at)
    invite("invited@demo.example", by=term.person, at=at, name="吴 思远", **delegation.where)
