"""Draw the pictures of the README from a real server: `uv run python -m tests.pictures`."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.learners import row, sign_up, start_roadmap
from tests.fixtures.browsers import FLAGS, PROGRAMS
from tests.fixtures.instances import Instance

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = {"width": 1200, "height": 860}
KNOWN_SKILLS = (2, 3, 6)
MARKS = ("done", "done", "in_progress", "done", "done", "skipped", "in_progress")
KEYS = {"done": "Space", "in_progress": "i", "skipped": "s"}


def main() -> None:
    """Serve a throw-away installation, learn a little on it, and keep what it looks like."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        instance = Instance(Path(folder) / "data").start()
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce", color_scheme="light")
        learn(page, instance.url)
        page.screenshot(path=PICTURES / "roadmap.png")
        browser.close()
        instance.stop()


def learn(page: Page, url: str) -> None:
    """Sign up, start the built-in roadmap and make the marks that the picture shows."""
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    for place in KNOWN_SKILLS:
        page.get_by_role("button", name="I already know this").nth(place).click()
        page.wait_for_load_state()
    for status in MARKS:
        mark(page, status)
    page.goto(the_list)


def mark(page: Page, status: str) -> None:
    """Mark the first milestone that is not started, by its key."""
    found = row(page)
    found.locator("a").focus()
    page.keyboard.press(KEYS[status])
    expect(found).to_have_attribute("data-status", status)


if __name__ == "__main__":
    main()
