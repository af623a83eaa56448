"""Files in a store that speaks S3, which any number of machines share.

Every question to it ends in time, and what goes wrong is a `StoreSilent`, as a full disk is an
`OSError`. A file that is opened is a copy on this machine, gone when it is closed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.core.files.storage import Storage
from urllib3.exceptions import HTTPError

from partnership.lib.storage import StoreSilent

log = logging.getLogger(__name__)

# Seconds for a connection, and for each answer; and how often a question is put.
CONNECTING, ANSWERING, TIMES = 2.0, 5.0, 2
# A whole file may take so long, and a second more for each piece of this size.
AT_LEAST, BYTES_A_SECOND = 10.0, 1 << 20
# So long a store that was silent is not asked again: pages need not wait for it one by one.
REST = 10.0
IN_MEMORY = 1 << 20
PIECE = 1 << 16
GONE = {"404", "NoSuchKey", "NotFound"}


class Late(Exception):
    """The store answers, but so slowly that somebody would wait for ever."""


class Bucket(Storage):
    """Files under their keys in one bucket."""

    def __init__(self, *, bucket: str, endpoint: str, region: str, key: str, secret: str):
        self.bucket = bucket
        self._endpoint, self._region = endpoint, region
        # Without a key the library looks where it is used to: at the role of the machine.
        self._key, self._secret = key or None, secret or None
        self._silent_until = 0.0

    def answers(self) -> bool:
        """Whether the bucket is there and ours."""
        try:
            with self._asking():
                self._client.head_bucket(Bucket=self.bucket)
        except OSError:
            return False
        return True

    def exists(self, name: str) -> bool:
        try:
            self.size(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        with self._asking():
            told = self._client.head_object(Bucket=self.bucket, Key=name)
        return int(told["ContentLength"])

    def delete(self, name: str) -> None:
        with self._asking():
            self._client.delete_object(Bucket=self.bucket, Key=name)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        copy = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 its reader closes it
        try:
            with self._asking():
                told = self._client.get_object(Bucket=self.bucket, Key=name)
                with told["Body"] as body:
                    for piece in _pieces(body, told["ContentLength"]):
                        copy.write(piece)
        except BaseException:
            copy.close()
            raise
        copy.seek(0)
        return File(copy, name)

    def _save(self, name: str, content: File[Any]) -> str:
        content.seek(0)
        with self._asking():
            body = Paced(content, content.size)
            self._client.put_object(Bucket=self.bucket, Key=name, Body=body)
        return name

    @cached_property
    def _client(self) -> Any:
        session = boto3.session.Session(
            aws_access_key_id=self._key, aws_secret_access_key=self._secret
        )
        config = Config(
            connect_timeout=CONNECTING,
            read_timeout=ANSWERING,
            retries={"total_max_attempts": TIMES, "mode": "standard"},
            max_pool_connections=20,
            # Other stores than Amazon's have no host for each bucket, and know no newer checksums.
            s3={"addressing_style": "auto" if "amazonaws" in self._endpoint else "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        return session.client(
            "s3", endpoint_url=self._endpoint, region_name=self._region, config=config
        )

    @contextmanager
    def _asking(self) -> Iterator[None]:
        if time.monotonic() < self._silent_until:
            raise StoreSilent
        try:
            yield
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code in GONE:
                raise FileNotFoundError(code) from None
            log.warning("the store of files refused: %s", code)
            raise StoreSilent from error
        except (BotoCoreError, HTTPError, Late) as error:
            self._silent_until = time.monotonic() + REST
            log.warning("the store of files does not answer: %s", type(error).__name__)
            raise StoreSilent from error


class Deadline:
    """Until when a file of a size has to be through."""

    def __init__(self, size: int):
        self._at = time.monotonic() + AT_LEAST + size / BYTES_A_SECOND

    def check(self) -> None:
        if time.monotonic() > self._at:
            raise Late


class Paced:
    """A file on its way to the store, which must take it in time."""

    def __init__(self, file: IO[bytes] | File[Any], size: int):
        self._file, self._deadline = file, Deadline(size)
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        self._deadline.check()
        return self._file.read(size)


def _pieces(body: Any, size: int) -> Iterator[bytes]:
    """What has come so far, again and again: a store that drips must not hold us byte by byte."""
    deadline, left = Deadline(size), size
    while left:
        piece = body.read1(min(PIECE, left))
        if not piece:
            raise Late
        left -= len(piece)
        deadline.check()
        yield piece
