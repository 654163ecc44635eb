"""A learner at a real browser: signs up, starts the built-in roadmap, finds rows of the list."""

from playwright.sync_api import Locator, Page

PASSWORD = "seven quiet stations"
SLUG = "ml-engineer"


def sign_up(page: Page, url: str, name: str = "Lena") -> None:
    """Make an account and be signed in with it."""
    page.goto(f"{url}/register")
    page.fill("[name=name]", name)
    page.fill("[name=email]", f"{name.lower()}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/today")


def start_roadmap(page: Page, url: str) -> str:
    """Start the built-in roadmap with one pathway; returns the address of the list."""
    page.goto(f"{url}/roadmaps/{SLUG}/enrollment")
    page.check("[name=pathways] >> nth=0")
    page.click("main form button")
    page.wait_for_url("**/enrollments/*")
    return page.url


def row(page: Page, status: str = "not_started") -> Locator:
    """The first row of the list with this status, found by its milestone from then on."""
    key = page.locator(f"[data-list] [data-status={status}]").first.get_attribute("data-milestone")
    return page.locator(f"[data-list] [data-milestone={key}]")
