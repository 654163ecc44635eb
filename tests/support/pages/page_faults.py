"""What is wrong with pages that a test comes to by its own way, at every width and in both themes.

`tests/browser/test_every_page.py` looks at all pages of a demo.
"""

from playwright.sync_api import Page

from tests.support.pages.accessibility import violations

NARROWEST, PHONE, DESK = 320, 390, 1440
# Axe looks at each theme at one width, which halves the time; sideways scrolling is asked at every width.
THEMES = {PHONE: "dark", DESK: "light"}
UNFOLD = "for (const each of document.querySelectorAll('details:not(.menu)')) each.open = true"

KnownTexts = dict[str, list[str]]


def faults_of(page: Page, addresses: list[str]) -> list[str]:
    """What is wrong with these pages, with all of their folded parts open."""
    known_texts: KnownTexts = {theme: [] for theme in THEMES.values()}
    return [f"{address} {fault}" for address in addresses for fault in _faults(page, address, known_texts)]


def _faults(page: Page, address: str, known_texts: KnownTexts) -> list[str]:
    page.goto(address)
    page.evaluate(UNFOLD)
    faults = []
    for width in (NARROWEST, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{width}: scrolls sideways")
        if theme := THEMES.get(width):
            page.emulate_media(color_scheme=theme)
            faults += [f"{width}: {each}" for each in violations(page, known_texts[theme])]
    return faults
