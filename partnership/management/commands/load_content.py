from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand

from partnership.site.content import load_content


class Command(BaseCommand):
    help = "Load the content files. What a person changed or deleted since is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Content: {load_content()}.")
