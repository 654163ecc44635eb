"""The map as people use it: arrow keys, marks by key, size, light, panning, and without scripts."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.pages.browser_learner import sign_up, start_roadmap

VIEW_BOXES = "all => all.map(each => each.getAttribute('viewBox'))"


@pytest.fixture
def on_map(page: Page, url: str) -> Page:
    """Lena at the map of the built-in roadmap."""
    sign_up(page, url)
    page.goto(f"{start_roadmap(page, url)}?view=map")
    return page


def station(page: Page, key: str) -> Locator:
    return page.locator(f"[data-map] [data-milestone={key}]")


def link(page: Page, key: str) -> Locator:
    return station(page, key).locator("a")


def test_keys_move_over_the_map_light_it_up_and_mark(on_map: Page) -> None:
    screen_readers_find_each_station_by_name_in_its_skill(on_map)
    arrow_keys_go_from_station_to_station(on_map)
    focus_lights_up_what_it_needs_and_what_it_opens(on_map)
    keys_mark_a_station_and_the_numbers_follow(on_map)
    a_mark_moves_the_frontier_and_what_opens_is_ready(on_map)


def test_the_map_fits_a_desk_a_hand_a_phone_and_paper(on_map: Page) -> None:
    on_paper_a_long_map_goes_on_over_several_pages(on_map)
    it_can_be_made_larger_and_fits_again(on_map)
    a_hand_pans_the_map_and_opens_nothing(on_map)
    on_map.set_viewport_size({"width": 390, "height": 844})
    the_names_of_skills_stay_in_sight(on_map)
    a_phone_scrolls_it_in_its_box_to_the_frontier(on_map)


def arrow_keys_go_from_station_to_station(on_map: Page) -> None:
    link(on_map, "query-with-sql").focus()
    for key, reached in (
        ("ArrowRight", "containerise-program"),
        ("ArrowUp", "train-first-classifier"),
        ("ArrowDown", "build-data-pipeline"),
        ("ArrowLeft", "containerise-program"),
    ):
        on_map.keyboard.press(key)
        expect(link(on_map, reached)).to_be_focused()


def keys_mark_a_station_and_the_numbers_follow(on_map: Page) -> None:
    first = station(on_map, "write-tested-python")
    before = on_map.get_attribute("#numbers", "data-claimed")
    link(on_map, "write-tested-python").focus()
    for key, status in (("i", "in_progress"), ("s", "skipped"), ("n", "not_started"), (" ", "done")):
        on_map.keyboard.press(key)
        expect(first).to_have_attribute("data-status", status)
        expect(link(on_map, "write-tested-python")).to_be_focused()
    assert on_map.get_attribute("#numbers", "data-claimed") != before
    assert first.locator("use").first.get_attribute("href") == "#map-done"
    on_map.keyboard.press("u")
    expect(first).to_have_attribute("data-status", "not_started")


def a_mark_moves_the_frontier_and_what_opens_is_ready(on_map: Page) -> None:
    line = on_map.locator("#map-frontier .map-dots")
    before = line.get_attribute("d")
    link(on_map, "write-tested-python").focus()
    on_map.keyboard.press("d")
    expect(station(on_map, "wrangle-table")).to_have_attribute("data-ready", "")
    assert line.get_attribute("d") != before
    assert on_map.locator("#map-frontier").evaluate("each => each.namespaceURI").endswith("svg")


def focus_lights_up_what_it_needs_and_what_it_opens(on_map: Page) -> None:
    link(on_map, "wrangle-table").focus()
    lit = on_map.locator("[data-map] [data-milestone].is-lit").evaluate_all(
        "all => all.map(each => each.dataset.milestone)"
    )
    expected = {
        "write-tested-python",
        "wrangle-table",
        "train-first-classifier",
        "find-structure",
        "build-data-pipeline",
        "draw-honest-chart",
    }
    assert set(lit) == expected


def it_can_be_made_larger_and_fits_again(on_map: Page) -> None:
    width = on_map.locator("[data-map]").bounding_box()["width"]
    on_map.get_by_role("button", name="Zoom in").click()
    larger = on_map.locator("[data-map]").bounding_box()["width"]
    assert larger > 1.2 * width
    on_map.get_by_role("button", name="Fit").click()
    box = on_map.locator("[data-map-box]")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def a_hand_pans_the_map_and_opens_nothing(on_map: Page) -> None:
    on_map.set_viewport_size({"width": 700, "height": 900})
    on_map.reload()
    box = on_map.locator("[data-map-box]")
    box.evaluate("box => { box.scrollLeft = 0; }")
    target = link(on_map, "write-tested-python").bounding_box()
    assert target
    on_map.mouse.move(target["x"] + 40, target["y"] + 15)
    on_map.mouse.down()
    on_map.mouse.move(target["x"] - 100, target["y"] + 15, steps=5)
    on_map.mouse.up()
    assert box.evaluate("box => box.scrollLeft") > 50
    assert on_map.url.endswith("?view=map")


def a_phone_scrolls_it_in_its_box_to_the_frontier(on_map: Page) -> None:
    the_list = on_map.url.partition("?")[0]
    on_map.goto(the_list)
    for _ in range(2):
        with on_map.expect_navigation():
            on_map.get_by_role("button", name="I already know this").first.click()
    on_map.goto(f"{the_list}?view=map")
    assert on_map.locator("[data-map-box]").evaluate("box => box.scrollLeft") > 0
    here = on_map.locator("#map-here text").bounding_box()
    assert here
    assert 0 < here["x"] < 390
    assert not on_map.evaluate("document.documentElement.scrollWidth > innerWidth")


def the_names_of_skills_stay_in_sight(on_map: Page) -> None:
    name = on_map.locator(".map-names text", has_text="Programming in Python")
    for left in (0, 400, 900):
        on_map.locator("[data-map-box]").evaluate("(box, left) => { box.scrollLeft = left; }", left)
        expect(name).to_be_in_viewport(ratio=1)


def on_paper_a_long_map_goes_on_over_several_pages(on_map: Page) -> None:
    parts = on_map.locator(".map-part")
    on_map.evaluate("dispatchEvent(new Event('beforeprint'))")
    tops = [each.partition(" ")[2].partition(" ")[0] for each in parts.evaluate_all(VIEW_BOXES)]
    assert len(tops) > 1
    assert on_map.get_attribute("[data-map]", "data-cuts") == " ".join(tops)
    on_map.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(parts).to_have_count(0)


def screen_readers_find_each_station_by_name_in_its_skill(on_map: Page) -> None:
    skill = on_map.get_by_role("group", name="Programming in Python")
    expect(
        skill.get_by_role("link", name="Write a small Python package with tests not started, ready")
    ).to_have_count(1)
    expect(on_map.get_by_role("group", name="Map of Machine Learning Engineer")).to_have_count(1)


def test_without_scripts_a_station_leads_to_its_milestone(browser: Browser, url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_up(page, url)
        page.goto(f"{start_roadmap(page, url)}?view=map")
        link(page, "write-tested-python").click()
        page.wait_for_url("**/milestones/write-tested-python")
