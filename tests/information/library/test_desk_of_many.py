"""The keepers' desk where many come in: published at once, from the news, proposed by trainers."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.information.library import publishing
from partnership.information.models import Document, DocumentVersion, Item
from partnership.jobs.models import Job
from partnership.lib import clock
from tests.factories.feeds import NOON, ItemFactory
from tests.factories.information import FileFactory, VersionFactory
from tests.factories.jobs import JobFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
DESK = "/desk/library/"
TYPED = {"title": "Letter template", "kind": "template"}


@pytest.fixture
def editor() -> Client:
    return client_of(Role.DATA_EDITOR)


def drafts() -> dict[str, DocumentVersion]:
    """Two that are ready, one whose file a worker reads, one whose file never came."""
    found = {name: FileFactory(document__slug=name, published_at=None) for name in ("one", "two")}
    job = JobFactory(state="queued")
    found["waiting"] = FileFactory(
        document__slug="waiting", published_at=None, drawn="waiting", job=job
    )
    problems = [{"code": "not_fetched", "why": "too_slow"}]
    found["missing"] = VersionFactory(
        document__slug="missing", published_at=None, problems=problems
    )
    return found


def told(client: Client, address: str = DESK, **sent: object) -> str:
    seen = client.get(address).context["seen"]
    page = client.post(address, {"seen": seen, "all": "no", **sent}, follow=True)
    return " ".join(map(str, page.context["messages"]))


def public() -> set[str]:
    return set(Document.objects.published().values_list("slug", flat=True))


def test_the_list_tells_the_day_of_a_draft_too(editor):
    VersionFactory(published_at=None, on=date(2024, 3, 9), precision="day")

    page = editor.get(DESK).content.decode()

    assert 'datetime="2024-03-09"' in page


def test_those_that_are_ticked_become_public_each_with_its_line_in_the_log(editor):
    drafts()

    assert told(editor, pick=["one", "missing"]) == "2 documents were published."
    assert public() == {"one", "missing"}
    entries = AuditEntry.objects.filter(verb="document.publish").order_by("key")
    assert [entry.key for entry in entries] == ["missing", "one"]
    assert Job.objects.filter(kind="library.index").count() == 2


def test_all_that_fit_the_filters_become_public_and_what_is_read_still_is_left(editor):
    drafts()
    assert [row.slug for row in editor.get(f"{DESK}?state=ready").context["page"]] == ["one", "two"]
    missing = editor.get(f"{DESK}?state=missing").context["page"]
    assert [row.slug for row in missing] == ["missing"]

    first = told(editor, f"{DESK}?state=ready", all="yes")
    rest = told(editor, all="yes")

    assert first == "2 documents were published."
    assert rest == "1 document was published. 1 was left: its file is still fetched or read."
    assert public() == {"one", "two", "missing"}


def test_what_came_after_the_list_was_looked_at_is_not_published_with_it(editor):
    VersionFactory(document__slug="late", published_at=None, added_at=clock.now())
    sent = {"seen": NOON.isoformat(timespec="microseconds"), "all": "yes"}

    editor.post(DESK, sent)

    assert public() == set()
    assert editor.post(DESK, {**sent, "seen": "yesterday"}).status_code == 400


def test_more_than_one_request_can_do_are_told(monkeypatch, editor):
    monkeypatch.setattr(publishing, "MOST", 1)
    drafts()

    assert "1 document was published. " in (sentence := told(editor, all="yes"))
    assert sentence.endswith("2 more wait: publish again.")


def test_a_list_asks_for_the_files_of_its_addresses(editor):
    rows = "title,kind,address\nA,report,https://a.example/a.pdf\nB,report,\n"
    editor.post(
        f"{DESK}bring/", {"file": SimpleUploadedFile("l.csv", rows.encode()), "fetch": "on"}
    )

    (job,) = Job.objects.filter(kind="library.fetch")
    assert job.payload["host"] == "a.example"
    page = editor.get(f"{DESK}a/").content.decode()
    assert "file is fetched" in page
    assert 'value="fetch"' not in page


def test_an_address_that_no_host_has_is_told_beside_its_field(editor):
    sent = {**TYPED, "address": "http://me@a.example/x.pdf", "fetch": "on"}

    errors = editor.post(f"{DESK}add/", sent).context["version_form"].errors

    assert "names no user" in " ".join(errors["address"])
    assert not Document.objects.exists()


def test_why_a_file_did_not_come_stands_beside_its_version_with_a_way_to_try_again(editor):
    drafts()
    page = editor.get(f"{DESK}missing/").content.decode()

    assert "The host took longer than it may." in page
    editor.post(f"{DESK}missing/", {"do": "fetch"})
    assert Job.objects.get(kind="library.fetch").state == "queued"


def test_an_accepted_item_of_a_feed_becomes_one_document(editor):
    item = ItemFactory(title="New guide", decided=True, published_at=NOON)
    address = f"{DESK}add/?item={item.uuid}"
    queue = editor.get("/desk/feeds/queue/?state=accepted").content.decode()
    page = editor.get(address)

    assert address in queue
    assert page.context["form"]["title"].value() == "New guide"
    known = {name: page.context["version_form"][name].value() for name in ("address", "day")}
    sent = {**TYPED, **known}
    editor.post(address, sent)
    editor.post(address, sent)
    item.refresh_from_db()
    row = Document.objects.get()
    assert (item.document, row.versions.get().address) == (row, item.address)
    assert row.versions.get().dated == "2 March 2026"
    assert "item.shelve" in AuditEntry.objects.values_list("verb", flat=True)
    assert row.slug in editor.get("/desk/feeds/queue/?state=accepted").content.decode()


@pytest.mark.parametrize("state", ["new", "refused"])
def test_an_item_that_nobody_accepted_is_no_document(editor, state):
    decided = {} if state == "new" else {"decided_at": NOON}
    item = ItemFactory(state=state, **decided)

    assert editor.post(f"{DESK}add/?item={item.uuid}", TYPED).status_code == 404
    assert editor.get(f"{DESK}add/?item=nonsense").status_code == 404


def test_two_who_make_a_document_of_one_item_make_one(editor):
    from partnership.information.library import items
    from partnership.information.library.refusals import NotNow

    item = ItemFactory(decided=True)
    version = {"address": item.address}
    items.add_document(item, TYPED, version, None, by=None, at=clock.now())
    stale = Item(pk=item.pk)
    with pytest.raises(NotNow):
        items.add_document(stale, TYPED, version, None, by=None, at=clock.now())

    assert Document.objects.count() == 1


def test_a_trainer_proposes_a_document_and_the_secretariat_publishes_it(editor):
    trainer, other = client_of(Role.TRAINER), client_of(Role.TRAINER)
    sent = {**TYPED, "address": "https://a.example/x"}

    assert trainer.post(f"{DESK}propose/", sent).status_code == 302

    version = DocumentVersion.objects.get()
    assert (version.is_proposed, version.published_at) == (True, None)
    assert "waits for the secretariat" in trainer.get(f"{DESK}propose/").content.decode()
    assert other.get(f"{DESK}propose/").context["rows"] == []
    assert trainer.post(f"{DESK}letter-template/", {"do": "publish"}).status_code == 403
    assert trainer.post(DESK, {"all": "yes"}).status_code == 403
    assert "1 proposal waits" in editor.get("/desk/").content.decode()
    (row,) = editor.get(f"{DESK}?state=proposed").context["page"]
    assert row.slug == "letter-template"

    editor.post(f"{DESK}letter-template/", {"do": "publish"})
    assert row.get_absolute_url() in trainer.get(f"{DESK}propose/").content.decode()
    assert "proposal waits" not in editor.get("/desk/").content.decode()
