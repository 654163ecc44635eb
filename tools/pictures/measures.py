"""What a machine can find wrong with a page; nothing of it may be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page

from tests.support.fixtures.browsers import Watch
from tests.support.pages.accessibility import violations
from tools.pictures.pages import Look
from tools.pictures.sites import Site

NARROWEST, PHONE, LAPTOP, DESK, HEIGHT = 320, 390, 1280, 1440, 900
# Each theme is looked at in one width. Axe asks everything in the first; of its rules only a few can find
# something in the second that they did not find in the first. The themes differ in nothing but colors.
THEMES = {"light": DESK, "dark": PHONE}
MOST_SHIFT, MAX_BYTES = 0.05, 60 * 1024
"""How far a page may move once it has come, and what it may weigh."""
_IN_DARK = (
    "color-contrast",
    "scrollable-region-focusable",
    "link-in-text-block",
    "meta-viewport",
)
_RULES: dict[str, dict[str, object]] = {
    "light": {},
    "dark": {"runOnly": {"type": "rule", "values": _IN_DARK}},
}

SHIFT = """() => new Promise(done => {
    let sum = 0
    const add = list => { for (const each of list.getEntries()) if (!each.hadRecentInput) sum += each.value }
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true })
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)))
})"""
# Bodies as they came over the wire; the icon is asked for by hand, since browsers do not count it.
_WEIGHT = """async () => {
    const icon = document.querySelector("link[rel~=icon]")
    if (icon) await (await fetch(icon.href)).arrayBuffer()
    const kinds = ["navigation", "resource"]
    const all = kinds.flatMap(kind => performance.getEntriesByType(kind)).map(each => [each.name, each])
    return [...new Map(all).values()].reduce((sum, each) => sum + each.encodedBodySize, 0)
}"""
_HTML_WEIGHT = "performance.getEntriesByType('navigation')[0].encodedBodySize"
_DEAD = """() => [...document.querySelectorAll("a[href^='#']")].map(each => each.getAttribute("href"))
    .filter(each => each.length > 1 && !document.getElementById(each.slice(1)))"""
# Text alone is twice as large, as by a setting of the browser: then there is one column.
_ENLARGE = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("html { font-size: 200% }")
    document.adoptedStyleSheets = [sheet]
    return [...document.querySelectorAll(".beside, .review, .front")]
        .filter(each => getComputedStyle(each).gridTemplateColumns.split(" ").length > 1).length
}"""
_UNFOLD = "for (const each of document.querySelectorAll('details:not(.menu)')) each.open = true"


@dataclass
class Measured:
    """One page: what it answered, what is wrong with it, its weight and how much it moved."""

    look: Look
    status: int = 0
    weight: int = 0
    shift: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        """Whether this installation has no such page, or not for this person."""
        return self.status == 404 and self.look.status != 404


@contextmanager
def watched_context(site: Site, who: str, theme: str = "light") -> Iterator[tuple[BrowserContext, Watch]]:
    """A browser profile in which this person is signed in, with what its pages say."""
    watch = Watch()
    with site.browser.new_context(
        color_scheme=theme,
        reduced_motion="reduce",
        viewport={"width": THEMES[theme], "height": HEIGHT},
    ) as context:
        context.set_default_timeout(10_000)
        context.add_cookies(site.cookies[who])
        watch.on(context)
        yield context, watch


def measure(site: Site, page: Page, watch: Watch, look: Look) -> Measured:
    """Open a page and look for every fault, in both themes; a page that is not there has none."""
    measured = Measured(look)
    address = site.address(look)
    if address is None:
        measured.status = 404
        return measured
    _show(page, "light")
    answer = page.goto(address)
    measured.status = answer.status if answer else 0
    if not measured.is_missing:
        measured.faults += _own_faults(page, measured)
        for theme in THEMES:
            _show(page, theme)
            found = violations(page, site.known_texts[theme], **_RULES[theme])
            measured.faults += [f"{theme}: {each}" for each in found]
        measured.faults += _sideways(page)
    measured.faults += _messages(watch, measured)
    return measured


def _show(page: Page, theme: str) -> None:
    """Show a page in a theme, as wide as that is looked at."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": THEMES[theme], "height": HEIGHT})


def _own_faults(page: Page, measured: Measured) -> Iterator[str]:
    """What is wrong with a page as it came; its folded parts are open afterwards."""
    if measured.status != measured.look.status:
        yield f"answers {measured.status}"
    measured.shift, measured.weight = page.evaluate(SHIFT), page.evaluate(_WEIGHT)
    if measured.shift > MOST_SHIFT:
        yield f"moves by {measured.shift:.2f}"
    if measured.weight > MAX_BYTES:
        yield f"weighs {measured.weight / 1024:.0f} KB"
    kilobytes = page.evaluate(_HTML_WEIGHT) / 1024
    if kilobytes > measured.look.most_kilobytes:
        yield f"has {kilobytes:.1f} KB of HTML"
    yield from (f"leads nowhere: {each}" for each in page.evaluate(_DEAD))
    page.evaluate(_UNFOLD)


def _sideways(page: Page) -> Iterator[str]:
    """What does not fit; the text is twice as large afterwards."""
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield f"scrolls sideways at {NARROWEST}"
    page.set_viewport_size({"width": LAPTOP, "height": HEIGHT})
    if page.evaluate(_ENLARGE):
        yield "keeps its columns with text twice as large"
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield "scrolls sideways with text twice as large"


def _messages(watch: Watch, measured: Measured) -> list[str]:
    """Console messages and foreign requests since the last page; browsers log that a page was an error."""
    is_error = measured.status >= 400
    messages = [each for each in watch.console if not (is_error and "Failed to load resource" in each)]
    asked = [f"asks {each}" for each in watch.third_parties]
    watch.console.clear()
    watch.third_parties.clear()
    return messages + asked
