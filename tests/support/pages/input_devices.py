"""Two ways to use a page: with a mouse, and with nothing but the keyboard."""

from typing import Protocol

from playwright.sync_api import Page

MOST_TABS = 150


class InputDevice(Protocol):
    """What a person does on a page, whichever way; `send` also waits for the page that follows."""

    def press(self, page: Page, selector: str) -> None: ...
    def write(self, page: Page, selector: str, text: str) -> None: ...
    def send(self, page: Page, selector: str) -> None: ...


class Mouse:
    """Clicks."""

    def press(self, page: Page, selector: str) -> None:
        page.locator(selector).first.click()

    def write(self, page: Page, selector: str, text: str) -> None:
        page.locator(selector).first.fill(text)

    def send(self, page: Page, selector: str) -> None:
        with page.expect_navigation():
            self.press(page, selector)


class Keyboard:
    """Goes everywhere with the tab key."""

    def press(self, page: Page, selector: str) -> None:
        tab_to(page, selector)
        page.keyboard.press("Enter")

    def write(self, page: Page, selector: str, text: str) -> None:
        tab_to(page, selector)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)

    def send(self, page: Page, selector: str) -> None:
        with page.expect_navigation():
            self.press(page, selector)


def tab_to(page: Page, selector: str) -> None:
    """Press the tab key until this element has the focus; fails where it never gets it."""
    wanted = page.locator(selector).first
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tab key does not reach {selector}")
