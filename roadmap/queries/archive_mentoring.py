"""Reads what an account's archive tells of mentoring: work handed in, answers, mentorships, invitations."""

from collections import defaultdict

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session, aliased

from roadmap.domain.archive_learning import Who
from roadmap.domain.archive_mentoring import (
    InvitationRecord,
    MentorshipRecord,
    ReviewRecord,
    SubmissionRecord,
)
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.invitations import Invitation, InvitedAs
from roadmap.domain.mentorships import Mentorship
from roadmap.domain.reviews import Review, signature_of
from roadmap.domain.roadmaps import Edition, Milestone, Roadmap
from roadmap.domain.submissions import Submission, SubmissionEvidence
from roadmap.domain.users import User
from roadmap.queries.archive_rows import one_of, record_of, rows_of, who


def submissions(session: Session, *, of: User) -> tuple[SubmissionRecord, ...]:
    """Every round, with the numbers of the revisions that were handed in."""
    each = Submission
    query = (
        select(Enrollment.public_id, each.public_id, Milestone.key, Edition.number, each.title, each.criteria)
        .add_columns(each.comment, each.came_from, each.submitted_at, each.state, each.nudges, each.id)
        .join(Enrollment, Enrollment.id == each.enrollment_id)
        .join(Milestone, Milestone.id == each.milestone_id)
        .join(Edition, Edition.id == each.edition_id)
        .where(Enrollment.user_id == of.id)
        .order_by(each.id)
    )
    frozen = _frozen(session, of)
    return tuple(record_of(SubmissionRecord, *row[:11], frozen[row.id]) for row in session.execute(query))


def _frozen(session: Session, person: User) -> dict[int, list[int]]:
    query = (
        select(SubmissionEvidence.submission_id, SubmissionEvidence.revision_id)
        .join(Submission, Submission.id == SubmissionEvidence.submission_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .where(Enrollment.user_id == person.id)
        .order_by(SubmissionEvidence.submission_id, SubmissionEvidence.position)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for submission_id, revision_id in session.execute(query):
        found[submission_id].append(revision_id)
    return found


def reviews(session: Session, *, of: User) -> tuple[ReviewRecord, ...]:
    """Answers got, and answers given; of those given nothing that the learner wrote."""
    each, replaced, is_mine = Review, aliased(Review), Enrollment.user_id == of.id
    query = (
        select(each.public_id, case((is_mine, Submission.public_id)))
        .add_columns(one_of(Who, (each.reviewer_id == of.id, Who.SELF), otherwise=Who.OTHER))
        .add_columns(each.reviewer_name, Submission.title, each.outcome, each.feedback, each.criteria)
        .add_columns(each.reviewed_at, replaced.public_id, each.reason, each.reviewer_id)
        .join(Submission, Submission.id == each.submission_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .outerjoin(replaced, replaced.id == each.replaces_id)
        .where(or_(is_mine, each.reviewer_id == of.id))
        .order_by(each.id)
    )
    return tuple(
        record_of(ReviewRecord, *row[:3], signature_of(row[3], row[11]), *row[4:11])
        for row in session.execute(query)
    )


def mentorships(session: Session, *, of: User) -> tuple[MentorshipRecord, ...]:
    """Every mentorship from either side, ended ones too; when a mentor last looked is theirs alone."""
    learner, mentor, each = aliased(User), aliased(User), Mentorship
    is_mentor = each.mentor_id == of.id
    query = (
        select(
            each.public_id,
            one_of(InvitedAs, (is_mentor, InvitedAs.MENTOR), otherwise=InvitedAs.LEARNER),
            case((is_mentor, learner.name), else_=mentor.name),
            Roadmap.slug,
            *(each.started_at, case((is_mentor, each.seen_at)), each.ended_at),
            *(who(each.ended_by_id, of), each.note),
        )
        .join(learner, learner.id == each.learner_id)
        .join(mentor, mentor.id == each.mentor_id)
        .outerjoin(Roadmap, Roadmap.id == each.roadmap_id)
        .where(or_(is_mentor, each.learner_id == of.id))
        .order_by(each.id)
    )
    return rows_of(session, MentorshipRecord, query)


def invitations(session: Session, *, of: User) -> tuple[InvitationRecord, ...]:
    """Every offer that they made, or got at their address."""
    each = Invitation
    query = (
        select(
            *(each.public_id, who(each.inviter_id, of), User.name, each.email, each.invited_as),
            *(Roadmap.slug, each.created_at, each.expires_at, each.outcome, each.ended_at),
        )
        .join(User, User.id == each.inviter_id)
        .outerjoin(Roadmap, Roadmap.id == each.roadmap_id)
        .where(or_(each.inviter_id == of.id, each.email == of.email))
        .order_by(each.id)
    )
    return rows_of(session, InvitationRecord, query)
