"""A document is looked at, taken into a draft, and taken back."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage

from courses.authoring.models import Removed
from courses.authoring.parcels import child, reading, services
from courses.authoring.parcels.models import CourseParcel
from courses.authoring.refusals import NotADraft
from courses.authoring.services import removing
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Lesson
from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.jobs.models import Job
from tests.constraints import refused_by
from tests.courses.authoring.bank.desks import Steps
from tests.courses.authoring.parcels.documents import docx, h, p, picture
from tests.courses.authoring.shelf.pictures import clean_here, on_the_shelf, png
from tests.courses.authoring.writing import NOON, Draft
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
LETTERS = docx(
    h(1, "Letters"),
    h(2, "Who writes"),
    p("Words " * 160),
    picture("r9", "A [map]"),
    h(2, "What goes wrong"),
    picture("r8"),
    picture("r7"),
    pictures={"r9": png(), "r8": png(colour="red"), "r7": b"no picture"},
)


@pytest.fixture(autouse=True)
def _no_processes(monkeypatch):
    """Documents and pictures are read here: what the children do has its own tests."""
    read_in_this_process(monkeypatch)


def read_in_this_process(monkeypatch) -> None:
    def read(file: Any, name: str, form: str) -> reading.Reading:
        told, pictures = child.read(BytesIO(file.read()), form, name)
        if "refused" in told:
            raise reading.ParcelRefused(told["refused"], **told["facts"])
        return reading.understood(told, BytesIO(b"".join(pictures)))

    monkeypatch.setattr(services.reading, "read", read)
    monkeypatch.setattr(services, "cleaned", lambda file, widths: clean_here(file.read()))


def sent(draft: Draft, data: bytes = LETTERS, name: str = "letters.docx") -> CourseParcel:
    """A document that was sent, and read by a worker."""
    boss = person_with(Role.TRAINER)
    one = services.send(draft.course, BytesIO(data), name, by=boss, at=NOON)
    services.look(Steps({"parcel": one.pk}))
    one.refresh_from_db()
    return one


def codes(one: CourseParcel) -> list[str]:
    return [told["code"] for told in one.problems]


def test_a_document_is_read_by_a_worker_and_nothing_is_written(
    draft, django_capture_on_commit_callbacks
):
    boss = person_with(Role.TRAINER)
    one = services.send(draft.course, BytesIO(LETTERS), "letters.docx", by=boss, at=NOON)
    assert (one.state, Job.objects.get().kind) == ("waiting", "parcels.read")
    kept = one.key

    with django_capture_on_commit_callbacks(execute=True):
        assert services.look(Steps({"parcel": one.pk})) == {"lessons": 2}

    one.refresh_from_db()
    assert (one.state, one.key, default_storage.exists(kept)) == ("tried", "", False)
    assert codes(one) == ["not_a_picture", "no_words"]
    assert [bool(held) for held in one.pictures] == [True, True, False]
    assert not Picture.objects.exists()
    assert draft.order() == {"one": "abc", "two": "de"}
    assert services.look(Steps({"parcel": one.pk})) == {}


def test_a_worker_that_was_killed_begins_again_and_leaves_nothing_twice(draft, monkeypatch):
    boss = person_with(Role.TRAINER)
    one = services.send(draft.course, BytesIO(LETTERS), "letters.docx", by=boss, at=NOON)
    with monkeypatch.context() as patch:
        patch.setattr(services, "_end", lambda *told, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.look(Steps({"parcel": one.pk}))

    services.look(Steps({"parcel": one.pk}))

    one.refresh_from_db()
    files = [name for name in default_storage.listdir("pictures")[1] if one.uuid.hex in name]
    assert len(files) == 6


def test_lessons_are_taken_in_behind_those_that_are_there(draft):
    boss, one = person_with(Role.TRAINER), sent(draft)

    assert services.take_in(one, draft.edition, by=boss, at=NOON) == 2

    assert list(draft.order()) == ["one", "two", "letters"]
    rows = Lesson.objects.filter(module__key="letters").order_by("position")
    assert [(row.title, row.minutes) for row in rows] == [("Who writes", 2), ("What goes wrong", 1)]
    first, second = Picture.objects.order_by("pk")
    assert rows[0].text.endswith(f"Words\n\n{first.markdown}")
    assert first.markdown.startswith("![A \\[map\\]](/media/pictures/")
    assert "<img" in rows[0].html
    # The one that was no picture left its place.
    assert rows[1].text.strip() == second.markdown
    assert all(default_storage.exists(file["key"]) for file in first.files)
    assert AuditEntry.objects.filter(verb="parcel.take_in").count() == 1
    with pytest.raises(services.NotNow):
        services.take_in(one, draft.edition, by=boss, at=NOON)


def test_a_picture_that_is_on_the_shelf_is_not_there_twice(
    draft, django_capture_on_commit_callbacks
):
    row, one = on_the_shelf(draft.course, alt=""), sent(draft)
    spare = [file["key"] for file in one.pictures[0]["files"]]

    with django_capture_on_commit_callbacks(execute=True):
        services.take_in(one, draft.edition, by=person_with(Role.TRAINER), at=NOON)

    assert Picture.objects.count() == 2
    row.refresh_from_db()
    assert row.alt == "A [map]"
    assert row.markdown in Lesson.objects.get(title="Who writes").text
    assert not any(default_storage.exists(key) for key in spare)
    assert all(default_storage.exists(file["key"]) for file in row.files)


def test_what_was_taken_in_is_taken_back_and_the_outline_can_undo_that(draft):
    boss, one = person_with(Role.TRAINER), sent(draft)
    services.take_in(one, draft.edition, by=boss, at=NOON)

    assert services.take_back(one, draft.edition, by=boss, at=NOON) == 1

    assert draft.order() == {"one": "abc", "two": "de"}
    with pytest.raises(services.NotNow):
        services.take_back(one, draft.edition, by=boss, at=NOON)
    removing.put_back(draft.edition, Removed.objects.get().pk, by=boss, at=NOON)
    assert Lesson.objects.filter(title="Who writes").exists()


def test_what_does_not_fit_is_not_written_at_all(draft, monkeypatch):
    one = sent(draft)
    monkeypatch.setattr(services.outline, "MOST_PARTS", 9)

    with pytest.raises(services.outline.TooMuch):
        services.take_in(one, draft.edition, by=person_with(Role.TRAINER), at=NOON)

    one.refresh_from_db()
    assert (one.state, Picture.objects.count()) == ("tried", 0)
    assert draft.order() == {"one": "abc", "two": "de"}


def test_nothing_is_taken_into_an_edition_that_is_published_meanwhile(draft):
    one = sent(draft)
    draft.edition.published_at = NOON
    draft.edition.save()

    with pytest.raises(NotADraft):
        services.take_in(one, draft.edition, by=person_with(Role.TRAINER), at=NOON)


def test_a_document_that_cannot_be_read_says_why(draft, monkeypatch):
    one = sent(draft, b"MZ")
    assert (one.state, codes(one)) == ("refused", ["damaged"])
    monkeypatch.setattr(services, "MOST_LESSONS", 1)
    assert codes(sent(draft)) == ["too_many_lessons"]
    with pytest.raises(reading.ParcelRefused, match=r"ends in \.docx"):
        sent(draft, name="letters.doc")


def test_documents_are_forgotten_after_sixty_days_but_not_the_pictures_of_lessons(draft):
    boss, taken, tried = person_with(Role.TRAINER), sent(draft), sent(draft)
    services.take_in(taken, draft.edition, by=boss, at=NOON)
    held = [file["key"] for file in tried.pictures[0]["files"]]

    services.forget_old(draft.course, NOON + timedelta(days=60))
    assert CourseParcel.objects.count() == 2
    services.forget_old(draft.course, NOON + timedelta(days=60, seconds=1))

    assert not CourseParcel.objects.exists()
    assert not any(default_storage.exists(key) for key in held)
    for row in Picture.objects.all():
        assert all(default_storage.exists(file["key"]) for file in row.files)


def test_the_database_holds_what_a_parcel_is(draft):
    one = sent(draft)
    rows = CourseParcel.objects.filter(pk=one.pk)
    with refused_by("course_parcel_read_has_a_plan"):
        rows.update(plan=[])
    with refused_by("course_parcel_taken_in_on_a_day"):
        rows.update(done_at=NOON)
    with refused_by("course_parcel_taken_in_on_a_day"):
        rows.update(state="done")
