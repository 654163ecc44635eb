"""Lena and Milo at two browsers: work goes out, comes back, goes out again, and is verified."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import Hands, Keyboard, Mouse, tab_to
from tests.browser.learners import PASSWORD, row, sign_up, start_roadmap
from tests.browser.test_looks import THEMES, all_faults
from tests.fixtures.browsers import Watch
from tests.fixtures.instances import Instance


@dataclass
class Loop:
    """Both at their browsers, with the address of the list and of the milestone that goes round."""

    lena: Page
    milo: Page
    url: str
    hands: Hands
    the_list: str = ""
    milestone: str = ""

    def begin(self) -> None:
        """Lena starts a roadmap, and invites Milo, who signs up and accepts."""
        sign_up(self.lena, self.url)
        self.the_list = start_roadmap(self.lena, self.url)
        self.milestone = f"{self.the_list}/milestones/{row(self.lena).get_attribute('data-milestone')}"
        self.lena.goto(self.milestone)
        self.hands.send(self.lena, "#submission a.button")
        self.hands.write(self.lena, "[name=email]", "milo@example.org")
        self.hands.send(self.lena, "section:has(#invite) .button-main")
        notice = self.lena.locator(".notices").inner_text()
        self.accept(notice[notice.index("/invitations/") :].split()[0])

    def accept(self, link: str) -> None:
        self.milo.goto(self.url + link)
        self.hands.send(self.milo, "main a[href^='/register']")
        expect(self.milo.locator("[name=email]")).to_have_value("milo@example.org")
        self.hands.write(self.milo, "[name=name]", "Milo")
        self.hands.write(self.milo, "[name=password]", PASSWORD)
        self.hands.send(self.milo, "main form .button-main")
        self.hands.send(self.milo, "[value=accept]")

    def submit_first(self) -> None:
        """Lena marks it done, adds evidence and submits."""
        self.lena.goto(self.milestone)
        self.hands.send(self.lena, ".marks-four [value=done]")
        self.hands.write(self.lena, "#title-new", "Notebook")
        self.hands.write(self.lena, "#url-new", "https://example.org/notebook")
        self.hands.send(self.lena, "#evidence form .button")
        self.submit("Please look at the tests.")

    def submit(self, comment: str) -> None:
        self.hands.write(self.lena, "#submission [name=comment]", comment)
        self.hands.send(self.lena, "#submission .button-main")
        expect(self.lena.locator("#standing")).to_have_attribute("data-verification", "submitted")

    def submit_again(self) -> None:
        """Lena finds on Today what came back, changes the evidence and submits again."""
        self.lena.goto(f"{self.url}/today")
        expect(self.lena.locator(".came-back")).to_contain_text("The README is missing.")
        self.hands.send(self.lena, ".came-back a")
        self.hands.press(self.lena, "#evidence summary")
        self.hands.write(self.lena, "#evidence [name=url]", "https://example.org/with-readme")
        self.hands.send(self.lena, "#evidence details[open] form .button")
        self.submit("The README is there now.")

    def open_next(self) -> None:
        """Milo opens what waits."""
        self.milo.goto(f"{self.url}/mentoring")
        expect(self.milo.locator("[data-submission]")).to_contain_text("waiting")
        if isinstance(self.hands, Keyboard):
            self.milo.keyboard.press("j")
            with self.milo.expect_navigation():
                self.milo.keyboard.press("Enter")
        else:
            self.hands.send(self.milo, "[data-submission] a")

    def tick(self, count: int) -> None:
        """Milo ticks the first criteria; from the first on he holds the submission."""
        for number in range(1, count + 1):
            if isinstance(self.hands, Keyboard):
                self.milo.keyboard.press(str(number))
            else:
                self.hands.press(self.milo, f"#criterion-{number}")
            expect(self.milo.locator(f"#criterion-{number}")).to_be_checked()
            self.milo.locator("#held[data-held]").wait_for()

    def give_back(self) -> None:
        """Milo returns it: the missing criterion in a sentence, and his own words."""
        self.hands.press(self.milo, ".criterion:not(:has(:checked)) [data-sentence]")
        self.milo.keyboard.type("The README is missing.")
        if isinstance(self.hands, Keyboard):
            self.milo.keyboard.press("Escape")
            self.milo.keyboard.press("r")
            with self.milo.expect_navigation():
                self.milo.keyboard.press("Enter")
        else:
            self.hands.send(self.milo, "[value=returned]")
        expect(self.milo.locator(".answer")).to_contain_text("The README is missing.")

    def verify(self) -> None:
        if isinstance(self.hands, Keyboard):
            with self.milo.expect_navigation():
                self.milo.keyboard.press("v")
        else:
            self.hands.send(self.milo, "[value=verified]")
        expect(self.milo.locator(".answer").first).to_have_attribute("data-outcome", "verified")

    def verified(self) -> int:
        """The verified number on Lena's list."""
        self.lena.goto(self.the_list)
        return int(self.lena.locator("#numbers").get_attribute("data-verified") or -1)


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def loop(
    browser: Browser, watch: Watch, instance: Instance, request: pytest.FixtureRequest
) -> Iterator[Loop]:
    """Lena and Milo, each at a browser of their own."""
    with ExitStack() as stack:
        contexts = [stack.enter_context(browser.new_context(reduced_motion="reduce")) for _ in range(2)]
        for context in contexts:
            context.set_default_timeout(10_000)
            watch.on(context)
        yield Loop(contexts[0].new_page(), contexts[1].new_page(), instance.url, request.param())


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
def test_pages_of_mentoring_have_no_fault(loop: Loop) -> None:
    loop.begin()
    loop.submit_first()
    loop.open_next()
    submission, person = loop.milo.url, loop.milo
    person.goto(f"{loop.url}/mentoring")
    mentee = person.locator(".mentees tbody a").evaluate("link => link.href")
    history = f"{loop.the_list}/history"
    for theme in THEMES:
        for each in (loop.lena, loop.milo):
            each.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of two literals
        own = all_faults(loop.lena, [f"{loop.url}/mentoring", loop.milestone, submission])
        shared = [f"{loop.url}/mentoring", submission, mentee, loop.the_list, loop.milestone, history]
        assert own + all_faults(person, shared) == []


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
