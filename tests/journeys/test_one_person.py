"""One person across two posts: invited, scanned, joined, certified, gone, and back elsewhere.

The account, its addresses and its certificate stay; the first post is ended and not deleted.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts.having import code_at
from tests.journeys.crowd import rows
from tests.journeys.test_delegation import line_of, scan
from tests.journeys.test_people import sign_in
from tests.journeys.whole import WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("people")]

ADMIN = "admin@demo.example"
LETTER = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
NAME, LATER = "བཀྲ་ཤིས་ རྡོ་རྗེ", "Institute for Global Environmental Strategies"


def asked(site: WholeSite, statement: str, *values: str) -> list[tuple]:
    """What the database of the small site holds."""
    path = Path(site.env["PARTNERSHIP_VAR"]) / "partnership.sqlite3"
    with sqlite3.connect(path) as database:
        return database.execute(statement, values).fetchall()


def mailed(site: WholeSite, to: str, pattern: str) -> str:
    """What stands so in the newest mail to an address."""
    bodies = 'SELECT body FROM partnership_outboxmessage WHERE "to" = ? ORDER BY id DESC LIMIT 1'
    ((body,),) = asked(site, bodies, to)
    found = re.search(pattern, body)
    assert found, body
    return found[0]


@pytest.fixture(scope="module")
def secretariat(browser: Browser, strict_site: WholeSite) -> Iterator[Page]:
    """An administrator, in by password and app."""
    secret = rows(strict_site, "app", ADMIN)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{strict_site.address}/account/sign-in/?next=/desk/members/appointments/")
        sign_in(page, ADMIN)
        second_step(page, code_at(datetime.now(UTC), secret))
        yield page


def second_step(page: Page, code: str) -> None:
    page.get_by_label("Code from the app").fill(code)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def appoint(desk: Page, site: WholeSite, mail: str, country: str) -> None:
    """On a letter: who has no account yet is invited, with a role that needs a second factor."""
    desk.goto(f"{site.address}/desk/members/appointments/")
    form = desk.get_by_role("region", name="Appoint on an official letter")
    form.get_by_label("Country or institution").fill(country)
    form.get_by_label("Mail address").fill(mail)
    form.get_by_label("Term until").fill(f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}")
    form.get_by_label("Date of the letter").fill("2026-01-15")
    form.get_by_label("Official letter", exact=True).set_input_files(LETTER)
    form.get_by_role("button", name="Store the letter and appoint").click()
    expect(desk.locator(".messages")).to_contain_text("an invitation is on its way")


def join(page: Page, site: WholeSite, mail: str) -> None:
    """A scanner looks first and uses nothing up; the button of the invited does."""
    link = site.address + mailed(site, mail, r"/invitation/[\w-]{43}/")
    assert scan(link) == [200, 200]
    used = "SELECT count(used_at), count(*) FROM partnership_invitation WHERE email = ?"
    assert asked(site, used, mail) == [(0, 1)]
    page.goto(link)
    page.get_by_label("Your name").fill(NAME)
    page.get_by_role("button", name="Accept and make my account").click()
    expect(page.locator(".messages")).to_contain_text("Your account is made")
    assert asked(site, used, mail) == [(1, 1)]


def set_up_an_app(page: Page, site: WholeSite, mail: str) -> list[str]:
    """The role asks for one, and a link alone is not enough for it. Gives the recovery codes."""
    page.goto(f"{site.address}/desk/delegation/")
    expect(page.get_by_role("main")).to_contain_text("Your role needs one")
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_role("button", name=f"Mail a code to {mail}").click()
    page.get_by_label("Code from the mail").fill(mailed(site, mail, r"\d{4} \d{4}"))
    page.get_by_role("main").get_by_role("button", name="Go on").click()
    page.get_by_text("Without a camera").click()
    secret = page.locator("code[dir=ltr]").inner_text().replace(" ", "")
    code = code_at(datetime.now(UTC) - timedelta(seconds=30), secret)
    page.get_by_label("The six digits").fill(code)
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these codes")
    kept = page.locator(".kept-codes code").all_inner_texts()
    page.get_by_role("button", name="I have them").click()
    return kept


def move_to(page: Page, site: WholeSite, old: str, new: str) -> None:
    """The main address is another one: a code to the new, word of it to the old."""
    page.goto(f"{site.address}/account/addresses/")
    page.get_by_label("Mail address").fill(new)
    page.get_by_role("button", name="Mail a code to it").click()
    page.get_by_label("Code from the mail").fill(mailed(site, new, r"\d{4} \d{4}"))
    page.get_by_role("button", name="Add the address").click()
    expect(page.locator(".messages")).to_contain_text(f"{new} is one of your addresses now.")
    page.get_by_role("button", name=f"Make it the main address {new}").click()
    expect(page.locator(".messages")).to_contain_text(f"{new} is your main address now.")
    assert mailed(site, old, r"/account/addresses/undo/")


def sign_out(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def come_back(page: Page, site: WholeSite, mail: str, kept: list[str], to: str) -> None:
    """By a code that is mailed to one of the addresses, and a recovery code."""
    page.goto(f"{site.address}{to}")
    page.get_by_label("Mail address").fill(mail)
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code from the mail").fill(mailed(site, mail, r"\d{4} \d{4}"))
    page.get_by_role("button", name="Go on").click()
    second_step(page, kept.pop())
    expect(page).to_have_url(f"{site.address}{to}")


def end_post(desk: Page, site: WholeSite, country: str) -> None:
    desk.goto(f"{site.address}/desk/delegation/country/{country}/")
    line_of(desk, NAME).get_by_role("button", name="Has left").click()
    expect(desk.locator(".messages")).to_contain_text("is ended")


def ask_elsewhere(page: Page) -> None:
    page.get_by_label("Country or institution").fill("iges")
    page.get_by_label("Job title").fill("Researcher")
    page.get_by_label("In this post since").fill(f"{datetime.now(UTC):%Y-%m-%d}")
    page.get_by_role("button", name="Ask to join").click()
    expect(page.locator(".messages")).to_contain_text("Your request for")


def approve(desk: Page, site: WholeSite) -> None:
    desk.goto(f"{site.address}/desk/delegation/institution/iges/requests/")
    waiting = desk.get_by_role("listitem").filter(has_text=NAME)
    waiting.get_by_role("button", name="Approve").click()
    expect(desk.locator(".messages")).to_be_visible()


@pytest.mark.audit
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_one_account_goes_from_post_to_post_with_all_that_was_learnt(
    browser: Browser, strict_site: WholeSite, secretariat: Page, scripts: bool
):
    site, desk = strict_site, secretariat
    country, called = ("btn", "Bhutan") if scripts else ("sen", "Senegal")
    office, own = f"tashi@{country}.example", f"tashi.{country}@home.example"
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        appoint(desk, site, office, country)
        join(page, site, office)
        kept = set_up_an_app(page, site, office)
        expect(page).to_have_url(f"{site.address}/desk/delegation/country/{country}/")
        code = rows(site, "certificate", office)
        move_to(page, site, office, own)
        sign_out(page)
        end_post(desk, site, country)

        come_back(page, site, office, kept, "/account/delegation/")
        ask_elsewhere(page)
        sign_out(page)
        approve(desk, site)

        come_back(page, site, own, kept, "/account/training/")
        expect(page.get_by_role("main")).to_contain_text(code)
        posts = page.get_by_role("region", name="My posts").get_by_role("listitem")
        expect(posts).to_contain_text([LATER, called])
        page.get_by_role("link", name="What others see under").click()
        expect(page.get_by_role("main")).to_contain_text(NAME)
        sign_out(page)

    lines = (
        "SELECT person_id, country_id, ends_on IS NULL FROM partnership_affiliation JOIN "
        "account_emailaddress ON user_id = person_id WHERE email = ? ORDER BY begins_on, "
        "partnership_affiliation.id"
    )
    first, second = asked(site, lines, own)
    assert (first[1:], second[1:]) == ((country.upper(), 0), (None, 1))
    assert asked(site, lines, office) == [first, second]
