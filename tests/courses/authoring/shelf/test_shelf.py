"""Pictures come onto a shelf and stay while a text names them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage

from courses.authoring import queries as drafts
from courses.authoring.services import removing
from courses.authoring.services.publishing import keeps_back
from courses.authoring.shelf import queries, services
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Translation
from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.lib.images.reading import PictureRefused
from tests.constraints import refused_by
from tests.courses.authoring.shelf.pictures import on_the_shelf, png
from tests.courses.authoring.writing import NOON, Draft
from tests.factories.accounts import person_with
from tests.factories.courses import (
    CourseFactory,
    EditionFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
    asked,
)

pytestmark = pytest.mark.django_db


def written(draft: Draft, key: str, text: str) -> None:
    row = draft.row(key)
    row.text = text
    row.save()


def files() -> set[str]:
    try:
        return set(default_storage.listdir("pictures")[1])
    except FileNotFoundError:
        return set()


def test_a_picture_is_kept_in_each_width_under_keys_of_ours(draft):
    row = services.add(
        draft.course, BytesIO(png()), services.Told("../my map.png", "A  map"), by=None, at=NOON
    )

    assert (row.name, row.alt, row.width, row.height) == ("my map.png", "A map", 800, 400)
    assert [one["width"] for one in row.files] == [360, 720, 800]
    for one in row.files:
        assert default_storage.size(one["key"]) == one["bytes"]
        assert "map" not in one["key"]
    assert row.markdown == f'![A map](/media/pictures/{row.uuid}/800.webp "800x400, 1 KB")'
    assert AuditEntry.objects.get().verb == "picture.add"


def test_what_is_no_picture_leaves_nothing(draft):
    before = files()
    with pytest.raises(PictureRefused):
        services.add(draft.course, BytesIO(b"MZ"), services.Told("a.png"), by=None, at=NOON)

    assert not Picture.objects.exists()
    assert files() == before


def test_the_same_picture_is_on_a_shelf_once_and_on_each_shelf_its_own(draft):
    row = on_the_shelf(draft.course, alt="")
    assert on_the_shelf(draft.course, alt="A map") == row
    row.refresh_from_db()
    assert row.alt == "A map"
    other = on_the_shelf(CourseFactory())

    assert Picture.objects.count() == 2
    assert {one["key"] for one in row.files}.isdisjoint(one["key"] for one in other.files)


def test_of_two_who_send_the_same_at_once_both_have_it(draft, monkeypatch):
    row = on_the_shelf(draft.course)
    before, real = files(), services._again
    # The first look finds nothing: the other one writes after it.
    looks = iter([None])
    monkeypatch.setattr(
        services, "_again", lambda *told: next(looks) if looks.__length_hint__() else real(*told)
    )

    assert on_the_shelf(draft.course) == row
    assert files() == before


def test_a_full_shelf_takes_no_more(draft, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    on_the_shelf(draft.course)
    before = files()

    with pytest.raises(services.ShelfFull, match="at most 1"):
        on_the_shelf(draft.course, colour="red")

    assert files() == before


def test_a_picture_stays_while_anything_names_it(draft):
    boss = person_with(Role.TRAINER)
    row = on_the_shelf(draft.course)
    uuid = str(row.uuid)
    old = EditionFactory(course=draft.course, number=7)
    published = LessonFactory(module=ModuleFactory(edition=old), title="Old", text=row.markdown)
    written(draft, "a", row.markdown)
    version = asked(QuizFactory(edition=draft.edition))
    version.explanation = row.markdown
    version.save()
    told = {"began_at": NOON, "at": NOON, "title": "B", "text": row.markdown}
    beside = draft.row("b").saves.create(number=3, state="beside", **told)
    draft.row("c").saves.create(number=4, state="stands", **told)
    words = Translation.objects.create(
        object_key="t-w/lesson/a", segment="x", language="fr", text=row.markdown, translator="T"
    )
    removing.remove(draft.edition, "lesson:a", by=boss, at=NOON)
    other = on_the_shelf(CourseFactory())
    LessonFactory(
        module=ModuleFactory(edition=EditionFactory(course=other.course)), text=row.address
    )

    assert [place.told for place in queries.places(draft.course)[uuid]] == [
        "edition 7: Old",
        "a translation",
        f"question {version.question.key}",
        "a text beside “B”",
        "removed from the draft: A",
    ]
    with pytest.raises(services.InUse, match=r"\(5\): edition 7: Old; a translation"):
        services.remove(row, by=boss, at=NOON)
    for one in (published, beside, words):
        one.delete()
    version.explanation = ""
    version.save()
    draft.edition.removed.all().delete()
    services.remove(row, by=boss, at=NOON)
    assert list(queries.shelf(draft.course)) == []


def test_what_was_taken_off_comes_back_for_thirty_days(draft):
    boss, row = person_with(Role.TRAINER), on_the_shelf(draft.course)
    written(draft, "a", "")
    services.remove(row, by=boss, at=NOON)
    services.remove(row, by=boss, at=NOON + timedelta(days=9))
    services.forget_old(draft.course, NOON + timedelta(days=30))
    services.put_back(row, by=boss, at=NOON)
    assert list(queries.shelf(draft.course)) == [row]

    services.remove(row, by=boss, at=NOON)
    services.forget_old(draft.course, NOON + timedelta(days=30, seconds=1))

    assert not Picture.objects.exists()
    assert not any(default_storage.exists(one["key"]) for one in row.files)


def test_what_was_taken_off_is_there_again_when_it_is_sent_again(draft):
    row = on_the_shelf(draft.course)
    services.remove(row, by=person_with(Role.TRAINER), at=NOON)

    assert on_the_shelf(draft.course) == row
    assert list(queries.shelf(draft.course)) == [row]


def test_a_draft_is_kept_back_by_a_picture_that_is_not_on_its_shelf(draft):
    row, other = on_the_shelf(draft.course), on_the_shelf(CourseFactory())
    for key in "abcde":
        written(draft, key, "Words.")
    written(draft, "a", row.markdown)
    assert keeps_back(draft.edition, drafts.checked(draft.edition)) == []

    written(draft, "b", other.markdown)

    told = keeps_back(draft.edition, drafts.checked(draft.edition))
    assert len(told) == 1
    assert "not on the shelf" in told[0]


def test_places_are_found_in_as_many_queries_for_many_pictures_as_for_one(draft, count_queries):
    rows = [on_the_shelf(draft.course, colour=colour) for colour in ("red", "blue", "green")]
    for row, key in zip(rows, "abc", strict=True):
        with count_queries(7):
            queries.places(draft.course)
        written(draft, key, row.markdown)
    assert len(queries.places(draft.course)) == 3


def test_the_database_holds_what_a_picture_is(draft):
    row = on_the_shelf(draft.course)
    rows = Picture.objects.filter(pk=row.pk)
    with refused_by("picture_keeps_its_place"):
        rows.update(width=1281)
    with refused_by("picture_keeps_its_place"):
        rows.update(height=0)
    with refused_by("picture_has_a_file"):
        rows.update(files=[])
    other = on_the_shelf(draft.course, colour="red")
    with refused_by("picture_once_on_a_shelf"):
        rows.update(digest=other.digest)
