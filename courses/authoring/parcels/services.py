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

from courses.authoring import parts
from courses.authoring.drafts import locked
from courses.authoring.models import Removed
from courses.authoring.parcels import archives, plans, reading, wholes
from courses.authoring.parcels.models import CourseParcel
from courses.authoring.services import outline, removing
from courses.authoring.shelf.models import Picture
from courses.authoring.shelf.services import Held, NoRoom, Told, digest_of, place
from courses.catalogue.models import Course, Edition, Lesson, Module
from courses.catalogue.pictures import WIDTHS, widths_of
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
    digest = sha256()
    for part in iter(lambda: file.read(1 << 16), b""):
        digest.update(part)
    file.seek(0)
    one = CourseParcel(
        course=course,
        name=" ".join(name.replace("\0", "").split())[-150:],
        form=form,
        fingerprint=digest.hexdigest(),
        made_at=at,
    )
    with (
        stored(File(file), f"parcels/{uuid4().hex}", no_room=NoRoom) as key,
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
        problem = {"code": refusal.code, "facts": refusal.facts}
        _end(one, steps, state=State.REFUSED, problems=[problem])
        return {}
    if found.whole is None:
        held, problems = _pictures(one, found, steps)
    else:
        held, problems = _as_written(one, found, steps), []
    problems = [*found.problems, *problems, *_of_lessons(modules)]
    told: dict[str, Any] = {
        "plan": found.modules,
        "pictures": held,
        "problems": problems,
        "whole": found.whole,
    }
    _end(one, steps, state=State.TRIED, **told)
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
    files = [_kept(one, number, file.width, file.data) for file in clean.files]
    widest = clean.files[-1]
    size = {"width": widest.width, "height": widest.height, "digest": digest_of(clean)}
    return {**size, "name": sent.name, "alt": sent.alt, "files": files}


def _kept(one: CourseParcel, number: int, width: int, data: bytes) -> dict[str, Any]:
    key = f"pictures/{one.uuid.hex}-{number}-{width}"
    # Of a try that was killed.
    default_storage.delete(key)
    kept = default_storage.save(key, ContentFile(data))
    return {"width": width, "bytes": len(data), "key": kept}


def _as_written(one: CourseParcel, found: reading.Reading, steps: Steps) -> list[dict[str, Any]]:
    """The pictures of a whole course are clean already, to the last byte."""
    assert found.whole is not None
    lying = {sent.name: sent.data for sent in found.pictures}
    held = []
    for number, told in enumerate(found.whole["pictures"]):
        steps.step(number, len(found.whole["pictures"]))
        widths = {
            width: archives.path_of(told["name"], width) for width in widths_of(told["width"])
        }
        files = [_kept(one, number, width, lying[path]) for width, path in widths.items()]
        digest = sha256(lying[widths[told["width"]]]).hexdigest()
        size = {"width": told["width"], "height": told["height"], "digest": digest}
        held.append({**size, "name": told["file"], "alt": told["alt"], "files": files})
    return held


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
        if one.whole is None:
            made = [_write(draft, module, shown, by, at) for module in modules]
        else:
            made = _write_whole(one, draft, modules, shown)
        CourseParcel.objects.filter(pk=one.pk).update(made=made, pictures=[])
        count = sum(len(module.lessons) for module in modules)
        _note("parcel.take_in", one, by, at, {"lessons": count, "parts": len(made)})
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
    """A module with its lessons at the end of the draft; its name there."""

    def named(mark: Any) -> str:
        picture = shown.get(int(mark[1]))
        return picture.markdown if picture else ""

    row: Module = outline.add(draft, "module", module.title, by=by, at=at)
    for lesson in module.lessons:
        made: Lesson = outline.add(draft, "lesson", lesson.title, module=row.key, by=by, at=at)
        made.text, made.minutes = plans.PICTURE.sub(named, lesson.text), lesson.minutes
        made.save()
    return f"module:{row.key}"


def _write_whole(
    one: CourseParcel, draft: Edition, modules: list[plans.Module], shown: dict[int, Picture]
) -> list[str]:
    """A whole course; the outline's limit holds for it too."""
    assert one.whole is not None
    outline.refuse_too_many(draft, more=_parts_of(one.whole))
    files = [line["file"] for module in one.whole["modules"] for line in module["lessons"]]
    texts = [lesson.text for module in modules for lesson in module.lessons]
    by_name = {told["name"]: shown[n] for n, told in enumerate(one.whole["pictures"])}
    return wholes.write(draft, one.whole, dict(zip(files, texts, strict=True)), by_name)


def _parts_of(whole: dict[str, Any]) -> int:
    inside = sum(len(one["lessons"]) + len(one["quizzes"]) + 1 for one in whole["modules"])
    return inside + len(whole["quizzes"])


def take_back(one: CourseParcel, edition: Edition, *, by: User, at: datetime) -> int:
    """Take the modules that were made of it out of the draft; the outline can put them back."""
    with transaction.atomic():
        draft = locked(edition)
        moved = CourseParcel.objects.filter(pk=one.pk, state=State.DONE)
        if not moved.update(state=State.BACK):
            raise NotNow(_("This was taken back already."))
        kept: list[Removed] = [
            removing.remove(draft, name, by=by, at=at)
            for name in one.made
            if parts.is_there(draft, name)
        ]
        _note("parcel.take_back", one, by, at, {"parts": len(kept)})
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
