"""A trainer sets up a passkey and an app, and comes in with each, where the site demands it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.accounts.having import code_at
from tests.journeys.test_people import sign_in
from tests.journeys.whole import WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("people")]
TRAINER, DESK = "trainer@demo.example", "/desk/courses/"
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_telephone(context: BrowserContext) -> tuple[Page, Any, str]:
    """A page in a browser that has a telephone's passkeys at hand."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    made = line.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    return page, line, made["authenticatorId"]


def sign_out(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def set_up_an_app(page: Page, site: WholeSite) -> str:
    """Through its page, with the code of half a minute ago: the one of now is for signing in."""
    page.goto(f"{site.address}/account/second-factor/app/")
    page.get_by_text("Without a camera").click()
    secret = page.locator("code[dir=ltr]").inner_text().replace(" ", "")
    before = code_at(datetime.now(UTC) - timedelta(seconds=30), secret)
    page.get_by_label("The six digits").fill(before)
    page.get_by_role("button", name="Set it up").click()
    expect(page).to_have_url(f"{site.address}/account/second-factor/")
    return secret


@pytest.mark.audit
def test_a_trainer_comes_in_by_passkey_alone_or_by_password_and_app(
    browser: Browser, strict_site: WholeSite
):
    site = strict_site
    with browser.new_context() as context:
        page, line, telephone = with_telephone(context)
        page.goto(f"{site.address}{DESK}")
        sign_in(page, TRAINER)
        expect(page.get_by_role("main")).to_contain_text("Your role needs one")
        page.get_by_role("link", name="Set up a passkey").click()
        page.get_by_label("A name for it").fill("My telephone")
        page.get_by_role("button", name="Set it up").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Keep these codes")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download as text").click()
        kept = re.findall(r"\d{4} \d{4}", download.value.path().read_text())
        page.get_by_role("button", name="I have them").click()
        expect(page).to_have_url(f"{site.address}{DESK}")
        secret = set_up_an_app(page, site)
        sign_out(page)

        page.goto(f"{site.address}{DESK}")
        page.get_by_role("button", name="Use a passkey instead").click()
        expect(page).to_have_url(f"{site.address}{DESK}")
        sign_out(page)

        nobody = {"authenticatorId": telephone, "isUserVerified": False}
        line.send("WebAuthn.setUserVerified", nobody)
        page.goto(f"{site.address}{DESK}")
        page.get_by_role("button", name="Use a passkey instead").click()
        expect(page.get_by_role("alert")).to_contain_text("No passkey was shown.")
    for code in (code_at(datetime.now(UTC), secret), kept[0]):
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            page.goto(f"{site.address}{DESK}")
            expect(page.get_by_role("button", name="Use a passkey instead")).to_be_hidden()
            sign_in(page, TRAINER)
            page.get_by_label("Code from the app").fill(code)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
            expect(page).to_have_url(f"{site.address}{DESK}")


@pytest.mark.audit
def test_a_form_that_is_sent_after_its_session_ended_is_not_typed_twice(
    browser: Browser, strict_site: WholeSite
):
    site = strict_site
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}/account/profile/")
        sign_in(page, "official.ken@demo.example")
        page.get_by_label("Name in Latin letters").fill("Wanjiru Kamau")
        page.get_by_label("Time zone").select_option("Africa/Nairobi")
        context.clear_cookies(name="session")
        page.get_by_role("button", name="Save").click()
        sign_in(page, "official.ken@demo.example")
        expect(page.get_by_role("main")).to_contain_text("Africa/Nairobi")
        page.get_by_role("button", name="Send it now").click()

        expect(page).to_have_url(f"{site.address}/account/profile/")
        expect(page.locator(".messages")).to_contain_text("Saved.")
        expect(page.get_by_label("Time zone")).to_have_value("Africa/Nairobi")
