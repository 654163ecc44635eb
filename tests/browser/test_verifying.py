"""A learner freezes a report and hands it over; somebody without an account checks it."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.fixtures.browsers import Watch
from tests.support.pages.browser_learner import sign_up, start_roadmap
from tests.support.pages.page_faults import faults_of


def freeze(page: Page, url: str) -> str:
    """Freeze the report of today from its page; the address of the list."""
    page.goto(f"{url}/report")
    page.click(".freezing summary")
    page.check("#show_names")
    with page.expect_navigation():
        page.get_by_role("button", name="Freeze this report").click()
    return page.url


def fetch(page: Page, extension: str, folder: Path) -> Path:
    """Download a file of the newest report."""
    with page.expect_download() as waiting:
        page.locator(f".issued a[href$='.{extension}']").first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def check(page: Page, url: str, path: Path) -> str:
    """Present a file; what was found."""
    page.goto(f"{url}/verify")
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Check the file").click()
    return page.locator("[data-finding]").get_attribute("data-finding") or ""


def disclose(page: Page, address: str) -> None:
    """Let the identifier of the newest report show name, roadmap and numbers."""
    page.goto(address)
    page.get_by_text("What the identifier").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Show name, roadmap and numbers").click()


@pytest.fixture
def handed_over(page: Page, url: str, tmp_path: Path) -> list[Path]:
    """The files that Lena gave away; she has left the browser."""
    sign_up(page, url)
    freeze(page, start_roadmap(page, url))
    files = [fetch(page, each, tmp_path) for each in ("pdf", "json")]
    page.context.clear_cookies()
    return files


def test_a_stranger_checks_the_file_and_the_code_with_scripts_and_without(
    context: BrowserContext, page: Page, url: str, handed_over: list[Path], tmp_path: Path
) -> None:
    assert context.browser is not None
    with context.browser.new_context(java_script_enabled=False) as plain:
        assert check(plain.new_page(), url, handed_over[1]) == "unchanged"
    assert [check(page, url, path) for path in handed_over] == ["unchanged"] * 2
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(handed_over[0].read_bytes() + b"\n")
    assert check(page, url, changed) == "changed"
    code = page.locator(".verdict .code").inner_text()
    page.fill("[name=id]", code.lower().replace("-", " "))
    page.keyboard.press("Enter")
    expect(page.locator("[data-finding=known]")).to_contain_text(code)
    expect(page.locator("main")).not_to_contain_text("Lena")


def test_a_file_of_fifty_megabytes_leads_to_a_page_that_says_so(
    page: Page, url: str, watch: Watch, tmp_path: Path
) -> None:
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF" + bytes(50_000_000))
    page.goto(f"{url}/verify")
    page.set_input_files("[name=file]", large)
    with page.expect_navigation() as navigation:
        page.get_by_role("button", name="Check the file").click()
    assert navigation.value.status == 413
    expect(page.locator("h1")).to_contain_text("too large")
    assert [message for message in watch.console if "413" not in message] == []
    watch.console.clear()


def test_pages_of_a_report_that_shows_its_numbers_to_everybody_have_no_fault(page: Page, url: str) -> None:
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    freeze(page, the_list)
    code = page.locator("[data-identifier]").get_attribute("data-identifier")
    disclose(page, f"{the_list}/reports")
    assert faults_of(page, [f"{the_list}/reports", f"{url}/verify?id={code}"]) == []
    expect(page.locator(".verdict")).to_contain_text("Lena")
