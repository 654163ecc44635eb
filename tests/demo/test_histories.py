"""The history of a demo: what the product itself would have recorded, with everything the story promises."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from roadmap.cache.states import read_states
from roadmap.demo.entries import read_cast
from roadmap.domain.accounts.audits import Audit
from roadmap.domain.accounts.sessions import SignIn
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Progress, Status, Verification
from roadmap.domain.learning.replay import replay_events
from roadmap.domain.local_dates import day_in
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Claim, Review, Submission, SubmissionState
from roadmap.domain.reports.numbers import ReportNumbers
from roadmap.domain.reports.reports import ReportQuery
from roadmap.operations.mails import due_mails
from roadmap.passwords import check_password
from roadmap.queries.reports.reports import report_of
from tests.support.filled_demos import AT, TEAM, enrollment_of, enrollments, events_of

MOMENTS = (
    *(Event.recorded_at, Submission.submitted_at, Review.reviewed_at, Claim.claimed_at, Audit.at),
    *(Invitation.created_at, Mentorship.started_at, SignIn.last_seen_at, User.created_at),
)


def numbers_of(session: Session, handle: str) -> ReportNumbers:
    return report_of(session, enrollment_of(session, handle), ReportQuery(), at=AT)


def percents(session: Session, handle: str) -> tuple[int, int]:
    """Claimed and verified."""
    numbers = numbers_of(session, handle)
    return numbers.claimed.percent or 0, numbers.verified.percent or 0


def states(session: Session, enrollment: Enrollment) -> dict[int, MilestoneState]:
    return read_states(session, [enrollment.id])[enrollment.id]


def test_stored_is_the_fold_for_everybody(seen: Session) -> None:
    for each in enrollments(seen):
        state = replay_events(events_of(seen, each))
        assert (state.edition_id, state.settings) == (each.edition_id, each.settings)
        touched = {key: value for key, value in state.states.items() if value != UNTOUCHED}
        assert touched == {key: it for key, it in states(seen, each).items() if it != UNTOUCHED}
        pieces = select(Evidence.id, Evidence.revision_id).where(Evidence.enrollment_id == each.id)
        assert state.evidence == dict(seen.execute(pieces).all())


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_nothing_lies_in_the_future(seen: Session, moment: InstrumentedAttribute[datetime]) -> None:
    latest = seen.scalar(select(func.max(moment)))
    assert latest is not None
    assert latest <= AT


def test_no_day_lies_ahead_of_the_learner(seen: Session) -> None:
    for each in enrollments(seen):
        events = events_of(seen, each)
        assert events
        for event in events:
            assert event.recorded_on <= day_in(each.user.time_zone, AT)
            assert event.occurred_on is None or event.occurred_on <= event.recorded_on


def test_events_are_recorded_in_the_order_of_time(seen: Session) -> None:
    for each in enrollments(seen):
        moments = [event.recorded_at for event in events_of(seen, each)]
        assert moments == sorted(moments)


def test_everybody_follows_a_roadmap_and_the_numbers_differ(seen: Session) -> None:
    found = {person.handle: percents(seen, person.handle) for person in read_cast().with_role("learner")}
    assert all(verified <= claimed for claimed, verified in found.values())
    assert found["tomasz"] == (100, 100)
    assert 85 <= found["priya"][0] <= 99
    assert 50 <= found["mei"][0] <= 75
    assert found["isabela"][0] < 5
    assert len({claimed for claimed, _ in found.values()}) > 7


def test_mei_has_something_in_every_state(seen: Session) -> None:
    mine = states(seen, enrollment_of(seen, "mei")).values()
    assert set(Verification) <= {each.verification for each in mine}
    assert set(Status) - {Status.NOT_STARTED} <= {each.status for each in mine}


def test_one_paused_one_left_off_one_put_a_roadmap_away_one_began_today(seen: Session) -> None:
    assert enrollment_of(seen, "diego").state is EnrollmentState.PAUSED
    assert enrollment_of(seen, "elin", TEAM).state is EnrollmentState.ARCHIVED
    last = max(each.recorded_at for each in events_of(seen, enrollment_of(seen, "oleksandr")))
    assert last < AT - timedelta(weeks=10)
    assert (
        min(each.recorded_at for each in events_of(seen, enrollment_of(seen, "isabela"))).date() == AT.date()
    )


def test_every_kind_of_event_is_on_record(seen: Session) -> None:
    assert set(seen.scalars(select(Event.kind).distinct())) == set(EventKind)
    assert seen.scalar(select(func.count()).where(Event.undoes.is_not(None)))
    assert seen.scalar(select(func.count()).where(Event.occurred_on < Event.recorded_on))
    assert seen.scalar(select(func.count()).where(Review.replaces_id.is_not(None))) == 1
    assert seen.scalar(select(func.count()).where(Progress.status == Status.SKIPPED, Progress.reason_id > 0))


def test_work_waits_for_days_and_for_weeks(seen: Session) -> None:
    waiting = seen.scalars(select(Submission.submitted_at).where(Submission.state == SubmissionState.OPEN))
    ages = sorted((AT - each).days for each in waiting)
    assert len(ages) >= 6
    assert ages[0] <= 1
    assert ages[-1] >= 14


def test_one_mentor_holds_a_submission_and_both_keep_notes(seen: Session) -> None:
    (claim,) = seen.scalars(select(Claim))
    assert claim.expires_at > AT
    noted = select(Mentorship.mentor_id).where(Mentorship.note != "").distinct()
    assert len(seen.scalars(noted).all()) == 2


def test_who_learns_at_weekends_does(seen: Session) -> None:
    marks = [each for each in events_of(seen, enrollment_of(seen, "fatima")) if each.status is Status.DONE]
    weekdays = Counter(each.recorded_on.weekday() >= 5 for each in marks)
    assert weekdays[True] > weekdays[False]


def test_the_only_mail_that_waits_is_an_invitation(seen: Session) -> None:
    assert len(due_mails(seen, at=AT)) == 1


def test_the_password_is_one_that_everybody_may_have() -> None:
    cast = read_cast()
    assert len(cast.people) == 15
    for person in cast.people.values():
        check_password(cast.password, name=person.name, email=person.email)
