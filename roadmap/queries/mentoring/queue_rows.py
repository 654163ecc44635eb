"""The rows of a mentor's queue: submissions and questions in the same columns, in one statement."""

from typing import Any

from sqlalchemy import false, func, literal, null, select, true, union_all
from sqlalchemy.orm import aliased

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.base import inline_literal
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.messages import Message, questions_for
from roadmap.domain.mentoring.submissions import Claim, Submission, SubmissionState, submissions_reviewed_by
from roadmap.domain.roadmaps.editions import MilestoneText
from roadmap.domain.roadmaps.roadmaps import Edition, Milestone, Roadmap

_LEARNER, _HOLDER = aliased(User), aliased(User)
_ROUNDS = aliased(Submission)


def _count_rounds() -> Any:
    """How often the milestone was submitted up to this submission, without what was withdrawn."""
    of_milestone = (
        _ROUNDS.enrollment_id == Submission.enrollment_id,
        _ROUNDS.milestone_id == Submission.milestone_id,
    )
    counts = (_ROUNDS.state != SubmissionState.WITHDRAWN, ~_ROUNDS.signed_off, _ROUNDS.id <= Submission.id)
    counted = select(func.count()).where(*of_milestone, *counts)
    return counted.correlate(Submission).scalar_subquery()


def _open_for(person: User) -> Any:
    return (
        submissions_reviewed_by(person)
        .join(_LEARNER, _LEARNER.id == Enrollment.user_id)
        .join(Roadmap, Roadmap.id == Enrollment.roadmap_id)
        .join(Edition, Edition.id == Enrollment.edition_id)
        .outerjoin(Claim, Claim.submission_id == Submission.id)
        .outerjoin(_HOLDER, _HOLDER.id == Claim.mentor_id)
        .where(Submission.state == inline_literal(SubmissionState.OPEN))
        .with_only_columns(
            Submission.id,
            false().label("is_question"),
            Submission.public_id,
            Enrollment.public_id.label("enrollment"),
            null().label("milestone"),
            Submission.title,
            Submission.submitted_at,
            _LEARNER.name.label("learner"),
            _LEARNER.public_id.label("learner_id"),
            Edition.title.label("roadmap"),
            Edition.language,
            Roadmap.slug,
            _HOLDER.name.label("holder"),
            Claim.mentor_id,
            Claim.expires_at,
            _count_rounds().label("round"),
        )
    )


def _questions_for(person: User) -> Any:
    """The questions that wait for this person, in the columns of submissions."""
    return (
        questions_for(person)
        .join(_LEARNER, _LEARNER.id == Enrollment.user_id)
        .join(Roadmap, Roadmap.id == Enrollment.roadmap_id)
        .join(Edition, Edition.id == Enrollment.edition_id)
        .join(Milestone, Milestone.id == Message.milestone_id)
        .with_only_columns(
            Message.id,
            true(),
            Message.public_id,
            Enrollment.public_id,
            func.coalesce(MilestoneText.key, Milestone.key),
            MilestoneText.title,
            Message.created_at,
            _LEARNER.name,
            _LEARNER.public_id,
            Edition.title,
            Edition.language,
            Roadmap.slug,
            null(),
            null(),
            null(),
            literal(1),
        )
    )


WAITING: Any = union_all(_open_for(CURRENT_PERSON), _questions_for(CURRENT_PERSON))
