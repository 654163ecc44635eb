"""A learner at a real browser: signs up, starts the built-in roadmap, finds rows of the list."""

import re

from playwright.sync_api import Locator, Page

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
PASSWORD = "seven quiet stations"
SLUG = "ml-engineer"


def sign_up(page: Page, url: str, name: str = "Lena") -> None:
    """Make an account and be signed in with it, without drawing the form."""
    fields = {"name": name, "email": f"{name.lower()}@example.org", "password": PASSWORD}
    _send(page, f"{url}/register", fields)


def start_roadmap(page: Page, url: str) -> str:
    """Start the built-in roadmap with one pathway and open the list, whose address it gives."""
    form = f"{url}/roadmaps/{SLUG}/enrollment"
    pathway = re.findall(r'name="pathways"[^>]* value="([^"]+)"', page.request.get(form).text())[0]
    page.goto(url + _send(page, form, {"pathways": pathway, "weekly_hours": "6"}))
    return page.url


def _send(page: Page, address: str, fields: dict[str, str | float | bool]) -> str:
    """Send the form of a page with the cookies of the browser; where it leads."""
    found = TOKEN.search(page.request.get(address).text())
    assert found is not None
    answer = page.request.post(address, form={"csrf_token": found[1], **fields}, max_redirects=0)
    assert answer.status == 303, answer.text()
    return answer.headers["location"]


def sign_up_by_hand(page: Page, url: str) -> None:
    """The same as a person does it: fill in the form and press its button."""
    page.goto(f"{url}/register")
    page.fill("[name=name]", "Lena")
    page.fill("[name=email]", "lena@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main form .button-main")
    page.wait_for_url("**/today")


def start_by_hand(page: Page, url: str) -> str:
    """The same as a person does it: choose a pathway and press the button."""
    page.goto(f"{url}/roadmaps/{SLUG}/enrollment")
    page.check("[name=pathways] >> nth=0")
    page.click("main form button")
    page.wait_for_url("**/enrollments/*")
    return page.url


def row(page: Page, status: str = "not_started") -> Locator:
    """The first visible row of the list with this status, found by its milestone from then on."""
    key = page.locator(f"[data-list] [data-status={status}]:visible").first.get_attribute("data-milestone")
    return page.locator(f"[data-list] [data-milestone={key}]")
