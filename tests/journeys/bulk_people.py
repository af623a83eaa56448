"""The server's time for lists of the desk, with 50,000 people and a log of a million lines.

python -m tests.services all python -m tests.journeys.bulk_people       on PostgreSQL
python -m tests.services sqlite python -m tests.journeys.bulk_people    on SQLite

Beside them 150 countries, 500 institutions, 200,000 posts and 100,000 mails. Each list is asked
forty times by an administrator who has shown a second factor. It fails where the slowest
twentieth takes longer than it may, where a list costs other queries than these, and where the
import of 10,000 people takes more than a minute or more memory than one of a thousand. On a
machine that does other work as well, the shortest time says more than the others.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django

from tests.journeys.bulk import Step, database, got, heads, measured, signed_in, told

if TYPE_CHECKING:
    from django.test import Client

    from tests.members.masses import Masses

TIMES = 40
LIST = 300  # milliseconds
IMPORT_SECONDS, IMPORT_MEMORY = 60, 32  # what ten thousand may take more than one thousand, in MB


@dataclass
class Reader:
    """Somebody at the desk, in front of one delegation and one person."""

    client: Client
    person: str
    mail: str
    place: str
    day: str = "2026-02-01"

    def get(self, path: str) -> Any:
        response = self.client.get(path.format(**self.__dict__), headers={"host": "localhost"})
        if response.streaming:
            # A sheet is made while it is read.
            response.lines = sum(part.count(b"\n") for part in response.streaming_content)
        return response


OF_EVERYBODY = [
    Step("people", LIST, got("/desk/people/"), 9),
    Step("people, the last", LIST, got("/desk/people/?page=1000"), 9),
    Step("people named", LIST, got("/desk/people/?q=kamau"), 8),
    Step("people, two words", LIST, got("/desk/people/?q=kamau+qab"), 8),
    Step("people by address", LIST, got("/desk/people/?q={mail}"), 8),
    Step("people, nobody", LIST, got("/desk/people/?q=zzyzx"), 5),
    Step("people of a place", LIST, got("/desk/people/?place=qab"), 9),
    Step("people in post there", LIST, got("/desk/people/?place=qab&post=now"), 9),
    Step("people in no post", LIST, got("/desk/people/?post=none"), 9),
    Step("officials", LIST, got("/desk/people/?role=official"), 9),
    Step("focal points", LIST, got("/desk/people/?role=focal_point"), 9),
    Step("people disabled", LIST, got("/desk/people/?state=disabled"), 9),
    Step("people without factor", LIST, got("/desk/people/?state=no-factor"), 9),
    Step("a person", LIST, got("/desk/people/{person}/"), 15),
    Step("acts", LIST, got("/desk/people/acts/"), 5),
    Step("countries", LIST, got("/desk/members/countries/"), 7),
    Step("countries named", LIST, got("/desk/members/countries/?q=qab"), 7),
    Step("countries, soon", LIST, got("/desk/members/countries/?focal=soon"), 4),
    Step("institutions", LIST, got("/desk/members/institutions/"), 6),
    Step("institutions, nobody", LIST, got("/desk/members/institutions/?focal=none"), 6),
    Step("a country", LIST, got("/desk/members/roll/country/{place}/"), 7),
    Step("outbox", LIST, got("/desk/mail/"), 5),
    Step("outbox, an address", LIST, got("/desk/mail/?q={mail}"), 5),
    Step("outbox, given up", LIST, got("/desk/mail/?state=failed"), 5),
    Step("log", LIST, got("/desk/log/"), 8),
    Step("log by name", LIST, got("/desk/log/?who=Ñandú"), 9),
    Step("log by key", LIST, got("/desk/log/?who={person}"), 8),
    Step("log of a verb", LIST, got("/desk/log/?verb=role.give"), 8),
    Step("log of an object", LIST, got("/desk/log/?kind=person&key={person}"), 7),
    Step("log of a month", LIST, got("/desk/log/?since={day}&until=2026-02-28"), 8),
    Step("all delegations", LIST, got("/desk/delegation/"), 4),
    Step("all invitations", LIST, got("/desk/members/invitations/"), 6),
    Step("all appointments", LIST, got("/desk/members/appointments/"), 6),
]
OF_PLACE = "/desk/delegation/country/{place}/"
OF_FOCAL_POINTS = [
    Step("delegation", LIST, got(OF_PLACE), 11),
    Step("delegation, all posts", LIST, got(f"{OF_PLACE}?when=all"), 11),
    Step("delegation, named", LIST, got(f"{OF_PLACE}?q=souza"), 11),
    Step("invitations", LIST, got(f"{OF_PLACE}invitations/"), 8),
    Step("requests", LIST, got(f"{OF_PLACE}requests/"), 11),
    Step("functions", LIST, got(f"{OF_PLACE}functions/"), 10),
]


def readers(masses: Masses, reader: Any) -> list[Reader]:
    """The same one again and again, each time in front of another person."""
    client, place = signed_in(reader), masses.countries[1].code
    return [
        Reader(client, str(person.uuid), person.email, place)
        for person in masses.people[1000 : 1001 + TIMES]
    ]


def exported(reader: Reader) -> bool:
    """Everybody as one sheet; whether it is whole."""
    from partnership.accounts.models import User

    everybody, memory = User.objects.count(), taken(resource.RUSAGE_SELF)
    began, worked = time.monotonic(), time.process_time()
    lines = reader.get("/desk/people/sheet/?format=csv").lines
    more, worked = taken(resource.RUSAGE_SELF) - memory, time.process_time() - worked
    told = f"{time.monotonic() - began:.1f} s, of that {worked:.1f} s of CPU, {more} MB more"
    print(f"\n{lines:,} lines exported in {told}")  # noqa: T201
    return lines == everybody + 1


def taken(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


def cpu_of_workers() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def imported(by: Any) -> bool:
    """A thousand rows, then ten thousand, by workers of their own; whether that was quick."""
    from partnership.members.imports import tasks  # noqa: F401
    from tests.members.imports.bulk import run

    memory, worked = [], cpu_of_workers()
    for number in (1000, 10_000):
        _counts, seconds, _memory = run(number, 0, by, first=number)
        memory.append(taken(resource.RUSAGE_CHILDREN))
        more, worked = cpu_of_workers() - worked, cpu_of_workers()
        told = f"{seconds:.1f} s, of that {more:.1f} s of CPU, {memory[-1]} MB"
        print(f"{number:,} people imported in {told}")  # noqa: T201
    return seconds < IMPORT_SECONDS and memory[1] - memory[0] < IMPORT_MEMORY


def main() -> int:
    from partnership.accounts.models import Role
    from tests.courses.masses import tell_the_planner
    from tests.factories.accounts import person_with
    from tests.members.masses import Size, made

    with database():
        began = time.monotonic()
        masses = made(Size())
        administrator = person_with(Role.ADMINISTRATOR)
        tell_the_planner()
        print(f"made in {time.monotonic() - began:.0f} s\n")  # noqa: T201
        heads()
        slow = 0
        for steps, reader in ((OF_EVERYBODY, administrator), (OF_FOCAL_POINTS, masses.people[1])):
            people = readers(masses, reader)
            for step in steps:
                slow += told(step, measured(step, people))
        is_whole = exported(readers(masses, administrator)[0])
        is_quick = imported(administrator)
    return slow + (not is_whole) + (not is_quick)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    sys.exit(main() > 0)
