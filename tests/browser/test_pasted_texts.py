"""Text that is pasted and longer than its field takes: whole, named with its length, and not sent."""

from playwright.sync_api import Page, expect

from tests.support.pages.browser_learner import row, sign_up, start_roadmap


def paste(page: Page, selector: str, text: str) -> None:
    """Put a text into a field as the clipboard does, which obeys its maxlength."""
    page.locator(selector).focus()
    page.evaluate("text => document.execCommand('insertText', false, text)", text)


def test_pasted_text_is_whole_and_says_that_it_is_too_long(page: Page, url: str) -> None:
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    page.goto(f"{the_list}/milestones/{row(page).get_attribute('data-milestone')}")
    for field, text, sentence in (
        ("#note-text", "wort 🗺 " * 3_000, "This is too long: 20,999 characters. The limit is 20,000."),
        ("#title-new", "t" * 201, "This is too long: 201 characters. The limit is 200."),
        ("#text-new", "x" * 19_000, "19,000 of 20,000 characters"),
    ):
        paste(page, field, text)
        expect(page.locator(field)).to_have_value(text)
        expect(page.locator(f"{field}-length")).to_have_text(sentence)
    address = page.url
    page.click("#note button")
    assert page.url == address
    expect(page.locator("#note-text")).to_be_focused()
    page.fill("#note-text", "Short enough")
    expect(page.locator("#note-text-length")).to_have_text("")
    page.fill("#title-new", "")
    page.fill("#text-new", "")
    page.click("#note button")
    expect(page.locator(".toast")).to_contain_text("Note saved.")


def test_no_field_of_a_page_cuts_what_is_pasted(page: Page, url: str) -> None:
    page.goto(f"{url}/register")
    paste(page, "[name=name]", "Ada " * 40)
    expect(page.locator("#name-length")).to_have_text("This is too long: 159 characters. The limit is 100.")
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    milestone = f"{the_list}/milestones/{row(page).get_attribute('data-milestone')}"
    for address in (
        the_list,
        milestone,
        *(f"{url}{path}" for path in ("/settings", "/search", "/verify")),
    ):
        page.goto(address)
        expect(page.locator("#main h1")).to_be_visible()
        assert page.locator("[maxlength]").count() == 0
