"""A course begins: its identity, its first trainer and an empty first draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.authoring.drafts import locked
from courses.authoring.refusals import CodeTaken
from courses.catalogue.models import Course, CourseTrainer, Edition
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.members.models import AreaOfWork


@dataclass(frozen=True)
class Plan:
    """What somebody says of the course that they want to write."""

    code: str
    title: str
    area: AreaOfWork
    level: str
    language: str


def start_course(plan: Plan, *, by: User, at: datetime) -> Edition:
    """Make the course with whoever starts it as its trainer. Of two with one code one is made."""
    taken = CodeTaken(_("Another course has this code."))
    slug = plan.code.lower()
    if Course.objects.filter(slug=slug).exists() or Course.objects.filter(code=plan.code).exists():
        raise taken
    try:
        with transaction.atomic():
            return _made(plan, slug, by, at)
    except IntegrityError as error:
        raise taken from error


def _made(plan: Plan, slug: str, by: User, at: datetime) -> Edition:
    last = Course.objects.order_by("-position").values_list("position", flat=True).first()
    course = Course.objects.create(
        code=plan.code,
        slug=slug,
        area=plan.area,
        level=plan.level,
        position=min((last or 0) + 1, 30_000),
    )
    CourseTrainer.objects.create(course=course, person=by, since=at.date())
    draft = Edition.objects.create(
        course=course,
        number=1,
        language=plan.language,
        title=plan.title,
        authors=by.name[:200],
        rules_as_of=at.date(),
    )
    changes = {"title": plan.title, "level": plan.level, "language": plan.language}
    audit.record("course.start", at=at, by=by, of=("course", slug), changes=changes)
    return draft


@transaction.atomic
def describe(edition: Edition, told: dict[str, Any], *, by: User, at: datetime) -> Edition:
    """Write what the course's page says of this edition, while it is a draft."""
    draft = locked(edition)
    changed = {name: value for name, value in told.items() if getattr(draft, name) != value}
    for name, value in changed.items():
        setattr(draft, name, value)
    if changed:
        draft.save(update_fields=list(changed))
        of = ("edition", f"{draft.course.code}/{draft.number}")
        audit.record("draft.describe", at=at, by=by, of=of, changes={"fields": sorted(changed)})
    return draft
