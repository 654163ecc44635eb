"""What is exported of mentoring: submissions, reviews, messages, mentorships, invitations."""

from sqlalchemy import case, or_, select
from sqlalchemy.orm import aliased

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.messages import Message
from roadmap.domain.mentoring.submissions import NOBODY, Review, Submission, SubmissionEvidence
from roadmap.domain.reports.archives import EMAIL, PERSON_ID, ExportedTable, of_own_enrollments, who
from roadmap.domain.roadmaps.roadmaps import Edition, Milestone, Roadmap
from roadmap.queries.reports.archive_learning import EDITION, ENROLLMENT, MILESTONE, ROADMAP

IS_LEARNER = Enrollment.user_id == PERSON_ID
IS_MENTOR = Mentorship.mentor_id == PERSON_ID
LEARNER, MENTOR, REPLACED = aliased(User), aliased(User), aliased(Review)

MENTORING_TABLES = (
    ExportedTable(
        "submissions",
        "What you submitted, with its criteria and the revisions of your evidence at that time.",
        (Submission, SubmissionEvidence),
        of_own_enrollments(Submission, ENROLLMENT, Submission.public_id.label("submission"), MILESTONE)
        .add_columns(EDITION, Submission.title, Submission.criteria, Submission.comment)
        .add_columns(Submission.came_from, Submission.submitted_at, Submission.state, Submission.nudges)
        .add_columns(Submission.signed_off)
        .join(Milestone, Milestone.id == Submission.milestone_id)
        .join(Edition, Edition.id == Submission.edition_id)
        .order_by(Submission.id),
        nested={
            "revisions": of_own_enrollments(
                Submission, Submission.public_id.label("submission"), SubmissionEvidence.revision_id
            )
            .join(SubmissionEvidence, SubmissionEvidence.submission_id == Submission.id)
            .order_by(Submission.id, SubmissionEvidence.position)
        },
    ),
    ExportedTable(
        "reviews",
        "Reviews you received and gave, without what the learner wrote.",
        (Review,),
        select(Review.public_id.label("review"), case((IS_LEARNER, Submission.public_id)).label("submission"))
        .add_columns(case((Review.reviewer_id == PERSON_ID, "self"), else_="other").label("by"))
        .add_columns(
            case((Review.reviewer_id.is_(None), NOBODY), else_=Review.reviewer_name).label("reviewer")
        )
        .add_columns(Submission.title, Review.outcome, Review.feedback, Review.criteria)
        .add_columns(Review.reviewed_at, REPLACED.public_id.label("replaces"), Review.reason)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .outerjoin(REPLACED, REPLACED.id == Review.replaces_id)
        .where(or_(IS_LEARNER, Review.reviewer_id == PERSON_ID))
        .order_by(Review.id),
    ),
    ExportedTable(
        "messages",
        "The conversations on your roadmaps, and what you wrote in those of your mentees.",
        (Message,),
        select(
            Message.public_id.label("message"), case((IS_LEARNER, Enrollment.public_id)).label("enrollment")
        )
        .add_columns(case((IS_LEARNER, Milestone.key)).label("milestone"))
        .add_columns(case((Message.author_id == PERSON_ID, "self"), else_="other").label("by"))
        .add_columns(User.name.label("author"), Message.text, Message.created_at, Message.closed_at)
        .join(Enrollment, Enrollment.id == Message.enrollment_id)
        .join(Milestone, Milestone.id == Message.milestone_id)
        .join(User, User.id == Message.author_id)
        .where(or_(IS_LEARNER, Message.author_id == PERSON_ID))
        .order_by(Message.id),
    ),
    ExportedTable(
        "mentorships",
        "Your mentors and those you mentor, with the mentor’s note, which is part of both people’s data.",
        (Mentorship,),
        select(Mentorship.public_id.label("mentorship"))
        .add_columns(case((IS_MENTOR, "mentor"), else_="learner").label("role"))
        .add_columns(case((IS_MENTOR, LEARNER.name), else_=MENTOR.name).label("other"))
        # When a mentor last looked is theirs alone.
        .add_columns(ROADMAP, Mentorship.started_at, case((IS_MENTOR, Mentorship.seen_at)).label("seen_at"))
        .add_columns(Mentorship.ended_at, who(Mentorship.ended_by_id).label("ended_by"), Mentorship.note)
        .join(LEARNER, LEARNER.id == Mentorship.learner_id)
        .join(MENTOR, MENTOR.id == Mentorship.mentor_id)
        .outerjoin(Roadmap, Roadmap.id == Mentorship.roadmap_id)
        .where(or_(IS_MENTOR, Mentorship.learner_id == PERSON_ID))
        .order_by(Mentorship.id),
    ),
    ExportedTable(
        "invitations",
        "Invitations you sent and received.",
        (Invitation,),
        select(Invitation.public_id.label("invitation"))
        .add_columns(case((Invitation.inviter_id == PERSON_ID, "self"), else_="other").label("by"))
        .add_columns(User.name.label("inviter"), Invitation.email, Invitation.invited_as, ROADMAP)
        .add_columns(Invitation.created_at, Invitation.expires_at, Invitation.outcome, Invitation.ended_at)
        .join(User, User.id == Invitation.inviter_id)
        .outerjoin(Roadmap, Roadmap.id == Invitation.roadmap_id)
        .where(or_(Invitation.inviter_id == PERSON_ID, Invitation.email == EMAIL))
        .order_by(Invitation.id),
    ),
)
"""The lists in the order of the archive."""
