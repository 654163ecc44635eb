"""A theme that somebody chose."""

from playwright.sync_api import Page


def test_a_chosen_theme_holds_on_the_next_page(page: Page, url: str) -> None:
    page.goto(url)
    page.click(".person summary")
    with page.expect_response("**/theme"):
        page.click(".themes [value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.goto(f"{url}/help")
    assert page.get_attribute("html", "data-theme") == "dark"
