"""A small row in every table of mentoring, beside those of `filling`."""

from datetime import timedelta

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.evidence import EvidenceRevision
from roadmap.domain.learning.progress import Verification
from roadmap.domain.mentoring.invitations import Invitation, InvitedAs
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.messages import Message
from roadmap.domain.mentoring.submissions import Claim, Outcome, Review, Submission, SubmissionEvidence
from roadmap.domain.roadmaps.roadmaps import Milestone
from tests.support.cast import NOON, add_user

LATER = NOON + timedelta(days=1)


def fill_mentoring(
    session: Session, learner: User, enrollment: Enrollment, milestone: Milestone, revision: EvidenceRevision
) -> Submission:
    """Milo mentors the learner, holds a claim and has answered; the learner invited Milo once more."""
    milo = add_user(session, "Milo")
    session.add(Mentorship(learner_id=learner.id, mentor_id=milo.id, roadmap_id=None, started_at=NOON))
    session.add(_invitation(learner, milo))
    submission = _submission(enrollment, milestone)
    session.add(submission)
    session.flush()
    session.add(SubmissionEvidence(submission_id=submission.id, revision_id=revision.id, position=0))
    session.add(
        Claim(submission_id=submission.id, mentor_id=milo.id, claimed_at=NOON, expires_at=LATER),
    )
    session.add(_review(submission, milo))
    session.add(
        Message(
            enrollment_id=enrollment.id,
            milestone_id=milestone.id,
            author_id=learner.id,
            text="What does it mean?",
            created_at=NOON,
        )
    )
    session.flush()
    return submission


def _invitation(inviter: User, invited: User) -> Invitation:
    return Invitation(
        inviter_id=inviter.id,
        roadmap_id=None,
        email=invited.email,
        invited_as=InvitedAs.MENTOR,
        token_hash="3" * 64,
        created_at=NOON,
        expires_at=LATER,
    )


def _submission(enrollment: Enrollment, milestone: Milestone) -> Submission:
    return Submission(
        enrollment_id=enrollment.id,
        milestone_id=milestone.id,
        edition_id=enrollment.edition_id,
        title="M",
        criteria=["it is done"],
        comment=None,
        came_from=Verification.NONE,
        submitted_at=NOON,
    )


def _review(submission: Submission, reviewer: User) -> Review:
    return Review(
        submission_id=submission.id,
        reviewer_id=reviewer.id,
        reviewer_name=reviewer.name,
        outcome=Outcome.VERIFIED,
        feedback="Well done.",
        criteria=[1],
        reviewed_at=NOON,
    )
