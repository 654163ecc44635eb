"""What was typed when the session had ended: it comes back after signing in."""

from playwright.sync_api import Page, expect

from tests.support.pages.browser_learner import PASSWORD, row, sign_up, start_roadmap

TYPED = "A thought of an hour,\nand a second line."


def begin_a_note(page: Page, url: str) -> None:
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    page.goto(f"{the_list}/milestones/{row(page).get_attribute('data-milestone')}")
    page.fill("#note-text", TYPED)


def sign_in_again(page: Page) -> None:
    page.fill("[name=email]", "lena@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main form .button-main")


def test_a_note_comes_back_after_signing_in_again(page: Page, url: str) -> None:
    begin_a_note(page, url)
    page.context.clear_cookies()
    page.click("#note button")
    expect(page.locator("main .notice")).to_contain_text("What you typed will be restored")
    sign_in_again(page)
    expect(page.locator("#note .notice")).to_be_in_viewport()
    expect(page.locator("#note-text")).to_have_value(TYPED)
    page.click("#note button")
    expect(page.locator(".toast")).to_contain_text("Note saved.")
    expect(page.locator("#note .notice")).to_have_count(0)


def test_what_was_saved_does_not_come_back(page: Page, url: str) -> None:
    begin_a_note(page, url)
    page.click("#note button")
    expect(page.locator(".toast")).to_contain_text("Note saved.")
    page.fill("#note-text", "")
    page.click("#note button")
    expect(page.locator("#history-part")).to_contain_text("Cleared the note")
    page.context.clear_cookies()
    page.reload()
    sign_in_again(page)
    expect(page.locator("#note-text")).to_have_value("")
