"""What a job in a list was about, and the page on which its result stands."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from partnership.accounts.models import Role
from partnership.information.library.doors import is_keeper
from partnership.information.models import DocumentVersion
from partnership.jobs.models import Job

# Pages of whoever asked, named by the job's key.
OWN = {
    "imports.try": "imports:one",
    "imports.apply": "imports:one",
    "imports.undo": "imports:one",
    "letters.send": "letters:one",
}
# Pages of the secretariat.
LISTS = {
    "search.rebuild": "site:synonyms",
    "feeds.round": "feeds:list",
    "links.round": "links:list",
    "figures.take": "figures:list",
}
OF_LIBRARY = ("library.fetch", "library.draw")


class Outcome(NamedTuple):
    """Where a link to a result leads, and its words; without any it says that there is a page."""

    address: str
    about: str = ""


def outcomes(rows: Iterable[Job], request: HttpRequest) -> dict[int, Outcome]:
    """Of jobs listed together: those whose page this person may open. At most one query."""
    rows, found = list(rows), {}
    roles = request.roles  # type: ignore[attr-defined]
    for job in rows:
        if job.kind in OWN and job.requested_by_id == request.user.pk:
            with suppress(NoReverseMatch):
                found[job.pk] = Outcome(reverse(OWN[job.kind], args=[job.key]))
        elif job.kind in LISTS and Role.ADMINISTRATOR in roles:
            found[job.pk] = Outcome(reverse(LISTS[job.kind]))
    return found | _documents(rows) if is_keeper(request) else found


def _documents(rows: Iterable[Job]) -> dict[int, Outcome]:
    about = [job.pk for job in rows if job.kind in OF_LIBRARY]
    if not about:
        return {}
    versions = DocumentVersion.objects.filter(job__in=about)
    told = versions.values_list("job", "document__slug", "document__title")
    return {pk: Outcome(reverse("library:one", args=[slug]), title) for pk, slug, title in told}
