"""Pages in both themes, on a phone and on a desk: their faults, and a theme that holds.

`test_every_page` looks at all pages of a demo; this is for those that a test comes to by its own way.
"""

from playwright.sync_api import Page

from tests.support.pages.accessibility import violations

PHONE, DESK, NARROWEST = 390, 1440, 320
# Axe looks at each theme at one width, which halves the time; sideways scrolling is asked at every width.
THEMES = {"light": DESK, "dark": PHONE}


def faults_of(page: Page, address: str, theme: str, known_texts: list[str]) -> list[str]:
    """What is wrong with one page at any width, with all of its folded parts open."""
    page.goto(address)
    page.evaluate("for (const each of document.querySelectorAll('details:not(.menu)')) each.open = true")
    faults = []
    for width in (NARROWEST, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        found = violations(page, known_texts) if width == THEMES[theme] else []
        faults += [f"{address} {width}: {each}" for each in found]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{address} {width}: scrolls sideways")
    return faults


def all_faults(page: Page, addresses: list[str], theme: str) -> list[str]:
    page.emulate_media(color_scheme=theme)
    known_texts: list[str] = []
    return [fault for address in addresses for fault in faults_of(page, address, theme, known_texts)]


def test_a_chosen_theme_holds_on_the_next_page(page: Page, url: str) -> None:
    page.goto(url)
    page.click(".person summary")
    with page.expect_response("**/theme"):
        page.click(".themes [value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.goto(f"{url}/help")
    assert page.get_attribute("html", "data-theme") == "dark"
