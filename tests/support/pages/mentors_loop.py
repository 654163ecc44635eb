"""The mentor's loop at two browsers, one step in each method; whose device do it is told once."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.support.pages.browser_learner import PASSWORD, row, sign_up, start_roadmap
from tests.support.pages.input_devices import InputDevice, Keyboard


@dataclass
class Loop:
    """Both at their browsers, with the address of the list and of the milestone that goes round."""

    lena: Page
    milo: Page
    url: str
    device: InputDevice
    the_list: str = ""
    milestone: str = ""

    def begin(self) -> None:
        """Lena starts a roadmap, and invites Milo, who signs up and accepts."""
        sign_up(self.lena, self.url)
        self.the_list = start_roadmap(self.lena, self.url)
        self.milestone = f"{self.the_list}/milestones/{row(self.lena).get_attribute('data-milestone')}"
        self.lena.goto(self.milestone)
        self.device.send(self.lena, "#submission a.button")
        self.device.write(self.lena, "[name=email]", "milo@example.org")
        self.device.send(self.lena, "section:has(#invite) .button-main")
        notice = self.lena.locator(".notices").inner_text()
        self.accept(notice[notice.index("/invitations/") :].split()[0])

    def accept(self, link: str) -> None:
        self.milo.goto(self.url + link)
        self.device.send(self.milo, "main a[href^='/register']")
        expect(self.milo.locator("[name=email]")).to_have_value("milo@example.org")
        self.device.write(self.milo, "[name=name]", "Milo")
        self.device.write(self.milo, "[name=password]", PASSWORD)
        self.device.send(self.milo, "main form .button-main")
        self.device.send(self.milo, "[value=accept]")

    def submit_first(self) -> None:
        """Lena marks it done, adds evidence and submits."""
        self.lena.goto(self.milestone)
        self.device.send(self.lena, ".marks-four [value=done]")
        self.device.write(self.lena, "#title-new", "Notebook")
        self.device.write(self.lena, "#url-new", "https://example.org/notebook")
        self.device.send(self.lena, "#evidence form .button")
        self.submit("Please look at the tests.")

    def submit(self, comment: str) -> None:
        self.device.write(self.lena, "#submission [name=comment]", comment)
        self.device.send(self.lena, "#submission .button-main")
        expect(self.lena.locator("#milestone-state")).to_have_attribute("data-verification", "submitted")

    def submit_again(self) -> None:
        """Lena finds on Today what came back, changes the evidence and submits again."""
        self.lena.goto(f"{self.url}/today")
        expect(self.lena.locator(".came-back")).to_contain_text("The README is missing.")
        self.device.send(self.lena, ".came-back a")
        self.device.press(self.lena, "#evidence summary")
        self.device.write(self.lena, "#evidence [name=url]", "https://example.org/with-readme")
        self.device.send(self.lena, "#evidence details[open] form .button")
        self.submit("The README is there now.")

    def open_next(self) -> None:
        """Milo opens what waits."""
        self.milo.goto(f"{self.url}/mentoring")
        expect(self.milo.locator("[data-submission]")).to_contain_text("waiting")
        if isinstance(self.device, Keyboard):
            self.milo.keyboard.press("j")
            with self.milo.expect_navigation():
                self.milo.keyboard.press("Enter")
        else:
            self.device.send(self.milo, "[data-submission] a")

    def tick(self, count: int) -> None:
        """Milo ticks the first criteria; from the first on he holds the submission."""
        for number in range(1, count + 1):
            if isinstance(self.device, Keyboard):
                self.milo.keyboard.press(str(number))
            else:
                self.device.press(self.milo, f"#criterion-{number}")
            expect(self.milo.locator(f"#criterion-{number}")).to_be_checked()
            self.milo.locator("#held[data-held]").wait_for()

    def give_back(self) -> None:
        """Milo returns it: the missing criterion in a sentence, and his own words."""
        self.device.press(self.milo, ".criterion:not(:has(:checked)) [data-sentence]")
        self.milo.keyboard.type("The README is missing.")
        if isinstance(self.device, Keyboard):
            self.milo.keyboard.press("Escape")
            self.milo.keyboard.press("r")
            with self.milo.expect_navigation():
                self.milo.keyboard.press("Enter")
        else:
            self.device.send(self.milo, "[value=returned]")
        expect(self.milo.locator(".answering .answer")).to_contain_text("The README is missing.")

    def verify(self) -> None:
        if isinstance(self.device, Keyboard):
            with self.milo.expect_navigation():
                self.milo.keyboard.press("v")
        else:
            self.device.send(self.milo, "[value=verified]")
        expect(self.milo.locator(".answering .answer").first).to_have_attribute("data-outcome", "verified")

    def verified(self) -> int:
        """The verified number on Lena's list."""
        self.lena.goto(self.the_list)
        return int(self.lena.locator("#numbers").get_attribute("data-verified") or -1)
