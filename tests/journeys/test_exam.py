"""An exam to its end, practice that tells at once, a lesson's self-checks: in a real browser."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from courses.learning.services.allowances import More, grant
from partnership.accounts.models import User
from partnership.lib import clock
from partnership.members.models import AreaOfWork
from tests import shared
from tests.factories.courses import EditionFactory, EnrolmentFactory, QuizFactory, asked
from tests.journeys.test_people import sign_in
from tests.journeys.test_quiz import OFFICIAL, insist, saved
from tests.journeys.whole import WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("learning")]

COURSE = "x-exam"
REASON = "The work itself has a deadline."


def build() -> None:
    """A course with an exam and with practice; it is run by the site's own Python.

    It is retired, so that no list and no other test finds it; who learns from it goes on.
    """
    area = AreaOfWork.objects.get(number=1)
    given = {"course__code": "X-EXAM", "course__slug": COURSE, "course__area": area}
    edition = EditionFactory(course__retired_on="2026-01-31", title="An exam", **given)
    limit = {"time_limit_minutes": 30, "time_limit_reason": REASON, "attempts_allowed": 1}
    exam = QuizFactory(edition=edition, slug="exam", title="The exam", plan="exam", **limit)
    practice = QuizFactory(edition=edition, slug="practice", title="Try it", plan="practise")
    for kind in ("single", "true_false", "short_text"):
        asked(exam, kind, prompt=f"In the exam: {kind}?")
        asked(practice, kind, prompt=f"In practice: {kind}?")
    learner = User.objects.get(email=OFFICIAL)
    enrolment = EnrolmentFactory(edition=edition, learner=learner)
    trainer = User.objects.get(email="trainer@demo.example")
    grant(enrolment, exam, More("A slow line.", minutes=15), by=trainer, at=clock.now())


@pytest.fixture(scope="module", autouse=True)
def _course(site: WholeSite) -> None:
    shared.manage(site.env, "shell", "-c", f"from {__name__} import build; build()")


def tell(site: WholeSite, statement: str, *values: Any) -> list[tuple]:
    """What the database says; time itself cannot be waited for."""
    with psycopg.connect(site.env["DATABASE_URL"], autocommit=True) as rows:
        return rows.execute(statement, values).fetchall()  # type: ignore[arg-type]


def end_in(site: WholeSite, attempt: str, seconds: int) -> None:
    moved = "UPDATE courses_attempt SET started_at = started_at - interval '1 hour', "
    moved += "deadline_at = now() + %s * interval '1 second' WHERE uuid = %s RETURNING id"
    assert tell(site, moved, seconds, attempt)


def open_quiz(page: Page, site: WholeSite, quiz: str) -> None:
    address = f"/courses/{COURSE}/quizzes/{quiz}/"
    page.goto(f"{site.address}/account/sign-in/?next={address}")
    sign_in(page, OFFICIAL)
    page.wait_for_url(f"{site.address}{address}")


def question(page: Page, kind: str) -> Locator:
    return page.locator(f'fieldset.question[data-kind="{kind}"]')


def minutes(page: Page) -> int:
    """What the clock shows, rounded up."""
    shown = page.get_by_role("timer").inner_text()
    return int(shown.partition(":")[0]) + 1


def test_an_exam_is_sat_to_its_end_and_closed_with_what_was_saved(
    browser: Browser, site: WholeSite
):
    with browser.new_context() as context:
        page = context.new_page()
        attempt = start_exam(page, site)
        the_clock_is_shown_told_and_hidden(page)
        question(page, "single").get_by_label("right").check()
        saved(page)
        end_in(site, attempt, seconds=600)
        question(page, "true_false").get_by_label("wrong").check()
        # The save brings the server's word on the time, and its steps are told politely.
        expect(page.locator("#live")).to_have_text("10 minutes left")
        assert minutes(page) == 10
        saved(page)

        # The line is dark while the deadline and its grace pass; what was typed comes late.
        context.set_offline(True)
        question(page, "short_text").locator("[data-text]").fill("OIMP")
        expect(page.locator("#save-line")).to_contain_text("Kept on this device")
        end_in(site, attempt, seconds=-61)
        context.set_offline(False)
        page.wait_for_url("**/result/", timeout=30_000)
        # The browser may still take the line for dark when the page goes on by itself.
        insist(page, page.url)

        assert kept_beside(site, attempt) == [("late", "waiting", {"text": "OIMP"})]
        the_result_tells_by_the_rule(page.locator("main"))


def start_exam(page: Page, site: WholeSite) -> str:
    """The identifier of the attempt."""
    open_quiz(page, site, "exam")
    expect(page.locator("main")).to_contain_text("45 min (30 + 15)")
    expect(page.locator("main")).to_contain_text(REASON)
    page.get_by_role("button", name="Start: the time runs from now").click()
    expect(page.locator("#quiz.is-live")).to_be_attached()
    expect(page.locator(".quiz-head")).to_contain_text("45 min (30 + 15)")
    return page.url.rstrip("/").rpartition("/")[2]


def the_clock_is_shown_told_and_hidden(page: Page) -> None:
    assert minutes(page) == 45
    page.get_by_role("button", name="Time left").click()
    expect(page.locator("#live")).to_have_text("45 minutes left")
    hide = page.get_by_role("button", name="Hide the clock")
    hide.click()
    expect(page.get_by_role("timer")).to_be_hidden()
    hide.click()
    expect(page.get_by_role("timer")).to_be_visible()


def kept_beside(site: WholeSite, attempt: str) -> list[tuple]:
    """Answers of an attempt that do not count, with why and what became of them."""
    rows = "SELECT o.reason, o.outcome, o.response FROM courses_otheranswer o "
    rows += "JOIN courses_paperquestion q ON q.id = o.question_id "
    rows += "JOIN courses_attempt a ON a.id = q.attempt_id WHERE a.uuid = %s"
    return tell(site, rows, attempt)


def the_result_tells_by_the_rule(main: Locator) -> None:
    """One of three, and no attempt left: so it tells what is right, and whom to ask."""
    expect(main).to_contain_text("Closed at the deadline with what was saved")
    expect(main).to_contain_text(re.compile(r"33\s%"))
    verdicts = [word.split(maxsplit=1)[1] for word in main.locator(".verdict").all_inner_texts()]
    assert sorted(verdicts) == ["Not answered", "Right", "Wrong"]
    expect(main.locator(".outcome.is-bad").first).to_contain_text("Right")
    expect(main.get_by_role("link", name="Ask for another attempt")).to_be_visible()


def test_practice_tells_at_once_with_scripts_and_without(browser: Browser, site: WholeSite):
    with browser.new_context() as context:
        page = context.new_page()
        open_quiz(page, site, "practice")
        page.get_by_role("button", name="Start").click()
        expect(page.locator("#quiz.is-live")).to_be_attached()
        one, verdict = question(page, "single"), question(page, "single").locator(".verdict")
        one.get_by_label("wrong").check()
        expect(verdict).to_have_text("× Wrong")
        expect(one.locator(".feedback")).to_contain_text("Right: right")
        expect(page.locator("#live")).to_contain_text("Wrong")
        one.get_by_label("right").check()
        expect(verdict).to_have_text("✓ Right")
        saved(page)
        address, cookies = page.url, context.cookies()

    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address)
        typed = question(page, "short_text")
        typed.locator("[data-text]").fill("no")
        typed.get_by_role("button", name="Save and next").click()
        expect(question(page, "short_text").locator(".verdict")).to_have_text("× Wrong")


LESSON = "/courses/a6-301/arrangements-in-december-2022/"


def test_a_self_check_is_answered_by_keyboard_alone(browser: Browser, site: WholeSite):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}{LESSON}")
        first, second = page.locator(".self-checks .question").all()[:2]
        first.get_by_label("Fiji").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(first.locator(".verdict")).to_have_text("× Wrong")
        expect(first.locator(".self-check-told")).to_be_focused()
        second.locator("[data-text]").focus()
        page.keyboard.type("47")
        page.keyboard.press("Enter")
        expect(second.locator(".verdict")).to_have_text("✓ Right")

        # Each in its place: the page was not loaded again, the first answer stands.
        expect(first.get_by_label("Fiji")).to_be_checked()
        expect(page).to_have_url(f"{site.address}{LESSON}")


def test_a_self_check_that_is_not_answered_says_why_where_it_is_looked_for(
    browser: Browser, site: WholeSite
):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}{LESSON}")
        first = page.locator(".self-checks .question").first
        first.get_by_label("Fiji").check()
        check = first.get_by_role("button", name="Check my answer")
        context.route("**/self-check/", lambda route: route.abort())
        check.click()
        expect(first.locator(".self-check-told .wrong")).to_contain_text("There is no connection")
        context.unroute_all(behavior="wait")

        context.clear_cookies(name="csrf")
        check.click()
        page.wait_for_url(f"{site.address}{LESSON}self-check/#check-1")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_self_check_without_scripts_comes_back_to_its_question(browser: Browser, site: WholeSite):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}{LESSON}")
        third = page.locator(".self-checks .question").nth(2)
        third.get_by_label("DOM is the Dominican Republic; Dominica is DMA").check()
        third.get_by_role("button", name="Check my answer").click()

        expect(page).to_have_url(f"{site.address}{LESSON}self-check/#check-3")
        expect(page.locator("#check-3 .verdict")).to_have_text("✓ Right")
        expect(page.locator(".verdict")).to_have_count(1)
        page.reload()
        expect(page.locator("#check-3 .verdict")).to_have_text("✓ Right")
