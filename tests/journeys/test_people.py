"""What people do here, as they do it: without scripts, by keyboard, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.whole import PASSWORD, WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("people")]


def sign_in(page: Page, mail: str, password: str = PASSWORD) -> None:
    page.get_by_label("Mail address").fill(mail)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def test_without_scripts_an_official_finds_her_country_and_what_each_source_says(
    browser: Browser, site: WholeSite
):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}/")
        page.get_by_role("link", name="Countries", exact=True).click()
        page.get_by_label("Name or code").fill("vietnam")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("main").get_by_role("link", name="Viet Nam").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Viet Nam")
        page.get_by_role("link", name=re.compile("Japan")).first.click()

        expect(page).to_have_url(f"{site.address}/agreements/jpn-vnm/")
        expect(page.get_by_role("main")).to_contain_text("16 December 2022")


def test_without_scripts_the_register_is_narrowed_and_widened_again(
    browser: Browser, site: WholeSite
):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}/agreements/")
        page.get_by_label("Acquiring Party", exact=True).select_option(label="Singapore")
        page.get_by_label("Named by source").select_option("oecc-talk-2022")
        page.get_by_role("button", name="Show").click()

        expect(page.locator(".count")).to_contain_text("7")
        assert "acquiring=SGP" in page.url
        page.locator(".chip").filter(has_text="Singapore").click()
        expect(page.locator(".count")).to_contain_text("47")


def test_signing_in_keeps_the_way_and_a_wrong_password_keeps_the_address(
    browser: Browser, site: WholeSite
):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}/desk/to-confirm/")
        sign_in(page, "admin@demo.example", "not the password at all")
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("Mail address")).to_have_value("admin@demo.example")
        sign_in(page, "admin@demo.example")

        expect(page).to_have_url(f"{site.address}/desk/to-confirm/")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_an_official_is_told_that_the_desk_of_jobs_is_for_another_role(
    browser: Browser, site: WholeSite
):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}/desk/jobs/")
        sign_in(page, "official.vnm@demo.example")

        expect(page.get_by_role("main")).to_contain_text("another role")


def test_by_keyboard_the_text_is_one_key_away_and_a_source_opens_and_closes(
    browser: Browser, site: WholeSite
):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}/about/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        note = page.locator("main details.note").first
        note.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(note).to_have_attribute("open", "")
        page.keyboard.press("Escape")

        expect(note).not_to_have_attribute("open", "")
        expect(note.locator("summary")).to_be_focused()


def test_on_a_phone_the_menu_opens_and_leads_on(browser: Browser, site: WholeSite):
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{site.address}/")
        expect(page.get_by_role("link", name="Glossary", exact=True)).to_be_hidden()
        page.get_by_role("button", name="Menu").focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Glossary", exact=True).click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Glossary")


def test_a_chosen_theme_stays(browser: Browser, site: WholeSite):
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(f"{site.address}/")
        switch = page.locator("button.theme-switch")
        switch.click()
        switch.click()
        page.goto(f"{site.address}/glossary/")

        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 26, 29)"


def test_an_administrator_watches_a_job_and_stops_it(browser: Browser, site: WholeSite):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}/desk/jobs/")
        sign_in(page, "admin@demo.example")
        page.get_by_role("button", name=re.compile("trial|try", re.IGNORECASE)).first.click()
        job = page.locator(".job").first
        expect(job).to_contain_text("of 20", timeout=20_000)
        job.get_by_role("button", name=re.compile("Stop|Cancel")).click()

        expect(page.locator(".job").first).to_contain_text("cancelled", timeout=20_000)
