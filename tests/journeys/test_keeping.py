"""Modules kept on a device: they open without a line, for their person and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Route, expect

from tests.journeys.proxy import Line
from tests.journeys.test_people import sign_in
from tests.journeys.whole import WholeSite, until

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.xdist_group("learning")]

LEARNER, OTHER = "focal.mng@demo.example", "trainer@demo.example"
COURSE = "/courses/a6-202/"


@pytest.fixture
def line(site: WholeSite) -> Iterator[Line]:
    found = Line(site.address)
    yield found
    found.close()


def of(line: Line) -> str:
    """Service workers ask for a name that is known to be safe."""
    return line.url.replace("127.0.0.1", "localhost")


def come_in(page: Page, address: str, mail: str, then: str = COURSE) -> None:
    page.goto(f"{address}/account/sign-in/?next={then}")
    sign_in(page, mail)
    page.wait_for_url(f"{address}{then}")
    join = page.get_by_role("main").get_by_role("button", name=re.compile("Join|Come back"))
    if join.count():
        with page.expect_navigation():
            join.first.click()


def module(page: Page, number: int = 1) -> Locator:
    return page.locator("[data-keep]").nth(number)


def keep(part: Locator) -> None:
    """Press the button, see how far it got, and what is kept in the end."""
    part.evaluate(WATCH)
    part.get_by_role("button", name=re.compile("Keep on this device about [0-9]+ KB")).click()
    expect(part).to_contain_text(re.compile(r"Kept on this device · [0-9]+ KB"), timeout=20_000)
    assert "2 of 3 lessons" in part.evaluate("() => window.told.join()")


WATCH = """(part) => {
    window.told = [];
    const watcher = new MutationObserver(() => window.told.push(part.innerText));
    watcher.observe(part, { childList: true, subtree: true });
}"""


def shelves(page: Page) -> list[str]:
    return [name for name in page.evaluate("caches.keys()") if name.startswith("kept-")]


def entry(page: Page, key: str = "adjusting") -> dict | None:
    """What the device says of a module that it keeps."""
    return page.evaluate(ENTRY, f"/kept/a6-202/{key}")


ENTRY = """async (list) => {
    for (const name of await caches.keys()) {
        if (!name.startsWith("kept-")) continue;
        const found = await (await caches.open(name)).match(list);
        if (found) return found.json();
    }
    return null;
}"""


def test_a_kept_module_opens_without_a_line_and_what_was_read_arrives(browser: Browser, line: Line):
    with browser.new_context() as context:
        page = context.new_page()
        come_in(page, of(line), LEARNER)
        told = int(re.search(r"about (\d+) KB", module(page).inner_text())[1])  # type: ignore[index]
        keep(module(page))
        kept = entry(page)
        assert kept
        assert abs(kept["bytes"] / 1024 - told) < told / 4
        line.cut()
        page.reload()
        expect(page.get_by_text("No line: this is the copy that was kept")).to_be_visible()
        for address in [kept["address"], *kept["lessons"]]:
            page.goto(f"{of(line)}{address}")
            assert page.title().startswith(kept["title"]) or "A6-202" in page.title()
        page.get_by_role("button", name="I have read this").click()
        expect(page.locator("#tick")).to_contain_text("Kept on this device, will be counted")
        page.goto(f"{of(line)}/members/")
        expect(page.get_by_role("heading", level=1)).to_have_text("There is no line")
        page.get_by_role("link", name="A6-202", exact=False).click()
        row = page.locator(".outline li", has=page.locator(f'a[href="{kept["lessons"][-1]}"]'))
        expect(row).to_contain_text("kept on this device, will be counted")
        page.close()

        line.restore()
        page = context.new_page()
        page.goto(f"{of(line)}{COURSE}")
        expect(page.get_by_text("No line: this is the copy")).to_have_count(0)
        row = page.locator(".outline li", has=page.locator(f'a[href="{kept["lessons"][-1]}"]'))
        expect(row).to_have_class("is-done", timeout=15_000)
        page.reload()
        expect(row.locator("b")).to_have_text("done")
        line.hang()
        page.goto(f"{of(line)}{COURSE}")
        expect(page.get_by_text("No line: this is the copy that was kept")).to_be_visible()


def test_nothing_of_one_person_opens_for_the_next(browser: Browser, line: Line):
    with browser.new_context() as context:
        page = context.new_page()
        come_in(page, of(line), LEARNER)
        keep(module(page))
        lesson = module(page).get_attribute("data-lessons").split()[0]  # type: ignore[union-attr]
        context.clear_cookies(name="session")
        come_in(page, of(line), OTHER, then="/about/")
        line.cut()
        assert not opens(context, f"{of(line)}{lesson}")
        line.restore()
        page.goto(f"{of(line)}{lesson}")
        until(lambda: shelves(page) == [], seconds=10)

        come_in_again(page, context, of(line))
        keep(module(page))
        # The session ended meanwhile, and the page comes for a visitor.
        context.route(f"**{lesson}", lambda route: route.fulfill(body="For anybody"))
        page.goto(f"{of(line)}{lesson}")
        until(lambda: "here" not in {one["name"] for one in context.cookies()}, seconds=10)
        context.unroute_all(behavior="wait")
        line.cut()
        assert not opens(context, f"{of(line)}{lesson}")
        line.restore()
        page.goto(f"{of(line)}{COURSE}")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        assert shelves(page) == []
        line.cut()
        assert not opens(context, f"{of(line)}{COURSE}")


def test_what_is_kept_while_something_is_sent_stays_and_a_refusal_is_said(
    browser: Browser, site: WholeSite
):
    with browser.new_context() as context:
        page = context.new_page()
        come_in(page, site.address, LEARNER)
        lesson = module(page).get_attribute("data-lessons").split()[0]  # type: ignore[union-attr]
        page.goto(f"{site.address}{lesson}")
        assert page.evaluate(SEND_AND_KEEP, f"{lesson}place/") == [["kept meanwhile"], []]

        page.evaluate(KEEP_ONE, f"{lesson}place/")
        context.route("**/place/", lambda route: route.fulfill(status=404))
        page.goto(f"{site.address}{COURSE}")
        title = page.locator(f'.outline a[href="{lesson}"]').inner_text()
        said = f"Could not be counted: {title}. What was read without a line is not part of"
        expect(page.locator("#refused")).to_contain_text(said)
        expect(page.locator("#live")).to_contain_text(said)
        assert page.locator("#refused").is_visible()


TICKS = """
    const entries = performance.getEntriesByType("resource").map(({ name }) => name);
    const ticks = await import(entries.find((name) => /\\/ticks\\.[^/]*js$/.test(name)));
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
"""
KEEP_ONE = f"async (place) => {{ {TICKS} await ticks.keepTick({{ place, read: true }}); }}"
SEND_AND_KEEP = f"""async (place) => {{ {TICKS}
    const blocks = async () => (await ticks.waitingTicks()).map(({{ block }}) => block);
    const send = window.fetch;
    window.fetch = async (...asked) => {{
        window.fetch = send;
        await ticks.keepTick({{ place, block: "kept meanwhile" }});
        return new Response(null, {{ status: 204 }});
    }};
    await ticks.keepTick({{ place, block: "b-0" }});
    await ticks.sendTicks(token);
    const left = await blocks();
    await ticks.keepTick({{ place, block: "" }});
    await ticks.sendTicks(token);
    return [left, await blocks()];
}}"""


def opens(context: BrowserContext, address: str) -> bool:
    page = context.new_page()
    try:
        page.goto(address)
    except Error:
        return False
    finally:
        page.close()
    return True


def come_in_again(page: Page, context: BrowserContext, address: str) -> None:
    context.clear_cookies()
    come_in(page, address, LEARNER)


@pytest.mark.audit
def test_a_module_is_kept_whole_renewed_whole_or_not_at_all(browser: Browser, site: WholeSite):
    with browser.new_context() as context:
        page = context.new_page()
        come_in(page, site.address, LEARNER)
        part = module(page)
        context.route("**/single-year-targets/", lambda route: route.abort())
        part.get_by_role("button", name="Keep on this device").click()
        expect(part).to_contain_text("These did not come: Single-year targets. Nothing was kept.")
        assert shelves(page) == []
        context.unroute("**/single-year-targets/")
        with small_device(context, page, site.address):
            part.get_by_role("button", name="Try again").click()
            expect(part).to_contain_text("This device has no room for it. Nothing was kept.")
        assert entry(page) is None

        context.route("**/single-year-targets/", with_pictures)
        context.route("**/media/*", picture)
        part.get_by_role("button", name="Try again").click()
        expect(part).to_contain_text("pictures left out, above 2 MB: 1", timeout=20_000)
        kept = entry(page)
        assert kept
        assert kept["pictures"] == ["/media/small.png"]

        context.route(f"**{kept['lessons'][0]}", corrected)
        context.route(f"**{COURSE}", corrected)
        page.goto(f"{site.address}{kept['lessons'][0]}")
        until(lambda: (entry(page) or kept)["version"] == "corrected", seconds=20)
        page.goto(f"{site.address}{kept['address']}")
        part = page.locator("[data-keep]")
        context.unroute_all(behavior="wait")
        part.get_by_role("button", name="Remove").click()
        expect(part).to_contain_text("Removed from this device.")
        assert shelves(page) == []


class small_device:  # noqa: N801 - reads as what it does
    """A device on which the site may store nothing more."""

    def __init__(self, context: BrowserContext, page: Page, origin: str):
        self._session = context.new_cdp_session(page)
        self._origin = origin

    def __enter__(self) -> None:
        quota = {"origin": self._origin, "quotaSize": 1}
        self._session.send("Storage.overrideQuotaForOrigin", quota)

    def __exit__(self, *raised: object) -> None:
        self._session.send("Storage.overrideQuotaForOrigin", {"origin": self._origin})


def with_pictures(route: Route) -> None:
    answer = route.fetch()
    pictures = '<img src="/media/small.png" alt=""><img src="/media/large.png" alt="">'
    route.fulfill(response=answer, body=answer.text().replace("</article>", pictures))


def picture(route: Route) -> None:
    size = 3_000_000 if "large" in route.request.url else 10_000
    route.fulfill(status=200, content_type="image/png", body=b"0" * size)


def corrected(route: Route) -> None:
    """The same page after a correction, as far as a device can tell."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "keep-version": "corrected"})
