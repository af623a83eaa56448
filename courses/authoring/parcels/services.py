"""What a trainer does with a document: send it, look, take it in, take it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from courses.authoring.drafts import locked
from courses.authoring.models import Removed
from courses.authoring.parcels import plans, reading
from courses.authoring.parcels.models import CourseParcel
from courses.authoring.services import outline, removing
from courses.authoring.shelf.models import Picture
from courses.authoring.shelf.services import Held, NoRoom, Told, digest_of, place
from courses.catalogue.models import Course, Edition, Lesson, Module
from courses.catalogue.pictures import WIDTHS
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.jobs import services as jobs
from partnership.jobs.kinds import Steps
from partnership.lib.errors import Refusal
from partnership.lib.images.reading import PictureRefused, cleaned
from partnership.lib.markdown import MOST_LETTERS
from partnership.lib.storage import stored

State = CourseParcel.State
READ = "parcels.read"
KEPT = timedelta(days=60)
MOST_LESSONS = 200


class NotNow(Refusal):
    """The document is at another step."""

    code = "not_now"


def send(course: Course, file: IO[bytes], name: str, *, by: User, at: datetime) -> CourseParcel:
    """Keep a document and let a worker read it. Refuses ParcelRefused, NoRoom."""
    form = reading.form_of(name)
    forget_old(course, at)
    content = file.read()
    one = CourseParcel(
        course=course,
        name=" ".join(name.replace("\0", "").split())[-150:],
        form=form,
        fingerprint=sha256(content).hexdigest(),
        made_at=at,
    )
    with (
        stored(File(BytesIO(content)), f"parcels/{uuid4().hex}", no_room=NoRoom) as key,
        transaction.atomic(),
    ):
        one.key = key
        one.save(force_insert=True)
        one.job = jobs.enqueue(READ, at=at, key=str(one.uuid), payload={"parcel": one.pk}, by=by)
        one.save(update_fields=["job"])
        _note("parcel.send", one, by, at, {"file": [None, one.name]})
    return one


def look(steps: Steps) -> dict[str, Any]:
    """Read the document of a job, and write its pictures anew.

    Killed and run again it begins anew: what it kept lies under the same keys, and the row is
    written once, at the end.
    """
    rows = CourseParcel.objects.filter(pk=steps.payload["parcel"], state=State.WAITING)
    one = rows.first()
    if one is None:
        return {}
    steps.step(0, 1)
    try:
        with default_storage.open(one.key) as file:
            found = reading.read(file, one.name, one.form)
        modules = plans.unpacked(found.modules)
        if (count := sum(len(module.lessons) for module in modules)) > MOST_LESSONS:
            raise reading.ParcelRefused("too_many_lessons", n=count, most=MOST_LESSONS)
    except reading.ParcelRefused as refusal:
        told = {"code": refusal.code, "facts": refusal.facts}
        _end(one, steps, state=State.REFUSED, problems=[told])
        return {}
    held, problems = _pictures(one, found, steps)
    problems = [*found.problems, *problems, *_of_lessons(modules)]
    _end(one, steps, state=State.TRIED, plan=found.modules, pictures=held, problems=problems)
    return {"lessons": count}


def _end(one: CourseParcel, steps: Steps, **told: Any) -> None:
    with transaction.atomic():
        steps.step(steps.done, max(1, steps.done))
        rows = CourseParcel.objects.filter(pk=one.pk, state=State.WAITING)
        if rows.update(key="", **told):
            transaction.on_commit(lambda: default_storage.delete(one.key))


def _pictures(
    one: CourseParcel, found: reading.Reading, steps: Steps
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Each picture as clean files in the store, and what is to be said of them."""
    held: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    for number, sent in enumerate(found.pictures):
        steps.step(number, len(found.pictures))
        try:
            held.append(_held(one, number, sent))
        except PictureRefused as refusal:
            held.append({})
            told = {"code": refusal.code, "facts": refusal.facts, "where": sent.name}
            problems.append({**told, "is_of_a_picture": True})
    if count := sum(1 for kept in held if kept and not kept["alt"]):
        problems.append({"code": "no_words", "facts": {"n": count}})
    return held, problems


def _held(one: CourseParcel, number: int, sent: reading.Sent) -> dict[str, Any]:
    clean = cleaned(BytesIO(sent.data), widths=WIDTHS)
    files = []
    for file in clean.files:
        key = f"pictures/{one.uuid.hex}-{number}-{file.width}"
        # Of a try that was killed.
        default_storage.delete(key)
        kept = default_storage.save(key, ContentFile(file.data))
        files.append({"width": file.width, "bytes": len(file.data), "key": kept})
    widest = clean.files[-1]
    size = {"width": widest.width, "height": widest.height, "digest": digest_of(clean)}
    return {**size, "name": sent.name, "alt": sent.alt, "files": files}


def _of_lessons(modules: list[plans.Module]) -> list[dict[str, Any]]:
    """What is to be said of the lessons that would be made."""
    return [
        {"code": code, "where": lesson.title}
        for module in modules
        for lesson in module.lessons
        for code, is_so in (
            ("no_text", not lesson.text),
            ("too_long_text", len(lesson.text) > MOST_LETTERS),
        )
        if is_so
    ]


def take_in(one: CourseParcel, edition: Edition, *, by: User, at: datetime) -> int:
    """Write the lessons that were shown behind those of the draft, all of them or nothing.

    Refuses NotNow if it was taken in before.
    """
    with transaction.atomic():
        draft = locked(edition)
        moved = CourseParcel.objects.filter(pk=one.pk, state=State.TRIED)
        if not moved.update(state=State.DONE, done_at=at):
            raise NotNow(_("This was taken in already, or is not read yet."))
        shown = _on_the_shelf(one, draft.course, by, at)
        modules = plans.unpacked(one.plan)
        made = [_write(draft, module, shown, by, at) for module in modules]
        CourseParcel.objects.filter(pk=one.pk).update(made=made, pictures=[])
        count = sum(len(module.lessons) for module in modules)
        _note("parcel.take_in", one, by, at, {"lessons": count, "modules": len(made)})
    one.state, one.done_at, one.made, one.pictures = State.DONE, at, made, []
    return count


def _on_the_shelf(one: CourseParcel, course: Course, by: User, at: datetime) -> dict[int, Picture]:
    """The pictures by their number. Files of one that was on the shelf before go."""
    found = {}
    for number, kept in enumerate(one.pictures):
        if not kept:
            continue
        held = Held(kept["width"], kept["height"], kept["digest"], tuple(kept["files"]))
        found[number] = place(course, held, Told(kept["name"], kept["alt"]), by=by, at=at)
        if found[number].files != kept["files"]:
            keys = [file["key"] for file in kept["files"]]
            transaction.on_commit(lambda keys=keys: _delete(keys))  # type: ignore[misc]
    return found


def _write(
    draft: Edition, module: plans.Module, shown: dict[int, Picture], by: User, at: datetime
) -> str:
    """A module with its lessons at the end of the draft; its key."""

    def named(mark: Any) -> str:
        picture = shown.get(int(mark[1]))
        return picture.markdown if picture else ""

    row: Module = outline.add(draft, "module", module.title, by=by, at=at)
    for lesson in module.lessons:
        made: Lesson = outline.add(draft, "lesson", lesson.title, module=row.key, by=by, at=at)
        made.text, made.minutes = plans.PICTURE.sub(named, lesson.text), lesson.minutes
        made.save()
    return row.key


def take_back(one: CourseParcel, edition: Edition, *, by: User, at: datetime) -> int:
    """Take the modules that were made of it out of the draft; the outline can put them back."""
    with transaction.atomic():
        draft = locked(edition)
        moved = CourseParcel.objects.filter(pk=one.pk, state=State.DONE)
        if not moved.update(state=State.BACK):
            raise NotNow(_("This was taken back already."))
        there = draft.modules.filter(key__in=one.made).values_list("key", flat=True)
        kept: list[Removed] = [
            removing.remove(draft, f"module:{key}", by=by, at=at) for key in list(there)
        ]
        _note("parcel.take_back", one, by, at, {"modules": len(kept)})
    one.state = State.BACK
    return len(kept)


def forget_old(course: Course, at: datetime) -> None:
    """Documents of a course that nobody asks about any more, with what lies in the store."""
    for one in CourseParcel.objects.filter(course=course, made_at__lt=at - KEPT):
        one.delete()
        keys = [file["key"] for kept in one.pictures for file in kept.get("files", ())]
        _delete([*keys, one.key] if one.key else keys)


def _delete(keys: list[str]) -> None:
    for key in keys:
        default_storage.delete(key)


def _note(verb: str, one: CourseParcel, by: User, at: datetime, changes: dict[str, Any]) -> None:
    of = ("course", one.course.slug)
    audit.record(verb, at=at, by=by, of=of, changes={"parcel": str(one.uuid), **changes})
