"""Whoever asked for long work and has gone on meanwhile is told by mail that it has ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.jobs.models import Job
from partnership.jobs.names import name_of
from partnership.mail import services as mail
from partnership.mail import texts

# Who waits for less is still looking at the page.
LONG = timedelta(minutes=1)


def tell_the_end(job_id: int, *, at: datetime) -> bool:
    """One mail for each end of a job that took over a minute; a try that is repeated is no end."""
    job = Job.objects.select_related("requested_by").get(pk=job_id)
    person = job.requested_by
    is_over = job.state in (Job.State.DONE, Job.State.FAILED)
    waited = job.worked_on or timedelta()
    if person is None or not person.is_active or not is_over or waited <= LONG:
        return False
    with translation.override(person.language or settings.LANGUAGE_CODE):
        name = str(name_of(job.kind))
        is_done = job.state == Job.State.DONE
        subject = _("Done: %(name)s") if is_done else _("Not done: %(name)s")
        context = {
            "person": person,
            "job": job,
            "name": name,
            "page": settings.SITE_ADDRESS + reverse("site:my-work"),
            "site": settings.SITE_ADDRESS,
        }
        body = texts.write("jobs/mail/ended.txt", context)
    key = f"jobs.ended:{job.uuid}:{job.fence}"
    mail.queue(key, to=person.email, subject=subject % {"name": name}, body=body, at=at)
    return True
