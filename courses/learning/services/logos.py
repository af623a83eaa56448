"""The sign of a course's partner is loaded and taken off. What was issued keeps its own."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from courses.catalogue.models import Course
from courses.learning.models import PartnerLogo
from courses.learning.signs import NotASign, drawn_anew
from partnership.accounts.models import User
from partnership.audit import services as audit


def standing(course: int) -> PartnerLogo | None:
    """The sign that certificates of this course bear from now on."""
    rows = PartnerLogo.objects.filter(course=course, until__isnull=True)
    return rows.defer("picture").first()


@transaction.atomic
def load(course: Course, file: IO[bytes], *, partner: str, by: User, at: datetime) -> PartnerLogo:
    """Draw the picture anew and put it on the certificates that are issued from now on."""
    partner = " ".join(partner.replace("\0", "").split())[:150]
    if not partner:
        raise NotASign(_("Say whose sign it is: it is read to those who do not see it."))
    sign = drawn_anew(file)
    _end(course, at)
    logo = PartnerLogo.objects.create(
        course=course,
        partner=partner,
        picture=sign.png,
        width=sign.width,
        height=sign.height,
        sha256=sign.sha256,
        by=by,
        since=at,
    )
    changes = {"partner": partner, "sha256": sign.sha256[:12]}
    audit.record("course.logo", at=at, by=by, of=("course", course.slug), changes=changes)
    return logo


@transaction.atomic
def take_off(course: Course, *, by: User, at: datetime) -> None:
    """Certificates from now on bear no sign."""
    if _end(course, at):
        audit.record("course.logo_off", at=at, by=by, of=("course", course.slug))


def _end(course: Course, at: datetime) -> int:
    # Two who load at once do it one after the other.
    Course.objects.select_for_update().get(pk=course.pk)
    return PartnerLogo.objects.filter(course=course, until__isnull=True).update(until=at)
