"""Another language in the middle of things: the place, the answers and what is kept stay."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_keeping import come_in
from tests.journeys.test_quiz import answer, begin, stored
from tests.journeys.whole import WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("learning")]

LESSON = "/courses/a6-101/what-is-an-itmo/"
PHONE = {"width": 360, "height": 640}
# Some way down the page, and what stands at the top of the screen then.
READ_ON = "() => window.scrollTo(0, document.body.scrollHeight * 0.4)"
AT_THE_TOP = """() => {
    const blocks = [...document.querySelectorAll("#lesson > [id^=b-]")];
    return blocks.filter((block) => block.getBoundingClientRect().top < 160).at(-1)?.id;
}"""


def choose(page: Page, name: str) -> None:
    """The form is sent as it stands, without going down to it first."""
    button = page.get_by_role("contentinfo").get_by_role("button", name=name).first
    with page.expect_navigation():
        button.evaluate("(button) => button.click()")


def language(page: Page) -> str | None:
    return page.locator("html").get_attribute("lang")


def test_a_lesson_goes_on_in_french_where_it_was_read(browser: Browser, site: WholeSite):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{site.address}{LESSON}?from=mail")
        page.evaluate(READ_ON)
        before = page.evaluate(AT_THE_TOP)
        assert before
        choose(page, "Français")

        assert language(page) == "fr"
        assert page.url == f"{site.address}{LESSON}?from=mail#{before}"
        place = page.locator(f"#{before}").bounding_box()
        assert place is not None
        assert 0 <= place["y"] < 160
        expect(page.locator("#lesson")).to_have_attribute("lang", "fr")
        choose(page, "English")
        assert language(page) == "en"
        assert page.url.endswith(f"#{before}")


@pytest.mark.audit
def test_without_scripts_the_switch_is_a_form(browser: Browser, site: WholeSite):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}/glossary/?q=itmo")
        page.get_by_role("contentinfo").get_by_role("button", name="Français").first.click()

        expect(page).to_have_url(f"{site.address}/glossary/?q=itmo")
        assert language(page) == "fr"


def test_a_running_quiz_keeps_its_answers_and_its_step(browser: Browser, site: WholeSite):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        paper = begin(page, site.address, "a6-204", "official.ken@demo.example")
        for step in (1, 2):
            answer(page.locator(f"#q-{step}"))
            page.locator('[data-step="1"]').click()
        expect(page.locator("#save-line")).to_have_text(re.compile("^Saved "), timeout=15_000)
        before = page.locator("#paper").evaluate(FILLED)
        at_the_server = stored(page, paper)
        choose(page, "Français")

        assert language(page) == "fr"
        assert page.url == f"{paper}#q-3"
        expect(page.locator("#q-3")).to_be_in_viewport()
        expect(page.locator("#save-line")).to_have_text(re.compile("^Enregistré"))
        expect(page.locator(".quiz-head")).to_contain_text("Pas encore en français")
        assert page.locator("#paper").evaluate(FILLED) == before
        assert stored(page, paper) == at_the_server
        assert len(at_the_server) == 2
        choose(page, "English")
        assert page.locator("#paper").evaluate(FILLED) == before


FILLED = """(paper) => [...new FormData(paper)].filter(([name, value]) =>
    value && !/^(csrfmiddlewaretoken|stamp|.*\\.saw)$/.test(name))"""


@pytest.mark.audit
def test_a_kept_module_stays_in_the_language_it_was_kept_in(browser: Browser, site: WholeSite):
    with browser.new_context() as context:
        page = context.new_page()
        address = site.address.replace("127.0.0.1", "localhost")
        come_in(page, address, "focal.mng@demo.example", "/courses/a6-101/")
        choose(page, "Français")
        part = page.locator('[data-keep="the-three-tracks"]')
        part.get_by_role("button", name=re.compile("Conserver sur cet appareil")).click()
        expect(part).to_contain_text(re.compile("Conservé sur cet appareil"), timeout=20_000)
        choose(page, "English")
        page.goto(f"{address}{LESSON}")
        assert language(page) == "en"
        context.set_offline(True)
        page.goto(f"{address}{LESSON}")

        assert language(page) == "fr"
        expect(page.locator("#lesson")).to_contain_text("Sans autorisation, il n’y a pas d’ITMO.")
        context.set_offline(False)
        kept = page.evaluate(KEPT, ["/kept/a6-101/the-three-tracks"])
        assert kept["languages"] == "fr fr"


KEPT = """async ([list]) => {
    for (const name of await caches.keys()) {
        if (!name.startsWith("kept-")) continue;
        const found = await (await caches.open(name)).match(list);
        if (found) return found.json();
    }
    return null;
}"""
