"""Today, signed in: what is next, what to revisit, the week."""

from flask import Flask

from roadmap.domain.enrollments import EnrollmentState
from tests.browsing import Browser
from tests.hooks import marks_in, numbers_in
from tests.learning import TODAY, Learner


def today(learner: Learner) -> str:
    answer = learner.browser.get("/today")
    assert answer.status_code == 200
    return answer.text


def test_the_start_page_leads_there(learner: Learner) -> None:
    assert learner.browser.get("/").location == "/today"


def test_it_shows_the_next_three_and_both_numbers(learner: Learner) -> None:
    learner.mark("first")
    page = today(learner)
    assert list(marks_in(page)) == ["second", "habit", "red"]
    assert numbers_in(page) == ("13", "0")
    assert "3 of 6 h" in page


def test_it_shows_what_to_revisit(learner: Learner) -> None:
    learner.revisit("see", TODAY)
    assert f'href="{learner.base}/milestones/see"' in today(learner)


def test_a_paused_roadmap_is_set_aside(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.PAUSED)
    page = today(learner)
    assert ("Set aside" in page, "No roadmap is under way." in page, marks_in(page)) == (True, True, {})


def test_the_day_is_the_learners(learner: Learner) -> None:
    assert "Monday, " in today(learner)
    learner.person.time_zone = "Pacific/Auckland"
    assert "Tuesday, " in today(learner)


def test_a_visitor_signs_in_first(app: Flask) -> None:
    assert Browser(app).get("/today").location == "/login?next=/today"
