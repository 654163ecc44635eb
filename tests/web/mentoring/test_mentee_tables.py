"""The table of mentees: sorted both ways by links, and the same as CSV."""

import csv
import re
from io import StringIO

from flask import Flask

from roadmap.domain.accounts.users import User
from roadmap.queries.mentoring.mentee_tables import HIGHEST_FIRST, MenteeOrder
from roadmap.web.mentoring.mentee_tables import HEADER
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import Learner
from tests.support.mentoring import DAY, mentor_of, returned, verified
from tests.support.thirty_mentees import COMPLETE, STUCK, add_thirty_mentees

HEAD = re.compile(r'<th scope="col"(?: aria-sort="(\w+)")?[^>]*><a href="/mentoring([^"#]*)#mentees">([^<]+)')
NAME = re.compile(r'<th scope="row"><a [^>]+>([^<]+)</a>')


def rows(browser: Browser, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"/mentoring/mentees.csv{query}")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def sorted_head(browser: Browser, query: str) -> tuple[str, str]:
    """The direction of the one sorted column, and the query to which its link leads."""
    heads = HEAD.findall(browser.get(f"/mentoring{query}").text)
    assert len(heads) == len(MenteeOrder)
    ((direction, link, _),) = [head for head in heads if head[0]]
    return direction, link.replace("&amp;", "&")


def test_a_column_is_sorted_both_ways_by_its_link(mentor: Browser) -> None:
    for order in MenteeOrder:
        directions = ["ascending", "descending"]
        first, other = directions[::-1] if order in HIGHEST_FIRST else directions
        direction, link = sorted_head(mentor, f"?order={order}")
        assert (direction, f"direction={other}" in link) == (first, True), order
        direction, link = sorted_head(mentor, link)
        assert (direction, "direction" in link) == (other, False), order
        assert sorted_head(mentor, link)[0] == first, order


def test_the_most_in_need_come_first_unless_asked_otherwise(
    learner: Learner, mentor: Browser, milo: User
) -> None:
    add_thirty_mentees(learner.session, milo)
    found = NAME.findall(mentor.get("/mentoring").text)
    assert (found[:3], len(found), COMPLETE in found) == ([*STUCK], 29, False)
    assert NAME.findall(mentor.get("/mentoring?direction=ascending").text)[-1] == STUCK[0]
    the_csv_has_the_rows_of_the_page_in_its_order(mentor)


def the_csv_has_the_rows_of_the_page_in_its_order(mentor: Browser) -> None:
    for query in (
        "",
        "?order=name&direction=descending",
        "?reason=late",
        "?q=ri",
        "?also=complete&also=archived&order=change",
    ):
        found = NAME.findall(mentor.get(f"/mentoring{query}").text)
        assert found, query
        assert [row["mentee"] for row in rows(mentor, query)] == found, query


def test_the_csv_has_everything_the_table_shows(learner: Learner, mentor: Browser, milo: User) -> None:
    learner.at -= 20 * DAY
    verified(learner, milo, "first")
    returned(learner, milo, "habit")
    learner.session.flush()
    (row,) = rows(mentor)
    assert row == dict.fromkeys(HEADER, "") | {
        "mentee": "Lena",
        "roadmap": "Sample",
        "state": "active",
        "needs_attention": "Returned 20 days ago and not resubmitted",
        "claimed": "26",
        "claimed_change_30_days": "26",
        "verified": "13",
        "waiting": "0",
        "returned": "1",
        "returned_at": "2026-02-10T12:00:00Z",
        "last_activity_at": "2026-02-10T12:00:00Z",
        "last_contact_at": "2026-02-10T12:00:00Z",
    }


def test_the_csv_of_who_mentors_nobody_is_a_head(learner: Learner) -> None:
    assert learner.browser.get("/mentoring/mentees.csv").text.strip("\ufeff\r\n") == ",".join(HEADER)


def test_the_csv_names_no_mentee_of_another(app: Flask, learner: Learner) -> None:
    other = add_user(learner.session, "Olga")
    mentor_of(learner, "Mina")
    assert rows(browser_of(app, learner.session, other)) == []


def test_a_name_that_would_be_a_formula_is_text(learner: Learner, mentor: Browser) -> None:
    learner.person.name = "=HYPERLINK(1)"
    learner.session.flush()
    assert [row["mentee"] for row in rows(mentor)] == ["'=HYPERLINK(1)"]
