"""The learner's loop at a real browser, from signing up to coming back, with scripts and without."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.fixtures.browsers import Watch
from tests.support.pages.browser_learner import PASSWORD, row, sign_up_by_hand, start_by_hand

LONG_AGO = "2020-02-29"
STATUSES = "rows => rows.map(row => [row.dataset.milestone, row.dataset.status])"
NOTE = "Read it twice; **the second time** it made sense."


@dataclass
class Walk:
    """One learner at one page; `the_list` is the address of her roadmap."""

    page: Page
    url: str
    has_scripts: bool
    the_list: str = ""

    def go(self, path: str = "") -> None:
        """Open a page below the list."""
        self.page.goto(self.the_list + path)

    def press(self, name: str, within: str = "main") -> None:
        self.page.locator(within).get_by_role("button", name=name).first.click()

    def milestone(self, key: str) -> Locator:
        return self.page.locator(f"[data-list] [data-milestone={key}]")

    def on_record(self) -> dict[str, str | None]:
        """What the list says: both numbers, and the status of every milestone."""
        self.go()
        numbers = self.page.locator("#numbers")
        found = {each: numbers.get_attribute(each) for each in ("data-claimed", "data-verified")}
        return found | dict(self.page.locator("[data-list] [data-milestone]").evaluate_all(STATUSES))


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def walk(browser: Browser, watch: Watch, url: str, request: pytest.FixtureRequest) -> Iterator[Walk]:
    with browser.new_context(java_script_enabled=request.param, reduced_motion="reduce") as context:
        context.set_default_timeout(10_000)
        watch.on(context)
        yield Walk(context.new_page(), url, request.param)


def test_a_learner_walks_the_whole_loop_and_finds_everything_again(walk: Walk) -> None:
    sign_up_by_hand(walk.page, walk.url)
    walk.the_list = start_by_hand(walk.page, walk.url)
    first = marks_and_takes_back(walk)
    marks_the_next_one_as_in_progress(walk)
    backdates_with_a_reason(walk, first)
    writes_a_note_and_shows_evidence(walk, first)
    knows_a_skill_and_takes_it_back(walk)
    previews_other_pathways(walk)
    finds_what_to_revisit_on_today(walk, first)
    before = walk.on_record()
    signs_out_and_in_again(walk)
    assert walk.on_record() == before
    walk.go(f"/milestones/{first}")
    expect(walk.page.locator("[name=note]")).to_have_value(NOTE)


def marks_and_takes_back(walk: Walk) -> str:
    """Mark the first milestone by a click, undo it, mark it again; its key."""
    walk.go()
    first = row(walk.page)
    key = first.get_attribute("data-milestone") or ""
    first.locator(".mark").click()
    expect(walk.milestone(key)).to_have_attribute("data-status", "done")
    walk.press("Undo", within=".toast")
    # Seen before the page is left: a script's request under way would end with it.
    expect(walk.milestone(key)).to_have_attribute("data-status", "not_started")
    # Without scripts a page comes, at the place of the mark.
    assert walk.has_scripts or "#s-" in walk.page.url
    walk.page.goto(walk.the_list)
    expect(walk.milestone(key)).to_have_attribute("data-status", "not_started")
    walk.milestone(key).locator(".mark").click()
    expect(walk.milestone(key)).to_have_attribute("data-status", "done")
    return key


def marks_the_next_one_as_in_progress(walk: Walk) -> None:
    """By key on the list, or by button on the milestone's page."""
    walk.go()
    key = row(walk.page).get_attribute("data-milestone") or ""
    if walk.has_scripts:
        walk.milestone(key).locator("a").focus()
        walk.page.keyboard.press("i")
    else:
        walk.go(f"/milestones/{key}")
        walk.press("In progress")
        walk.go()
    expect(walk.milestone(key)).to_have_attribute("data-status", "in_progress")


def backdates_with_a_reason(walk: Walk, key: str) -> None:
    walk.go(f"/milestones/{key}")
    walk.page.get_by_text("Change date or add a reason").click()
    walk.page.fill("[name=occurred_on]", LONG_AGO)
    walk.page.fill("[name=reason]", "At my first job")
    walk.page.click("#milestone-state [value=done]")
    milestone_state = walk.page.locator("#milestone-state")
    expect(milestone_state).to_contain_text("29 February 2020")
    expect(milestone_state).to_contain_text("“At my first job”")


def writes_a_note_and_shows_evidence(walk: Walk, key: str) -> None:
    walk.go(f"/milestones/{key}")
    walk.page.fill("[name=note]", NOTE)
    walk.press("Save note")
    expect(walk.page.locator(".toast")).to_contain_text("Note saved.")
    walk.page.fill("#title-new", "A notebook")
    walk.page.fill("#url-new", "https://example.org/notebook")
    walk.press("Add", within="#evidence")
    expect(walk.page.get_by_role("link", name="A notebook")).to_be_visible()


def knows_a_skill_and_takes_it_back(walk: Walk) -> None:
    before = walk.on_record()
    walk.press("I already know this")
    expect(walk.page.locator(".toast")).to_contain_text("Marked as already known")
    assert walk.on_record() != before
    walk.go("/history")
    expect(walk.page.locator("[data-event]").first).to_contain_text("already known")
    walk.page.locator("[data-event]").first.get_by_role("button").click()
    expect(walk.page.locator("[data-event]").first).to_contain_text("(undo)")
    assert walk.on_record() == before


def previews_other_pathways(walk: Walk) -> None:
    walk.go("/settings")
    was = walk.page.locator("#preview").inner_text()
    walk.page.locator("[name=pathways]:not(:checked)").first.check()
    walk.press("Preview the numbers")
    expect(walk.page.locator("#preview")).to_contain_text("Nothing is saved yet.")
    walk.go("/settings")
    expect(walk.page.locator("#preview")).to_have_text(was, use_inner_text=True)


def finds_what_to_revisit_on_today(walk: Walk, key: str) -> None:
    walk.go(f"/milestones/{key}")
    soon = datetime.now(UTC).date() + timedelta(days=1)
    title = walk.page.inner_text("h1")
    walk.page.get_by_text("Revisit later").click()
    walk.page.fill("[name=revisit_on]", soon.isoformat())
    walk.press("Set date")
    expect(walk.page.locator(".toast")).to_contain_text("Revisit date set.")
    walk.page.goto(f"{walk.url}/today")
    expect(walk.page.get_by_role("link", name=title)).to_be_visible()


def signs_out_and_in_again(walk: Walk) -> None:
    walk.page.click(".person summary")
    walk.page.click("form[action='/logout'] button")
    walk.page.goto(walk.the_list)
    expect(walk.page).to_have_url(f"{walk.url}/login?next={walk.the_list.removeprefix(walk.url)}")
    walk.page.fill("[name=email]", "lena@example.org")
    walk.page.fill("[name=password]", PASSWORD)
    walk.press("Sign in")
    expect(walk.page).to_have_url(walk.the_list)
