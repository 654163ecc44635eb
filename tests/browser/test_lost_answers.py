"""A change is sent and its answer is lost: the page asks what was recorded, and says that."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.fixtures.browsers import Watch
from tests.support.pages.browser_learner import row, sign_up, start_roadmap

UNKNOWN = "we don’t know whether your change was recorded."
RECORDED = "but your change was recorded."
NOT_RECORDED = "and your change wasn’t recorded. Try again."
Handler = Callable[[Route], None]


def cut_after(route: Route) -> None:
    """The server records it, and the connection ends before the answer."""
    route.fetch(max_redirects=0, max_retries=2)
    route.abort("connectionreset")


def time_out_after(route: Route) -> None:
    """The server records it, and a proxy gives up waiting."""
    route.fetch(max_redirects=0, max_retries=2)
    route.fulfill(status=504, body="<html><h1>Gateway Time-out</h1></html>")


def cover_after(route: Route) -> None:
    """The server records it, and a page of somebody else comes back, as in a hotel."""
    route.fetch(max_redirects=0, max_retries=2)
    route.fulfill(status=200, body="<html><p id='welcome'>Accept our terms</p></html>")


def refuse_before(route: Route) -> None:
    """A proxy finds no server."""
    route.fulfill(status=502, body="Bad Gateway")


@dataclass
class Learner:
    """Lena at a browser whose requests go wrong as `handlers` says, by the ends of their addresses."""

    page: Page
    handlers: dict[str, Handler] = field(default_factory=dict)

    def intercept(self, route: Route) -> None:
        path = route.request.url.partition("?")[0]
        handler = next((handler for end, handler in self.handlers.items() if path.endswith(end)), None)
        if handler:
            handler(route)
        else:
            route.continue_()

    def press(self, key: str, handler: Handler, sentence: str) -> None:
        """Press a key whose request goes wrong in this way, and read what the page says of it."""
        self.handlers = {"/progress": handler, "/undo": handler}
        self.page.keyboard.press(key)
        self.reads(sentence)
        self.handlers = {}

    def reads(self, sentence: str) -> None:
        """Read a toast and close it."""
        toasts = self.page.locator("#toasts")
        expect(toasts).to_contain_text(sentence, timeout=15_000)
        toasts.evaluate("toasts => toasts.replaceChildren()")


@pytest.fixture
def learner(page: Page, url: str, watch: Watch) -> Iterator[Learner]:
    """Lena with her list; browsers log each request that fails."""
    learner = Learner(page)
    # Before the first page: to one that is open it would come too late.
    page.route(re.compile("/enrollments/"), learner.intercept)
    sign_up(page, url)
    start_roadmap(page, url)
    yield learner
    watch.console[:] = [line for line in watch.console if "Failed to load resource" not in line]


def test_the_list_says_what_was_recorded_and_shows_it(learner: Learner, page: Page) -> None:
    first = row(page)
    first.locator("a").focus()
    for key, handler, sentence, status in (
        ("i", cut_after, RECORDED, "in_progress"),
        ("s", refuse_before, NOT_RECORDED, "in_progress"),
        ("d", cover_after, RECORDED, "done"),
    ):
        learner.press(key, handler, sentence)
        expect(first).to_have_attribute("data-status", status)
        expect(first.locator("a")).to_be_focused()
    page.keyboard.press("n")
    expect(first).to_have_attribute("data-status", "not_started")
    learner.press("u", time_out_after, RECORDED)
    expect(first).to_have_attribute("data-status", "done")
    learner.handlers = {"/known": time_out_after}
    page.get_by_role("button", name="I already know this").nth(3).click()
    learner.reads(RECORDED)
    assert page.locator("[data-list] [data-status=done]").count() > 1


def test_what_was_recorded_is_shown_in_spite_of_a_filter_and_when_the_server_answers_again(
    learner: Learner, page: Page
) -> None:
    a_server_that_is_away_leaves_it_unknown_until_it_answers(learner, page)
    a_filter_does_not_hide_what_was_recorded(learner, page)


def a_filter_does_not_hide_what_was_recorded(learner: Learner, page: Page) -> None:
    first = row(page)
    page.click("[data-filter][value=open]")
    first.locator("a").focus()
    learner.press("d", cut_after, RECORDED)
    expect(first).to_have_attribute("data-status", "done")


def a_server_that_is_away_leaves_it_unknown_until_it_answers(learner: Learner, page: Page) -> None:
    first = row(page)
    key = first.get_attribute("data-milestone")
    first.locator("a").focus()
    learner.handlers = {"/progress": cut_after, f"/{key}": refuse_before}
    page.keyboard.press("d")
    again = page.get_by_role("button", name="Check again")
    expect(again).to_be_visible(timeout=15_000)
    expect(page.locator("#toasts")).to_contain_text(UNKNOWN)
    expect(first).to_have_attribute("data-status", "not_started")
    learner.handlers = {}
    again.click()
    learner.reads(RECORDED)
    expect(first).to_have_attribute("data-status", "done")


def test_today_a_milestone_and_the_map_say_it_too(learner: Learner, page: Page, url: str) -> None:
    the_list, key = page.url, row(page).get_attribute("data-milestone")
    page.goto(f"{the_list}?view=map")
    station = page.locator(f"[data-map] [data-milestone={key}]")
    station.locator("a").focus()
    learner.press("i", time_out_after, RECORDED)
    expect(station).to_have_attribute("data-status", "in_progress")
    page.goto(f"{the_list}/milestones/{key}")
    page.fill("#note-text", "Half a sentence")
    page.locator("#note-text").blur()
    learner.press("s", refuse_before, NOT_RECORDED)
    learner.press("s", cut_after, RECORDED)
    expect(page.locator("#milestone-state")).to_have_attribute("data-status", "skipped")
    expect(page.locator("#note-text")).to_have_value("Half a sentence")
    page.fill("#note-text", "")
    page.goto(f"{url}/today")
    title = page.locator("[data-stop]").first.inner_text()
    page.keyboard.press("j")
    learner.press("d", time_out_after, RECORDED)
    expect(page.locator("[data-stop]").first).not_to_have_text(title)
