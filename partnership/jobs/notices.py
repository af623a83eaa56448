"""Whoever asked for long work and has gone on meanwhile is told by mail that it has ended.

What was asked for together ends with one mail: three hundred files are fetched by as many jobs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.jobs.models import Job, JobQuerySet
from partnership.jobs.names import name_of
from partnership.mail import services as mail
from partnership.mail import texts

# Who waits for less is still looking at the page.
LONG = timedelta(minutes=1)
# Whoever cancelled a job knows of its end.
OVER = (Job.State.DONE, Job.State.FAILED)


@contextmanager
def ending(job: Job, *, at: datetime) -> Iterator[None]:
    """Within it the job ends, or gets another try; then whoever asked is told, or neither is done.

    Of two of one person that end at once, each would take the other for the last: they take turns.
    Whoever changes a person and their jobs locks the person first, so that comes before the job.
    """
    with transaction.atomic():
        if job.requested_by_id is not None:
            people = get_user_model()._default_manager.select_for_update(no_key=True)
            people.filter(pk=job.requested_by_id).values_list("pk").first()
        yield
        tell_the_end(job.pk, at=at)


def tell_the_end(job_id: int, *, at: datetime) -> bool:
    """One mail when the last of a kind has ended, if any of them took over a minute.

    A try that is repeated is no end.
    """
    job = Job.objects.select_related("requested_by").get(pk=job_id)
    person = job.requested_by
    if person is None or not person.is_active or job.state not in OVER:
        return False
    alike = Job.objects.filter(requested_by=person, kind=job.kind)
    if alike.live().exists():
        return False
    ended = _with_it(job, alike)
    if all((one.worked_on or timedelta()) <= LONG for one in ended):
        return False
    with translation.override(person.language or settings.LANGUAGE_CODE):
        subject, body = _written(job, ended)
    key = f"jobs.ended:{job.uuid}:{job.fence}"
    mail.queue(key, to=person.email, subject=subject, body=body, at=at)
    return True


def _with_it(job: Job, alike: JobQuerySet) -> list[Job]:
    """The job, and those that ended while one of them waited: since nothing was asked for."""
    found, since = [job], job.created_at
    over = (
        alike.exclude(pk=job.pk).filter(state__in=OVER).only("state", "created_at", "finished_at")
    )
    for one in over.order_by("-finished_at", "-pk").iterator():
        assert one.finished_at is not None
        if one.finished_at < since:
            break
        found.append(one)
        since = min(since, one.created_at)
    return found


def _written(job: Job, ended: list[Job]) -> tuple[str, str]:
    """Subject and text, in the language that is spoken now."""
    name, n = str(name_of(job.kind)), len(ended)
    failed = sum(one.state == Job.State.FAILED for one in ended)
    if not failed:
        subject = _("Done: %(name)s")
    else:
        subject = _("Not done: %(name)s") if failed == n else _("Done in part: %(name)s")
    context = {
        "person": job.requested_by,
        "asked": min(one.created_at for one in ended),
        "name": name,
        "n": n,
        "failed": failed,
        "page": settings.SITE_ADDRESS + reverse("site:my-work"),
        "site": settings.SITE_ADDRESS,
    }
    return subject % {"name": name}, texts.write("jobs/mail/ended.txt", context)
