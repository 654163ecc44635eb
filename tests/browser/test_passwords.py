"""Passwords can be shown while they are typed."""

from playwright.sync_api import Page, expect


def test_a_password_is_shown_on_request_and_hidden_again_when_sent(page: Page, url: str) -> None:
    page.goto(f"{url}/register")
    field = page.locator("[name=password]")
    field.fill("correct horse battery")
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.locator("form.flow").evaluate(
        "form => form.dispatchEvent(new Event('submit', { cancelable: true }))"
    )
    expect(field).to_have_attribute("type", "password")
