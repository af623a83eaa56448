from __future__ import annotations

from partnership.jobs.models import Job
from partnership.site.tasks import refresh_search


def test_each_night_the_search_is_written_anew_by_one_job(db):
    refresh_search()
    refresh_search()

    assert [(job.kind, job.state) for job in Job.objects.all()] == [("search.rebuild", "queued")]
