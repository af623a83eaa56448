"""The line never comes back: a file is made in the dark, a trainer loads it, the answers count."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from partnership.accounts.models import User
from partnership.members.models import AreaOfWork
from tests import shared
from tests.factories.courses import (
    CourseTrainerFactory,
    EditionFactory,
    EnrolmentFactory,
    QuizFactory,
    asked,
)
from tests.journeys.test_exam import end_in, question, tell
from tests.journeys.test_pages import serious
from tests.journeys.test_people import sign_in
from tests.journeys.test_quiz import OFFICIAL, saved
from tests.journeys.whole import WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("learning")]

COURSE, TRAINER = "x-file", "trainer@demo.example"


def build() -> None:
    """A retired course with one exam; it is run by the site's own Python."""
    given = {"course__code": "X-FILE", "course__slug": COURSE}
    given |= {"course__area": AreaOfWork.objects.get(number=1)}
    edition = EditionFactory(course__retired_on="2026-01-31", title="In the dark", **given)
    limit = {"time_limit_minutes": 30, "time_limit_reason": "As at work.", "attempts_allowed": 1}
    exam = QuizFactory(edition=edition, slug="exam", title="The exam", plan="exam", **limit)
    for kind in ("single", "short_text"):
        asked(exam, kind, prompt=f"In the dark: {kind}?")
    EnrolmentFactory(edition=edition, learner=User.objects.get(email=OFFICIAL))
    trainer = User.objects.get(email=TRAINER)
    CourseTrainerFactory(course=edition.course, person=trainer)


@pytest.fixture(scope="module", autouse=True)
def _course(site: WholeSite) -> None:
    shared.manage(site.env, "shell", "-c", f"from {__name__} import build; build()")


def open_as(page: Page, site: WholeSite, who: str, address: str) -> None:
    page.goto(f"{site.address}/account/sign-in/?next={address}")
    sign_in(page, who)
    page.wait_for_url(f"{site.address}{address}")


def score(site: WholeSite, attempt: str) -> list[tuple]:
    return tell(site, "SELECT score FROM courses_attempt WHERE uuid = %s", attempt)


def test_answers_of_a_line_that_never_came_back_count_by_the_file(
    browser: Browser, site: WholeSite, tmp_path: Path
):
    with browser.new_context() as context:
        page = context.new_page()
        open_as(page, site, OFFICIAL, f"/courses/{COURSE}/quizzes/exam/")
        page.get_by_role("button", name="Start: the time runs from now").click()
        expect(page.locator("#quiz.is-live")).to_be_attached()
        attempt = page.url.rstrip("/").rpartition("/")[2]
        question(page, "single").get_by_label("right").check()
        saved(page)

        context.set_offline(True)
        question(page, "short_text").locator("[data-text]").fill("OIMP")
        page.locator("#hand-in-now").click()
        expect(page.locator("#waiting-hand-in")).to_be_visible()
        with page.expect_download() as coming:
            page.get_by_role("link", name="Download my answers").click()
        coming.value.save_as(tmp_path / "answers.json")
        end_in(site, attempt, seconds=-61)

        a_trainer_loads_it(browser, site, tmp_path / "answers.json")
        assert score(site, attempt) == [(1,)]

        # Weeks later the line is there: the device sends what it kept, and nothing changes.
        context.set_offline(False)
        page.wait_for_url("**/result/", timeout=30_000)
        assert score(site, attempt) == [(1,)]


def a_trainer_loads_it(browser: Browser, site: WholeSite, file: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        open_as(page, site, TRAINER, f"/desk/courses/{COURSE}/answers-file/")
        page.get_by_label("File of answers").set_input_files(file)
        page.get_by_role("button", name="Look what it would add").click()
        rows = page.locator("tbody tr")
        expect(rows.filter(has_text="single?")).to_contain_text("the same stands")
        expect(rows.filter(has_text="short_text?")).to_contain_text("kept for a decision")
        assert serious(page) == []
        page.get_by_role("button", name="Keep 1 answer for a decision").click()
        expect(page.locator("main")).to_contain_text("50\u202f% → 100\u202f%")
        page.get_by_role("button", name="Take it").click()
        expect(page.locator("main")).to_contain_text("No late answer waits")
