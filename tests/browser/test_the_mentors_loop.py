"""Lena and Milo at two browsers: work goes out, comes back, goes out again, and is verified."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.support.fixtures.browsers import Watch
from tests.support.pages.input_devices import Keyboard, Mouse, tab_to
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
    verifying_with_open_criteria_asks_first(loop)
    loop.tick(1)
    loop.give_back()
    lefts = "all => all.map(each => each.getBoundingClientRect().left)"
    assert len(set(loop.milo.locator(".ticks li > :last-child").evaluate_all(lefts))) == 1
    assert loop.verified() == 0
    loop.submit_again()
    loop.open_next()
    expect(loop.milo.locator("#main")).to_contain_text("0 new, 1 changed, 0 unchanged")
    loop.tick(loop.milo.locator("[name=criteria]").count())
    loop.verify()
    assert loop.verified() > 0


def verifying_with_open_criteria_asks_first(loop: Loop) -> None:
    loop.milo.keyboard.press("v")
    expect(loop.milo.locator("[value=verified]")).to_be_focused()
    expect(loop.milo.locator("#live")).to_contain_text("criteria aren’t checked")
    tab_to(loop.milo, "[value=returned]")


@pytest.mark.parametrize("loop", [Mouse], indirect=True)
def test_a_claim_is_a_form_without_scripts_and_follows_the_record_with_them(
    loop: Loop, browser: Browser, watch: Watch
) -> None:
    # Before the first page: to one that is open it would come too late.
    loop.milo.route(re.compile("/claim$"), time_out_after)
    loop.begin()
    loop.submit_first()
    loop.open_next()
    without_scripts_the_claim_and_the_answer_are_forms(loop, browser)
    loop.submit_again()
    loop.milo.clock.install()
    loop.open_next()
    a_claim_whose_answer_is_lost_is_shown_as_it_is_on_record(loop)
    loop.milo.unroute_all()
    an_open_answer_renews_its_claim(loop)
    watch.console[:] = [line for line in watch.console if "504" not in line]


def time_out_after(route: Route) -> None:
    """The server records it, and a proxy gives up waiting."""
    route.fetch(max_retries=2)
    route.fulfill(status=504, body="Gateway Time-out")


def without_scripts_the_claim_and_the_answer_are_forms(loop: Loop, browser: Browser) -> None:
    signed_in = loop.milo.context.storage_state()
    with browser.new_context(java_script_enabled=False, storage_state=signed_in) as context:
        page = context.new_page()
        page.goto(loop.milo.url)
        page.click("#held button")
        expect(page.locator("#held")).to_contain_text("You’ve claimed this until")
        page.fill("[name=feedback]", "The README is missing.")
        page.click("[value=returned]")
        expect(page.locator(".answer")).to_contain_text("The README is missing.")


def a_claim_whose_answer_is_lost_is_shown_as_it_is_on_record(loop: Loop) -> None:
    feedback = loop.milo.locator("[name=feedback]")
    feedback.press_sequentially("Add")
    expect(loop.milo.locator("#toasts")).to_contain_text("but your change was recorded.", timeout=15_000)
    expect(loop.milo.locator("#held[data-held]")).to_be_visible()
    expect(feedback).to_have_value("Add")
    # An input method's Escape takes back a candidate, and stays in the field.
    escape = "{ key: 'Escape', bubbles: true, isComposing: true }"
    feedback.evaluate(f"field => field.dispatchEvent(new KeyboardEvent('keydown', {escape}))")
    expect(feedback).to_be_focused()
    feedback.press("Escape")
    expect(feedback).not_to_be_focused()


def an_open_answer_renews_its_claim(loop: Loop) -> None:
    with loop.milo.expect_response("**/claim") as renewed:
        loop.milo.clock.fast_forward("10:01")
    assert renewed.value.ok
