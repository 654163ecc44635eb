"""The tabs of a roadmap on a narrow page."""

from playwright.sync_api import Page, expect

from tests.support.pages.browser_learner import sign_up, start_roadmap


def test_on_a_narrow_page_the_current_tab_is_in_sight_and_the_page_does_not_scroll(
    page: Page, url: str
) -> None:
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    tabs = page.get_by_role("navigation", name="This roadmap")
    for width in (390, 240):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{the_list}/settings")
        expect(tabs.get_by_role("link", name="Settings")).to_be_in_viewport(ratio=1)
        assert tabs.evaluate("tabs => tabs.scrollWidth > tabs.clientWidth") is (width == 240)
    tabs.get_by_role("link", name="List").click()
    expect(tabs.get_by_role("link", name="List")).to_have_attribute("aria-current", "page")
    expect(page).to_have_url(the_list)
