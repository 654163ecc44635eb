"""The panel of a station: by mouse and keyboard, on a desk and on a phone, after a mark, by its address."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.pages.accessibility import violations
from tests.support.pages.browser_learner import sign_up, start_roadmap

KEY, OTHER = "write-tested-python", "query-with-sql"
BOX = (
    "each => { const box = each.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom] }"
)


@pytest.fixture
def on_map(page: Page, url: str) -> Page:
    """Lena at the map of the built-in roadmap."""
    sign_up(page, url)
    page.goto(f"{start_roadmap(page, url)}?view=map")
    return page


def test_it_opens_by_key_takes_marks_and_has_an_address(on_map: Page) -> None:
    enter_opens_it_and_escape_gives_the_focus_back(on_map)
    a_mark_in_it_changes_station_numbers_and_panel(on_map)
    its_address_opens_it_and_another_station_takes_its_place(on_map)


def enter_opens_it_and_escape_gives_the_focus_back(on_map: Page) -> None:
    link, panel = on_map.locator(f"[data-map] [data-milestone={KEY}] > a"), on_map.locator("#map-panel")
    link.focus()
    on_map.keyboard.press("Enter")
    expect(panel).to_be_focused()
    named = on_map.get_by_role("dialog", name="Write a small Python package with tests")
    expect(named).to_have_count(1)
    assert on_map.url.endswith(f"#milestone={KEY}")
    assert violations(on_map) == []
    on_map.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(link).to_be_focused()
    assert on_map.url.endswith("?view=map")
    on_map.keyboard.press("ArrowRight")
    expect(link).not_to_be_focused()


def a_mark_in_it_changes_station_numbers_and_panel(on_map: Page) -> None:
    station, panel = on_map.locator(f"[data-map] [data-milestone={KEY}]"), on_map.locator("#map-panel")
    before = on_map.get_attribute("#numbers", "data-claimed")
    station.locator("a").click()
    panel.get_by_role("button", name="Done").click()
    expect(station).to_have_attribute("data-status", "done")
    expect(panel).to_have_attribute("data-status", "done")
    expect(panel.get_by_role("button", name="Done")).to_be_focused()
    assert on_map.get_attribute("#numbers", "data-claimed") != before
    on_map.click("#toasts form button")
    for part in (station, panel):
        expect(part).to_have_attribute("data-status", "not_started")
    panel.get_by_role("button", name="Already knew it").click()
    expect(panel).to_contain_text("Already known")
    on_map.keyboard.press("s")
    expect(panel).to_have_attribute("data-status", "skipped")


def its_address_opens_it_and_another_station_takes_its_place(on_map: Page) -> None:
    on_map.goto(f"{on_map.url.partition('#')[0]}#milestone={OTHER}")
    on_map.reload()
    panel = on_map.locator("#map-panel")
    expect(panel).to_have_attribute("data-milestone", OTHER)
    on_map.locator(f"[data-map] [data-milestone={KEY}] > a").click()
    expect(panel).to_have_attribute("data-milestone", KEY)
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)


def test_it_leaves_its_station_in_sight_on_a_phone_and_on_a_desk(on_map: Page) -> None:
    for width in (390, 1280):
        leaves_its_station_in_sight(on_map, width)


def leaves_its_station_in_sight(on_map: Page, width: int) -> None:
    on_map.set_viewport_size({"width": width, "height": 844})
    on_map.reload()
    map_width = on_map.locator("[data-map]").bounding_box()["width"]
    for key in (KEY, on_map.locator("[data-map] [data-milestone]").last.get_attribute("data-milestone")):
        station = on_map.locator(f"[data-map] [data-milestone={key}]")
        station.locator("a").click()
        panel = on_map.locator("#map-panel")
        expect(panel).to_have_attribute("data-milestone", str(key))
        left, top, right, bottom = station.evaluate(BOX)
        panel_left, panel_top, _, _ = panel.evaluate(BOX)
        assert min(left, top) >= 0
        assert right <= panel_left or bottom <= panel_top
        panel.get_by_role("button", name="Close").click()
    assert on_map.locator("[data-map]").bounding_box()["width"] == map_width


def test_a_visitor_finds_it_on_the_page_of_a_roadmap(page: Page, url: str) -> None:
    page.goto(f"{url}/roadmaps/ml-engineer?view=map")
    page.locator(f"[data-map] [data-milestone={KEY}] > a").click()
    panel = page.locator("#map-panel")
    expect(panel).to_contain_text("Done when")
    expect(panel.locator("form")).to_have_count(0)
    panel.get_by_role("link", name="Open milestone").click()
    expect(page).to_have_url(f"{url}/roadmaps/ml-engineer/milestones/{KEY}")
