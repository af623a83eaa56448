"""The routes of a person's data, of policies, of what they follow and of the words of search."""

from __future__ import annotations

from partnership.accounts.models import PolicyText, PolicyVersion
from partnership.lib import clock
from tests.information.alerts import routes as alerts
from tests.search import routes as words

ROW = "44444444-4444-4444-8444-444444444444"
POST_ONLY = {"site:make-export", "site:stay", *alerts.POST_ONLY}
BOTH_WAYS = {"site:erase", "site:agree", "site:desk-policies", *words.BOTH_WAYS}
BOTH_WAYS |= alerts.BOTH_WAYS
OF_PEOPLE = {"site:my-data", "site:make-export", "site:export-file", "site:erase", "site:stay"}
OF_PEOPLE |= {"site:agree", *alerts.OF_PEOPLE}
OF_ADMINISTRATORS = {"site:desk-policies", "site:synonyms", *words.BOTH_WAYS}
OF_ONE_PERSON = {"site:export-file"}
ARGUMENTS: dict[str, list[object]] = {
    "site:export-file": [ROW],
    **words.ARGUMENTS,
    **alerts.ARGUMENTS,
    "site:policy": ["privacy"],
    "site:policy-version": ["privacy", 1],
}


def make_rows() -> None:
    words.make_rows()
    alerts.make_rows()
    version = PolicyVersion.objects.create(kind="privacy", number=1, published_at=clock.now())
    PolicyText.objects.create(version=version, language="en", text="What is held.")
