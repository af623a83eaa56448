"""Pictures come onto a course's shelf, are told in words, taken off and put back."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.authoring.shelf import queries
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Course
from courses.catalogue.pictures import WIDTHS
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.lib.errors import Refusal
from partnership.lib.images.reading import Clean, cleaned
from partnership.lib.storage import stored

# More than the longest of our courses has lessons; each is looked at when one is chosen.
MOST = 400
# What was taken off can be put back for so long; then its files go.
KEPT = timedelta(days=30)


class InUse(Refusal):
    """A text names the picture."""

    code = "picture_in_use"


class ShelfFull(Refusal):
    code = "shelf_full"


class NoRoom(Refusal):
    """The disk is full."""

    code = "no_room"


@dataclass(frozen=True)
class Told:
    """What is said of a picture when it is sent: the name of its file, and what it shows."""

    name: str
    alt: str = ""


@dataclass(frozen=True)
class Held:
    """Clean files that lie in the store: of each its width, bytes and key, the widest last."""

    width: int
    height: int
    digest: str
    files: tuple[dict[str, Any], ...]


def add(course: Course, file: IO[bytes], told: Told, *, by: User | None, at: datetime) -> Picture:
    """Take a stranger's picture onto the shelf, written anew. Refuses with PictureRefused."""
    return keep(course, cleaned(file, widths=WIDTHS), told, by=by, at=at)


def keep(course: Course, clean: Clean, told: Told, *, by: User | None, at: datetime) -> Picture:
    """Keep files that are clean, then their row; without the row the files go too.

    What is on the shelf already is that; if it was taken off, it is there again.
    """
    digest = digest_of(clean)
    if found := _again(course, digest, told):
        return found
    try:
        return _kept(course, clean, told, by=by, at=at)
    except IntegrityError:
        # Somebody sent the same picture in the same moment.
        found = _again(course, digest, told)
        assert found is not None
        return found


def _kept(course: Course, clean: Clean, told: Told, *, by: User | None, at: datetime) -> Picture:
    with ExitStack() as kept:
        files = tuple(
            {
                "width": one.width,
                "bytes": len(one.data),
                "key": kept.enter_context(
                    stored(ContentFile(one.data), f"pictures/{uuid4().hex}", no_room=NoRoom)
                ),
            }
            for one in clean.files
        )
        widest = clean.files[-1]
        held = Held(widest.width, widest.height, digest_of(clean), files)
        return _written(course, held, told, by=by, at=at)


def place(course: Course, held: Held, told: Told, *, by: User | None, at: datetime) -> Picture:
    """Files that lie in the store already become a picture of the shelf.

    What is on the shelf is that: then the files are whose they were.
    """
    return _again(course, held.digest, told) or _written(course, held, told, by=by, at=at)


def digest_of(clean: Clean) -> str:
    return sha256(clean.files[-1].data).hexdigest()


@transaction.atomic
def _again(course: Course, digest: str, told: Told) -> Picture | None:
    """The same picture as it is there; it gets words if it had none."""
    found = Picture.objects.filter(course=course, digest=digest).first()
    if found is None:
        return None
    found.removed_at = None
    found.alt = found.alt or _words(told.alt)
    found.save(update_fields=["removed_at", "alt"])
    return found


@transaction.atomic
def _written(course: Course, held: Held, told: Told, *, by: User | None, at: datetime) -> Picture:
    """Two who send at once go one after the other: the row of the course is held."""
    Course.objects.select_for_update().get(pk=course.pk)
    if queries.shelf(course).count() >= MOST:
        full = _("A shelf holds at most %(most)s pictures. Take off what no text names.")
        raise ShelfFull(full % {"most": MOST})
    row = Picture.objects.create(
        course=course,
        name=PurePath(told.name.replace("\\", "/").replace("\0", "")).name[:150] or "picture",
        alt=_words(told.alt),
        width=held.width,
        height=held.height,
        files=list(held.files),
        digest=held.digest,
        added_at=at,
        added_by=by,
    )
    _note("picture.add", row, by, at, {"name": [None, row.name], "alt": [None, row.alt]})
    return row


@transaction.atomic
def describe(row: Picture, alt: str, *, by: User, at: datetime) -> None:
    """Say in words what it shows. Texts that name it already keep the words that they have."""
    before, row.alt = row.alt, _words(alt)
    if before != row.alt:
        row.save(update_fields=["alt"])
        _note("picture.describe", row, by, at, {"alt": [before, row.alt]})


@transaction.atomic
def remove(row: Picture, *, by: User, at: datetime) -> None:
    """Take a picture off the shelf, if no text of the course names it. Again changes nothing."""
    Course.objects.select_for_update().get(pk=row.course_id)
    if named := queries.places(row.course).get(str(row.uuid)):
        told = {"where": "; ".join(one.told for one in named[:3]), "n": len(named)}
        raise InUse(_("It stays: texts name it (%(n)s): %(where)s.") % told)
    if Picture.objects.filter(pk=row.pk, removed_at__isnull=True).update(removed_at=at):
        _note("picture.remove", row, by, at, {"name": [row.name, None]})


@transaction.atomic
def put_back(row: Picture, *, by: User, at: datetime) -> None:
    if Picture.objects.filter(pk=row.pk, removed_at__isnull=False).update(removed_at=None):
        _note("picture.put_back", row, by, at, {"name": [None, row.name]})


def forget_old(course: Course, at: datetime) -> None:
    """Pictures that were taken off long ago, with their files, if still no text names them."""
    named = queries.places(course)
    for row in Picture.objects.filter(course=course, removed_at__lt=at - KEPT):
        if str(row.uuid) not in named:
            row.delete()
            for one in row.files:
                default_storage.delete(one["key"])


def _words(alt: str) -> str:
    return " ".join(alt.replace("\0", "").split())[:300]


def _note(verb: str, row: Picture, by: User | None, at: datetime, changes: dict[str, Any]) -> None:
    of = ("course", row.course.slug)
    audit.record(verb, at=at, by=by, of=of, changes={"picture": str(row.uuid), **changes})
