"""The map at the widths of a phone, a tablet and a desk: what is in sight at first, and what covers what."""

from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect

from roadmap.config import Config
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.exports.outline_documents import write_outline
from tests.support.command_line import Terminal
from tests.support.map_outlines import ARABIC, woven
from tests.support.outlines import milestone, outline, skill
from tests.support.pages.browser_learner import sign_up, start_roadmap

WIDTHS = (390, 768, 1280)
GERMAN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk und Rechtsschutzversicherungsgesellschaften"
# Every pair of a skill's or area's name and a mark or label that overlap, in screen pixels.
COVERED = """() => {
    const boxes = (selector) => [...document.querySelectorAll(`[data-map] ${selector}`)]
        .map((each) => [each.textContent || each.getAttribute("href"), each.getBoundingClientRect()])
    const names = boxes(".map-names text")
    const stations = [...boxes("[data-milestone] text"), ...boxes("[data-milestone] > a > use:first-of-type")]
    if (!names.length || !stations.length) throw new Error("nothing to compare")
    const touch = ([, a], [, b]) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    const pairs = names.flatMap((name) => stations.map((each) => [name, each]))
    return pairs.filter((pair) => touch(...pair)).map(([name, each]) => [name[0], each[0]])
}"""
# Lanes of which no label is whole in the box.
EMPTY = """() => {
    const box = document.querySelector("[data-map-box]").getBoundingClientRect()
    const isWhole = (text) => {
        const { left, right } = text.getBoundingClientRect()
        return left >= box.left && right <= box.right
    }
    return [...document.querySelectorAll("[data-skill]")]
        .filter((lane) => ![...lane.querySelectorAll("[data-milestone] text")].some(isWhole))
        .map((lane) => lane.dataset.skill)
}"""
FITS = "box => box.scrollWidth <= box.clientWidth"


def titled(title: str, language: str) -> Outline:
    """A woven roadmap in which every title is this one."""
    content = woven(12, title)
    areas = [
        replace(area, title=title, skills=tuple(replace(each, title=title) for each in area.skills))
        for area in content.areas
    ]
    return replace(content, areas=tuple(areas), language=language)


OUTLINES = (
    outline(skill("core", milestone("first")), slug="one-skill"),
    replace(titled(GERMAN, "de"), slug="german"),
    replace(titled(ARABIC, "ar"), slug="arabic"),
)


def test_no_name_covers_a_station(page: Page, config: Config, url: str, tmp_path: Path) -> None:
    for each in OUTLINES:
        file = tmp_path / f"{each.slug}.yaml"
        file.write_bytes(write_outline(each))
        assert Terminal(config.data).run("catalog", "import", str(file)).exit_code == 0
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{url}/roadmaps/{each.slug}?view=map")
            assert page.evaluate(COVERED) == [], (each.slug, width)


def test_on_the_built_in_map_all_columns_and_the_place_of_its_learner_are_in_sight(
    page: Page, url: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_up(page, url)
    address = start_roadmap(page, url)
    page.goto(f"{address}?view=map")
    assert page.locator("[data-map-box]").evaluate(FITS)
    page.goto(address)
    for _ in range(2):
        with page.expect_navigation():
            page.get_by_role("button", name="I already know this").first.click()
    box = page.locator("[data-map-box]")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}?view=map")
        assert page.evaluate(EMPTY) == []
        expect(page.locator("#map-here text" if width < 800 else "#map-frontier text")).to_be_visible()
        for part in (0, 0.5, 1):
            box.evaluate("(box, part) => { box.scrollLeft = part * box.scrollWidth; }", part)
            assert page.evaluate(COVERED) == []


def test_a_map_shows_all_columns_at_first_and_when_it_grows_wide_again(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{url}/roadmaps/ml-engineer?view=map")
    assert page.locator("[data-map-box]").evaluate(FITS)
    drawing, moved = page.locator("[data-map]"), page.locator("[data-skill][transform]")
    box, view = drawing.bounding_box(), drawing.get_attribute("viewBox")
    page.set_viewport_size({"width": 390, "height": 900})
    expect(moved.first).to_be_attached()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(moved).to_have_count(0)
    assert (drawing.bounding_box(), drawing.get_attribute("viewBox")) == (box, view)
