"""Every page in both themes, on a phone and on a desk, without a fault that a machine can find."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.learners import SLUG, row, sign_up, start_roadmap
from tests.fixtures.instances import Instance

PHONE, DESK, NARROWEST = 390, 1440, 320
# Axe looks at each theme at one width, which halves the time; sideways scrolling is asked at every width.
THEMES = {"light": DESK, "dark": PHONE}
VISITOR_PAGES = (
    *("/", "/login", "/register", "/password/forgotten", "/help", "/roadmaps", f"/roadmaps/{SLUG}"),
    "/verify",
)
OWN_PAGES = (
    "/today",
    "/settings",
    "/settings/address",
    "/settings/password",
    "/settings/sessions",
    "/settings/badge",
    "/settings/calendar",
    "/settings/deletion",
    "/admin",
    "/admin/audits",
    "/admin/shares",
    f"/roadmaps/{SLUG}/enrollment",
)


def faults_of(page: Page, address: str, theme: str) -> list[str]:
    """What is wrong with one page at any width, with all of its folded parts open."""
    page.goto(address)
    page.evaluate("for (const each of document.querySelectorAll('details:not(.menu)')) each.open = true")
    faults = []
    for width in (NARROWEST, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"] if width == THEMES[theme] else []
        faults += [f"{address} {width}: {each['id']} {each['nodes'][0]['html'][:120]}" for each in found]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{address} {width}: scrolls sideways")
    return faults


def all_faults(page: Page, addresses: list[str], theme: str) -> list[str]:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of two literals
    return [fault for address in addresses for fault in faults_of(page, address, theme)]


@pytest.mark.parametrize("theme", THEMES)
def test_pages_for_visitors_have_no_fault(theme: str, page: Page, instance: Instance) -> None:
    assert all_faults(page, [instance.url + path for path in VISITOR_PAGES], theme) == []


@pytest.mark.parametrize("theme", THEMES)
def test_pages_of_a_learner_have_no_fault(theme: str, page: Page, instance: Instance) -> None:
    sign_up(page, instance.url)
    faults = all_faults(page, [instance.url + path for path in OWN_PAGES], theme)
    the_list = start_roadmap(page, instance.url)
    milestone = f"/milestones/{key_of_first(page)}"
    parts = (
        "",
        "?filter=submitted",
        "?view=map",
        "?view=map&skills=all",
        "/settings",
        "/history",
        "/edition",
        milestone,
    )
    assert faults + all_faults(page, [the_list + part for part in parts], theme) == []


def key_of_first(page: Page) -> str:
    """The key of the first milestone, after it was marked, so that pages have something to show."""
    first = row(page)
    first.locator(".mark").click()
    page.locator("#toasts .toast").wait_for()
    return first.get_attribute("data-milestone") or ""


def test_a_chosen_theme_holds_on_the_next_page(page: Page, instance: Instance) -> None:
    page.goto(instance.url)
    page.click(".person summary")
    with page.expect_response("**/theme"):
        page.click(".themes [value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.goto(f"{instance.url}/help")
    assert page.get_attribute("html", "data-theme") == "dark"
