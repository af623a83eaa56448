"""A store of files on other machines that is slow, silent, full or wrong. The one that is well is
in `tests/journeys/test_two_machines.py`.
"""

from __future__ import annotations

import re
import time
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client

from partnership.lib import bucket, storage
from partnership.lib.bucket import Bucket
from partnership.lib.errors import Refusal
from partnership.lib.storage import StoreSilent, stored
from tests.factories.information import FileFactory
from tests.hosts import Speaks, answer, host, raw
from tests.services import free_port

ROOT = Path(__file__).parents[2]
# As patient as a test can be.
SHORT = {"CONNECTING": 0.3, "ANSWERING": 0.3, "AT_LEAST": 0.5, "TIMES": 1}


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch) -> None:
    for name, value in SHORT.items():
        monkeypatch.setattr(bucket, name, value)


def store_at(port: int) -> Bucket:
    return Bucket(
        bucket="files", endpoint=f"http://127.0.0.1:{port}", region="x", key="k", secret="s"
    )


def in_use(monkeypatch, port: int) -> None:
    """Let the whole site use a store."""
    default_storage.exists("")
    monkeypatch.setattr(default_storage, "_wrapped", store_at(port))


def hangs(send, asked: str) -> None:
    while send(b""):
        time.sleep(0.01)


def drips(send, asked: str) -> None:
    send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while send(b"x"):
        time.sleep(0.05)


SILENT: dict[str, Speaks] = {
    "says nothing": hangs,
    "a byte at a time": drips,
    "half a file": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"),
    "no answer of a store": raw(b"nonsense\r\n\r\n"),
    "out of order": answer(status="503 Slow Down"),
    "another's bucket": answer(status="403 Forbidden"),
}


@pytest.mark.parametrize("way", SILENT)
def test_however_a_store_fails_somebody_who_reads_is_told_in_time(way):
    began = time.monotonic()

    with host(SILENT[way]) as there, pytest.raises(StoreSilent, match="try again in a minute"):
        store_at(there.port).open("library/a")

    assert time.monotonic() - began < 2


@pytest.mark.parametrize("way", ["says nothing", "out of order", "another's bucket"])
def test_a_file_that_a_store_does_not_take_is_refused_in_a_sentence(way, monkeypatch):
    with host(SILENT[way]) as there:
        in_use(monkeypatch, there.port)
        with (
            pytest.raises(Refusal, match="Nothing was kept"),
            stored(ContentFile(b"x"), "a", no_room=Refusal),
        ):
            pytest.fail("it was kept")


def test_a_store_that_takes_a_file_too_slowly_is_left():
    paced = bucket.Paced(BytesIO(b"x" * 10), 10)
    assert paced.read(5) == b"xxxxx"
    time.sleep(SHORT["AT_LEAST"] + 0.05)

    with pytest.raises(bucket.Late):
        paced.read(5)


def test_a_store_that_was_silent_is_left_alone_for_a_while(monkeypatch):
    with host(hangs) as there:
        store = store_at(there.port)
        for _ in range(3):
            with pytest.raises(StoreSilent):
                store.size("a")
        assert len(there.asked) == 1

        there.speaks = answer(b"")
        monkeypatch.setattr(store, "_silent_until", 0.0)
        assert store.size("a") == 0


def test_what_is_not_there_is_not_there():
    with host(answer(status="404 Not Found", Connection="close")) as there:
        store = store_at(there.port)

        assert not store.exists("a")
        assert not store.answers()
        with pytest.raises(FileNotFoundError):
            store.open("a")


def test_a_page_whose_file_does_not_come_says_so_and_when_to_ask_again(db, monkeypatch):
    row = FileFactory(key="library/a")
    in_use(monkeypatch, free_port())

    response = Client(raise_request_exception=False).get(f"/library/{row.document.slug}/1/file/")

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "The store of files does not answer now." in response.content.decode()
    assert not storage.answers()


def test_the_files_of_a_folder_are_sent_once_under_their_keys(settings, tmp_path, capsys):
    settings.FOLDER = tmp_path
    with pytest.raises(CommandError, match="names no bucket"):
        call_command("send_files")
    settings.BUCKET = {"bucket": "files"}
    key = f"library/{uuid4().hex}"
    (tmp_path / "library").mkdir()
    (tmp_path / key).write_bytes(b"x")

    for _ in range(2):
        call_command("send_files")

    assert capsys.readouterr().out == "1 files sent.\n0 files sent.\n"
    with default_storage.open(key) as file:
        assert file.read() == b"x"


def test_nothing_asks_of_a_file_what_only_a_folder_knows():
    files = [*ROOT.glob("partnership/**/*.py"), *ROOT.glob("courses/**/*.py")]

    asked = {
        word for file in files for word in re.findall(r"default_storage\.(\w+)", file.read_text())
    }

    assert asked == {"open", "save", "delete", "exists"}
