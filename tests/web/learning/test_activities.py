"""The page of charts: each has a title, a text and a table."""

import re
from datetime import timedelta

import time_machine
from flask import Flask

from tests.support.browsing import Browser, browser_of
from tests.support.cast import NOON
from tests.support.learning import Learner

LATER = NOON + timedelta(weeks=3)


def three_weeks_later(app: Flask, learner: Learner) -> str:
    """What the page says then, after she signed in again."""
    with time_machine.travel(LATER, tick=False):
        answer = browser_of(app, learner.session, learner.person).get(learner.base + "/activity")
    assert answer.status_code == 200
    return answer.text


def test_every_chart_has_a_title_a_text_and_a_table(app: Flask, learner: Learner) -> None:
    learner.mark("first")
    page = three_weeks_later(app, learner)
    assert page.count('role="img"') >= 4
    named = re.findall(r'role="img" aria-labelledby="([^"]+)"', page)
    assert len(named) == page.count('role="img"') - page.count('role="img" aria-label=') == 4
    assert all(f'id="{each}"' in page for ids in named for each in ids.split())
    for table in ("Progress as a table", "Estimated hours per week as a table", "Days as a table"):
        assert table in page


def test_the_text_says_what_the_lines_say(app: Flask, learner: Learner) -> None:
    learner.mark("first")
    page = three_weeks_later(app, learner)
    assert "2 March to 23 March; on the last day: claimed 13%, verified 0%." in page
    assert ": 1 milestone finished, on 1 day in all</title>" in page


def test_what_a_bar_says_is_one_line_because_a_tooltip_shows_line_breaks(
    app: Flask, learner: Learner
) -> None:
    learner.mark("first")
    page = three_weeks_later(app, learner)
    said = [text for text in re.findall(r"<title>([^<]*)</title>", page) if "eek" in text]
    assert "Week of 2 March: 3 h, 1 milestone, goal 6 h" in said
    assert not [text for text in said if "\n" in text]


def test_a_first_day_and_a_year_without_anything_look_intended(learner: Learner) -> None:
    learner.choose(shows_forecast=False)
    page = learner.page("/activity")
    assert "Starting tomorrow, both numbers appear here as lines." in page
    assert "nothing started or finished" in page
    assert "No milestone has been finished yet." in page


def test_a_mentor_sees_it_without_the_way_to_change_the_goal(learner: Learner, mentor: Browser) -> None:
    page = mentor.get(learner.base + "/activity").text
    assert ("as their mentor" in page, "Your goal is" in page) == (True, False)
