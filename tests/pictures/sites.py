"""A demo served for looking at: everybody signed in, and what the list of pages only names found."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from roadmap.demos.people import PASSWORD
from tests.fixtures.browsers import FLAGS, PROGRAMS
from tests.fixtures.instances import Instance
from tests.pictures.pages import PEOPLE, Look

STATES = ("not_started", "in_progress")
VERIFICATIONS = ("submitted", "returned", "verified")


@dataclass
class Site:
    """One demo at one browser; `sessions` and `names` by who looks."""

    url: str
    browser: Browser
    sessions: dict[str, StorageState | None] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    def address(self, look: Look) -> str:
        """The address of a page, with everything in it named as it is on this demo."""
        return self.url + look.path.format_map(self.names[look.who])

    def sign_everybody_in(self) -> None:
        """Sign in whoever the list of pages asks for, and look around for names."""
        for who, handle in PEOPLE.items():
            with self.browser.new_context() as context:
                context.set_default_timeout(10_000)
                page = context.new_page()
                if handle:
                    page.goto(f"{self.url}/login")
                    page.fill("[name=email]", f"{handle}@example.org")
                    page.fill("[name=password]", PASSWORD)
                    page.click("main form .button-main")
                    page.wait_for_url("**/today")
                self.sessions[who] = context.storage_state() if handle else None
                self.names[who] = self._look_around(page) if handle else {}

    def _look_around(self, page: Page) -> dict[str, str]:
        """What somebody's pages link to."""
        month = datetime.now(UTC).date() - timedelta(days=30)
        names = {"month": month.isoformat()}
        own = _linked(page, r"(/enrollments/\w+)")
        page.goto(f"{self.url}/mentoring")
        if mentees := _linked(page, r"/mentoring/mentees/(\w+)"):
            names["mentee"] = mentees[0]
            submissions = _linked(page, r"/submissions/(\w+)")
            names |= {"submission": submissions[0]} if submissions else {}
            page.goto(f"{self.url}/mentoring/mentees/{mentees[0]}")
            own = _linked(page, r"(/enrollments/\w+)")
        if own:
            names |= {"own": own[0], "other": own[-1], **self._look_at_list(page, own[0])}
        return names

    def _look_at_list(self, page: Page, path: str) -> dict[str, str]:
        """A milestone in each state, and a submission."""
        page.goto(self.url + path)
        wanted = {each: f"[data-status={each}]" for each in STATES}
        wanted |= {each: f"[data-verification={each}]" for each in VERIFICATIONS}
        names = {}
        for name, selector in wanted.items():
            found = page.locator(f"[data-list] {selector}[data-milestone]").first
            if found.count():
                names[name] = found.get_attribute("data-milestone") or ""
        if "returned" in names:
            page.goto(f"{self.url}{path}/milestones/{names['returned']}")
            names["submission"] = _linked(page, r"/submissions/(\w+)")[0]
        return names


def _linked(page: Page, pattern: str) -> list[str]:
    """What the links of a page have in this place, each once, in their order."""
    links = page.locator("a[href]").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    found = [re.match(pattern, link) for link in links]
    return list(dict.fromkeys(each[1] for each in found if each))


@contextmanager
def served_demo(folder: Path) -> Iterator[str]:
    """The address of a demo that ends with the block."""
    instance = Instance(folder / "unused", {"TMPDIR": str(folder)}, command="demo").start()
    try:
        yield instance.url
    finally:
        instance.stop()


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Debian's Chromium, for scripts; tests have a fixture."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
