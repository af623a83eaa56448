"""What the tests of the desk begin with: two browsers, and how a page is read."""

from __future__ import annotations

from datetime import date, timedelta

from django.test import Client

from partnership.lib import clock

DESK = "/desk/delegation/country/qaa/"
DAY = timedelta(days=1)


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def today() -> date:
    return clock.now().date()
