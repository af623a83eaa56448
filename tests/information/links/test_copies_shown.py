"""Archived copies on pages, in the monthly mail and through the API, and who puts one right."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.information.links import copies
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from partnership.site import linking
from partnership.sources.models import Link
from tests.factories.accounts import person_with
from tests.factories.agreements import AgreementStageFactory
from tests.factories.feeds import NOON
from tests.factories.information import VersionFactory
from tests.factories.links import LinkFactory, LinkUseFactory
from tests.factories.sources import DatedFactFactory, SourceFactory
from tests.site.people import client_of
from tests.site.reading import rows

PAGE = 'https://unfccc.example/1?a=1&b="2"'
COPY = 'https://web.archive.example/web/20221216101112/https://unfccc.example/1?a=1&b="2"'
TAKEN = date(2022, 12, 16)
SINCE = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)
ESCAPED = "https://unfccc.example/1?a=1&amp;b=&quot;2&quot;"
OUT = 'rel="external noreferrer"'
KEPT = {"archived_address": COPY, "archived_on": TAKEN}


@pytest.fixture
def link(db) -> Link:
    """A good link with a copy, of a source that an agreement and a fact cite."""
    source = SourceFactory(slug="paper", title="A <b>paper</b>", address=PAGE)
    AgreementStageFactory(source=source, agreement__slug="qaa-qab")
    DatedFactFactory(key="share", source=source)
    VersionFactory(document__slug="guide", address=PAGE)
    return LinkFactory(address=PAGE, state="good", **KEPT)


def broken(link: Link, **more: object) -> None:
    fault = {"state": "gone", "tries": 3, "since": SINCE, "error": "status_404"}
    Link.objects.filter(pk=link.pk).update(**fault, **more)


def body_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def words(page: str) -> str:
    """A page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


CITING = ["/agreements/qaa-qab/", "/about/", "/figures/facts/share/"]


@pytest.mark.parametrize("address", CITING)
def test_a_source_is_shown_with_its_copy_and_behind_it_once_it_is_broken(client, link, address):
    page = body_of(client, address)
    assert f'<a href="{ESCAPED}" {OUT} dir="auto"><cite>A &lt;b' in page
    assert f'1112/{ESCAPED}" {OUT}>Archived copy of 16 December 2022</a>' in page

    broken(link)
    page = body_of(client, address)
    assert f'1112/{ESCAPED}" {OUT} dir="auto"><cite>A &lt;b' in page
    assert f'<a href="{ESCAPED}" {OUT}>the address</a>' in page
    since = "the address has not answered since 3 May 2026."
    assert f"This is the archived copy of 16 December 2022: {since}" in words(page)

    broken(link, archived_address="", archived_on=None)
    page = body_of(client, address)
    assert "The address has not answered since 3 May 2026." in words(page)
    assert "web.archive.example" not in page


def test_a_document_and_the_desk_of_its_source_show_the_copy(client, link):
    document, desk = "/library/guide/", client_of(Role.DATA_EDITOR)
    for asked, page in ((client, document), (desk, "/desk/sources/paper/")):
        found = body_of(asked, page)
        assert f'1112/{ESCAPED}" {OUT}>Archived copy of 16 December 2022</a>' in found
    assert f"/desk/links/{link.uuid}/" in body_of(desk, "/desk/sources/paper/")

    broken(link)
    page = body_of(client, document)
    assert page.index(f"1112/{ESCAPED}") < page.index("has not answered since 3 May 2026")


def test_the_desk_and_the_monthly_mail_offer_the_very_copy_else_a_search(link):
    other = LinkFactory(broken=True)
    broken(link)
    for row in (link, other):
        LinkUseFactory(link=row)
    editor, desk = person_with(Role.DATA_EDITOR), client_of(Role.TRAINER)

    page = body_of(desk, "/desk/links/")
    assert f'1112/{ESCAPED}" {OUT}>Archived copy of 16 December 2022' in page
    assert page.count("https://web.archive.org/web/*/") == 1
    assert f"https://web.archive.org/web/*/{other.address}" in page
    assert "/desk/links/" + str(link.uuid) not in page

    linking.tell_owners(at=NOON)
    mail = OutboxMessage.objects.get(to=editor.email).body
    assert f"\n  Archived copy of 16 December 2022: {COPY}\n" in mail
    assert mail.count("Archived copy") == 1


def test_programs_are_told_the_copies_of_sources_documents_and_links(client, link):
    told = {"archived_address": COPY, "archived_on": "2022-12-16"}
    [fact] = rows(client, "/api/v1/facts/")
    [version] = rows(client, "/api/v1/documents/")[0]["versions"]
    [row] = rows(client_of(Role.TRAINER), "/api/v1/links/?state=good")
    [source] = [one for one in rows(client, "/api/v1/sources/?q=unfccc") if one["address"] == PAGE]
    for found in (source, version, row):
        assert {name: found[name] for name in told} == told
    assert {name: fact[f"source_{name}"] for name in told} == told

    link.delete()
    [fact] = rows(client, "/api/v1/facts/")
    assert (fact["source_archived_address"], fact["source_archived_on"]) == ("", None)


def test_an_editor_puts_a_copy_right_and_no_archive_writes_over_it(link):
    desk, page = client_of(Role.DATA_EDITOR), f"/desk/links/{link.uuid}/"
    better = {"archived_address": "https://archive.example/abc", "archived_on": "2023-01-02"}

    assert desk.post(page, better)["Location"] == page

    link.refresh_from_db()
    assert (link.archived_address, link.archived_on) == (
        *("https://archive.example/abc",),
        date(2023, 1, 2),
    )
    assert AuditEntry.objects.get(verb="link.copy").changes["archived_on"] == [
        *("2022-12-16", "2023-01-02")
    ]
    assert not Link.objects.lacking_copy(clock.now()).exists()
    desk.post(page, {"archived_address": "", "archived_on": ""})
    link.refresh_from_db()
    assert (link.archived_address, link.archived_on) == ("", None)
    assert not Link.objects.lacking_copy(clock.now()).exists()
    assert Link.objects.lacking_copy(clock.now() + copies.WHEN_NONE).get() == link


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"archived_address": "https://a.example/"}, "Name the day on which the copy was taken."),
        ({"archived_on": "2023-01-02"}, "Name the address of the copy."),
        ({"archived_address": "javascript:alert(1)", "archived_on": "2023-01-02"}, "valid URL"),
        ({"archived_address": "https://a.example/", "archived_on": "2999-01-02"}, "yet to come"),
    ],
)
def test_half_a_copy_and_a_day_to_come_are_refused_with_a_sentence(link, typed, said):
    sent = client_of(Role.ADMINISTRATOR).post(f"/desk/links/{link.uuid}/", typed)

    link.refresh_from_db()
    assert (said in sent.content.decode(), link.archived_on) == (True, TAKEN)
