"""The toast after a mark, on a phone, and what a page says of the form that led to it."""

from playwright.sync_api import Locator, Page, expect

from tests.support.pages.browser_learner import sign_up, start_roadmap

BOTTOM = "each => each.getBoundingClientRect().bottom"
TOP = "each => each.getBoundingClientRect().top"


def test_rows_of_the_list_stay_clear_of_it(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_up(page, url)
    start_roadmap(page, url)
    rows = page.locator("[data-list] [data-milestone]:visible")
    the_row_that_was_marked_and_the_next_stay_clear(page, rows, 0)
    the_last_row_can_be_scrolled_clear(page, rows)
    page.locator("#toasts").get_by_role("button", name="Close this message").click()
    the_row_that_was_marked_and_the_next_stay_clear(page, rows, rows.count() - 1)


def the_row_that_was_marked_and_the_next_stay_clear(page: Page, rows: Locator, index: int) -> None:
    row = rows.nth(index)
    # As low as the bar at the foot allows, so that a toast would be in front of it.
    row.evaluate("row => scrollBy(0, row.getBoundingClientRect().bottom - innerHeight + 60)")
    box = row.locator(".mark").bounding_box()
    assert box
    page.mouse.click(box["x"] + 8, box["y"] + 8)
    toast = page.locator("#toasts .toast")
    expect(toast).to_contain_text(f"“{row.locator('a').inner_text()}” is done.")
    expect(page.locator("#live")).to_contain_text("Done. Claimed")
    for each in rows.all()[index : index + 2]:
        assert each.evaluate(BOTTOM) <= toast.evaluate(TOP)
    assert toast.evaluate(BOTTOM) <= page.locator(".bar-below").evaluate(TOP)


def test_on_the_map_the_panel_and_the_station_stay_clear_of_it(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_up(page, url)
    page.goto(f"{start_roadmap(page, url)}?view=map")
    page.locator("[data-map] [data-milestone] > a").first.click()
    panel, toast = page.locator("#map-panel"), page.locator("#toasts .toast")
    panel.get_by_role("button", name="Done").click()
    expect(toast).to_contain_text("is done.")
    expect(panel).to_have_attribute("data-status", "done")
    assert panel.locator(".marks-four").evaluate(BOTTOM) <= toast.evaluate(TOP)
    panel.evaluate("panel => panel.scrollTo(0, panel.scrollHeight)")
    assert panel.locator("a.button").evaluate(BOTTOM) <= toast.evaluate(TOP)


def the_last_row_can_be_scrolled_clear(page: Page, rows: Locator) -> None:
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert rows.last.evaluate(BOTTOM) <= page.locator("#toasts .toast").evaluate(TOP)


def test_what_led_to_a_page_is_said_above_it_and_covers_nothing(page: Page, url: str) -> None:
    sign_up(page, url)
    start_roadmap(page, url)
    said = page.locator(".flashed .toast")
    expect(said).to_contain_text("started this roadmap")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert said.evaluate(BOTTOM) <= page.locator("main").evaluate(TOP)
    said.get_by_role("button", name="Close this message").click()
    expect(said).to_have_count(0)


def test_it_floats_where_the_address_leads_further_down(page: Page, url: str) -> None:
    sign_up(page, url)
    page.goto(f"{start_roadmap(page, url)}/milestones/write-tested-python")
    page.fill("#title-new", "Notebook")
    page.fill("#text-new", "What I did")
    with page.expect_navigation():
        page.click("#evidence form .button >> nth=-1")
    assert page.url.endswith("#evidence")
    expect(page.locator(".flashed .toast")).to_be_in_viewport(ratio=1)
