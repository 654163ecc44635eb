"""Lena and Milo at two browsers: work goes out, comes back, goes out again, and is verified."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from tests.support.fixtures.browsers import Watch
from tests.support.pages.hands import Keyboard, Mouse, tab_to
from tests.support.pages.mentors_loop import Loop


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def loop(browser: Browser, watch: Watch, url: str, request: pytest.FixtureRequest) -> Iterator[Loop]:
    """Lena and Milo, each at a browser of their own."""
    with ExitStack() as stack:
        contexts = [stack.enter_context(browser.new_context(reduced_motion="reduce")) for _ in range(2)]
        for context in contexts:
            context.set_default_timeout(10_000)
            watch.on(context)
        yield Loop(contexts[0].new_page(), contexts[1].new_page(), url, request.param())


def test_work_is_returned_then_verified_and_the_number_moves(loop: Loop) -> None:
    loop.begin()
    loop.submit_first()
    loop.open_next()
    loop.tick(1)
    loop.give_back()
    assert loop.verified() == 0
    loop.submit_again()
    loop.open_next()
    expect(loop.milo.locator("#main")).to_contain_text("0 new, 1 changed, 0 unchanged")
    loop.tick(loop.milo.locator("[name=criteria]").count())
    loop.verify()
    assert loop.verified() > 0


@pytest.mark.parametrize("loop", [Mouse], indirect=True)
def test_an_open_answer_renews_its_claim(loop: Loop) -> None:
    loop.begin()
    loop.submit_first()
    loop.milo.clock.install()
    loop.open_next()
    loop.tick(1)
    with loop.milo.expect_response("**/claim") as renewed:
        loop.milo.clock.fast_forward("10:01")
    assert renewed.value.ok


@pytest.mark.parametrize("loop", [Mouse], indirect=True)
def test_without_scripts_the_claim_and_the_answer_are_forms(loop: Loop, browser: Browser) -> None:
    loop.begin()
    loop.submit_first()
    loop.open_next()
    with browser.new_context(
        java_script_enabled=False, storage_state=loop.milo.context.storage_state()
    ) as context:
        page = context.new_page()
        page.goto(loop.milo.url)
        page.click("#held button")
        expect(page.locator("#held")).to_contain_text("You hold this until")
        page.fill("[name=feedback]", "Add a README.")
        page.click("[value=returned]")
        expect(page.locator(".answer")).to_contain_text("Add a README.")


@pytest.mark.parametrize("loop", [Keyboard], indirect=True)
def test_verifying_with_open_criteria_asks_first(loop: Loop) -> None:
    loop.begin()
    loop.submit_first()
    loop.open_next()
    loop.milo.keyboard.press("v")
    expect(loop.milo.locator("[value=verified]")).to_be_focused()
    expect(loop.milo.locator("#live")).to_contain_text("not ticked")
    tab_to(loop.milo, "[value=returned]")
