"""The file with a person's data: whole, theirs alone, and gone in time."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from partnership.accounts import data
from partnership.accounts.models import DataExport
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.site.mydata import registry, tasks
from tests import signing_in
from tests.factories.accounts import UserFactory
from tests.site.mydata.everywhere import somebody

pytestmark = pytest.mark.django_db
PAGE, MAKE = "/account/data/", "/account/data/file/"
assert tasks  # which register what the workers do


def made(client: Client) -> DataExport:
    """The file that is asked for on the page and made by a worker."""
    assert client.post(MAKE).status_code == 302
    job = Job.objects.filter(kind=data.EXPORT).latest("pk")
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    return DataExport.objects.latest("pk")


def opened(client: Client, row: DataExport) -> ZipFile:
    response = client.get(f"{MAKE}{row.uuid}/")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store"
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_every_declared_part_is_in_the_file_and_nothing_of_another_person(client):
    person, other = somebody("zzyxq"), somebody("wwvut")
    client.force_login(person)

    archive = opened(client, made(client))

    texts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts = {part.key: json.loads(texts[f"{part.key}.json"]) for part in registry.parts()}
    empty = [
        held.model
        for held in registry.holdings()
        if held.part and not parts[held.part][held.table._meta.model_name]
    ]
    assert empty == []
    for held in registry.holdings():
        if held.part:
            rows = parts[held.part][held.table._meta.model_name]
            assert all(set(row) == set(held.told) for row in rows), held.model
    told = " ".join(texts.values()).lower()
    assert "wwvut" not in told
    assert str(other.uuid) not in told
    assert all(person.name in texts[name] for name in ("account.json", "account/user.csv"))
    assert f'<td dir="auto">{person.email}</td>' in texts["index.html"]


def test_the_file_tells_no_secret(client):
    person = UserFactory(password="argon2$secret")
    client.force_login(person)

    archive = opened(client, made(client))

    told = " ".join(archive.read(name).decode() for name in archive.namelist())
    assert "argon2" not in told


def test_a_text_that_looks_like_a_formula_or_a_tag_stays_a_text(client):
    person = UserFactory(name="=HYPERLINK(1)", latin_name="<b>Ana</b>")
    client.force_login(person)

    archive = opened(client, made(client))

    assert ",'=HYPERLINK(1)," in archive.read("account/user.csv").decode()
    assert "&lt;b&gt;Ana&lt;/b&gt;" in archive.read("index.html").decode()


def test_the_file_is_for_its_person_alone_and_for_seven_days(client):
    client.force_login(UserFactory())
    row = made(client)
    stranger = Client()
    stranger.force_login(UserFactory())

    assert stranger.get(f"{MAKE}{row.uuid}/").status_code == 404
    DataExport.objects.update(
        asked_at=clock.now() - DataExport.LIFE, ready_at=clock.now() - timedelta(days=1)
    )
    assert client.get(f"{MAKE}{row.uuid}/").status_code == 404
    assert f"{MAKE}{row.uuid}/" not in client.get(PAGE).content.decode()


def test_whoever_signed_in_long_ago_shows_first_who_they_are(client):
    person = UserFactory()
    client.force_login(person)
    row = made(client)
    signing_in.show(client, person, "password", ago=3600)

    asked = [client.post(MAKE), client.get(f"{MAKE}{row.uuid}/"), client.get(f"{PAGE}erase/")]

    assert [one["Location"].split("?")[0] for one in asked] == ["/account/prove/"] * 3
    assert DataExport.objects.count() == 1


def test_a_file_that_is_asked_for_twice_is_made_once(client):
    person = UserFactory()
    client.force_login(person)
    first, second = (data.ask_for_export(person, at=clock.now()) for _ in range(2))

    assert first == second
    assert Job.objects.filter(kind=data.EXPORT).count() == 1


def test_a_file_that_was_half_made_is_made_anew(client):
    client.force_login(UserFactory())
    client.post(MAKE)
    row, job = DataExport.objects.get(), Job.objects.get(kind=data.EXPORT)
    default_storage.save(row.key, io.BytesIO(b"half"))

    runner.run(job.pk)

    row.refresh_from_db()
    assert default_storage.size(row.key) == row.size > 1000
    assert opened(client, row).testzip() is None


def test_the_page_costs_the_same_with_many_files(client, count_queries):
    person = UserFactory()
    client.force_login(person)
    client.get(PAGE)
    rows = [DataExport(person=person, asked_at=clock.now()) for _ in range(3)]
    for row in rows:
        row.ready_at, row.size = row.asked_at, 10

    with count_queries(7):
        client.get(PAGE)
    DataExport.objects.bulk_create(rows)
    with count_queries(7):
        assert client.get(PAGE).content.decode().count(">Download</a>") == 3
