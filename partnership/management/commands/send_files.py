"""Bring the files of this machine's folder into the bucket that machines share."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Send the files of PARTNERSHIP_VAR/media to FILES_URL. Those that are there stay."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BUCKET:
            raise CommandError("FILES_URL names no bucket: files lie in this folder already.")
        folder, sent = settings.FOLDER, 0
        for path in sorted(folder.rglob("*")):
            key = path.relative_to(folder).as_posix()
            # Rows know files by their keys, which are the same there.
            if path.is_file() and not default_storage.exists(key):
                with path.open("rb") as file:
                    default_storage.save(key, File(file))
                sent += 1
        self.stdout.write(f"{sent} files sent.")
