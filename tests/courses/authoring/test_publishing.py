"""A draft is shown by a link, checked, and published from its desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from courses.authoring import checks, previews, queries
from courses.authoring.models import Removed, Writing
from courses.authoring.services import removing
from courses.authoring.services.presence import be_seen
from courses.authoring.services.publishing import effect, keeps_back, publish_draft
from courses.catalogue.models import Lesson
from courses.learning.models import Completion
from courses.quizzes.services import NotReady, open_draft
from partnership.lib import clock
from tests.courses.authoring.shelf.pictures import on_the_shelf
from tests.courses.authoring.writing import Draft, Writer, desk, later
from tests.factories.courses import (
    CourseFactory,
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
)
from tests.factories.links import LinkFactory
from tests.factories.sources import DatedFactFactory

pytestmark = pytest.mark.django_db


def kept_back(draft: Draft) -> list[str]:
    return keeps_back(draft.edition, queries.checked(draft.edition))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![](/media/x.png)", "A picture says in words what it shows."),
        ("[gone](/courses/t-w/gone/)", "/courses/t-w/gone/ leads nowhere."),
        ("[gone](/nowhere/)", "/nowhere/ leads nowhere."),
        ("```figure none\nx\n```", "There is no drawing “none”."),
        ("", "The lesson “A” has no text."),
    ],
)
def test_what_a_reader_would_miss_keeps_a_draft_back(draft: Draft, text, told):
    lesson = draft.row("a")
    lesson.text = text
    lesson.save()

    assert any(told in sentence for sentence in kept_back(draft))
    with pytest.raises(NotReady):
        publish_draft(draft.edition, by=None, at=later())


def test_what_is_well_keeps_nothing_back(draft: Draft):
    lesson = draft.row("a")
    lesson.text = (
        "[b](/courses/t-w/b/), [terms](/glossary/#itmo), ![a map](/media/x.png)\n\n# H\n\n### J"
    )
    lesson.save()

    assert kept_back(draft) == []


def test_what_is_on_the_shelf_or_known_keeps_nothing_back(draft: Draft):
    """Texts are read without asking where they lead: that is asked when it is told."""
    DatedFactFactory(key="counted", value_number=47)
    film = "```video\nA film\n/about/\n4 min, 18 MB\n\nWords.\n```"
    elsewhere = on_the_shelf(CourseFactory())
    lesson = draft.row("a")
    lesson.text = f"{on_the_shelf(draft.course).markdown}\n\n{{fact:counted}}\n\n{film}"
    lesson.save()
    assert kept_back(draft) == []

    gone = lesson.text.replace("/about/", "/nowhere/").replace("counted", "none")
    lesson.text = f"{gone}\n\n{elsewhere.markdown}"
    lesson.save()
    assert [sentence.partition(": ")[2] for sentence in kept_back(draft)] == [
        "There is no figure “none”.",
        "/nowhere/ leads nowhere.",
        "This picture is not on the shelf of the course.",
    ]


def test_two_texts_that_wait_for_a_choice_keep_a_draft_back(draft: Draft):
    for sitting in ("page-one", "page-two"):
        Writer(draft.row("b"), sitting).save(sitting)

    assert kept_back(draft) == ["Two texts of “B” wait for a choice."]


def test_publishing_ends_what_was_kept_for_the_writing(draft: Draft):
    page = desk(draft)
    be_seen(draft.row("a"), page.trainer, clock.now())
    removing.remove(draft.edition, "lesson:e", by=page.trainer, at=later())

    answer = page.post("draft/publish/")

    assert answer["Location"] == "/desk/courses/t-w/"
    draft.edition.refresh_from_db()
    assert draft.edition.published_at
    assert not Writing.objects.exists()
    assert not Removed.objects.exists()
    assert page.get("draft/publish/").status_code == 404


def test_what_publishing_means_is_told_lesson_by_lesson():
    old = EditionFactory()
    module = ModuleFactory(edition=old)
    same, other, gone = (LessonFactory(module=module, key=key) for key in ("same", "other", "gone"))
    learners = EnrolmentFactory.create_batch(3, edition=old)
    learners[2].left_at = learners[2].joined_at
    learners[2].save()
    for enrolment in learners:
        told = {"opened_at": later(), "done_at": later()}
        Completion.objects.create(enrolment=enrolment, lesson=other, **told)
    draft = open_draft(old.course, at=later())
    Lesson.objects.filter(edition=draft, key="other").update(title="Otherwise")
    Lesson.objects.filter(edition=draft, key="gone").delete()
    LessonFactory(module=draft.modules.get(), key="new")

    found = effect(draft)

    assert found.learners == 2
    states = {one.title: (one.state, one.done) for one in found.changes}
    new = draft.lessons.get(key="new").title
    assert states == {
        same.title: ("unchanged", 0),
        "Otherwise": ("changed", 2),
        gone.title: ("gone", 0),
        new: ("new", 0),
    }
    assert found.counts == {"unchanged": 1, "changed": 1, "new": 1, "gone": 1}


@pytest.mark.parametrize("more", [0, 20])
def test_the_checks_cost_the_same_for_few_and_for_many(draft: Draft, count_queries, more):
    for n in range(more):
        draft.lesson(f"more-{n}", draft.two, 10 + n)

    queries.checked(draft.edition)

    with count_queries(7):
        queries.checked(draft.edition)


def test_of_what_a_text_names_only_what_is_not_there_is_told(draft: Draft):
    DatedFactFactory(key="pairs")
    LinkFactory(address="https://gone.example/", broken=True)
    LinkFactory(address="https://good.example/")
    lesson = draft.row("a")
    lesson.text = (
        "{fact:pairs} {fact:none} [good](https://good.example/) [gone](https://gone.example/)\n"
        "[new](https://new.example/)"
    )
    lesson.save()

    (told,) = queries.checked(draft.edition)

    assert [(one.sentence, one.is_blocking) for one in told.findings] == [
        ("There is no figure “none”.", True),
        ("https://gone.example/ was not there when it was looked at, three times.", False),
    ]


def test_a_text_is_read_once_and_again_when_it_is_another(draft: Draft, monkeypatch):
    looked, look = [], checks.findings
    monkeypatch.setattr(checks, "findings", lambda *given: looked.append(given[0]) or look(*given))
    Lesson.objects.filter(pk=draft.row("a").pk).update(text="See https://x.example/.")
    first = queries.checked(draft.edition)
    assert (len(looked), len(first)) == (5, 1)

    assert queries.checked(draft.edition) == first
    Lesson.objects.filter(pk=draft.row("b").pk).update(text="[x](/nowhere/)")
    told = queries.checked(draft.edition)

    assert looked[5:] == ["[x](/nowhere/)"]
    assert [one.findings[0].is_blocking for one in told] == [False, True]


# --- A link for a colleague -----------------------------------------------------------------


def test_who_has_the_link_reads_the_draft_and_no_machine_finds_it(draft: Draft, client):
    page = desk(draft)
    link = f"/drafts/{previews.link_of(draft.edition, clock.now())}/"
    assert "/drafts/" in page.page("draft/preview/")

    for address in (link, f"{link}a/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
        assert client.post(address).status_code == 405
    assert client.get(f"{link}gone/").status_code == 404


def test_a_link_ends_after_fourteen_days_with_the_draft_or_when_it_was_not_ours(draft, client):
    now = clock.now()
    other = previews.link_of(EditionFactory(), now)
    old = previews.link_of(draft.edition, now - timedelta(days=14, seconds=1))
    last = previews.link_of(draft.edition, now - timedelta(days=13, hours=23))
    good = previews.link_of(draft.edition, now)
    for token in (other, old, good[:-1], "x", f"{good}:x", "a:b:c"):
        assert client.get(f"/drafts/{token}/").status_code == 404, token
    assert client.get(f"/drafts/{last}/").status_code == 200

    draft.edition.published_at = now
    draft.edition.save()
    assert client.get(f"/drafts/{good}/").status_code == 404
