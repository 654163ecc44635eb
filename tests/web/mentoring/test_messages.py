"""The conversation on the page of a milestone, and questions in the mentor's queue."""

import re

from roadmap.domain.accounts.users import User
from tests.support.browsing import Browser
from tests.support.learning import Learner
from tests.support.mentoring import ask, say

PAGE = "/milestones/first"


def actions(html: str, name: str) -> list[str]:
    return re.findall(rf'action="([^"]+/messages/[^"]+/{name})"', html)


def test_a_question_reaches_the_mentor_and_the_answer_the_learner(learner: Learner, mentor: Browser) -> None:
    answer = learner.post(f"{PAGE}/messages", text="Is *this* enough?")
    assert (answer.status_code, answer.location) == (303, f"{learner.base}{PAGE}#conversation")
    assert "Is <em>this</em> enough?" in learner.page(PAGE)
    for page in ("/mentoring", "/today"):
        assert "Question from Lena" in mentor.get(page).text
    assert mentor.post(f"{learner.base}{PAGE}/messages", text="It <b>is</b>.").status_code == 303
    html = learner.page(PAGE)
    assert "<strong>Milo</strong>" in html
    assert "<b>is</b>" not in html
    assert "Question from" not in mentor.get("/mentoring").text


def test_a_mentor_sets_a_question_aside(learner: Learner, mentor: Browser) -> None:
    ask(learner)
    [action] = actions(mentor.get(learner.base + PAGE).text, "setting-aside")
    assert mentor.post(action).status_code == 303
    assert "Question from" not in mentor.get("/mentoring").text


def test_each_deletes_their_own(learner: Learner, mentor: Browser, milo: User) -> None:
    ask(learner)
    say(learner, milo)
    [own], [others] = (
        actions(page, "deletion") for page in (learner.page(PAGE), mentor.get(learner.base + PAGE).text)
    )
    assert own != others
    assert learner.browser.post(others).status_code == 403
    assert learner.browser.post(own).status_code == 303
    assert "What does it mean?" not in mentor.get(learner.base + PAGE).text


def test_a_message_that_is_refused_stays_in_its_field(learner: Learner, mentor: Browser) -> None:
    for browser in (learner.browser, mentor):
        long = "y" * 4001
        answer = browser.post(f"{learner.base}{PAGE}/messages", text=long)
        assert (answer.status_code, long in answer.text) == (422, True)


def test_without_a_mentor_there_is_no_form(learner: Learner) -> None:
    assert "/messages" not in learner.page(PAGE)
    assert learner.post(f"{PAGE}/messages", text="Anybody?").status_code == 422


def test_the_same_form_sends_once(learner: Learner, mentor: Browser) -> None:
    for _ in range(2):
        learner.post(f"{PAGE}/messages", text="Twice?", once="a-mark")
    assert learner.page(PAGE).count("Twice?") == 1


def test_no_report_has_messages(learner: Learner, milo: User) -> None:
    ask(learner, text="Only between us")
    for path in ("/report", "/report.json", "/report.md", "/history"):
        assert "Only between us" not in learner.page(path)
