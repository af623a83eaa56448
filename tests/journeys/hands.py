"""With what somebody works at a page: the mouse, or the keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

STOPS = 90


@dataclass
class Hand:
    """What somebody works with: goes to a part of a page, and does what is done there."""

    page: Page
    by: str
    code: str = ""

    def go(self, part: Locator, key: str = "Tab") -> None:
        """By keyboard from stop to stop, as often as it takes."""
        if self.by == "mouse":
            part.focus()
            return
        expect(part).to_be_visible()
        for _stop in range(STOPS):
            if part.evaluate("(one) => one === document.activeElement"):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the tab key does not come to {part}")

    def press(self, part: Locator) -> None:
        if self.by == "mouse":
            part.click()
            return
        self.go(part)
        self.page.keyboard.press("Enter")

    def sign(self, name: str) -> None:
        """A sign of the toolbar: one stop for the tab key, then the arrows."""
        found = self.page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)
        if self.by == "mouse":
            found.click()
            return
        stop = self.page.locator('.toolbar [tabindex="0"]')
        self.page.keyboard.press("Shift+Tab")
        expect(stop).to_be_focused()
        while not found.evaluate("(one) => one === document.activeElement"):
            self.page.keyboard.press("ArrowRight")
        self.page.keyboard.press("Enter")

    def write(self, part: Locator, text: str) -> None:
        self.go(part)
        self.page.keyboard.insert_text(text)

    def tick(self, box: Locator) -> None:
        if self.by == "mouse":
            box.check()
            return
        self.go(box)
        self.page.keyboard.press("Space")

    def leave(self, part: Locator) -> None:
        """Press what leads to another page, and skip what stands above its text."""
        with self.page.expect_navigation():
            self.press(part)
        skip = self.page.get_by_role("link", name="Skip to the text")
        if self.by == "keyboard" and "#" not in self.page.url:
            self.go(skip)
            self.page.keyboard.press("Enter")

    def link(self, name: str) -> None:
        self.leave(self.page.get_by_role("main").get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.leave(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))

    def field(self, label: str, text: str) -> None:
        self.write(self.page.get_by_role("main").get_by_label(label), text)
