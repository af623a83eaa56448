"""Every kind of page in a real browser: nothing serious for axe, nothing cut off, one host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.crowd import rows
from tests.journeys.test_weight import KB, Line
from tests.journeys.whole import PASSWORD, WholeSite

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("pages")]

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


def looking(browser: Browser, staff: dict, kind: str, **how: str) -> BrowserContext:
    size = {"width": int(how.pop("width", DESK)), "height": HEIGHT}
    state = staff if kind in STAFF else None
    return browser.new_context(viewport=size, storage_state=state, **how)


def open_page(context: BrowserContext, site: WholeSite, path: str) -> tuple[Page, list[str]]:
    """The page, and what the browser complained about or fetched from elsewhere."""
    page, complaints = context.new_page(), []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: asked.url.startswith(site.address) or complaints.append(asked.url),
    )
    page.goto(f"{site.address}{path}")
    expected = "Failed to load resource: the server responded with a status of 40"
    return page, [text for text in complaints if not text.startswith(expected)]


def serious(page: Page) -> list[str]:
    # What is in order it would describe at length as well.
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
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
def test_a_page_is_whole_on_a_desk_and_on_the_smallest_phone(browser, staff, site, named, kind):
    with looking(browser, staff, kind) as context:
        page, complaints = open_page(context, site, KINDS[kind].format(**named))

        assert complaints == []
        assert page.locator("h1").count() == 1 or kind in STAFF
        assert serious(page) == []
        page.set_viewport_size({"width": SMALLEST, "height": HEIGHT})
        if not kind.startswith("admin"):
            assert cut_off(page) == []


@pytest.mark.parametrize(
    ("kind", "direction"), [("home", "ltr"), *((kind, "rtl") for kind in EIGHT)]
)
def test_a_page_is_whole_in_the_dark_and_in_either_direction(browser, staff, site, kind, direction):
    locale = "ar" if direction == "rtl" else "en"
    with looking(browser, staff, kind, locale=locale, color_scheme="dark") as context:
        page, complaints = open_page(context, site, KINDS[kind])

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


def test_a_page_is_whole_in_every_combination(browser, staff, site, named, matrix):
    kind, width, scheme, locale = matrix
    how = {"width": width, "color_scheme": scheme, "locale": locale}
    with looking(browser, staff, kind, **how) as context:
        page, complaints = open_page(context, site, KINDS[kind].format(**named))

        assert (complaints, serious(page)) == ([], [])
        assert kind.startswith("admin") or cut_off(page) == []


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_the_desk_keeps_to_its_budget(browser, staff, site, named, kind):
    path = KINDS[f"desk: {kind}"].format(**named)
    with looking(browser, staff, f"desk: {kind}") as context:
        page = context.new_page()
        line = Line(context, page)
        page.goto(f"{site.address}{path}", wait_until="networkidle")

        assert page.get_by_text("Learner ").count() >= LIST_ROWS or kind == "figures"
        weight = {address.removeprefix(site.address): n for address, n in line.bytes.items()}
        assert weight[path] <= LIST_HTML * KB, weight
        assert line.kb() <= LIST_FIRST, weight
        assert len(weight) <= LIST_REQUESTS, weight
