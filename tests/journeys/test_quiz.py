"""Quizzes as officials take them: with and without scripts, by keyboard, on a line that breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from tests.journeys.proxy import Line
from tests.journeys.test_people import sign_in
from tests.journeys.whole import PASSWORD, WholeSite, until

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("people")]

OFFICIAL = "official.vnm@demo.example"


@pytest.fixture
def line(site: WholeSite) -> Iterator[Line]:
    """What stands between the browser and the site: it can be cut, as lines are."""
    found = Line(site.address)
    yield found
    found.close()


def begin(page: Page, address: str, course: str, who: str = OFFICIAL) -> str:
    """Sign in, join, start the course's quiz; the address of the paper.

    No two journeys answer the same paper: what is chosen already cannot be chosen again.
    """
    page.goto(f"{address}/courses/{course}/")
    page.get_by_role("main").get_by_role("link", name=re.compile("Sign in")).first.click()
    sign_in(page, who)
    page.wait_for_url(f"{address}/courses/{course}/")
    join = page.get_by_role("main").get_by_role("button", name=re.compile("Join|Come back"))
    if join.count():
        with page.expect_navigation():
            join.first.click()
    page.goto(f"{address}/courses/{course}/quizzes/check/")
    page.get_by_role("button", name=re.compile("Start|Go on")).click()
    expect(page.locator("fieldset.question").first).to_be_attached()
    return page.url.partition("#")[0]


def answer(question: Locator) -> None:
    """Some answer: the first option, a number, a word."""
    match question.get_attribute("data-kind"):
        case "matching":
            for select in question.get_by_role("combobox").all():
                select.select_option(index=1)
        case "ordering":
            for number, field in enumerate(question.get_by_role("spinbutton").all(), start=1):
                field.fill(str(number))
        case "number":
            question.locator("[data-text]").fill("1,234.5")
            if question.locator("[data-unit]").count():
                question.locator("[data-unit]").fill("t")
        case "short_text":
            question.locator("[data-text]").fill("OIMP")
        case _:
            question.locator(".option > input").first.check()


def stored(page: Page, paper: str) -> list[dict]:
    """What the server holds, one entry for each question that has an answer."""
    answers = page.request.get(f"{paper}answers.json").json()["answers"]
    return [one for one in answers if one["in_words"]]


def saved(page: Page) -> None:
    expect(page.locator("#save-line")).to_have_text(re.compile(r"^Saved "), timeout=15_000)


def test_with_scripts_from_the_start_to_the_result(browser: Browser, site: WholeSite):
    with browser.new_context() as context:
        page = context.new_page()
        paper = begin(page, site.address, "a6-202")
        questions = page.locator("fieldset.question")
        for question in questions.all():
            answer(question)
        saved(page)
        for number in page.locator('[data-kind="number"]').all():  # as many as were drawn
            expect(number.locator("[data-told]")).to_contain_text("Read as 1234.5")
        expect(page.locator("#all-answered")).to_be_visible()
        assert len(stored(page, paper)) == questions.count()
        page.get_by_role("button", name="Hand in").click()

        page.wait_for_url("**/result/")
        expect(page.locator("main")).to_contain_text("of the points")


def test_without_scripts_by_save_and_next_review_and_hand_in(browser: Browser, site: WholeSite):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        paper = begin(page, site.address, "a6-201")
        count = page.locator("fieldset.question").count()
        for number in range(1, count + 1):
            question = page.locator(f"#q-{number}")
            answer(question)
            question.get_by_role("button", name="Save and next").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Before you hand in")
        expect(page.locator("main")).to_contain_text("Every question has an answer.")
        assert len(stored(page, paper)) == count
        page.get_by_role("button", name="Hand in").click()

        expect(page).to_have_url(f"{paper}result/")
        page.go_back()
        page.goto(paper)
        expect(page).to_have_url(f"{paper}result/")


def test_by_keyboard_alone(browser: Browser, site: WholeSite):
    with browser.new_context() as context:
        page = context.new_page()
        paper = begin(page, site.address, "a6-101")
        expect(page.locator("#quiz.is-live")).to_be_attached()
        questions = page.locator("fieldset.question")
        page.keyboard.press("n")
        page.keyboard.press("p")
        for number in range(questions.count()):
            expect(questions.nth(number)).to_be_focused()
            by_keys(page, questions.nth(number))
            questions.nth(number).focus()
            page.keyboard.press("n")
        expect(page.locator("#hand-in")).to_be_focused()
        page.keyboard.press("p")
        page.keyboard.press("f")
        expect(questions.last.locator(".flag")).to_have_attribute("aria-pressed", "true")
        saved(page)
        assert len(stored(page, paper)) == questions.count()
        page.keyboard.press("n")
        while page.evaluate("document.activeElement.id") != "hand-in-now":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        page.wait_for_url("**/result/")


def by_keys(page: Page, question: Locator) -> None:
    kind = question.get_attribute("data-kind")
    if kind in ("single", "multiple", "true_false"):
        page.keyboard.press("1")
        return
    page.keyboard.press("Tab")
    fields = question.locator("select, [data-text], [data-unit], .order input").count()
    for _ in range(fields):
        if kind == "matching":
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type("1")
        page.keyboard.press("Tab")


@pytest.mark.audit
def test_single_keys_can_be_switched_off(browser: Browser, site: WholeSite):
    with browser.new_context() as context:
        page = context.new_page()
        begin(page, site.address, "a6-203")
        page.get_by_text("Keys", exact=True).click()
        page.get_by_label("Single keys work").uncheck()
        first = page.locator("fieldset.question").first
        first.focus()
        page.keyboard.press("f")
        expect(first.locator(".flag")).to_have_attribute("aria-pressed", "false")
        page.reload()
        expect(page.locator("#quiz.is-live")).to_be_attached()

        expect(page.get_by_label("Single keys work")).not_to_be_checked()


IS_KEPT = """async () => {
    if (!navigator.serviceWorker.controller) return false;
    for (const name of await caches.keys()) {
        const shelf = await caches.open(name);
        if (name.startsWith("kept-") && await shelf.match(location.pathname)) return true;
    }
    return false;
}"""


# As where a page goes in the moment between an answer and the end of its writing.
WRITES_NOTHING_MORE = """() => {
    IDBDatabase.prototype.transaction = () => ({
        objectStore: () => ({ transaction: {}, put: () => ({}) }),
    });
}"""


def kept_page(page: Page) -> None:
    """Until the service worker holds the paper and looks after it."""
    until(lambda: page.evaluate(IS_KEPT), seconds=20)


def insist(page: Page, address: str) -> None:
    """Load a page again until it is there, as people do."""

    def is_there() -> bool:
        with suppress(Error):
            page.goto(address, wait_until="load")
            return page.locator("main").count() > 0 and not page.locator("#offline").count()
        return False

    until(is_there, seconds=60)


def test_on_a_line_that_breaks_no_answer_is_lost(browser: Browser, line: Line):
    address = line.url.replace("127.0.0.1", "localhost")
    with browser.new_context() as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        paper = begin(page, address, "a6-204")
        kept_page(page)
        first, *others, last = questions = page.locator("fieldset.question").all()
        answer(first)
        saved(page)
        line.cut()
        for question in others:
            answer(question)
        expect(page.locator("#save-line")).to_contain_text("Kept on this device")
        page.evaluate(WRITES_NOTHING_MORE)
        answer(last)
        page.reload()
        expect(page.locator("#save-line")).to_contain_text(f"({len(questions) - 1})")
        page.get_by_role("button", name="Hand in").click()
        expect(page.locator("#waiting-hand-in")).to_be_visible()
        page.reload()
        expect(page.locator("#waiting-hand-in")).to_be_visible()
        line.restore()
        page.wait_for_url("**/result/", timeout=60_000)

        assert len(stored(page, paper)) == questions_of(page)


def questions_of(page: Page) -> int:
    return page.locator(".outcome").count()


def test_a_session_that_ends_is_renewed_over_the_work(browser: Browser, site: WholeSite):
    with browser.new_context() as context:
        page = context.new_page()
        paper = begin(page, site.address, "a6-205")
        questions = page.locator("fieldset.question")
        answer(questions.first)
        saved(page)
        end_session(context)
        answer(questions.nth(1))
        dialog = page.get_by_role("dialog", name="Sign in again")
        expect(dialog).to_be_visible()
        dialog.get_by_label("Mail address").fill(OFFICIAL)
        dialog.get_by_label("Password").fill("not the password at all")
        dialog.get_by_role("button", name="Sign in", exact=True).click()
        expect(dialog).to_contain_text("That did not sign you in")
        dialog.get_by_label("Password").fill(PASSWORD)
        dialog.get_by_role("button", name="Sign in", exact=True).click()
        expect(dialog).to_be_hidden()
        saved(page)

        assert len(stored(page, paper)) == 2


def end_session(context: BrowserContext) -> None:
    context.clear_cookies(name="session")
    context.clear_cookies(name="csrf")


@pytest.mark.audit
def test_two_devices_and_the_learner_chooses(browser: Browser, site: WholeSite):
    with browser.new_context() as first, browser.new_context() as second:
        desk, phone = first.new_page(), second.new_page()
        paper = begin(desk, site.address, "a6-203")
        assert begin(phone, site.address, "a6-203") == paper
        kind = '[data-kind="single"]'
        desk.locator(kind).first.locator(".option > input").nth(0).check()
        saved(desk)
        question = phone.locator(kind).first
        question.locator(".option > input").nth(1).check()
        expect(question.locator(".beside")).to_contain_text("Two devices answered this")
        question.get_by_role("button", name="Take the other").click()

        expect(question.locator(".beside")).to_have_count(0)
        expect(question.locator(".option > input").nth(1)).to_be_checked()
        words = question.locator(".option").nth(1).inner_text().partition("\n")[0]
        assert words in [one["in_words"] for one in stored(phone, paper)]


@pytest.mark.audit
def test_who_signs_out_is_asked_and_the_next_person_finds_nothing(browser: Browser, line: Line):
    address = line.url.replace("127.0.0.1", "localhost")
    with browser.new_context() as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        paper = begin(page, address, "a6-301")
        kept_page(page)
        page.route("**/answers/", lambda route: route.abort())
        answer(page.locator("fieldset.question").first)
        expect(page.locator("#save-line")).to_contain_text("Kept on this device")
        page.get_by_role("button", name="Sign out").click()
        asked = page.get_by_role("dialog")
        expect(asked).to_contain_text("1 of your answers or finished lessons wait on this device")
        asked.get_by_role("button", name="Stay signed in").click()
        page.get_by_role("button", name="Sign out").click()
        asked.get_by_role("button", name="Drop them and sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        assert page.evaluate("caches.keys()") == ["shell-1"]
        assert page.evaluate("indexedDB.databases()") == []
        line.cut()

        with pytest.raises(Exception, match="ERR_"):
            page.goto(urlsplit(paper).path.join([address, ""]))


def test_a_limit_is_drawn_told_and_can_be_hidden(browser: Browser, site: WholeSite):
    """The exam's clock runs on the page's own time; a wrong laptop clock moves nothing."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}/courses/")
        name = page.request.get(f"{site.address}/sw.js").text()
        clock = re.search(r'"(/static/courses/clock[^"]*)"', name)
        assert clock
        told = page.evaluate(CLOCK, clock[1])

        assert re.fullmatch("45:00,(60|59) seconds left,(30|29|28) seconds left", ",".join(told))


CLOCK = """async (address) => {
    const { Clock } = await import(address);
    document.body.innerHTML = "<div class='timer'><span role='timer'></span></div>";
    const face = document.querySelector("[role=timer]");
    const told = [];
    const words = { minutes: "{n} minutes left", seconds: "{n} seconds left", over: "over" };
    const clock = new Clock(face, words, {
        left: 2700, total: 2700, say: (text) => told.push(text), over: () => {} });
    told.push(face.textContent);
    const tick = () => new Promise((resolve) => setTimeout(resolve, 1100));
    clock.set(60.5);
    await tick();
    clock.set(29.5);
    await tick();
    return told;
}"""
