"""A focal point invites, a mail scanner looks, somebody joins, and later leaves."""

from __future__ import annotations

import re
import urllib.request

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_people import sign_in
from tests.journeys.whole import WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("people")]

DESK = "/desk/delegation/country/mng/"


def mailed_link(site: WholeSite, to: str) -> str:
    """The link in the newest mail that the site has for an address."""
    with psycopg.connect(site.env["DATABASE_URL"]) as database:
        rows = database.execute(
            'SELECT body FROM partnership_outboxmessage WHERE "to" = %s ORDER BY id DESC', [to]
        )
        (body,) = rows.fetchone() or ("",)
    found = re.search(r"/invitation/[\w-]{43}/", body)
    assert found, f"no link for {to}"
    return site.address + found[0]


def scan(link: str) -> list[int]:
    """As the scanner of a mail server does: HEAD, then GET, without cookies."""
    asked = [urllib.request.Request(link, method=method) for method in ("HEAD", "GET")]
    found = []
    for request in asked:
        with urllib.request.urlopen(request) as answer:
            found.append(answer.status)
    return found


def line_of(page: Page, words: str):
    return page.get_by_role("row").filter(has_text=words)


@pytest.mark.audit
def test_invited_scanned_joined_seen_and_ended_without_scripts(browser: Browser, site: WholeSite):
    bayar = "bayar@ministry.example"
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}{DESK}invitations/")
        sign_in(page, "focal.mng@demo.example")
        page.get_by_label("Mail address").fill(bayar.title())
        page.get_by_label("Job title").fill("Registry adviser")
        page.get_by_role("button", name="Invite", exact=True).click()
        expect(page.locator(".messages")).to_contain_text(f"The invitation to {bayar}")

        link = mailed_link(site, bayar)
        assert scan(link) == [200, 200]
        page.reload()
        expect(line_of(page, bayar)).to_contain_text("link opened")

        with browser.new_context(java_script_enabled=False) as theirs:
            invited = theirs.new_page()
            invited.goto(link)
            expect(invited.get_by_role("main")).to_contain_text("Mongolia")
            invited.get_by_label("Your name").fill("Баяр Дорж")
            invited.get_by_role("button", name="Accept and make my account").click()
            expect(invited.locator(".messages")).to_contain_text("Your account is made: Mongolia")
            invited.goto(link)
            expect(invited.get_by_role("main")).to_contain_text("used already")

        page.goto(f"{site.address}{DESK}")
        line = line_of(page, "Баяр Дорж")
        expect(line).to_contain_text("Registry adviser")
        line.get_by_role("button", name="Has left").click()
        expect(page.locator(".messages")).to_contain_text("The line of Баяр Дорж is ended.")
        line_of(page, "Баяр Дорж").get_by_role("button", name="Undo the end").click()
        expect(line_of(page, "Баяр Дорж")).to_contain_text("in post")
        line_of(page, "Баяр Дорж").get_by_role("button", name="Has left").click()
        expect(line_of(page, "Баяр Дорж")).not_to_contain_text("in post")
