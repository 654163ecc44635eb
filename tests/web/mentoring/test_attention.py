"""Needs attention on the mentor's desk: reasons in words, chips with counts, and who is left out."""

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.forecasts import Pace
from roadmap.domain.learning.targets import HoursNeeded, Outlook, Track
from roadmap.domain.mentoring.attention import AttentionReason, Concern
from roadmap.queries.mentoring.mentees import mentees_of
from roadmap.web.mentoring.mentee_tables import describe_concern
from tests.support.browsing import Browser
from tests.support.learning import Learner, Learning
from tests.support.mentoring import submit
from tests.support.thirty_mentees import (
    ARCHIVED,
    COMPLETE,
    LATE,
    PAUSED,
    QUIET,
    STUCK,
    WAITING,
    add_thirty_mentees,
)

NAMES = re.compile(r'<li data-mentee="\w+">.*?<h3><a [^>]*>\s*([^<]+?)</a>', re.DOTALL)
CHIP = re.compile(r'<a href="([^"]+)"( aria-current="true")?>(\w+) <span class="count">(\d+)</span></a>')


def names(browser: Browser, path: str = "/mentoring") -> list[str]:
    """Who needs attention, in order."""
    return NAMES.findall(browser.get(path).text)


def test_thirty_mentees_who_needs_attention_and_who_is_left_out(
    learner: Learner, mentor: Browser, milo: User
) -> None:
    add_thirty_mentees(learner.session, milo)
    the_stuck_come_first_and_chips_filter_and_count(mentor)
    for state, name in (("paused", PAUSED), ("complete", COMPLETE), ("archived", ARCHIVED)):
        who_is_left_out_is_one_link_away(mentor, state, name)
    what_else_was_asked_for_stays_in_each_link(mentor)


def the_stuck_come_first_and_chips_filter_and_count(mentor: Browser) -> None:
    page = mentor.get("/mentoring").text
    assert NAMES.findall(page) == [*STUCK, *QUIET[::-1], *WAITING[::-1], *LATE]
    assert page.index("Needs attention") < page.index("Queue") < page.index("Mentees")
    chips = {word: (href, count) for href, _, word, count in CHIP.findall(page)}
    counts = {word: int(count) for word, (_, count) in chips.items()}
    assert counts == {"All": 10, "Waiting": 3, "Returned": 3, "Quiet": 5, "Late": 5}
    for word, found in {"Waiting": WAITING[::-1], "Returned": STUCK, "Late": (*STUCK, *LATE)}.items():
        page = mentor.get(chips[word][0].partition("#")[0]).text
        assert (word, NAMES.findall(page)) == (word, [*found])
        assert [word for _, current, word, _ in CHIP.findall(page) if current] == [word]
        assert f"{len(found)} of 29" in page


def who_is_left_out_is_one_link_away(mentor: Browser, state: str, name: str) -> None:
    page = mentor.get("/mentoring").text
    assert name not in NAMES.findall(page)
    table = page.partition("<tbody>")[2]
    assert (f'">{name}</a>' in table.partition("</tbody>")[0]) is (state == "paused")
    (href,) = set(re.findall(rf'<a href="([^"#]+)#attention">Show 1 {state}</a>', page))
    page = mentor.get(href).text
    assert name in NAMES.findall(page)
    (href,) = set(re.findall(rf'<a href="([^"#]+)#attention">Hide 1 {state}</a>', page))
    assert href == "/mentoring"


def what_else_was_asked_for_stays_in_each_link(mentor: Browser) -> None:
    page = mentor.get("/mentoring?order=claimed&direction=ascending&q=ricci&also=paused&also=complete").text
    asked = "order=claimed&amp;direction=ascending&amp;q=ricci&amp;also=complete&amp;also=paused"
    assert f'/mentoring?{asked}&amp;reason=quiet#attention"' in page
    assert f'/mentoring/mentees.csv?{asked}"' in page
    assert '<input type="hidden" name="also" value="paused">' in page


def test_a_mentor_without_concerns_reads_what_they_would_be(learner: Learner, mentor: Browser) -> None:
    assert "No one needs attention." in mentor.get("/mentoring").text
    assert "No mentees match this reason." in mentor.get("/mentoring?reason=late").text


def test_who_only_learns_has_no_such_list(learner: Learner) -> None:
    assert "Needs attention" not in learner.browser.get("/mentoring").text


DAY = timedelta(days=1)
TARGET = date(2026, 12, 7)
NEEDED = HoursNeeded(Fraction(9), Fraction(14))
LATE_OUTLOOK = Outlook(
    TARGET, 70, (Fraction(90), Fraction(140)), Pace(Fraction(4), 8), None, Track.LATE, NEEDED
)


@pytest.mark.parametrize(
    ("reason", "days", "more", "sentence"),
    [
        ("waiting", 4, {"waiting": 1}, "Has waited 4 days for your answer"),
        ("waiting", 9, {"waiting": 2}, "2 waiting for your answer, the oldest for 9 days"),
        ("returned", 16, {"returned": 1}, "Returned 16 days ago and not resubmitted"),
        ("returned", 16, {"returned": 3}, "3 returned and not resubmitted, the first 16 days ago"),
        ("quiet", 34, {}, "Nothing recorded for 34 days"),
        ("late", 0, {"outlook": LATE_OUTLOOK}, "Late: needs 9 to 14 h a week, averages 4"),
        (
            *("late", 0),
            {"outlook": replace(LATE_OUTLOOK, pace=Pace(Fraction(6), 0))},
            "Late: needs 9 to 14 h a week, plans 6",
        ),
        (
            *("late", 0),
            {"outlook": replace(LATE_OUTLOOK, needed=HoursNeeded(Fraction(9), Fraction(9)))},
            "Late: needs 9 h a week, averages 4",
        ),
        (
            *("late", 0),
            {"outlook": replace(LATE_OUTLOOK, needed=None)},
            "Late: the target was 7 December 2026",
        ),
        (
            *("late", 0),
            {"outlook": replace(LATE_OUTLOOK, days_left=1, needed=HoursNeeded(Fraction(630), Fraction(980)))},
            "Late: 90 to 140 h left, 1 day until the target",
        ),
    ],
)
def test_each_reason_is_a_sentence(
    learning: Learning, milo: User, reason: str, days: int, more: dict[str, object], sentence: str
) -> None:
    (row,) = mentees_of(learning.session, seen_by=milo, at=learning.at)
    concern = Concern(AttentionReason(reason), days * DAY + DAY / 2)
    assert describe_concern(concern, replace(row, **more)) == sentence


def test_the_sentence_stands_in_the_row(learner: Learner, mentor: Browser) -> None:
    learner.at -= 5 * DAY
    submit(learner)
    page = mentor.get("/mentoring").text
    assert re.search(r'<li data-reason="waiting">\s*Has waited 5 days for your answer</li>', page)
