"""What remains of a mentorship on both desks once it ended: who it was and when, and no way in."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from roadmap.domain.accounts.users import User
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.accounts.account_deletion import erase
from roadmap.operations.roadmaps.editions import publish_edition
from roadmap.queries.mentoring.past_mentorships import MAX_PAST
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.learning import Learner, Learning
from tests.support.mentoring import DAY, end, mentor_of
from tests.support.mentoring import mentor as begin
from tests.support.outlines import newer_sample
from tests.support.statements import counted_statements


def ended_mentorships(browser: Browser) -> list[str]:
    """What the part says of each, without its tags."""
    part = browser.get("/mentoring").text.partition('id="past"')[2].partition("</ul>")[0]
    return [" ".join(re.sub("<[^>]*>", "", each).split()) for each in part.split("<li>")[1:]]


def later(learner: Learner) -> Learner:
    learner.at += 3 * DAY
    return learner


def test_while_it_lasts_nothing_has_ended(learner: Learner, mentor: Browser) -> None:
    assert ended_mentorships(mentor) == ended_mentorships(learner.browser) == []
    assert "Ended mentorships" not in mentor.get("/mentoring").text


@pytest.mark.parametrize("by_learner", [True, False])
def test_both_sides_read_who_it_was_from_when_to_when_and_who_ended_it(
    learner: Learner, mentor: Browser, milo: User, by_learner: bool
) -> None:
    end(later(learner), milo, by=learner.person if by_learner else milo)
    days = "all roadmaps, 2 March to 5 March, ended by"
    assert ended_mentorships(mentor) == [f"You mentored Lena {days} {'Lena' if by_learner else 'you'}"]
    assert ended_mentorships(learner.browser) == [
        f"Milo mentored you {days} {'you' if by_learner else 'Milo'}"
    ]


def test_an_administrator_who_ended_it_is_not_named(learner: Learner, milo: User) -> None:
    end(learner, milo, by=add_user(learner.session, "Ada", is_admin=True))
    assert ended_mentorships(learner.browser)[0].endswith("ended by an administrator")


def test_when_the_account_that_ended_it_is_gone_nobody_is_said_to_have(learner: Learner, milo: User) -> None:
    ada = add_user(learner.session, "Ada", is_admin=True)
    end(learner, milo, by=ada)
    erase(learner.session, ada)
    learner.session.commit()
    assert ended_mentorships(learner.browser)[0].endswith("2 March")


def test_a_stranger_reads_nothing_of_it(app: Flask, learner: Learner, milo: User) -> None:
    end(learner, milo)
    assert ended_mentorships(browser_of(app, learner.session, add_user(learner.session, "Otto"))) == []


def test_the_roadmap_has_the_title_it_had_then(learner: Learner) -> None:
    mina = mentor_of(learner, "Mina", "sample")
    end(learner, mina)
    before = ended_mentorships(learner.browser)
    newer = replace(newer_sample(), title="Renamed")
    roadmap = learner.session.get_one(Roadmap, learner.enrollment.roadmap_id)
    publish_edition(learner.session, roadmap, newer, at=learner.at + DAY)
    learner.session.commit()
    assert ended_mentorships(learner.browser) == before
    assert "Sample, 2 March to 2 March" in before[0]


def test_it_leads_nowhere(learner: Learner, mentor: Browser, milo: User) -> None:
    end(learner, milo)
    part = mentor.get("/mentoring").text.partition('id="past"')[2].partition("</details>")[0]
    assert "href" not in part
    assert "public_id" not in part
    assert mentor.get(learner.base).status_code == 404


@pytest.mark.parametrize("count", [2, MAX_PAST + 3])
def test_the_last_are_shown_first_for_a_fixed_number_of_statements(
    database: SharedDatabase, learner: Learner, mentor: Browser, milo: User, count: int
) -> None:
    end(learner, milo)
    for number in range(1, count):
        theirs = Learning(learner.session, add_user(learner.session, f"L{number}"), learner.enrollment)
        theirs.at += number * DAY
        begin(theirs, milo)
        end(theirs, milo)
    learner.session.commit()
    with counted_statements(database) as statements:
        shown = ended_mentorships(mentor)
    assert (len(shown), len(statements)) == (min(count, MAX_PAST), 5)
    assert shown[0].startswith(f"You mentored L{count - 1} ")
