from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.mail import services
from partnership.mail.bounces import MOST_BYTES

# What mail servers understand as "not now, later" (sysexits.h).
LATER = 75


class Command(BaseCommand):
    help = "Read what came back: one message on the standard input, or a folder (Maildir) of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            help="a Maildir: what came back is removed from it, the rest goes to its `cur`",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        if folder is None:
            if services.take_back(sys.stdin.buffer.read(MOST_BYTES)) == services.Came.EARLY:
                sys.exit(LATER)
            return
        if not (folder / "new").is_dir():
            raise CommandError("This is no Maildir: it has no folder `new`.")
        taken = sum(_took(path) for path in sorted((folder / "new").iterdir()))
        self.stdout.write(f"Mails that came back: {taken}.")


def _took(path: Path) -> bool:
    """Whether a mail of ours came back in this file. One that is too early stays for next time."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        came = services.take_back(file.read(MOST_BYTES))
    if came == services.Came.BACK:
        # It names its reader and often holds the whole mail. What we need is on the mail's row.
        path.unlink()
    elif came != services.Came.EARLY:
        read = path.parent.parent / "cur"
        read.mkdir(exist_ok=True)
        path.rename(read / f"{path.name.partition(':')[0]}:2,S")
    return came == services.Came.BACK
