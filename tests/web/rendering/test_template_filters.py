"""How pages write days, moments, hours and percents."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
import time_machine
from flask import Flask, render_template_string

from roadmap.web.rendering.template_filters import (
    hours,
    hours_a_week,
    percent,
    plural,
    write_ago,
    write_day,
    write_distance,
    write_duration,
)

NOW = datetime(2026, 3, 7, 23, 30, tzinfo=UTC)


def test_a_day_names_its_year_only_in_another_year() -> None:
    assert write_day(date(2026, 3, 3), year_now=2026) == "3 March"
    assert write_day(date(2025, 3, 3), year_now=2026) == "3 March 2025"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "today"),
        (1, "yesterday"),
        (-1, "tomorrow"),
        (4, "4 days ago"),
        (104, "3 months ago"),
        (2142, "5 years ago"),
        (-104, "in 104 days"),
    ],
)
def test_distances_are_words(days: int, text: str) -> None:
    assert write_distance(days) == text


@pytest.mark.parametrize(
    ("passed", "text"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=4), "4 days ago"),
        (timedelta(days=800), "2 years ago"),
    ],
)
def test_ago_takes_the_largest_unit(passed: timedelta, text: str) -> None:
    assert write_ago(passed) == text


def test_hours_percents_and_plurals() -> None:
    assert [hours(6, 10), hours(6, 6), hours(1.5), hours(0.5, 1)] == ["6–10 h", "6 h", "1.5 h", "0.5–1 h"]
    assert [percent(42), percent(0), percent(None)] == ["42%", "0%", "–"]
    assert [percent(0, 0.0), percent(0, 0.0001), percent(1, 1.2)] == ["0%", "<1%", "1%"]
    assert [plural(1, "day"), plural(0, "day"), plural(2, "entry", "entries")] == [
        "1 day",
        "0 days",
        "2 entries",
    ]


def rendered(app: Flask, template: str, **values: object) -> str:
    with app.test_request_context(), time_machine.travel(NOW, tick=False):
        return render_template_string(template, **values)


def test_a_day_is_a_time_element_with_the_exact_day(app: Flask) -> None:
    assert rendered(app, "{{ day | day(relative=true) }}", day=date(2026, 3, 3)) == (
        '<time datetime="2026-03-03">3 March, 4 days ago</time>'
    )


def test_a_moment_is_told_in_the_zone_of_the_viewer(app: Flask) -> None:
    assert rendered(app, "{{ at | moment }}", at=NOW - timedelta(days=4)) == (
        '<time datetime="2026-03-03T23:30:00+00:00" title="3 March 2026, 23:30 (UTC)">3 March, 23:30</time>'
    )
    assert ">4 days ago<" in rendered(app, "{{ at | ago }}", at=NOW - timedelta(days=4))


def test_what_is_not_there_is_a_dash(app: Flask) -> None:
    assert rendered(app, "{{ none | day }}{{ none | moment }}{{ none | ago }}") == "–––"


def test_markdown_is_rendered_safely(app: Flask) -> None:
    assert rendered(app, "{{ text | markdown }}", text="*a* <b>") == "<p><em>a</em> &lt;b&gt;</p>\n"


@pytest.mark.parametrize(
    ("passed", "at_least", "at_most"),
    [
        (timedelta(seconds=-5), "less than a minute", "1 minute"),
        (timedelta(seconds=90), "1 minute", "2 minutes"),
        (timedelta(minutes=59, seconds=1), "59 minutes", "1 hour"),
        (timedelta(hours=23, minutes=1), "23 hours", "1 day"),
        (timedelta(days=1, hours=1), "1 day", "2 days"),
        (timedelta(days=45), "45 days", "45 days"),
    ],
)
def test_how_long_something_lasts(passed: timedelta, at_least: str, at_most: str) -> None:
    assert (write_duration(passed), write_duration(passed, at_most=True)) == (at_least, at_most)


@pytest.mark.parametrize(
    ("hours", "text"),
    [(1.0, "1 hour a week"), (Fraction(15, 2), "7.5 hours a week"), (0.5, "0.5 hours a week")],
)
def test_hours_of_a_week_are_one_or_many(hours: float | Fraction, text: str) -> None:
    assert hours_a_week(hours) == text
