"""Which links our pages name, and the list that whoever can mend them gets once a month."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from courses.catalogue.models import CourseTrainer, Edition, Lesson
from partnership.accounts.models import Role, RoleGrant, User
from partnership.casestudies.models import CaseSection, CaseStudy
from partnership.information.links.services import Use, note
from partnership.information.models import DocumentVersion
from partnership.mail import services as mail
from partnership.mail import texts
from partnership.mail.models import OutboxMessage
from partnership.sources.models import Link, Source

EDITORS, COURSE = "editors", "course:"
OUTSIDE = re.compile(r'href="(https?://[^"]+)"')
# In one mail; the page has all.
MOST = 40


def gather(*, at: datetime) -> int:
    """Note all links of what is published and of drafts; how many are new."""
    return note([*_sources(), *_documents(), *_cases(), *_lessons()], at=at)


def _sources() -> Iterator[Use]:
    for source in Source.objects.exclude(address=""):
        page = reverse("sources:source", args=[source.slug])
        yield Use(source.address, page, source.title, EDITORS)


def _documents() -> Iterator[Use]:
    """Of earlier versions too: their pages stay, and name where each was read."""
    shown = DocumentVersion.objects.published().filter(document__withdrawn_at=None)
    for version in shown.exclude(address="").select_related("document"):
        page = reverse("library:one", args=[version.document.slug])
        yield Use(version.address, page, version.document.title, EDITORS)


def _cases() -> Iterator[Use]:
    published = CaseStudy.objects.published()
    for section in CaseSection.objects.filter(case__in=published).select_related("case"):
        page = section.case.get_absolute_url()
        yield from _within(section.html, page, section.case.title, EDITORS)


def _lessons() -> Iterator[Use]:
    """Of drafts too: who writes is told what has gone before it is published."""
    looked_at = Q(edition__in=Edition.objects.newest()) | Q(edition__published_at=None)
    for lesson in Lesson.objects.filter(looked_at).select_related("edition__course"):
        course = lesson.edition.course.slug
        page = lesson.get_absolute_url()
        if lesson.edition.is_draft:
            page = reverse("courses:draft-lesson", args=[course, lesson.slug])
        yield from _within(lesson.html, page, lesson.title, f"{COURSE}{course}")


def _within(text: str, page: str, title: str, owner: str) -> Iterator[Use]:
    for found in OUTSIDE.findall(text):
        address = html.unescape(found)
        if not address.startswith(settings.SITE_ADDRESS + "/"):
            yield Use(address, page, title, owner)


def tell_owners(*, at: datetime) -> int:
    """One list a month to everybody who can mend what is broken; how many were written to."""
    owned: dict[str, list[Link]] = {}
    for link in Link.objects.broken().prefetch_related("uses").order_by("since", "address"):
        for owner in {use.owner for use in link.uses.all()}:
            owned.setdefault(owner, []).append(link)
    sent = OutboxMessage.objects.about(_key(at)).values_list("key", flat=True)
    told = {key.rpartition(":")[2] for key in sent}
    lists: dict[User, list[Link]] = {}
    for owner, links in owned.items():
        for person in (one for one in _people(owner, at) if str(one.uuid) not in told):
            lists.setdefault(person, []).extend(links)
    for person, links in lists.items():
        _tell(person, list(dict.fromkeys(links)), at)
    return len(lists)


def _people(owner: str, at: datetime) -> list[User]:
    """Trainers of the course who hold the role; data editors, or the secretariat without them."""
    if owner.startswith(COURSE):
        trained = CourseTrainer.objects.filter(
            course__slug=owner.removeprefix(COURSE), since__lte=at.date()
        )
        if found := list(_with(Role.TRAINER, at).filter(pk__in=trained.values("person"))):
            return found
    return list(_with(Role.DATA_EDITOR, at)) or list(_with(Role.ADMINISTRATOR, at))


def _with(role: str, at: datetime) -> QuerySet[User]:
    grants = RoleGrant.objects.on(at.date()).filter(role=role).order_by()
    return User.objects.filter(is_active=True, pk__in=grants.values("person"))


def _tell(person: User, links: list[Link], at: datetime) -> None:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        told = ngettext("%(count)s link leads nowhere", "%(count)s links lead nowhere", len(links))
        lines: list[dict[str, Any]] = [
            {"link": link, "state": link.get_state_display(), "uses": link.uses.all()[:3]}
            for link in links[:MOST]
        ]
        context = {
            "name": person.name,
            "lines": lines,
            "more": max(len(links) - MOST, 0),
            "page": settings.SITE_ADDRESS + reverse("links:list"),
        }
        body = texts.write("information/mail/links.txt", context)
        subject = told % {"count": len(links)}
    mail.queue(f"{_key(at)}{person.uuid}", to=person.email, subject=subject, body=body, at=at)


def _key(at: datetime) -> str:
    """How the keys of a month's mails begin."""
    return f"links.month:{at:%Y-%m}:"
