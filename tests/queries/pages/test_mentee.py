"""The page of one mentee: numbers, what changed, the list, reviews, waiting work."""

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.events import EventKind
from roadmap.operations.mentoring.mentorships import mark_seen, set_mentor_note
from roadmap.queries.mentoring.mentor_dashboard import DashboardQuery, find_dashboard
from roadmap.queries.pages.mentee import MenteePage, MenteeRoadmap, find_mentee_page
from tests.support.cast import NOON, add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.learning import Learning
from tests.support.mentoring import DAY, HOUR, detached, end, mentor, returned, submit, verified, withdraw
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.statements import counted_statements


def mentorship_of(learning: Learning, milo: User) -> str:
    learning.session.flush()
    dashboard = find_dashboard(learning.session, DashboardQuery(), seen_by=milo, at=learning.at)
    return dashboard.mentorships[0].public_id


def page(learning: Learning, milo: User, **more: str) -> MenteePage:
    public_id = mentorship_of(learning, milo)
    return find_mentee_page(learning.session, public_id, seen_by=milo, at=learning.at, **more)


def roadmap(learning: Learning, milo: User, **more: str) -> MenteeRoadmap:
    found = page(learning, milo, **more).roadmap
    assert found is not None
    return found


def test_numbers_reviews_and_waiting_work_are_there(learning: Learning, milo: User) -> None:
    verified(learning, milo, "first")
    returned(learning, milo, "see")
    work = submit(learning, "look")
    assert (page(learning, milo).name, page(learning, milo).since) == ("Lena", NOON)
    found = roadmap(learning, milo)
    assert (found.numbers.claimed.percent, found.numbers.verified.percent) == (39, 13)
    assert [each.title for each in found.reviews] == ["See", "First"]
    assert [(each[0], each[1]) for each in found.waiting] == [(work.public_id, "Look")]
    assert found.outlook.forecast is not None


def test_what_changed_since_the_last_visit_can_be_told(learning: Learning, milo: User) -> None:
    learning.mark("first")
    assert page(learning, milo).seen_at is None
    learning.at += HOUR
    mark_seen(learning.session, mentorship_of(learning, milo), by=milo, at=learning.at)
    learning.at += HOUR
    learning.mark("second")
    found = page(learning, milo)
    assert found.seen_at == NOON + HOUR
    new = [each for each in roadmap(learning, milo).changes if each.recorded_at > found.seen_at]
    assert [each.events[0].milestone_key for each in new] == ["second"]


def test_the_private_note_of_the_learner_leaves_no_trace(learning: Learning, milo: User) -> None:
    learning.note("first", "Between me and me")
    learning.mark("first", reason="For all")
    kinds = {event.kind for change in roadmap(learning, milo).changes for event in change.events}
    assert EventKind.NOTE_SET not in kinds
    assert roadmap(learning, milo).changes[0].events[0].reason == "For all"


def test_the_note_on_a_mentee_is_the_mentors(learning: Learning, milo: User) -> None:
    set_mentor_note(learning.session, mentorship_of(learning, milo), "Ask about maths", version=0, by=milo)
    assert (page(learning, milo).note, page(learning, milo).note_version) == ("Ask about maths", 1)


def test_several_roadmaps_are_shown_one_at_a_time(learning: Learning, milo: User) -> None:
    add_roadmap(learning.session, sample("other"))
    other = enroll(learning.session, learning.person, "other", at=NOON + DAY)
    found = page(learning, milo, enrollment_id=other.public_id)
    assert found.roadmap is not None
    assert found.roadmap.enrollment.slug == "other"
    assert [other.public_id for other in found.others] == [learning.enrollment.public_id]


@pytest.fixture
def later(learning: Learning) -> Learning:
    """Lena on another roadmap, begun a day later."""
    add_roadmap(learning.session, sample("later"))
    begun_at = learning.at + DAY
    enrollment = enroll(learning.session, learning.person, "later", at=begun_at)
    return Learning(learning.session, learning.person, enrollment, begun_at)


def opened(learning: Learning, milo: User) -> str:
    """The roadmap that the page opens without being told which."""
    return roadmap(learning, milo).enrollment.slug


def test_the_roadmap_begun_last_opens(later: Learning, milo: User) -> None:
    assert opened(later, milo) == "later"


def test_the_roadmap_whose_work_waits_longest_opens(learning: Learning, later: Learning, milo: User) -> None:
    later.at += HOUR
    submit(later)
    assert opened(later, milo) == "later"
    work = submit(learning)
    assert opened(later, milo) == "sample"
    assert [each[0] for each in roadmap(later, milo).waiting] == [work.public_id]
    withdraw(learning)
    assert opened(later, milo) == "later"


def test_a_mentorship_for_one_roadmap_shows_no_other(learning: Learning) -> None:
    add_roadmap(learning.session, sample("other"))
    other = enroll(learning.session, learning.person, "other")
    mina = add_user(learning.session, "Mina")
    mentor(learning, mina, "sample")
    assert page(learning, mina).others == ()
    with pytest.raises(NotFound):
        page(learning, mina, enrollment_id=other.public_id)


def test_the_enrollment_of_another_mentee_is_not_shown_here(learning: Learning, milo: User) -> None:
    otto = add_user(learning.session, "Otto")
    theirs = Learning(learning.session, otto, enroll(learning.session, otto))
    mentor(theirs, milo)
    with pytest.raises(NotFound):
        page(learning, milo, enrollment_id=theirs.enrollment.public_id)


def test_a_mentee_without_a_roadmap_has_a_page(learning: Learning, milo: User) -> None:
    otto = add_user(learning.session, "Otto")
    begun = mentor(Learning(learning.session, otto, learning.enrollment), milo)
    learning.session.flush()
    found = find_mentee_page(learning.session, begun.public_id, seen_by=milo, at=NOON)
    assert (found.name, found.roadmap, found.others) == ("Otto", None, ())


def test_a_paused_roadmap_has_no_forecast(learning: Learning, milo: User) -> None:
    learning.choose(state=EnrollmentState.PAUSED)
    assert roadmap(learning, milo).outlook.forecast is None


def test_nobody_else_sees_the_page(learning: Learning, milo: User) -> None:
    public_id = mentorship_of(learning, milo)
    otto, ada = add_user(learning.session, "Otto"), add_user(learning.session, "Ada", is_admin=True)
    for person in (learning.person, otto, ada):
        with pytest.raises(NotFound):
            find_mentee_page(learning.session, public_id, seen_by=person, at=NOON)
    end(learning, milo)
    with pytest.raises(NotFound):
        find_mentee_page(learning.session, public_id, seen_by=milo, at=NOON)


@pytest.mark.parametrize("marks", [1, 6])
def test_the_page_costs_a_fixed_number_of_statements(
    database: SharedDatabase, learning: Learning, milo: User, marks: int
) -> None:
    for key in ("first", "second", "see", "look", "join", "red")[:marks]:
        verified(learning, milo, key)
    public_id = mentorship_of(learning, milo)
    mentor = detached(learning.session, milo)
    with database.reading() as session:
        find_mentee_page(session, public_id, seen_by=mentor, at=NOON)  # reads the outline, which is cached
        with counted_statements(database) as statements:
            find_mentee_page(session, public_id, seen_by=mentor, at=NOON)
    assert len(statements) <= 7
