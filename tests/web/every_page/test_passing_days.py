"""What pages show and record while a day, a year or summer time ends."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tests.support.browsing import browser_of
from tests.support.fixtures.clocks import BERLIN, WallClock
from tests.support.learning import Learner

Marking = Callable[..., date]
REVISIT = re.compile(r">revisit <time[^>]*>([^<]*)<")


@pytest.fixture
def mark_at(app: Flask, learner: Learner, wall_clock: WallClock) -> Marking:
    """Marks a milestone at a moment in Berlin, where Lena lives, and returns the day of the event."""
    learner.person.time_zone = BERLIN

    def mark(local: str, key: str, *, fold: int = 0) -> date:
        moment = wall_clock.move_to(local, fold=fold)
        browser = browser_of(app, learner.session, learner.person)
        answer = browser.post(f"{learner.base}/milestones/{key}/progress", status="done")
        event = learner.events()[-1]
        assert (answer.status_code, event.recorded_at) == (303, moment)
        return event.recorded_on

    return mark


def test_the_next_day_begins_at_the_learners_midnight(mark_at: Marking) -> None:
    assert mark_at("2026-03-02T23:59:59", "first") == date(2026, 3, 2)
    assert mark_at("2026-03-03T00:00:00", "second") == date(2026, 3, 3)


def test_the_day_of_summer_time_is_one_day_of_23_hours(mark_at: Marking) -> None:
    days = [
        mark_at("2026-03-28T23:59:59", "first"),
        mark_at("2026-03-29T01:59:59", "second"),
        mark_at("2026-03-29T03:00:00", "habit"),
        mark_at("2026-03-30T00:00:00", "bonus"),
    ]
    assert [day.day for day in days] == [28, 29, 29, 30]


def test_the_hour_that_comes_twice_is_of_one_day(mark_at: Marking, learner: Learner) -> None:
    assert mark_at("2026-10-25T02:30:00", "first") == date(2026, 10, 25)
    assert mark_at("2026-10-25T02:30:00", "second", fold=1) == date(2026, 10, 25)
    first, second = [event.recorded_at for event in learner.events()[-2:]]
    assert (second - first).total_seconds() == 3600
    assert mark_at("2026-10-26T00:00:00", "habit") == date(2026, 10, 26)


def test_a_revisit_day_of_last_year_is_shown_with_its_year(
    app: Flask, learner: Learner, wall_clock: WallClock
) -> None:
    learner.mark("first")
    learner.revisit("first", date(2026, 12, 30))
    shown = []
    for local in ("2026-12-20T12:00:00", "2027-01-02T12:00:00"):
        wall_clock.move_to(local)
        learner.browser = browser_of(app, learner.session, learner.person)
        shown.append(REVISIT.findall(learner.page()))
    assert shown == [["30 December"], ["30 December 2026"]]
