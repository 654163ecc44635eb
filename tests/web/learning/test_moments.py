"""Each state is shown with the day or moment of its own event, in the learner's days."""

import re
from datetime import timedelta

import pytest
import time_machine

from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.submissions import Outcome
from tests.support.browsing import browser_of
from tests.support.learning import Learner
from tests.support.mentoring import DAY, HOUR, review, submit_as_is, withdraw


def words_of(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def page(learner: Learner, path: str) -> str:
    """The page at her moment, in a session that began then."""
    learner.session.commit()
    with time_machine.travel(learner.at, tick=False):
        browser = browser_of(learner.browser.client.application, learner.session, learner.person)
        return browser.get(learner.base + path).text


def shown(learner: Learner, path: str, pattern: str) -> str | None:
    """What the page says where the pattern fits."""
    found = re.search(pattern, words_of(page(learner, path)))
    return found and found[0]


def milestone(learner: Learner) -> str | None:
    return shown(learner, "/milestones/first", "Done on .{0,30} ago · .{0,40} ago")


def row(learner: Learner) -> str | None:
    return shown(learner, "", r"First( \S+)? (submitted|returned|verified|done) \d+ \w+( \d{4})?")


def station(learner: Learner) -> str | None:
    found = re.search(r'data-milestone="first".*?<title>([^<]*?)</title>', page(learner, "?view=map"))
    return found and found[1]


def done_then_submitted(learner: Learner) -> None:
    learner.mark("first", occurred_on=learner.at.date() - 70 * DAY)
    submit_as_is(learner)


def test_submitted_has_its_own_moment(learner: Learner, milo: User) -> None:
    done_then_submitted(learner)
    learner.at += 13 * HOUR
    assert milestone(learner) == "Done on 22 December 2025, 2 months ago · submitted 13 hours ago"
    assert (row(learner), station(learner)) == ("First submitted 2 March", "submitted on 2 March")


@pytest.mark.parametrize("outcome", Outcome)
def test_an_answer_has_its_own_moment(learner: Learner, milo: User, outcome: Outcome) -> None:
    learner.mark("first", occurred_on=learner.at.date() - 70 * DAY)
    submission, _ = submit_as_is(learner)
    learner.at += 3 * DAY
    review(learner, submission, milo, outcome)
    learner.at += DAY
    assert milestone(learner) == f"Done on 22 December 2025, 2 months ago · {outcome} 1 day ago"
    assert (row(learner), station(learner)) == (f"First {outcome} 5 March", f"{outcome} on 5 March")


def test_a_submission_that_returns_has_its_first_moment(learner: Learner, milo: User) -> None:
    done_then_submitted(learner)
    learner.at += 2 * DAY
    change = withdraw(learner)
    assert row(learner) == "First done 22 December 2025"
    learner.at += DAY
    learner.undo(change)
    assert row(learner) == "First submitted 2 March"
    assert "submitted 3 days ago" in (milestone(learner) or "")


def test_nothing_done_is_tomorrow_for_who_travels_west(learner: Learner, milo: User) -> None:
    learner.person.time_zone = "Pacific/Kiritimati"
    learner.mark("first")
    learner.person.time_zone = "Pacific/Pago_Pago"
    learner.mark("second")
    day = "{0.day} {0:%B}".format(learner.at - timedelta(hours=11))
    assert shown(learner, "/milestones/first", "Done on 3 March, [^“]{0,12}") is not None
    assert shown(learner, "/milestones/second", f"Done on {day}, today") is not None
    for key in ("first", "second"):
        assert shown(learner, f"/milestones/{key}", "Done on [^.]{0,40}tomorrow") is None
    today = (learner.at - timedelta(hours=11)).date()
    assert learner.revisit("red", today) is not None
    assert shown(learner, "/milestones/red", "revisit [^.]{0,20}, today") is not None


@pytest.mark.both_databases
def test_a_mentor_further_west_reads_the_learners_day(learner: Learner, milo: User) -> None:
    learner.person.time_zone, milo.time_zone = "Pacific/Kiritimati", "Pacific/Pago_Pago"
    learner.mark("first")
    learner.session.commit()
    path = f"{learner.base}/milestones/first"
    with time_machine.travel(learner.at, tick=False):
        seen = words_of(browser_of(learner.browser.client.application, learner.session, milo).get(path).text)
    assert "Done on 3 March, today" in seen


def test_late_work_says_what_waits_and_offers_a_reminder(learner: Learner, milo: User) -> None:
    learner.browser.client.application.jinja_env.globals["sends_mail"] = True
    done_then_submitted(learner)
    assert "Remind your mentors" not in page(learner, "/milestones/first")
    learner.at += 14 * DAY
    assert shown(learner, "/milestones/first", "Milo has 1 submission waiting, for 14 days") is not None
    assert "Remind your mentors" in page(learner, "/milestones/first")
    with time_machine.travel(learner.at, tick=False):
        browser = browser_of(learner.browser.client.application, learner.session, learner.person)
        assert browser.post(f"{learner.base}/milestones/first/reminder").status_code == 303
        assert "Your mentors will get an email" in browser.get(f"{learner.base}/milestones/first").text
        browser.post(f"{learner.base}/milestones/first/reminder")
        assert "Give them a little time" in browser.get(f"{learner.base}/milestones/first").text


def test_a_mentor_is_told_what_waits_for_them_and_of_no_response_time(learner: Learner, milo: User) -> None:
    done_then_submitted(learner)
    learner.at += 14 * DAY
    with time_machine.travel(learner.at, tick=False):
        browser = browser_of(learner.browser.client.application, learner.session, milo)
        seen = words_of(browser.get(f"{learner.base}/milestones/first").text)
    assert "You have 1 submission waiting, for 14 days" in seen
    assert ("Milo has" in seen, "typical response time" in seen) == (False, False)


def test_today_offers_a_reminder_of_what_waits_longest_and_comes_back(learner: Learner, milo: User) -> None:
    learner.browser.client.application.jinja_env.globals["sends_mail"] = True
    done_then_submitted(learner)
    learner.at += 14 * DAY
    with time_machine.travel(learner.at, tick=False):
        browser = browser_of(learner.browser.client.application, learner.session, learner.person)
        path = f"{learner.base}/milestones/first/reminder"
        assert f'action="{path}"' in browser.get("/today").text
        assert browser.post(path, {"Referer": "http://localhost/today"}).location == "/today"
        assert "Your mentors will get an email" in browser.get("/today").text
