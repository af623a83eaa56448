"""From the catalogue to a certificate that anybody can check, in four ways of working."""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.journeys.crowd import rows
from tests.journeys.proxy import Line
from tests.journeys.test_people import sign_in
from tests.journeys.test_quiz import end_session, insist, kept_page, line, saved, stored
from tests.journeys.whole import PASSWORD, WholeSite
from tests.shared import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("learning")]
__all__ = ["line"]

COURSE = "a6-205"
FILE = json.loads((ROOT / "courses/catalogue/content" / f"{COURSE}.json").read_text())


def plain(text: str) -> str:
    """Letters and digits alone: a page sets marks and spaces otherwise than a file."""
    return re.sub(r"[\W_]+", "", text).lower()


def asked(question: Locator) -> dict[str, Any]:
    """The file's question that this part of the page asks."""
    shown = plain(question.inner_text())
    (found,) = [one for one in FILE["questions"] if plain(one["prompt"]) in shown]
    return found


def answer_right(question: Locator) -> None:
    """As somebody does who knows it."""
    about = asked(question)
    match about["kind"]:
        case "number":
            question.locator("[data-text]").fill(about["number"])
            if question.locator("[data-unit]").count():
                question.locator("[data-unit]").fill(about["unit"])
        case "short_text":
            question.locator("[data-text]").fill(about["accepted"][0])
        case "matching":
            for left, right in about["pairs"]:
                question.get_by_label(left, exact=True).select_option(label=right)
        case "ordering":
            for place, text in enumerate(about["order"], start=1):
                field = question.get_by_label(f"Place of: {text}", exact=True)
                field.fill(str(place))
                field.blur()
        case _:
            for option in about["options"]:
                if option.get("is_right"):
                    question.get_by_label(option["text"], exact=True).check()


@pytest.fixture
def learner(site: WholeSite, request: pytest.FixtureRequest) -> str:
    """A person of this test alone."""
    return rows(site, "person", f"{request.node.name[:50]}@ministry.example", "Сүхбаатар Ариунаа")


def to_the_course(page: Page, address: str, mail: str) -> None:
    """Catalogue, course, sign in, join."""
    page.goto(f"{address}/courses/")
    page.get_by_role("link", name=FILE["edition"]["title"], exact=True).first.click()
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    sign_in(page, mail)
    page.goto(f"{address}/courses/{COURSE}/")
    page.get_by_role("button", name="Join this course").click()
    expect(page.get_by_role("button", name="Leave this course")).to_be_visible()


def read_all(page: Page, address: str, *, has_scripts: bool) -> None:
    """Every lesson to its end, on by the link at its end, to the quiz."""
    page.goto(f"{address}/courses/{COURSE}/")
    page.locator("main .standing a.button.is-main").first.click()
    while "/quizzes/" not in page.url:
        before = page.url
        if has_scripts:
            page.locator("#lesson-end").scroll_into_view_if_needed()
            expect(page.locator("#tick")).to_have_class(re.compile("is-done"), timeout=15_000)
            page.locator("a[rel=next]").click()
        else:
            page.get_by_role("button", name="I have read this").click()
        page.wait_for_url(lambda url, before=before: url != before)


def take_certificate(page: Page, address: str) -> None:
    """Passed: confirm the name, take the file, and look at it as a stranger does."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Passed")
    page.get_by_role("link", name="Go on with the course").click()
    expect(page.locator(".standing")).to_contain_text("completed")
    page.get_by_role("link", name="Get your certificate").click()
    page.get_by_label(re.compile("Latin letters")).fill("Sukhbaatar Ariunaa")
    page.get_by_role("button", name="This is my name").click()
    file = page.get_by_role("link", name=re.compile("Download as PDF [0-9A-Z]{4}-"))
    pdf = page.request.get(f"{address}{file.get_attribute('href')}").body()
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) <= 150 * 1024
    checked = page.get_by_role("link", name=re.compile("What others see")).get_attribute("href")
    with page.context.browser.new_context() as strangers:  # type: ignore[union-attr]
        stranger = strangers.new_page()
        stranger.goto(f"{address}{checked}")
        expect(stranger.get_by_role("main")).to_contain_text("Сүхбаатар Ариунаа")
        expect(stranger.get_by_role("main")).to_contain_text("Valid")


@pytest.mark.audit
def test_with_scripts_and_a_session_that_ends_in_the_quiz(
    browser: Browser, site: WholeSite, learner: str
):
    with browser.new_context() as context:
        page = context.new_page()
        to_the_course(page, site.address, learner)
        read_all(page, site.address, has_scripts=True)
        page.get_by_role("button", name="Start").click()
        questions = page.locator("fieldset.question")
        for number, question in enumerate(questions.all()):
            if number == 3:
                saved(page)
                end_session(context)
            answer_right(question)
            if number == 3:
                dialog = page.get_by_role("dialog", name="Sign in again")
                dialog.get_by_label("Mail address").first.fill(learner)
                dialog.get_by_label("Password").fill(PASSWORD)
                dialog.get_by_role("button", name="Sign in", exact=True).click()
                expect(dialog).to_be_hidden()
        saved(page)
        page.get_by_role("button", name="Hand in").click()
        page.wait_for_url("**/result/")

        take_certificate(page, site.address)


def test_without_scripts(browser: Browser, site: WholeSite, learner: str):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        to_the_course(page, site.address, learner)
        read_all(page, site.address, has_scripts=False)
        page.get_by_role("button", name="Start").click()
        for question in page.locator("fieldset.question").all():
            answer_right(question)
        page.get_by_role("button", name="Save all and review").click()
        expect(page.locator("main")).to_contain_text("Every question has an answer.")
        page.get_by_role("button", name="Hand in").click()

        take_certificate(page, site.address)


def press_on(page: Page, target: Locator, key: str = "Enter", way: str = "Tab") -> None:
    """Go on until the focus is on it, then press."""
    wanted = target.first.element_handle()
    assert wanted
    for _ in range(150):
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press(way)
    pytest.fail(f"the keyboard does not reach {target}")


def type_in(page: Page, target: Locator, text: str) -> None:
    press_on(page, target, "End")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def read_by_keys(page: Page) -> None:
    """Chromium drops keys that come before it has painted a page: a reader presses again."""
    done = page.locator("#tick.is-done")
    for _ in range(5):
        page.keyboard.press("End")
        with suppress(PlaywrightTimeout):
            done.wait_for(timeout=5000)
            return
    pytest.fail(f"{page.url} was not read by pressing End")


def answer_by_keys(page: Page, question: Locator) -> None:
    about = asked(question)
    match about["kind"]:
        case "number":
            type_in(page, question.locator("[data-text]"), about["number"])
            if question.locator("[data-unit]").count():
                type_in(page, question.locator("[data-unit]"), about["unit"])
        case "short_text":
            type_in(page, question.locator("[data-text]"), about["accepted"][0])
        case "matching":
            for left, right in about["pairs"]:
                press_on(page, question.get_by_label(left, exact=True), "Home")
                page.keyboard.type(right)
        case "ordering":
            for place, text in enumerate(about["order"], start=1):
                field = question.get_by_label(f"Place of: {text}", exact=True)
                type_in(page, field, str(place))
                page.keyboard.press("Enter")
        case _:
            texts = question.locator(".option").all_inner_texts()
            right = [plain(one["text"]) for one in about["options"] if one.get("is_right")]
            for digit, text in enumerate(texts, start=1):
                if plain(text) in right:
                    page.keyboard.press(str(digit))


@pytest.mark.audit
def test_by_keyboard_alone(browser: Browser, site: WholeSite, learner: str):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}/account/sign-in/")
        type_in(page, page.get_by_label("Mail address"), learner)
        type_in(page, page.get_by_label("Password", exact=True), PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Sign out")).to_be_attached()
        press_on(page, page.get_by_role("link", name="Courses", exact=True))
        press_on(page, page.get_by_role("link", name=FILE["edition"]["title"], exact=True))
        press_on(page, page.get_by_role("button", name="Join this course"))
        press_on(page, page.locator("main .standing a.button.is-main"))
        page.wait_for_url(re.compile(rf"/{COURSE}/[a-z-]+/"))
        while "/quizzes/" not in page.url:
            read_by_keys(page)
            before = page.url
            press_on(page, page.locator("a[rel=next]"), way="Shift+Tab")
            page.wait_for_url(lambda url, before=before: url != before)
        press_on(page, page.get_by_role("button", name="Start"))
        expect(page.locator("#quiz.is-live")).to_be_attached()
        questions = page.locator("fieldset.question")
        page.keyboard.press("n")
        page.keyboard.press("p")
        for question in questions.all():
            expect(question).to_be_focused()
            answer_by_keys(page, question)
            question.focus()
            page.keyboard.press("n")
        saved(page)
        press_on(page, page.locator("#hand-in-now"))
        page.wait_for_url("**/result/")
        press_on(page, page.get_by_role("link", name="Go on with the course"))
        press_on(page, page.get_by_role("link", name="Get your certificate"))
        type_in(page, page.get_by_label(re.compile("Latin letters")), "Sukhbaatar Ariunaa")
        page.keyboard.press("Enter")
        press_on(page, page.get_by_role("link", name=re.compile("What others see")))

        expect(page.get_by_role("main")).to_contain_text("Valid")


@pytest.mark.audit
def test_on_a_line_that_loses_a_third_and_goes_dark_for_minutes(
    browser: Browser, line: Line, learner: str, pytestconfig: pytest.Config
):
    """Three minutes in `make audit`; the suite has no time to sit in the dark."""
    dark = 180 if pytestconfig.getoption("whole_matrix") else 8
    address = line.url.replace("127.0.0.1", "localhost")
    with browser.new_context() as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        to_the_course(page, address, learner)
        read_all(page, address, has_scripts=True)
        page.get_by_role("button", name="Start").click()
        page.wait_for_url("**/attempts/**")
        paper = page.url.partition("#")[0]
        kept_page(page)
        line.loss = 0.3
        questions = page.locator("fieldset.question").all()
        for question in questions[:4]:
            answer_right(question)
        line.cut()
        began = time.monotonic()
        answer_right(questions[4])
        page.reload()
        expect(page.locator("#save-line")).to_contain_text("Kept on this device")
        for question in questions[5:]:
            answer_right(question)
        page.get_by_role("button", name="Hand in").click()
        expect(page.locator("#waiting-hand-in")).to_be_visible()
        page.wait_for_timeout(max(0, 1000 * (dark - (time.monotonic() - began))))
        page.reload()
        expect(page.locator("#waiting-hand-in")).to_be_visible()
        line.restore()
        page.wait_for_url("**/result/", timeout=90_000)
        insist(page, f"{paper}result/")
        line.loss = 0.0

        assert len(stored(page, paper)) == len(questions)
        insist(page, f"{paper}result/")
        take_certificate(page, address)
