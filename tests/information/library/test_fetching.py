"""A document that lies elsewhere: its file is fetched by a worker, once, or it is told why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.core.files.storage import default_storage

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.celery import app
from partnership.information.library import fetching, services
from partnership.information.library.refusals import NotNow
from partnership.information.models import Document, DocumentVersion
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.outbound import Limits, places
from tests.factories.accounts import person_with
from tests.factories.information import VersionFactory
from tests.hosts import Host, Speaks, answer, host, raw
from tests.information.library.test_drawing import package, paper

pytestmark = pytest.mark.django_db
WORDS = {"title": "Letter template", "kind": "template"}
FIRST = {"label": "", "on": None, "precision": "day", "pages": None, "fetch": True}
LIMITS = Limits(seconds=0.5, size=50_000)


@pytest.fixture
def by():
    app.loader.import_default_modules()
    return person_with(Role.DATA_EDITOR)


@pytest.fixture
def at_host(settings, monkeypatch) -> Iterator[Callable[[Speaks], Host]]:
    """A host called a.example that speaks so; every other name is looked up as this machine."""
    monkeypatch.setattr(fetching, "LIMITS", LIMITS)
    monkeypatch.setattr(places, "lookup", lambda *name: ["127.0.0.1"])
    settings.OUTBOUND_LOOPBACK = ["a.example"]
    with ExitStack() as stack:
        yield lambda speaks: stack.enter_context(host(speaks))


def add(by, there: Host, path: str = "letter.pdf", name: str = "a.example") -> DocumentVersion:
    address = f"http://{name}:{there.port}/{path}"
    words = {**FIRST, "address": address}
    return services.add_document(WORDS, words, None, by=by, at=clock.now()).versions.get()


def work(version: DocumentVersion) -> dict[str, Any]:
    """What a worker does for this version now."""
    job = Job.objects.get(key=str(version.uuid), state="queued")
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    version.refresh_from_db()
    return job.result


def test_a_file_is_fetched_once_kept_and_its_text_drawn_as_if_it_had_been_sent(by, at_host):
    letter = paper("Letter")
    there = at_host(answer(letter, Content_Type="application/pdf"))
    version = add(by, there)
    work(version)
    work(version)

    assert (version.file_kind, version.drawn, version.size) == ("pdf", "whole", len(letter))
    with default_storage.open(version.key) as file:
        assert file.read() == letter
    assert len(there.asked) == 1
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", "actor")
    assert [verb for verb, _ in verbs][-1] == "document.fetched"
    assert len({actor for _, actor in verbs}) == 1


def test_a_page_is_known_by_what_its_host_says_of_it(by, at_host):
    there = at_host(answer(b"<p>Decision</p>", Content_Type="text/html; charset=utf-8"))
    version = add(by, there, "documents/123")
    work(version)

    assert version.file_kind == "html"


def endless(send: Any, asked: str) -> None:
    send(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.7")
    while send(b"x" * 9000):
        pass


INWARD = answer(b"", "302 Found", Location="http://inside.example/")


@pytest.mark.parametrize(
    ("speaks", "name", "why"),
    [
        (answer(b"secret"), "inside.example", "wrong_address"),
        (INWARD, "a.example", "private_address"),
        (endless, "a.example", "too_large"),
        (answer(paper("x")[:90], Content_Length="900"), "a.example", "no_answer"),
        (answer(b"gone", "404 Not Found"), "a.example", "status_404"),
        (answer(b"MZ\x00 a program"), "a.example", "no_document"),
        (answer(package(mimetype="application/zip")), "a.example", "no_document"),
    ],
    ids=["port", "private", "large", "half", "gone", "program", "archive"],
)
def test_what_is_no_document_of_a_public_host_leaves_a_draft_that_says_why(
    by, at_host, speaks, name, why
):
    version = add(by, at_host(speaks), name=name)

    assert work(version) == {"why": why}
    assert (version.key, version.drawn) == ("", "none")
    assert version.problems == [{"code": "not_fetched", "why": why}]
    assert fetching.sentence(why) != why
    assert not Job.objects.filter(kind=services.DRAW).exists()


def test_a_silent_host_is_left_alone_after_three_of_its_documents(by, at_host):
    there = at_host(raw(b""))
    versions = [add(by, there, str(n)) for n in range(5)]

    found = [work(version)["why"] for version in versions]

    assert found == ["no_answer"] * 3 + ["resting"] * 2
    assert len(there.asked) == 3
    assert not fetching.is_resting("a.example", at=clock.now() + fetching.REST)


def test_what_did_not_come_can_be_tried_again_but_not_twice_at_once(by, at_host):
    there = at_host(answer(b"", "503 Later"))
    version = add(by, there)
    with pytest.raises(NotNow):
        services.fetch(version, by=by, at=clock.now())
    work(version)
    there.speaks = answer(paper("Letter"))
    services.fetch(version, by=by, at=clock.now())
    work(version)

    assert (version.file_kind, version.problems) == ("pdf", [])
    with pytest.raises(NotNow):
        services.fetch(version, by=by, at=clock.now())


@pytest.mark.parametrize("how", ["published", "moved", "discarded"])
def test_a_draft_that_was_changed_meanwhile_gets_no_file(by, at_host, how):
    version = add(by, at_host(answer(paper("Letter"))))
    kept: list[str] = []
    keep = default_storage.save

    def changing(name: str, file: Any) -> str:
        rows = DocumentVersion.objects.filter(pk=version.pk)
        match how:
            case "published":
                rows.update(published_at=clock.now())
            case "moved":
                rows.update(address="https://elsewhere.example/")
            case "discarded":
                Document.objects.all().delete()
        kept.append(keep(name, file))
        return kept[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(default_storage, "save", changing)
        runner.run(version.job_id)

    assert Job.objects.get(pk=version.job_id).state == "done"
    assert not default_storage.exists(kept[0])
    assert not DocumentVersion.objects.exclude(key="").exists()


def test_a_worker_that_was_thought_dead_keeps_nothing(by, at_host):
    version = add(by, at_host(answer(paper("Letter"))))
    first = runner.Progress(services.jobs.claim(version.job_id, at=clock.now()))
    Job.objects.filter(pk=version.job_id).update(state="queued", lease_until=None)
    work(version)
    DocumentVersion.objects.update(key="", file_kind="", size=None, sha256="", drawn="none")

    with pytest.raises(runner.Taken):
        fetching.bring(first)

    assert not DocumentVersion.objects.exclude(key="").exists()


def test_a_published_version_gets_no_file_afterwards(by):
    with pytest.raises(NotNow):
        services.fetch(VersionFactory(), by=by, at=clock.now())
