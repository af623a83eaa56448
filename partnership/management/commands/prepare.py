"""Make the site ready to serve: schema, cache table, static files, content, people for trials."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command

from partnership.accounts import profiles
from partnership.lib import clock, static
from partnership.site.content import load_content
from partnership.site.demo import make_demo_people
from partnership.site.figures import services as figures


class Command(BaseCommand):
    help = "Migrate, collect static files and load the content. Safe to run again at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        told = "only the static files: for each further web machine"
        parser.add_argument("--static", action="store_true", help=told)

    def handle(self, *args: Any, **options: Any) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        if options["static"]:
            static.collect()
            return
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        profiles.fold_names()
        static.collect()
        self.stdout.write(f"Content: {load_content()}.")
        # What was loaded just now is counted before the first night.
        figures.take_all(at=clock.now())
        if settings.ENVIRONMENT == "development":
            password = make_demo_people()
            self.stdout.write(
                "Demo people: official.vnm@demo.example, focal.mng@demo.example, "
                f"trainer@demo.example, admin@demo.example and more; password: {password}"
            )
