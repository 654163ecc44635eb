"""The page of a submission, and the reviews that the page of a milestone shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import MilestoneState, Status, Verification
from roadmap.domain.mentoring.submissions import Claim, Submission, SubmissionState, submissions_seen_by
from roadmap.domain.roadmaps.outlines import MilestoneOutline
from roadmap.domain.roadmaps.roadmaps import Milestone, Roadmap
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.mentoring.answer_times import AnswerTimes, answer_times
from roadmap.queries.mentoring.queues import next_in_queue
from roadmap.queries.mentoring.reviews import ReviewView, Round, rounds_of


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """One submission; `may_answer` for its mentors, never for its learner; times are in UTC."""

    public_id: str
    title: str
    language: str
    summary: str
    milestone: str
    enrollment: str
    slug: str
    learner: str
    is_own: bool
    round: Round
    earlier: tuple[Round, ...]
    claimed_by: str | None
    claimed_until: datetime | None
    is_mine: bool
    may_answer: bool
    may_revise: bool
    next_id: str | None

    @property
    def is_open(self) -> bool:
        return self.round.state is SubmissionState.OPEN

    @property
    def answer(self) -> ReviewView | None:
        return self.round.answer


def find_submission_page(session: Session, public_id: str, *, seen_by: User, at: datetime) -> SubmissionPage:
    """The submission, if this person is its learner or mentors them on its roadmap now."""
    submission = session.scalar(submissions_seen_by(seen_by).where(Submission.public_id == public_id))
    if submission is None:
        raise NotFound("There is no such submission.")
    enrollment = session.get_one(Enrollment, submission.enrollment_id)
    learner = session.get_one(User, enrollment.user_id)
    followed = stored_outline(session, enrollment.edition_id)
    key = followed.key_of(submission.milestone_id)
    rounds = rounds_of(session, enrollment.id, submission.milestone_id)
    here = next(place for place, attempt in enumerate(rounds) if attempt.public_id == public_id)
    holder, until, is_mine = _claim(session, submission, seen_by, at)
    is_own, is_open = learner.id == seen_by.id, submission.state is SubmissionState.OPEN
    return SubmissionPage(
        public_id=public_id,
        title=submission.title,
        language=stored_outline(session, submission.edition_id).outline.language,
        summary=_summary(session, submission),
        milestone=key or session.get_one(Milestone, submission.milestone_id).key,
        enrollment=enrollment.public_id,
        slug=session.get_one(Roadmap, enrollment.roadmap_id).slug,
        learner=learner.name,
        is_own=is_own,
        round=rounds[here],
        earlier=tuple(reversed(rounds[:here])),
        claimed_by=holder,
        claimed_until=until,
        is_mine=is_mine,
        may_answer=not is_own and is_open and (holder is None or is_mine),
        may_revise=not is_own and _is_revisable(submission, enrollment, rounds[here + 1 :]),
        next_id=next_in_queue(session, seen_by=seen_by, after=submission, at=at) if not is_own else None,
    )


def _summary(session: Session, submission: Submission) -> str:
    """The summary of the edition in which it was submitted; the milestone may have been merged since."""
    stored = stored_outline(session, submission.edition_id)
    same = [
        milestone for milestone in stored.outline.milestones.values() if milestone.title == submission.title
    ]
    own = [milestone for milestone in same if milestone.key == stored.keys.get(submission.milestone_id)]
    return next((milestone.summary for milestone in own or same), "")


def _is_revisable(submission: Submission, enrollment: Enrollment, later: Sequence[Round]) -> bool:
    """Whether its review may be replaced: it is in the latest round, and the roadmap is not archived."""
    is_latest = all(attempt.state is SubmissionState.WITHDRAWN for attempt in later)
    return submission.state is SubmissionState.ANSWERED and is_latest and not enrollment.is_archived


def _claim(
    session: Session, submission: Submission, seen_by: User, at: datetime
) -> tuple[str | None, datetime | None, bool]:
    """The claiming mentor's name, when the claim expires, and whether it is the viewer's own."""
    query = select(Claim.mentor_id, Claim.expires_at, User.name).join(User, User.id == Claim.mentor_id)
    claim = session.execute(
        query.where(Claim.submission_id == submission.id, Claim.expires_at > at)
    ).one_or_none()
    return (claim.name, claim.expires_at, claim.mentor_id == seen_by.id) if claim else (None, None, False)


@dataclass(frozen=True, slots=True)
class SubmissionPanel:
    """Rounds are newest first; `is_late` when the open one has waited for longer than usual."""

    has_mentor: bool
    may_submit: bool
    is_waiting: bool
    is_late: bool
    times: AnswerTimes
    rounds: tuple[Round, ...]


def find_submission_panel(
    session: Session,
    enrollment: EnrollmentView,
    milestone: MilestoneOutline,
    milestone_state: MilestoneState,
    *,
    at: datetime,
) -> SubmissionPanel:
    """What the page of a milestone shows of its reviews."""
    rounds = rounds_of(session, enrollment.id, enrollment.stored.ids[milestone.key])
    is_open_to = milestone_state.verification in {Verification.NONE, Verification.RETURNED}
    times = AnswerTimes()
    if enrollment.has_mentor:
        times = answer_times(session, enrollment.learner_id, at=at)(enrollment.stored.roadmap_id)
    open_since = next(
        (attempt.submitted_at for attempt in rounds if attempt.state is SubmissionState.OPEN),
        None,
    )
    may_change = enrollment.is_own and enrollment.has_mentor and not enrollment.is_archived
    return SubmissionPanel(
        has_mentor=enrollment.has_mentor,
        may_submit=may_change and milestone_state.status is Status.DONE and is_open_to,
        is_waiting=open_since is not None,
        is_late=open_since is not None and times.is_late(at - open_since),
        times=times,
        rounds=tuple(reversed(rounds)),
    )
