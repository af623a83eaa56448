"""Every kind of page in a real browser: nothing serious for axe, nothing cut off, one host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Browser, Page

from tests.journeys.crowd import rows
from tests.journeys.test_weight import KB, Line
from tests.journeys.whole import PASSWORD, WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("people")]

PUBLIC = {
    "home": "/",
    "directory": "/members/",
    "directory, nothing found": "/members/?q=atlantis",
    "country": "/members/countries/vnm/",
    "country outside the register": "/members/countries/and/",
    "institution": "/members/institutions/iges/",
    "register": "/agreements/?host=vnm",
    "register, nothing found": "/agreements/?as_of=2012-12-31",
    "agreement": "/agreements/jpn-vnm/",
    "network": "/agreements/network/",
    "cases": "/case-studies/",
    "case with bars": "/case-studies/transformers-viet-nam-lao-pdr/",
    "case with a ring": "/case-studies/solar-farm-monnaran-mongolia/",
    "glossary": "/glossary/",
    "catalogue": "/courses/",
    "catalogue, nothing found": "/courses/?level=advanced&area=rules-and-ndc",
    "learning path": "/courses/paths/new-official/",
    "course": "/courses/a6-202/",
    "lesson": "/courses/a6-202/single-year-targets/",
    "module": "/courses/a6-202/modules/adjusting/",
    "search": "/search/?q=transformer",
    "search, nothing found": "/search/?q=zzyzx",
    "library": "/library/",
    "library, nothing found": "/library/?q=zzyzx",
    "news": "/news/",
    "figure": "/figures/agreements-by-acquiring-party/",
    "about": "/about/",
    "policy": "/policies/privacy/",
    "API documentation": "/api/docs/",
    "sign-in": "/account/sign-in/",
    "sign-up on the way to a course": "/account/sign-up/?next=/courses/a6-202/",
    "a code nobody asked for": "/account/code/",
    "not found": "/members/countries/xyz/",
    "not understood": "/agreements/?as_of=2022-13-40",
}
STAFF = {
    "my courses": "/courses/mine/",
    "my account": "/account/",
    "desk": "/desk/",
    "jobs": "/desk/jobs/",
    "to confirm": "/desk/to-confirm/",
    "my work": "/account/work/",
    "desk: library": "/desk/library/",
    "desk: feeds": "/desk/feeds/",
    "desk: news": "/desk/feeds/queue/",
    "desk: links": "/desk/links/",
    "desk: words of the search": "/desk/search/",
    "desk: case studies": "/desk/case-studies/",
    "desk: a new case study": "/desk/case-studies/new/",
    "desk: guide": "/desk/courses/guide/first-course/",
    "desk: all questions": "/desk/questions/",
    "desk: courses": "/desk/courses/",
    "desk: course": "/desk/courses/a6-204/",
    "desk: pictures": "/desk/courses/a6-204/pictures/",
    "desk: learners": "/desk/courses/a6-204/learners/",
    "desk: learners, nobody": "/desk/courses/a6-204/learners/?q=zzyzx",
    "desk: learner": "/desk/courses/a6-204/learners/{learner}/",
    "desk: figures": "/desk/courses/a6-204/quizzes/{quiz}/?attempts=all",
    "desk: grading again": "/desk/courses/a6-204/quizzes/{quiz}/regrade/",
    "desk: requests": "/desk/courses/a6-204/requests/",
    "desk: late answers": "/desk/courses/a6-204/late/",
    "desk: more for a few": "/desk/courses/a6-204/allowances/?learner={learner}",
    "desk: certificate": "/desk/courses/a6-204/certificates/{certificate}/",
    "desk: completion": "/desk/completion/",
    "desk: people": "/desk/people/",
    "desk: person": "/desk/people/{learner}/",
    "desk: merge": "/desk/people/{learner}/merge/?other=official.vnm@demo.example",
    "desk: roll": "/desk/members/countries/",
    "desk: mails": "/desk/mail/",
    "desk: log": "/desk/log/",
    "my data": "/account/data/",
    "my tokens": "/account/tokens/",
    "sign-out": "/account/sign-out/",
    "admin": "/admin/",
    "admin list": "/admin/partnership/agreement/",
    "admin form": "/admin/partnership/country/VNM/change/",
}
# These eight stand for all of them in the dark and from right to left, both at once but for the
# first: colours have no direction. `make audit` takes all pages in each.
EIGHT = (
    "home",
    "directory",
    "country",
    "register",
    "agreement",
    "case with bars",
    "search",
    "sign-in",
)
# To measure colours takes longer than all other rules together: of pages in the light a few more,
# which hold every piece that has colours of its own. `make audit` takes all pages.
OF_COLOURS = ("color-contrast", "link-in-text-block")
COLOURED = (*EIGHT, "lesson", "desk", "jobs", "library", "figure", "network", "desk: figures")
KINDS = {**PUBLIC, **STAFF}
# Each has sixty rows and shows the first fifty. KB of HTML, KB in all, requests.
LISTS = ("learners", "figures", "requests", "late answers", "more for a few", "completion")
LIST_ROWS, LIST_HTML, LIST_FIRST, LIST_REQUESTS = 50, 30, 130, 10
DESK, TABLET, PHONE, SMALLEST = 1280, 768, 360, 320
HEIGHT = 900


@pytest.fixture(scope="module")
def staff(browser: Browser, site: WholeSite) -> Iterator[dict]:
    """The cookies of a signed-in administrator."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.address}/account/sign-in/?next=/desk/")
    page.get_by_label("Mail address").fill("admin@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")
    yield context.storage_state()
    context.close()


@pytest.fixture(scope="module")
def named(site: WholeSite) -> dict[str, str]:
    """What addresses of the desk name: of a course that has learners."""
    return rows(site, "desk", "admin@demo.example")


class Windows:
    """One window for each way of looking, and one page after the other in it.

    To open a window costs a second of the processor, a page in it a fifth of that.
    """

    def __init__(self, browser: Browser, staff: dict, address: str) -> None:
        self.browser, self.staff, self.address = browser, staff, address
        self.opened: dict[tuple, tuple[Page, list[str]]] = {}

    def show(self, kind: str, path: str, width: int = DESK, **how: str) -> tuple[Page, list[str]]:
        """The page, and what the browser complained about or fetched from elsewhere."""
        state = self.staff if kind in STAFF else None
        page, complaints = self._window((kind in STAFF, *how.items()), storage_state=state, **how)
        # The page before this one would be laid out anew for the other width, and nobody looks.
        page.evaluate("document.documentElement.style.display = 'none'")
        complaints.clear()
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto(f"{self.address}{path}")
        expected = "Failed to load resource: the server responded with a status of 40"
        return page, [text for text in complaints if not text.startswith(expected)]

    def _window(self, key: tuple, **how: Any) -> tuple[Page, list[str]]:
        if key not in self.opened:
            page, complaints = self.browser.new_context(**how).new_page(), []
            # The browser has it then, half a megabyte, and is not sent it for each page.
            page.add_init_script(AXE)
            page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on(
                "request",
                lambda asked: asked.url.startswith(self.address) or complaints.append(asked.url),
            )
            self.opened[key] = page, complaints
        return self.opened[key]

    def close(self) -> None:
        for page, _complaints in self.opened.values():
            page.context.close()


@pytest.fixture(scope="module")
def windows(browser: Browser, staff: dict, site: WholeSite) -> Iterator[Windows]:
    windows = Windows(browser, staff, site.address)
    yield windows
    windows.close()


def serious(page: Page, *, colours: bool = True) -> list[str]:
    rules = {"region": {"enabled": False}, **{name: {"enabled": colours} for name in OF_COLOURS}}
    # What is in order it would describe at length as well; to be outside a region is never serious.
    options = {"resultTypes": ["violations"], "rules": rules}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


STICKS_OUT = """() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const scrolls = (part) => part && (
        /auto|scroll|hidden/.test(getComputedStyle(part).overflowX) || scrolls(part.parentElement));
    const out = (part) => part.getBoundingClientRect().right > innerWidth + 1
        || part.getBoundingClientRect().left < -1;
    const found = [...document.body.querySelectorAll("*")]
        .filter((part) => out(part) && !scrolls(part.parentElement));
    return ["the page is too wide", ...found.map((part) => part.outerHTML.slice(0, 120))];
}"""


def cut_off(page: Page) -> list[str]:
    """What sticks out of the window sideways, but for regions that scroll by themselves."""
    return page.evaluate(STICKS_OUT)[:6]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_on_a_desk_a_tablet_and_the_smallest_phone(windows, named, kind):
    page, complaints = windows.show(kind, KINDS[kind].format(**named))

    assert complaints == []
    assert page.locator("h1").count() == 1 or kind in STAFF
    assert serious(page, colours=kind in COLOURED) == []
    for width in (TABLET, SMALLEST):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert kind.startswith("admin") or cut_off(page) == []


@pytest.mark.parametrize(
    ("kind", "direction"), [("home", "ltr"), *((kind, "rtl") for kind in EIGHT)]
)
def test_a_page_is_whole_in_the_dark_and_in_either_direction(windows, kind, direction):
    locale = "ar" if direction == "rtl" else "en"
    page, complaints = windows.show(kind, KINDS[kind], locale=locale, color_scheme="dark")

    assert complaints == []
    assert page.locator("html").get_attribute("dir") == direction
    assert serious(page) == []
    page.set_viewport_size({"width": SMALLEST, "height": HEIGHT})
    assert cut_off(page) == []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The whole matrix only when it is asked for."""
    if "matrix" not in metafunc.fixturenames:
        return
    every = [
        (kind, width, scheme, locale)
        for kind in KINDS
        for width in (DESK, TABLET, PHONE)
        for scheme in ("light", "dark")
        for locale in ("en", "ar")
    ]
    asked = metafunc.config.getoption("whole_matrix")
    few = [("home", TABLET, "light", "en"), ("jobs", TABLET, "dark", "ar")]
    metafunc.parametrize("matrix", every if asked else few, ids=str)


def test_a_page_is_whole_in_every_combination(windows, named, matrix):
    kind, width, scheme, locale = matrix
    path = KINDS[kind].format(**named)
    page, complaints = windows.show(kind, path, width, color_scheme=scheme, locale=locale)

    assert (complaints, serious(page)) == ([], [])
    assert kind.startswith("admin") or cut_off(page) == []


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_the_desk_keeps_to_its_budget(browser, staff, site, named, kind):
    path = KINDS[f"desk: {kind}"].format(**named)
    with browser.new_context(storage_state=staff) as context:
        page = context.new_page()
        line = Line(context, page)
        page.goto(f"{site.address}{path}", wait_until="networkidle")

        assert page.get_by_text("Learner ").count() >= LIST_ROWS or kind == "figures"
        weight = {address.removeprefix(site.address): n for address, n in line.bytes.items()}
        assert weight[path] <= LIST_HTML * KB, weight
        assert line.kb() <= LIST_FIRST, weight
        assert len(weight) <= LIST_REQUESTS, weight
