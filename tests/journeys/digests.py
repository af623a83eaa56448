"""A morning of many readers: each follows a country that has something new."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from tests import shared
from tests.journeys.killing import Database
from tests.journeys.whole import Visitor
from tests.smtp import MailServer

OURS = "partnership_outboxmessage where key like 'digest:%'"


class Digests:
    """The work: everybody's mail is written, and handed to a mail server that is played here."""

    def __init__(self, number: int, server: MailServer):
        self.number, self._server = number, server

    def start(self, person: Visitor) -> None:
        call = f"from tests.journeys.digests import morning; morning({self.number})"
        shared.manage(person.site.env, "shell", "--no-imports", "-c", call)

    def is_done(self, database: Database) -> bool:
        handed_over = f"select count(*) from {OURS} and state = 'handed_over'"
        return database.one(handed_over) == self.number

    def check(self, database: Database) -> None:
        """Everybody once, and told of the one thing once."""
        readers = [address_of(n) for n in range(self.number)]
        rows = database.rows(f'select "to" from {OURS} order by key')
        assert sorted(row["to"] for row in rows) == sorted(readers)
        assert {*self._server.recipients} >= {*readers}
        told = "select count(*) from partnership_digesthit"
        assert database.one(told) == self.number

    def doubled(self) -> int:
        """How many of these the server got again; other mails may well go to one address."""
        often = Counter(self._server.recipients)
        return sum(often[address_of(n)] - 1 for n in range(self.number))


def address_of(number: int) -> str:
    return f"reader{number}@digests.example"


def morning(number: int) -> None:
    """So many people whose morning has come, in the site whose environment this process has."""
    from partnership.accounts.models import User
    from partnership.information.models import Alert, Digest
    from partnership.lib import clock
    from tests.factories.members import CountryFactory
    from tests.information.alerts.writing import published

    at = clock.now()
    week = at - timedelta(days=7)
    published(at - timedelta(hours=1), countries=[CountryFactory(iso3="QAA")])
    people = User.objects.bulk_create(
        User(email=address_of(n), name=f"Reader {n}", language=("en", "fr")[n % 2])
        for n in range(number)
    )
    Alert.objects.bulk_create(
        Alert(person=one, kind="country", key="QAA", since=week) for one in people
    )
    Digest.objects.bulk_create(Digest(person=one, since=week, next_at=at) for one in people)
