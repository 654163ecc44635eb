"""The first minutes: from the start page to the first mark, by keyboard, without scripts and on a phone."""

import time

from playwright.sync_api import Browser, Page, expect

from tests.support.pages.browser_learner import PASSWORD, sign_up, sign_up_by_hand
from tests.support.pages.input_devices import Keyboard

HANDS = Keyboard()
LONGEST = 60


def test_from_the_start_page_to_the_first_mark_in_a_minute_by_keyboard(page: Page, url: str) -> None:
    began = time.monotonic()
    page.goto(url)
    HANDS.send(page, "main a[href='/register']")
    expect(page.locator("[name=name]")).to_be_focused()
    page.keyboard.type("Lena")
    HANDS.write(page, "[name=email]", "lena@example.org")
    HANDS.write(page, "[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    HANDS.send(page, "main a.button-main")
    HANDS.send(page, ".start-bar button")
    key = page.get_attribute("[data-hint]", "data-hint")
    first = page.locator(f"[data-list] [data-milestone={key}]")
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(first).to_have_attribute("data-status", "done")
    expect(page.locator("[data-hint]")).to_contain_text("That’s your first mark.")
    assert time.monotonic() - began < LONGEST


def test_without_scripts_the_way_is_the_same(browser: Browser, url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_up_by_hand(page, url)
        page.click("main a.button-main")
        page.click(".start-bar button")
        page.click(".hint a")
        page.click(".marks-four [value=done]")
        expect(page.locator(".flashed")).to_contain_text("” is done.")


def test_a_visitor_who_chose_a_roadmap_comes_back_to_it_and_may_dismiss_the_hint(
    page: Page, url: str
) -> None:
    page.goto(f"{url}/roadmaps/ml-engineer")
    page.click("main a.button-main")
    page.click("main a[href^='/register']")
    page.fill("[name=name]", "Lena")
    page.fill("[name=email]", "lena@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main form .button-main")
    expect(page).to_have_url(f"{url}/roadmaps/ml-engineer/enrollment")
    page.click(".start-bar button")
    page.click("[data-hint] button")
    expect(page.locator("[data-hint]")).to_have_count(0)
    expect(page.locator("#hint")).to_be_focused()
    page.reload()
    expect(page.locator("#main h1")).to_be_visible()
    expect(page.locator("[data-hint]")).to_have_count(0)


def test_on_a_phone_groups_fold_and_the_bar_says_what_is_chosen(page: Page, url: str) -> None:
    sign_up(page, url)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{url}/roadmaps/ml-engineer/enrollment")
    groups, before = page.locator(".choices"), page.inner_text("#sum")
    expect(groups.nth(0)).to_have_attribute("open", "")
    expect(groups.nth(1)).not_to_have_attribute("open", "")
    groups.nth(1).locator("> summary").click()
    groups.nth(1).locator("[name=pathways]").first.check()
    expect(groups.nth(1).locator("> summary")).to_contain_text("1 of 4 chosen")
    expect(page.locator("#sum")).not_to_have_text(before)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.reload()
    expect(page.locator(".choices:not([open])")).to_have_count(0)
