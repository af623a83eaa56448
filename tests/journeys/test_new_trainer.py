"""A new trainer writes a course: from an empty desk to its learners, and no sentence is lost.

`hand` is what she works with. By keyboard alone means that nothing here is clicked: what she goes
to she reaches by the tab key, and the keys do the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.courses.authoring.shelf.pictures import png
from tests.journeys.hands import Hand
from tests.journeys.test_pages import serious
from tests.journeys.test_people import sign_in
from tests.journeys.test_weight import Line
from tests.journeys.whole import PASSWORD, WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("people")]

TRAINER, LEARNER = "trainer@demo.example", "official.vnm@demo.example"
FIRST_LOAD = 350  # KB
QUESTIONS = "\n\n".join(
    f"{n}. What is told in column {n}?\na) The amount of year {n} *\n"
    f"b) The name of everybody who was there\nExplanation: Column {n} is for amounts."
    for n in range(1, 11)
)


@pytest.fixture
def context(browser: Browser, site: WholeSite) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{site.address}/account/sign-in/?next=/desk/courses/")
        sign_in(page, TRAINER)
        page.wait_for_url("**/desk/courses/")
        yield context


# Without a line the browser itself may still send what a page says last, as soon as there is one.
SENDING_NOTHING = "() => { window.fetch = () => Promise.reject(new TypeError()); }"


def text_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text", exact=True)


def seen(picture: Locator) -> None:
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(one) => one.naturalWidth")


def saved(page: Page) -> None:
    line = page.locator("#save-line")
    # What is on its way leaves the time of what went before.
    expect(line).not_to_have_class(re.compile("is-waiting"))
    expect(line).to_have_text(re.compile(r"Saved \d"))


def begin(hand: Hand, code: str, *lessons: str) -> None:
    hand.link("New course")
    hand.field("Title", f"Reading a table ({code})")
    hand.field("Code", code)
    hand.button("Begin the course")
    hand.field("Title of a new module", "The table")
    hand.button("Add a module")
    for title in lessons:
        hand.field("Title of a new part", title)
        hand.button("Add a lesson")


@pytest.mark.audit
@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_a_new_trainer_comes_from_an_empty_desk_to_learners(
    browser: Browser, site: WholeSite, context: BrowserContext, hand: str
):
    page, code = context.pages[0], f"X-{hand.upper()}"
    with_ = Hand(page, hand, code)
    begin(with_, code, "Who tells it", "One line")
    with_.field("Title of a new part", "Can you read it?")
    with_.button("Add a quiz")
    nothing_serious(with_)
    write_lessons(with_)
    bring_questions(with_)
    publish(with_)
    seen_by_a_learner(browser, site, code)


def to_the_draft(hand: Hand) -> None:
    back = hand.page.locator(".crumbs").get_by_role("link", name="Draft")
    hand.go(back, "Shift+Tab")
    hand.leave(back)


def nothing_serious(hand: Hand, *beside: str) -> None:
    """Here and on pages beside it. They are the same in either hand: one look is enough."""
    if hand.by == "keyboard":
        return
    here = hand.page.url
    assert serious(hand.page) == []
    for path in beside:
        hand.page.goto(f"{here.partition('/courses/')[0]}/courses/{hand.code.lower()}/{path}")
        assert serious(hand.page) == []
    if beside:
        hand.page.goto(here)


def write_lessons(hand: Hand) -> None:
    page = hand.page
    hand.link("Who tells it")
    hand.write(text_of(page), "## Each year\n\nEach Party tells it.")
    saved(page)
    hand.sign("Picture")
    dialog = page.get_by_role("dialog", name="Put a picture in")
    hand.go(dialog.get_by_label("Picture"))
    # The window of the system, in which a file is chosen, is not the page's.
    dialog.get_by_label("Picture").set_input_files(
        {"name": "table.png", "mimeType": "image/png", "buffer": png()}
    )
    hand.write(dialog.get_by_label("What it shows"), "A table with ten columns.")
    hand.press(dialog.get_by_role("button", name="Add it and put it in"))
    expect(dialog).to_be_hidden()
    expect(text_of(page)).to_be_focused()
    page.keyboard.insert_text("So it looks.")
    expect(page.locator("#shown")).to_contain_text("So it looks.")
    seen(page.locator("#shown img"))
    saved(page)
    nothing_serious(hand)
    to_the_draft(hand)
    hand.link("One line")
    hand.write(text_of(page), "A line has **columns**.")
    saved(page)
    to_the_draft(hand)


def bring_questions(hand: Hand) -> None:
    page = hand.page
    hand.link("Can you read it?")
    hand.link("Paste a list")
    nothing_serious(hand, "pictures/", "questions/new/single/")
    hand.write(page.get_by_role("main").locator("textarea"), QUESTIONS)
    hand.button("Show what was understood")
    hand.button("Take in 10 of 10")
    hand.link("Can you read it?")
    boxes = page.get_by_role("main").get_by_role("checkbox")
    expect(boxes).to_have_count(10)
    for n in range(10):
        hand.tick(boxes.nth(n))
    hand.button("Put those that are ticked in")
    expect(page.get_by_role("main")).to_contain_text("asks all 10 questions")
    asked = page.locator(".quiz-lines a")
    assert [re.sub(r"\D", "", told) for told in asked.all_inner_texts()] == [
        str(n) for n in range(1, 11)
    ]
    to_the_draft(hand)


def publish(hand: Hand) -> None:
    page = hand.page
    hand.link("Check and publish")
    expect(page.locator(".findings")).to_have_text(re.compile("what one can do afterwards"))
    nothing_serious(hand)
    hand.link("Say what one can do afterwards")
    hand.field("What one can do afterwards", "Read a line")
    hand.button("Save")
    hand.link("Preview")
    hand.link("Read the draft")
    expect(page.get_by_role("main")).to_contain_text("Can you read it?")
    while "/drafts/" in page.url:
        page.go_back()
    hand.link("Check and publish")
    hand.button("Publish edition 1")
    expect(page.locator(".messages")).to_have_text(re.compile("Edition 1 is published"))
    hand.link("As learners see it")
    expect(page).to_have_url(re.compile(rf"/courses/{hand.code.lower()}/(#|$)"))


def seen_by_a_learner(browser: Browser, site: WholeSite, code: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}/account/sign-in/?next=/courses/{code.lower()}/")
        sign_in(page, LEARNER)
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Reading a table ({code})")
        page.get_by_role("main").get_by_role("link", name="Who tells it").first.click()
        seen(page.get_by_alt_text("A table with ten columns."))
        expect(page.get_by_role("main")).to_contain_text("So it looks.")


def test_no_sentence_is_lost(site: WholeSite, context: BrowserContext):
    page = context.pages[0]
    begin(Hand(page, "mouse"), "X-KEPT", "What is kept")
    address = before_the_script(page)
    without_a_line(page)
    after_the_session(page)
    page = in_two_tabs(context, page)
    page = closed_and_opened(context, page, address)
    light_at_first(context, address)


def typed(page: Page, sentence: str) -> None:
    text_of(page).press("Control+End")
    page.keyboard.insert_text(f"{sentence}\n\n")


def told_by_the_server(page: Page) -> str:
    """The text as a page of its own is given it."""
    answer = page.request.get(page.url).text()
    return re.search(r"<textarea[^>]*>\n(.*?)</textarea>", answer, re.DOTALL)[1]  # type: ignore[index]


def before_the_script(page: Page) -> str:
    """On a slow line somebody types before the page can save."""
    page.get_by_role("link", name="What is kept", exact=True).click()
    typed(page, "Before the script.")
    saved(page)
    assert "Before the script." in told_by_the_server(page)
    return page.url


def without_a_line(page: Page) -> None:
    page.context.set_offline(True)
    typed(page, "In the dark.")
    expect(page.locator("#save-line")).to_have_text("Kept on this device, not saved yet")
    page.context.set_offline(False)
    saved(page)
    assert "In the dark." in told_by_the_server(page)


def after_the_session(page: Page) -> None:
    page.context.clear_cookies(name="session")
    typed(page, "After the session.")
    again = page.get_by_role("button", name="Sign in again")
    again.click()
    dialog = page.get_by_role("dialog", name="Sign in again")
    dialog.get_by_label("Mail address").fill(TRAINER)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    saved(page)
    expect(dialog).to_be_hidden()
    assert "After the session." in told_by_the_server(page)


def in_two_tabs(context: BrowserContext, page: Page) -> Page:
    other = context.new_page()
    other.goto(page.url)
    typed(other, "From the other tab.")
    saved(other)
    other.close()
    typed(page, "From this tab.")
    page.get_by_role("link", name="Look at both and choose").click()
    both = page.get_by_role("region", name="Two texts: choose one")
    for sentence in ("From the other tab.", "From this tab."):
        expect(both).to_contain_text(sentence)
    both.get_by_role("button", name="Take the other text").click()
    expect(both).to_have_count(0)
    expect(text_of(page)).to_have_value(re.compile("From this tab."))
    return page


def closed_and_opened(context: BrowserContext, page: Page, address: str) -> Page:
    page.evaluate(SENDING_NOTHING)
    typed(page, "Then the lid was closed.")
    page.close()
    page = context.new_page()
    page.goto(address)
    expect(text_of(page)).to_have_value(re.compile("Then the lid was closed."))
    saved(page)
    kept = told_by_the_server(page)
    for sentence in (
        "Before the script",
        "In the dark",
        "After the session",
        "From this tab",
        "lid",
    ):
        assert sentence in kept
    return page


def light_at_first(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    line = Line(context, page)
    context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.goto(address, wait_until="networkidle")
    assert 0 < line.kb() <= FIRST_LOAD, line.bytes
