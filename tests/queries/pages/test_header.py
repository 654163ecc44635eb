"""What the header says about a person."""

from datetime import timedelta

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.queries.pages.header import HeaderFacts, find_header
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import submit
from tests.support.outlines import add_roadmap, enroll, sample


def header(learning: Learning, person: User | None = None) -> HeaderFacts:
    learning.session.flush()
    return find_header(learning.session, person or learning.person, at=learning.at)


def leads_to(learning: Learning) -> str | None:
    found = header(learning).roadmap
    return found.public_id if found else None


def test_it_leads_to_the_roadmap_started_last(learning: Learning) -> None:
    assert header(learning).roadmap == (learning.enrollment.public_id, "Sample", "")
    add_roadmap(learning.session, sample("other"))
    later = enroll(learning.session, learning.person, "other", at=NOON + timedelta(days=1))
    assert leads_to(learning) == later.public_id


def test_a_paused_one_comes_after_those_that_run_and_an_archived_one_not_at_all(learning: Learning) -> None:
    add_roadmap(learning.session, sample("other"))
    other = enroll(learning.session, learning.person, "other", at=NOON - timedelta(days=9))
    learning.choose(state=EnrollmentState.PAUSED)
    assert leads_to(learning) == other.public_id
    learning.choose(state=EnrollmentState.ARCHIVED)
    learning.enrollment = other
    learning.choose(state=EnrollmentState.ARCHIVED)
    assert leads_to(learning) is None


def test_who_follows_nothing_has_only_what_waits(learning: Learning, milo: User) -> None:
    submit(learning)
    assert header(learning, milo) == (1, (), 1)
    assert header(learning, add_user(learning.session, "Otto")) == (0, (), 0)


@pytest.mark.both_databases
def test_of_several_active_ones_it_leads_to_the_two_started_last(learning: Learning, milo: User) -> None:
    submit(learning)
    started = [learning.enrollment.public_id]
    for days, slug in enumerate(("other", "third"), 1):
        add_roadmap(learning.session, sample(slug))
        later = enroll(learning.session, learning.person, slug, at=NOON + timedelta(days=days))
        started.insert(0, later.public_id)
        assert [roadmap.public_id for roadmap in header(learning).roadmaps] == started[:2]
    assert (header(learning).waiting, header(learning, milo).waiting) == (0, 1)
    learning.choose(state=EnrollmentState.PAUSED)
    assert [roadmap.public_id for roadmap in header(learning).roadmaps] == started[:2]
