"""From signing up to the first mark on a roadmap of one's own, pasted as a list of sixty lines."""

import time

from playwright.sync_api import Browser, Page, expect

from tests.support.pages.browser_learner import sign_up

LONGEST = 60
MOST_CLICKS = 10
COUNTER = (
    "addEventListener('click', () => sessionStorage.setItem('n', 1 + +sessionStorage.getItem('n')), true)"
)


def list_of_sixty_lines() -> str:
    """Six headings, one line of prose each, and eight steps below each; every seventh is done."""
    lines = ["# Keeping bees"]
    for part in range(6):
        lines += [f"## Part {part + 1}", f"What part {part + 1} is about."]
        lines += [
            f"- [{'x' if step % 7 == 0 else ' '}] Do step {part}.{step} of the list" for step in range(8)
        ]
    assert len(lines) == 61
    return "\n".join(lines)


def walk(page: Page, url: str) -> None:
    """Paste, look over, publish, start, and mark the next milestone."""
    page.goto(f"{url}/today")
    page.click("main a[href='/roadmaps/new']")
    page.fill("[name=text]", list_of_sixty_lines())
    page.click("main form button.button-main >> nth=0")
    expect(page.locator("h1")).to_have_text("Keeping bees")
    expect(page.locator(".facts")).to_contain_text("48 milestones")
    page.click("main form button.button-main >> nth=0")
    page.click("main .head a.button-main")
    page.click("main form button.button-main")
    page.click(".start-bar button")
    expect(page.locator("[data-milestone][data-status=done]")).to_have_count(12)


def test_a_pasted_list_is_followed_in_ten_clicks(page: Page, url: str) -> None:
    began = time.monotonic()
    page.add_init_script(COUNTER)
    sign_up(page, url)
    walk(page, url)
    row = page.locator("[data-list] [data-milestone][data-status=not_started]").first
    key = row.get_attribute("data-milestone")
    row.locator("button[value=done]").first.click()
    expect(page.locator(f"[data-list] [data-milestone='{key}']")).to_have_attribute("data-status", "done")
    assert int(page.evaluate("sessionStorage.n")) <= MOST_CLICKS
    assert time.monotonic() - began < LONGEST


def test_without_scripts_and_on_a_phone_the_way_is_the_same(browser: Browser, url: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        sign_up(page, url)
        walk(page, url)
        page.goto(f"{url}/roadmaps")
        top, bottom = "e => e.getBoundingClientRect().top", "e => e.getBoundingClientRect().bottom"
        gap = page.locator(".catalogue").evaluate(top) - page.locator("main .find").evaluate(bottom)
        assert gap >= 16, "the search form touches the roadmaps"
