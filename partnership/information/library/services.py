"""What keepers of the library do. Nothing is public before one of them has published it.

    draft → published → withdrawn → published again

A document comes in with a file that somebody sends or with an address. Where its words say `fetch`,
a worker fetches the file that lies there (`fetching`) and keeps it in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.audit.changes import plain, written
from partnership.information.library import entries
from partnership.information.library.files import kind_of
from partnership.information.library.refusals import (
    DocumentTaken,
    DocumentWrong,
    DraftThere,
    FileRefused,
    NotNow,
)
from partnership.information.models import Document, DocumentVersion
from partnership.jobs import services as jobs
from partnership.jobs.models import LIVE
from partnership.lib.rows import store
from partnership.lib.storage import stored
from partnership.lib.text.slugs import free_slug

Words = dict[str, Any]
DRAW, FETCH = "library.draw", "library.fetch"
LONGEST_SLUG = 70
# The addresses of pages beside those of documents.
RESERVED = {"topics", "add", "bring", "propose", "facets"}
MANY = ("countries", "areas", "sectors")


def add_document(
    words: Words, version: Words, file: File[Any] | None, *, by: Any, at: datetime
) -> Document:
    """A draft with its first version. A file that cannot be kept refuses FileRefused."""
    taken = RESERVED | set(Document.objects.values_list("slug", flat=True))
    slug = free_slug(words["title"], taken, instead="document", longest=LONGEST_SLUG)
    row = Document(slug=slug)
    first = DocumentVersion(document=row, number=1, added_at=at, added_by=by)

    def keep() -> None:
        changes = _written(row, words)
        first.document = row
        _note("document.add", row, changes, by, at)
        _keep(first, version, by, at)

    _with_file(first, file, keep)
    return row


def propose_document(
    words: Words, version: Words, file: File[Any] | None, *, by: Any, at: datetime
) -> Document:
    """A draft of somebody who may not publish it, and that a keeper of the library looks at."""
    return add_document(words, {**version, "is_proposed": True}, file, by=by, at=at)


@transaction.atomic
def change_document(row: Document, words: Words, *, by: Any, at: datetime) -> Document:
    """What is known better of a document. Its address stays."""
    if changes := _written(row, words):
        _note("document.change", row, changes, by, at)
        entries.ask_to_write(row, at=at)
    return row


def add_version(
    row: Document, words: Words, file: File[Any] | None, *, by: Any, at: datetime
) -> DocumentVersion:
    """The next version, as a draft; those before stay. Refuses DraftThere."""
    version = DocumentVersion(document=row, added_at=at, added_by=by)

    def keep() -> None:
        # Two who add at once go one after the other.
        Document.objects.select_for_update().get(pk=row.pk)
        newest = row.versions.order_by("-number").first()
        if newest and newest.published_at is None:
            told = _("A version waits to be published already. Publish or discard it first.")
            raise DraftThere(told)
        version.number = (newest.number if newest else 0) + 1
        _keep(version, words, by, at)

    _with_file(version, file, keep)
    return version


@transaction.atomic
def change_version(
    version: DocumentVersion, words: Words, *, by: Any, at: datetime
) -> DocumentVersion:
    """How a version is told of and where it lies elsewhere. Its file stays what it is."""
    if changes := written(version, words):
        store(version, wrong=DocumentWrong, taken=DocumentTaken)
        _note_version("document.change_version", version, changes, by, at)
    return version


@transaction.atomic
def publish(version: DocumentVersion, *, by: Any, at: datetime) -> None:
    """Show a version to everybody; the one before stays readable, marked as older."""
    drafts = DocumentVersion.objects.filter(pk=version.pk, published_at__isnull=True)
    if not drafts.update(published_at=at):
        raise NotNow(_("This version is published already."))
    version.published_at = at
    _note_version("document.publish", version, {"published_at": [None, plain(at)]}, by, at)
    entries.ask_to_write(version.document, at=at)


@transaction.atomic
def withdraw(row: Document, because: str, *, by: Any, at: datetime) -> None:
    """From now on it exists for nobody else, wherever it stood. Why is kept."""
    shown = Document.objects.published().filter(pk=row.pk)
    if not shown.update(withdrawn_at=at, withdrawn_because=because):
        raise NotNow(_("This document is not public."))
    entries.drop(row)
    _note("document.withdraw", row, {"withdrawn_because": [None, because]}, by, at)


@transaction.atomic
def show_again(row: Document, *, by: Any, at: datetime) -> None:
    """Take a withdrawal back."""
    gone = Document.objects.filter(pk=row.pk, withdrawn_at__isnull=False)
    if not gone.update(withdrawn_at=None, withdrawn_because=""):
        raise NotNow(_("This document is not withdrawn."))
    _note("document.show_again", row, {"withdrawn_because": [row.withdrawn_because, None]}, by, at)
    entries.ask_to_write(row, at=at)


@transaction.atomic
def discard(version: DocumentVersion, *, by: Any, at: datetime) -> bool:
    """Remove a draft with its file. Whether its document went too, of which it was the only one."""
    # Held, so that nobody publishes it meanwhile.
    held = DocumentVersion.objects.select_for_update().filter(pk=version.pk)
    found = held.filter(published_at__isnull=True).first()
    if found is None:
        raise NotNow(_("A published version stays. Withdraw its document instead."))
    row = version.document
    is_whole = not row.versions.exclude(pk=found.pk).exists()
    changes = {"number": [found.number, None], "sha256": [found.sha256, None]}
    _note("document.discard", row, {**changes, "title": [row.title, None]}, by, at)
    if found.key:
        # It is done, though the store may not hear of it.
        transaction.on_commit(partial(default_storage.delete, found.key), robust=True)
    (row if is_whole else found).delete()
    return is_whole


@transaction.atomic
def fetch(version: DocumentVersion, *, by: Any, at: datetime) -> None:
    """Let a worker fetch the file of a draft from its address."""
    # Held, so that nobody publishes it or gives it a file meanwhile.
    rows = DocumentVersion.objects.select_for_update(of=("self",)).select_related("job")
    row = rows.filter(pk=version.pk, published_at=None, key="").exclude(address="").first()
    if row is None or row.is_underway:
        told = _("Its file is fetched already, or this is no draft with an address and no file.")
        raise NotNow(told)
    _note_version("document.fetch", row, {"address": [None, row.address]}, by, at)
    _ask_to_fetch(row, by, at)


def keep_fetched(
    version: DocumentVersion, file: File[Any], *, by: Any, at: datetime, mark: Callable[[], None]
) -> None:
    """Keep the file of a draft that had none; `mark` is the worker's word that it still may.

    Refuses FileRefused, and NotNow where the draft is none any more or has another address.
    """

    def keep() -> None:
        mark()
        names = ("key", "file_kind", "size", "sha256", "drawn")
        given = {name: getattr(version, name) for name in names}
        drafts = DocumentVersion.objects.filter(pk=version.pk, published_at=None, key="")
        if not drafts.filter(address=version.address).update(**given, problems=[]):
            raise NotNow(_("This draft was changed meanwhile."))
        told = {"sha256": [None, version.sha256]}
        _note_version("document.fetched", version, told, by, at)
        _ask_to_draw(version, by, at)

    _with_file(version, file, keep)


@transaction.atomic
def draw_again(version: DocumentVersion, *, by: Any, at: datetime) -> None:
    """Let a worker draw the text out of the file once more."""
    live = Q(drawn=DocumentVersion.Drawn.WAITING, job__state__in=LIVE)
    ended = DocumentVersion.objects.filter(pk=version.pk).exclude(Q(drawn="none") | live)
    if not ended.update(drawn=DocumentVersion.Drawn.WAITING):
        raise NotNow(_("Its text is being drawn out already, or it has no file."))
    _ask_to_draw(version, by, at)


def _with_file(version: DocumentVersion, file: File[Any] | None, keep: Any) -> None:
    """Keep the file under a key of ours, then its row; without the row the file goes too."""
    if file is None:
        with transaction.atomic():
            keep()
        return
    version.file_kind = kind_of(file, file.name or "")
    version.size, version.sha256 = file.size, _sum_of(file)
    version.drawn = DocumentVersion.Drawn.WAITING
    with stored(file, f"library/{uuid4().hex}", no_room=FileRefused) as key, transaction.atomic():
        version.key = key
        keep()


def _sum_of(file: File[Any]) -> str:
    digest = sha256()
    for part in file.chunks():
        digest.update(part)
    file.seek(0)
    return digest.hexdigest()


def _keep(version: DocumentVersion, words: Words, by: Any, at: datetime) -> None:
    wanted = dict(words)
    is_to_be_fetched = wanted.pop("fetch", False)
    changes = written(version, wanted)
    store(version, wrong=DocumentWrong, taken=DocumentTaken)
    _note_version("document.add_version", version, changes, by, at)
    if version.key:
        _ask_to_draw(version, by, at)
    elif is_to_be_fetched and version.address:
        _ask_to_fetch(version, by, at)


def _ask_to_draw(version: DocumentVersion, by: Any, at: datetime) -> None:
    _ask(DRAW, version, {}, by, at)


def _ask_to_fetch(version: DocumentVersion, by: Any, at: datetime) -> None:
    _ask(FETCH, version, {"host": urlsplit(version.address).hostname or ""}, by, at)


def _ask(kind: str, version: DocumentVersion, more: dict[str, Any], by: Any, at: datetime) -> None:
    payload = {"version": version.pk, **more}
    version.job = jobs.enqueue(kind, at=at, key=str(version.uuid), payload=payload, by=by)
    version.save(update_fields=["job"])


def _written(row: Document, words: Words) -> dict[str, Any]:
    """Write the columns and the lists of a document; what became different."""
    many = {name: list(words[name]) for name in MANY if name in words}
    plain_words = {name: value for name, value in words.items() if name not in MANY}
    changes: dict[str, Any] = written(row, plain_words)
    if changes or row.pk is None:
        store(row, wrong=DocumentWrong, taken=DocumentTaken)
    for name, wanted in many.items():
        before = _listed(getattr(row, name).all())
        if before != (after := _listed(wanted)):
            getattr(row, name).set(wanted)
            changes[name] = [before, after]
    return changes


def _listed(rows: Iterable[Any]) -> str:
    return ", ".join(sorted(str(getattr(row, "slug", row.pk)) for row in rows))


def _note(verb: str, row: Document, changes: dict[str, Any], by: Any, at: datetime) -> None:
    audit.record(verb, at=at, by=by, of=("document", row.slug), changes=changes)


def _note_version(
    verb: str, version: DocumentVersion, changes: dict[str, Any], by: Any, at: datetime
) -> None:
    told = {**changes, "number": [None, version.number]}
    if version.sha256 and verb == "document.add_version":
        told["sha256"] = [None, version.sha256]
    _note(verb, version.document, told, by, at)
