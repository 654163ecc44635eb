"""Lena shares at a real browser; somebody without an account reads, with and without scripts."""

from playwright.sync_api import Browser, Page, expect

from tests.support.pages.browser_learner import sign_up, start_roadmap


def share(page: Page, the_list: str) -> str:
    """Make a link by the form; its address."""
    page.goto(the_list)
    page.get_by_role("link", name="Share").click()
    page.get_by_role("button", name="Create link").click()
    expect(page.locator(".toast")).to_contain_text("Link created.")
    return page.get_by_label("Link", exact=True).input_value()


def test_a_link_is_copied_and_read_by_somebody_else(page: Page, browser: Browser, url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_up(page, url)
    address = share(page, start_roadmap(page, url))
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#toasts")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == address
    with browser.new_context(java_script_enabled=False) as context:
        other = context.new_page()
        other.goto(address)
        expect(other.locator("h1")).to_have_text("Lena")
        expect(other.locator(".shared-notice")).to_contain_text("Live.")
        with other.expect_download() as file:
            other.get_by_role("link", name="CSV").click()
    assert file.value.suggested_filename.endswith(".csv")
    page.reload()
    expect(page.locator("#main")).to_contain_text("Opened 2 times")


def test_a_link_is_made_and_revoked_without_scripts(browser: Browser, url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_up(page, url)
        address = share(page, start_roadmap(page, url))
        page.locator(".share summary", has_text="Revoke").click()
        page.get_by_role("button", name="Revoke this link").click()
        expect(page.locator("#main")).to_contain_text("1 expired or revoked link")
        page.goto(address)
        expect(page.locator("h1")).to_have_text("Page not found")


def test_a_phone_shows_what_the_numbers_of_a_report_are_made_of(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_up(page, url)
    page.goto(share(page, start_roadmap(page, url)))
    expect(page.locator(".strip .note")).to_have_text(["0 of 68 milestones", "none yet"])
    for each in page.locator(".strip .note").all():
        expect(each).to_be_visible()


def test_evidence_keeps_its_lines_in_a_report(page: Page, url: str) -> None:
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    page.goto(f"{the_list}/milestones/write-tested-python")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#main")).to_contain_text("Done on")
    page.get_by_label("Title", exact=True).fill("Notes")
    page.get_by_label("Text", exact=True).fill("- tests\n- types")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#evidence")).to_contain_text("types")
    page.goto(f"{the_list}/report")
    assert page.locator(".proof p").last.inner_text() == "- tests\n- types"
