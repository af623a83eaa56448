"""What a worker does for a document that lies elsewhere: fetch its file, as if it had been sent.

It may be killed at any moment and run again: a file is kept together with its version's row, once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.information.feeds import faults
from partnership.information.library import queries, services
from partnership.information.library.files import MOST_BYTES
from partnership.information.library.refusals import FileRefused, NotNow
from partnership.information.models import DocumentVersion
from partnership.jobs.kinds import Steps
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.outbound import Answer, Limits, NoAnswer, NotFetched, TooSlow, fetch

LIMITS = Limits(seconds=30.0, size=MOST_BYTES)
ACCEPT = "application/pdf, application/vnd.openxmlformats-officedocument.*;q=0.9, */*;q=0.5"
# What has no bytes of its own to be known by, and how such a file is called.
NAMES = {"text/html": "page.html", "application/xhtml+xml": "page.html", "text/csv": "list.csv"}
# A host that was silent for so many of its documents is left alone for a while.
SILENCES, REST = 3, timedelta(minutes=10)
SILENT = (TooSlow.code, NoAnswer.code)
OWN: dict[str, Any] = {
    "no_document": gettext_lazy(
        "What lies at the address is no file that the library keeps: PDF, DOCX, PPTX, XLSX, HTML "
        "or CSV, without macros."
    ),
    "too_large": gettext_lazy("The file at the address is larger than 200 MB."),
    "resting": gettext_lazy(
        "The host was silent when other documents of it were asked for. Try again in ten minutes."
    ),
}


def sentence(code: str) -> str:
    """Why the file of an address did not come, in the reader's language."""
    return str(OWN[code]) if code in OWN else faults.sentence_of(code)


def bring(steps: Steps) -> dict[str, Any]:
    """Fetch the file that a job names and keep it; a host that gives none costs only its reason."""
    rows = DocumentVersion.objects.select_related("document", "job__requested_by")
    version = rows.filter(pk=steps.payload["version"], key="", published_at=None).first()
    if version is None or not version.address:
        return {}
    host = steps.payload["host"]
    steps.step(0, 1, _("Asking %(host)s") % {"host": host})
    if is_resting(host, at=clock.now()):
        return _left(steps, version, "resting")
    with TemporaryFile() as file:
        try:
            answer = fetch(version.address, headers={"Accept": ACCEPT}, limits=LIMITS, into=file)
        except NotFetched as refusal:
            return _left(steps, version, refusal.code)
        if answer.status != 200:
            return _left(steps, version, faults.of_status(answer.status))
        return _kept(steps, version, file, answer)


def is_resting(host: str, *, at: datetime) -> bool:
    """Whether a host was asked in vain so often just now that nobody waits for it again."""
    asked = Job.objects.filter(kind=services.FETCH, finished_at__gt=at - REST, payload__host=host)
    return asked.filter(result__why__in=SILENT).count() >= SILENCES


def _kept(
    steps: Steps, version: DocumentVersion, file: IO[bytes], answer: Answer
) -> dict[str, Any]:
    by = version.job.requested_by if version.job else None
    file.flush()
    sent = File(file, name=_name(answer))
    try:
        services.keep_fetched(
            version, sent, by=by, at=clock.now(), mark=lambda: steps.step(1, 1, _("Keeping it"))
        )
    except FileRefused:
        return _left(steps, version, "no_document")
    except NotNow:
        return {}
    return {"size": version.size}


def _left(steps: Steps, version: DocumentVersion, code: str) -> dict[str, Any]:
    """Note beside the version why it has no file. Who published it meanwhile is not disturbed."""
    steps.step(1, 1)
    told = [{"code": queries.NOT_FETCHED, "why": code}]
    DocumentVersion.objects.filter(pk=version.pk, key="").update(problems=told)
    return {"why": code}


def _name(answer: Answer) -> str:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return NAMES.get(kind) or PurePosixPath(urlsplit(answer.address).path).name or "file"
