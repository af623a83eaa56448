from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.celery import app
from partnership.information.library import entries, services, working
from partnership.information.library.refusals import DraftThere, FileRefused, NotNow
from partnership.information.models import Document, DocumentVersion, Passage
from partnership.jobs import runner
from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.search.models import SearchEntry
from tests.factories.accounts import person_with
from tests.factories.information import DocumentFactory, FileFactory, VersionFactory
from tests.information.library.test_drawing import package, paper

pytestmark = pytest.mark.django_db
WORDS = {"title": "Letter template", "kind": "template", "publisher": "A ministry"}
FIRST = {"label": "", "on": None, "precision": "day", "address": "", "pages": None}
NEXT = {**FIRST, "what_changed": "Two fields more"}
LONG = (
    "The host Party authorizes the use of mitigation outcomes towards the contribution of others."
)


@pytest.fixture(autouse=True)
def _known_jobs() -> None:
    app.loader.import_default_modules()


@pytest.fixture
def by():
    return person_with(Role.DATA_EDITOR)


def add(by, data: bytes | None = None, name: str = "x.pdf", **words) -> Document:
    file = ContentFile(data, name=name) if data is not None else None
    return services.add_document({**WORDS, **words}, FIRST, file, by=by, at=clock.now())


def work(kind: str) -> dict:
    """What a worker does with the jobs of a kind that wait; the result of the last."""
    for job in Job.objects.filter(kind=kind, state=Job.State.QUEUED).order_by("pk"):
        runner.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (Job.State.DONE, "")
    return job.result


def found() -> set[str]:
    return set(SearchEntry.objects.filter(kind="document").values_list("key", flat=True))


def test_a_document_comes_in_as_a_draft_that_nobody_else_sees(by):
    row = add(by)

    assert (row.slug, list(Document.objects.published())) == ("letter-template", [])
    assert row.versions.get().added_by == by
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["document.add", "document.add_version"]


def test_two_of_one_title_have_two_addresses_and_none_takes_that_of_a_page(by):
    assert [add(by, title=title).slug for title in ("Topics", "Guide", "Guide")] == [
        "topics-2",
        "guide",
        "guide-2",
    ]


def test_a_draft_is_published_once_and_found_from_then_on(by):
    row = add(by)
    version = row.versions.get()
    services.publish(version, by=by, at=clock.now())
    with pytest.raises(NotNow):
        services.publish(version, by=by, at=clock.now())
    work(entries.WRITE)

    assert (list(Document.objects.published()), found()) == ([row], {row.slug})


def test_the_next_version_leaves_the_one_before(by):
    row = VersionFactory().document
    second = services.add_version(row, NEXT, None, by=by, at=clock.now())
    with pytest.raises(DraftThere):
        services.add_version(row, NEXT, None, by=by, at=clock.now())
    services.publish(second, by=by, at=clock.now())

    assert list(row.versions.published().values_list("number", flat=True)) == [2, 1]


def test_what_is_withdrawn_is_found_by_nobody_at_once_and_can_come_back(by):
    row = VersionFactory().document
    entries.write(row.slug)
    services.withdraw(row, "Replaced elsewhere", by=by, at=clock.now())

    assert (found(), list(Document.objects.published())) == (set(), [])
    with pytest.raises(NotNow):
        services.withdraw(row, "Again", by=by, at=clock.now())
    row.refresh_from_db()
    services.show_again(row, by=by, at=clock.now())
    work(entries.WRITE)
    assert found() == {row.slug}


def test_a_published_version_is_not_discarded_and_a_draft_goes_with_its_file(
    by, django_capture_on_commit_callbacks
):
    row = add(by, paper("x"))
    version = row.versions.get()
    services.publish(version, by=by, at=clock.now())
    with pytest.raises(NotNow):
        services.discard(version, by=by, at=clock.now())
    draft = services.add_version(
        row, NEXT, ContentFile(paper("y"), name="y.pdf"), by=by, at=clock.now()
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert not services.discard(draft, by=by, at=clock.now())

    assert default_storage.exists(version.key)
    assert not default_storage.exists(draft.key)


def test_a_draft_alone_goes_with_its_document(by):
    assert services.discard(add(by).versions.get(), by=by, at=clock.now())
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.pdf"),
        (b"MZ\x00program", "letter.pdf"),
        (b"MZ\x00program", "letter.csv"),
        (package(**{"word__document.xml": "<x/>", "word__vbaProject.bin": "x"}), "letter.docx"),
        (package(mimetype="application/vnd.oasis.opendocument.text"), "letter.odt"),
    ],
    ids=["empty", "program", "program-as-list", "macros", "other"],
)
def test_a_file_that_the_library_does_not_keep_leaves_nothing(by, data, name):
    with pytest.raises(FileRefused):
        add(by, data, name)
    assert (Document.objects.count(), Job.objects.count()) == (0, 0)


def test_a_worker_keeps_the_text_of_each_page_and_tells_its_language(by):
    row = add(by, paper(LONG, "", LONG), language="")
    result = work(services.DRAW)
    version = row.versions.get()
    row.refresh_from_db()

    assert list(version.passages.values_list("number", "text")) == [(1, LONG), (3, LONG)]
    assert (version.drawn, version.pages, row.language) == ("whole", 3, "en")
    assert result == {"pages": 3, "kept": 2, "problems": [{"code": "page_empty", "page": 2}]}


def test_a_file_without_text_costs_the_others_nothing_and_can_be_fetched(by):
    broken, whole = add(by, b"%PDF-1.7 nothing"), add(by, paper(LONG))
    work(services.DRAW)

    assert [row.versions.get().drawn for row in (broken, whole)] == ["not", "whole"]
    assert broken.versions.get().problems == [{"code": "damaged"}]
    assert default_storage.exists(broken.versions.get().key)


def test_a_worker_that_died_is_followed_by_one_that_keeps_each_page_once(by, monkeypatch):
    version = add(by, paper(LONG, LONG)).versions.get()
    first = jobs.claim(version.job_id, at=clock.now())
    keep = working._keep
    monkeypatch.setattr(working, "_keep", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        working.draw(runner.Progress(first))
    assert not Passage.objects.exists()

    monkeypatch.setattr(working, "_keep", keep)
    Job.objects.filter(pk=first.pk).update(state=Job.State.QUEUED, lease_until=None)
    work(services.DRAW)
    DocumentVersion.objects.filter(pk=version.pk).update(drawn="waiting")
    with pytest.raises(runner.Taken):
        working.draw(runner.Progress(first))

    assert Passage.objects.filter(version=version).count() == 2


def test_the_same_file_address_and_text_are_told_and_not_refused(by):
    words = " ".join(f"word{n}" for n in range(60))
    first = add(by, paper(words))
    work(services.DRAW)
    second = add(by, paper(words, "end"))
    work(services.DRAW)
    alike = [row for row in second.versions.get().problems if row["code"] == "alike"]

    assert [row["slug"] for row in alike] == [first.slug]
    assert alike[0]["percent"] > 70


def test_text_can_be_drawn_out_again_but_not_twice_at_once(by):
    version = FileFactory(drawn="not")
    services.draw_again(version, by=by, at=clock.now())
    with pytest.raises(NotNow):
        services.draw_again(version, by=by, at=clock.now())


def test_what_changed_of_a_document_is_in_the_log(by):
    row = DocumentFactory()
    services.change_document(row, {"licence": "CC BY 4.0"}, by=by, at=clock.now())
    services.change_document(row, {"licence": "CC BY 4.0"}, by=by, at=clock.now())

    assert [entry.changes for entry in AuditEntry.objects.all()] == [{"licence": ["", "CC BY 4.0"]}]
