"""The mentor's desk: the queue, all mentees, and how many wait."""

import re
from datetime import date

import pytest
from flask import Flask

from roadmap.domain.accounts.users import User
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.fixtures.web import LendApp
from tests.support.learning import TOMORROW, Learner, Learning
from tests.support.mentoring import claim, end, mentor_of, submit, verified, withdraw
from tests.support.mentoring import mentor as begin
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.statements import counted_statements

OF_OUTLINES = re.compile(
    r"SELECT (editions\.id|roadmaps\.id|milestones|areas|skills|prerequisites|milestone_texts|pathway)"
)
WAITING = re.compile(r'data-submission="([^"]+)"')


def waiting(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/mentoring{query}")
    assert answer.status_code == 200
    return WAITING.findall(answer.text)


def otto_learns(learner: Learner, milo: User) -> Learning:
    add_roadmap(learner.session, sample("other"))
    otto = add_user(learner.session, "Otto")
    theirs = Learning(learner.session, otto, enroll(learner.session, otto, "other"))
    begin(theirs, milo)
    return theirs


def test_the_queue_lists_what_waits_oldest_first(learner: Learner, mentor: Browser) -> None:
    works = [submit(learner, key).public_id for key in ("see", "first")]
    assert waiting(mentor) == works
    withdraw(learner, "see")
    assert waiting(mentor) == works[1:]


def test_filters_by_mentee_and_roadmap(learner: Learner, mentor: Browser, milo: User) -> None:
    mine, theirs = submit(learner).public_id, submit(otto := otto_learns(learner, milo)).public_id
    assert waiting(mentor, "?roadmap=other") == [theirs]
    assert waiting(mentor, f"?mentee={learner.person.public_id}") == [mine]
    assert waiting(mentor, f"?mentee={otto.person.public_id}&roadmap=sample") == []
    assert waiting(mentor, "?mentee=nobody") == []


def test_a_learner_and_a_stranger_see_no_queue(app: Flask, learner: Learner, milo: User) -> None:
    submit(learner)
    otto = browser_of(app, learner.session, add_user(learner.session, "Otto"))
    assert (waiting(learner.browser), waiting(otto)) == ([], [])


def test_who_mentors_is_offered_to_invite_a_learner_and_others_a_mentor(
    learner: Learner, mentor: Browser
) -> None:
    role = re.compile(r'<input checked[^>]* name="as"[^>]* value="(\w+)"')
    assert role.findall(mentor.get("/mentoring").text) == ["learner"]
    assert role.findall(mentor.get("/mentoring?as=mentor").text) == ["mentor"]
    assert role.findall(learner.browser.get("/mentoring").text) == ["mentor"]


def test_the_number_of_those_waiting_stands_in_the_header(learner: Learner, mentor: Browser) -> None:
    submit(learner, "first")
    submit(learner, "see")
    found = re.search(r'href="/mentoring"[^>]*>(.*?)</a>', mentor.get("/today").text, re.DOTALL)
    assert found is not None
    assert "2" in found[1]


def test_who_holds_it_is_named(learner: Learner, mentor: Browser) -> None:
    claim(learner, submit(learner), mentor_of(learner, "Mina"))
    assert "claimed by Mina" in mentor.get("/mentoring").text


def test_all_mentees_are_a_table_with_both_numbers(learner: Learner, mentor: Browser, milo: User) -> None:
    verified(learner, milo)
    html = mentor.get("/mentoring").text
    assert f"?enrollment={learner.enrollment.public_id}" in html
    assert "13" in html.partition("<tbody>")[2].partition("</tbody>")[0]


def test_an_order_there_is_not_is_no_error_of_ours(mentor: Browser) -> None:
    assert mentor.get("/mentoring?order=odd").status_code == 200


@pytest.mark.parametrize(("words", "found"), [("len", True), ("otto", False)])
def test_the_table_can_be_searched(learner: Learner, mentor: Browser, words: str, found: bool) -> None:
    html = mentor.get(f"/mentoring?q={words}").text
    assert (learner.enrollment.public_id in html) is found


def test_when_it_ends_the_desk_is_empty(learner: Learner, mentor: Browser, milo: User) -> None:
    submit(learner)
    end(learner, milo)
    assert waiting(mentor) == []
    html = mentor.get("/mentoring").text
    assert "/mentoring/mentees/" not in html
    assert html.count("Lena") == 1, "among those that ended"


@pytest.mark.parametrize(("mentees", "target_on", "most"), [(1, None, 6), (8, None, 6), (8, TOMORROW, 6)])
def test_the_desk_costs_a_fixed_number_of_statements(
    database: SharedDatabase,
    learner: Learner,
    mentor: Browser,
    milo: User,
    mentees: int,
    target_on: date | None,
    most: int,
) -> None:
    for number in range(mentees):
        person = add_user(learner.session, f"Learner{number}")
        theirs = Learning(learner.session, person, enroll(learner.session, person))
        theirs.choose(target_on=target_on)
        begin(theirs, milo)
        submit(theirs)
    mentor.get("/mentoring")
    with counted_statements(database) as statements:
        assert len(waiting(mentor)) == mentees
    # The states of enrollments come from the cache.
    assert sum(OF_OUTLINES.match(each) is None for each in statements) == most


@pytest.mark.parametrize(("smtp_url", "is_mentioned"), [(None, False), ("smtp://127.0.0.1:1", True)])
def test_a_daily_mail_is_promised_only_where_mail_is_set_up(
    learner: Learner, lend_app: LendApp, milo: User, smtp_url: str | None, is_mentioned: bool
) -> None:
    page = browser_of(lend_app(smtp_url=smtp_url), learner.session, milo).get("/mentoring").text
    assert ("Nothing to review." in page, "in your daily email digest" in page) == (True, is_mentioned)
