"""On track or late: on the start page, in the settings, on Today, the list, and to a mentor."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from markupsafe import Markup
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.queries.mentoring.mentee_tables import MenteeOrder, MenteesQuery, find_mentee_table
from roadmap.queries.mentoring.mentees import mentees_of
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import TODAY, YESTERDAY, Learner, Learning
from tests.support.mentoring import mentor as begin
from tests.support.outlines import enroll

# The plan has 17 to 28.33 estimated hours.
SOON = TODAY + timedelta(weeks=2)
NEEDED = "To finish by 16 March, you need 8.5 to 14.5 hours a week."
FORM = re.compile(r"<form[^>]*/settings\">.*?</form>", re.DOTALL)
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')
START = "/roadmaps/sample/enrollment"


def text_of(html: str) -> str:
    return Markup(html).striptags()


def press(learner: Learner, page: str, button: str) -> None:
    """Send the form with this button as it is on the page."""
    (form,) = [found for found in FORM.findall(page) if button in text_of(found)]
    fields = {name: value for name, value in FIELD.findall(form) if name != "csrf_token"}
    answer = learner.browser.post(
        f"{learner.base}/settings", {"Referer": f"http://localhost{learner.base}"}, **fields
    )
    assert (answer.status_code, answer.location) == (303, learner.base)


@pytest.mark.parametrize("path", ["", "?view=map"])
def test_the_head_of_list_and_map_says_what_the_target_needs(learner: Learner, path: str) -> None:
    learner.choose(target_on=SOON)
    page = learner.page(path)
    assert 'data-track="late">late<' in page
    assert NEEDED in text_of(page)
    learner.choose(weekly_hours=12.0)
    assert 'data-track="on_track">on track<' in (page := learner.page(path))
    assert "Set 11.5 hours" not in page


def test_one_click_sets_the_hours_that_are_needed_and_undo_takes_it_back(learner: Learner) -> None:
    learner.choose(target_on=SOON)
    before = learner.enrollment.settings
    press(learner, learner.page(), "Set 11.5 hours a week")
    assert (learner.enrollment.weekly_hours, learner.enrollment.target_on) == (11.5, SOON)
    assert learner.enrollment.pathways == ["seer"]
    page = learner.page()
    assert "on track" in page
    undo = re.search(r'action="([^"]+/undo)"', page)
    assert undo is not None
    learner.browser.post(undo[1])
    assert learner.enrollment.settings == before


def test_one_click_moves_the_target(learner: Learner) -> None:
    learner.choose(target_on=SOON)
    press(learner, learner.page(), "Move the target to 5 April")
    assert (learner.enrollment.weekly_hours, learner.enrollment.target_on) == (6, TODAY + timedelta(days=34))
    assert "on track" in learner.page()


def test_today_has_the_target_and_its_one_click(learner: Learner) -> None:
    assert "To finish by" not in learner.browser.get("/today").text
    learner.choose(target_on=SOON)
    page = learner.browser.get("/today").text
    assert NEEDED in text_of(page)
    assert "Set 11.5 hours a week" in page


def test_a_target_that_has_passed_says_so(learner: Learner) -> None:
    learner.enrollment.target_on = YESTERDAY
    learner.session.flush()
    page = text_of(learner.page())
    assert "The target date, 1 March, has passed, with 17 to 28 estimated hours left." in page
    assert ("Move the target" in page, "hours a week." in page) == (True, False)


@pytest.mark.parametrize("change", [{"shows_forecast": False}, {"state": EnrollmentState.PAUSED}])
def test_without_a_forecast_the_target_stays_and_nothing_is_judged(
    learner: Learner, change: dict[str, object]
) -> None:
    learner.choose(target_on=SOON, **change)
    page = text_of(learner.page())
    assert "target 16 March, in 14 days" in page
    assert ("late" in page.split("Milestones")[0], "you need" in page) == (False, False)


def test_a_finished_plan_is_complete(learner: Learner) -> None:
    learner.choose(target_on=SOON)
    learner.know("first", "second", "habit", "red", "see", "look", "join")
    assert "complete The plan is complete." in text_of(learner.page())


@pytest.fixture
def otto(app: Flask, session: Session, learner: Learner) -> Browser:
    """Otto, who follows nothing yet."""
    return browser_of(app, session, add_user(session, "Otto"))


def test_the_start_page_says_when_the_plan_is_finished_at_the_chosen_hours(otto: Browser) -> None:
    first = text_of(otto.get(START).text)
    assert "At the 6 hours a week you set, you’ll finish between 15 March and 22 March." in first
    chosen = {"pathways": "seer", "weekly_hours": "12", "target_date": SOON.isoformat(), "preview": "1"}
    whole = text_of(otto.post(START, **chosen).text)
    part = otto.post(START, {"X-Fragment": "1"}, **chosen).text
    for text in (whole, text_of(part)):
        assert f"on track {NEEDED}" in text
        assert "you’ll finish between 12 March and 19 March." in text
    assert ('id="outlook"' in part, 'id="sum"' in part, "<form" in part) == (True, True, False)


def test_a_preview_of_hours_that_cannot_be_set_says_no_days(otto: Browser) -> None:
    for hours in ("", "many", "nan", "0", "1e400"):
        answer = otto.post(START, weekly_hours=hours, target_date=SOON.isoformat(), preview="1")
        assert (answer.status_code, "finish" in answer.text) == (200, False), hours


def test_the_preview_of_settings_judges_what_is_typed(learner: Learner) -> None:
    fields = {"pathways": "seer", "shows_forecast": "y", "target_date": SOON.isoformat(), "preview": "1"}
    late, on_track = (learner.post("/settings", weekly_hours=hours, **fields).text for hours in ("6", "12"))
    assert f"late {NEEDED}" in text_of(late)
    assert f"on track {NEEDED}" in text_of(on_track)
    assert learner.enrollment.target_on is None


def test_a_mentor_reads_it_on_the_mentees_page_and_in_the_table(
    learner: Learner, mentor: Browser, milo: User
) -> None:
    learner.choose(target_on=SOON)
    table = mentor.get("/mentoring").text
    assert "late 16 March" in re.sub(r"\s+", " ", text_of(table))
    (row,) = mentees_of(learner.session, seen_by=milo, at=learner.at)
    page = text_of(mentor.get(f"/mentoring/mentees/{row.mentorship}").text)
    assert "late To finish by 16 March, they need 8.5 to 14.5 hours a week." in page
    assert "Set 11.5" not in page


def test_late_mentees_come_first_in_the_order_of_targets(
    learner: Learner, mentor: Browser, milo: User
) -> None:
    for name, target_on in (("Anna", None), ("Berta", TODAY + timedelta(weeks=20))):
        person = add_user(learner.session, name)
        theirs = Learning(learner.session, person, enroll(learner.session, person))
        theirs.choose(target_on=target_on)
        begin(theirs, milo)
    learner.choose(target_on=SOON)
    learner.session.flush()
    asked = MenteesQuery(MenteeOrder.TARGET)
    table = find_mentee_table(learner.session, asked, seen_by=milo, at=learner.at)
    assert [(row.name, row.track) for row in table.rows] == [
        ("Lena", "late"),
        ("Berta", "on_track"),
        ("Anna", None),
    ]
    assert mentor.get("/mentoring?order=target").text.count('aria-sort="ascending"') == 1
