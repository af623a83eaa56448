"""People come in by themselves: with a name, an address and the code that is mailed there."""

from __future__ import annotations

import re

import psycopg
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.test_quiz import answer, end_session, saved, stored
from tests.journeys.whole import WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("people")]


def mailed(site: WholeSite, to: str) -> str:
    """The code in the newest mail that the site has for an address."""
    with psycopg.connect(site.env["DATABASE_URL"]) as database:
        rows = database.execute(
            'SELECT body FROM partnership_outboxmessage WHERE "to" = %s ORDER BY id DESC', [to]
        )
        (body,) = rows.fetchone() or ("",)
    found = re.search(r"\d{4} \d{4}", body)
    assert found, f"no code for {to}"
    return found[0]


def come_in(page: Page, site: WholeSite, email: str) -> None:
    """From a course's page to an account, and back to its button."""
    page.goto(f"{site.address}/courses/a6-101/")
    page.get_by_role("link", name="Join this course").click()
    expect(page.locator("main")).to_contain_text("On your way to a course")
    page.get_by_label("Your name").fill("Anna Ñandú")
    page.get_by_label("Mail address").fill(email.title())
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code from the mail").fill(mailed(site, email).replace(" ", "-"))
    page.get_by_role("button", name="Go on").dblclick()
    page.wait_for_url("**/courses/a6-101/#join")


def sign_in_again(dialog: Locator, site: WholeSite, email: str) -> None:
    """By mailed code, over the work."""
    dialog.get_by_label("Mail address").fill(email)
    dialog.get_by_role("button", name="Mail me a code").click()
    expect(dialog).to_contain_text(f"A code is on its way to {email}.")
    code = dialog.get_by_label("Code from the mail")
    expect(code).to_be_focused()
    code.fill("0000 0000")
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog).to_contain_text("You can try 4 times more.")
    code.fill(mailed(site, email))
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog).to_be_hidden()


def test_from_a_course_to_an_account_into_the_quiz_and_back_in_over_the_work(
    browser: Browser, site: WholeSite
):
    anna = "anna@ministry.example"
    with browser.new_context() as context:
        page = context.new_page()
        come_in(page, site, anna)
        expect(page.get_by_role("button", name="Join this course")).to_be_focused()
        expect(page.locator(".messages")).to_contain_text("Your account is made")
        page.keyboard.press("Enter")
        expect(page.locator(".messages")).to_contain_text("You have joined.")
        page.goto(f"{site.address}/courses/a6-101/quizzes/check/")
        page.get_by_role("button", name=re.compile("Start")).click()
        questions = page.locator("fieldset.question")
        answer(questions.first)
        saved(page)
        end_session(context)
        answer(questions.nth(1))
        sign_in_again(page.get_by_role("dialog", name="Sign in again"), site, anna)
        saved(page)

        assert len(stored(page, page.url.partition("#")[0])) == 2


def test_without_scripts_an_address_alone_is_enough_and_no_account_is_made_twice(
    browser: Browser, site: WholeSite
):
    bob = "bob@ministry.example"
    for name in ("Bob", ""):
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            page.goto(f"{site.address}/courses/mine/")
            page.get_by_label("Mail address").fill(bob)
            page.get_by_role("button", name="Mail me a code").click()
            expect(page.locator("main")).to_contain_text(f"A code is on its way to {bob}")
            page.get_by_label("Code from the mail").fill(mailed(site, bob))
            page.get_by_role("button", name="Go on").click()
            if name:
                page.get_by_label("Your name").fill(name)
                page.get_by_role("button", name="Make my account").click()

            expect(page).to_have_url(f"{site.address}/courses/mine/")
            page.get_by_role("link", name="Bob").click()
            expect(page.locator("main")).to_contain_text("You belong to no delegation yet")
