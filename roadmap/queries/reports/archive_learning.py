"""What is exported of learning and mentoring: enrollments, events, texts, evidence, submissions, messages."""

from sqlalchemy import case, null, or_, select
from sqlalchemy.orm import aliased

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event
from roadmap.domain.learning.evidence import Evidence, EvidenceRevision
from roadmap.domain.learning.progress import Note, Reason
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.messages import Message
from roadmap.domain.mentoring.submissions import NOBODY, Review, Submission, SubmissionEvidence
from roadmap.domain.reports.archives import EMAIL, PERSON_ID, ExportedTable, of_own_enrollments, who
from roadmap.domain.roadmaps.roadmaps import Edition, Milestone, Roadmap

ENROLLMENT = Enrollment.public_id.label("enrollment")
MILESTONE = Milestone.key.label("milestone")
ROADMAP = Roadmap.slug.label("roadmap")
EDITION = Edition.number.label("edition")

IS_AUTHOR = Roadmap.author_id == PERSON_ID
NAMED_EDITION = or_(
    IS_AUTHOR,
    Edition.id.in_(of_own_enrollments(Event, Event.edition_id)),
    Edition.id.in_(of_own_enrollments(Submission, Submission.edition_id)),
)
"""Whether an edition is one that the person's events or submissions name, or that they wrote."""

LEARNING_TABLES = (
    ExportedTable(
        "enrollments",
        "The roadmaps you follow, with your settings.",
        (Enrollment,),
        select(ENROLLMENT, ROADMAP, EDITION, Enrollment.started_on, Enrollment.pathways)
        .add_columns(Enrollment.weekly_hours, Enrollment.target_on, Enrollment.state)
        .add_columns(Enrollment.shows_forecast)
        .join(Roadmap, Roadmap.id == Enrollment.roadmap_id)
        .join(Edition, Edition.id == Enrollment.edition_id)
        .where(Enrollment.user_id == PERSON_ID)
        .order_by(Enrollment.id),
    ),
    ExportedTable(
        "editions",
        "The editions in your history, and those you wrote. Each is a roadmap file in “roadmaps”.",
        (Roadmap, Edition),
        select(ROADMAP, EDITION, Edition.title, Edition.state)
        .add_columns(case((IS_AUTHOR, True), else_=False).label("is_own"), Edition.content_hash)
        .join(Roadmap, Roadmap.id == Edition.roadmap_id)
        .where(NAMED_EDITION)
        .order_by(Roadmap.slug, Edition.number),
    ),
    ExportedTable(
        "events",
        "Every change. Applied in order of their numbers, they give your progress on any day.",
        (Event,),
        of_own_enrollments(Event, ENROLLMENT, Event.number, Event.change, Event.kind)
        .add_columns(who(Event.actor_id).label("by"), Event.recorded_at, Event.recorded_on, Event.undoes)
        .add_columns(Event.occurred_on, MILESTONE, Event.status, Event.known)
        .add_columns(Event.reason_id.label("reason"), Event.revisit_on, Event.note_id.label("note"))
        .add_columns(Evidence.public_id.label("evidence"), Event.revision_id.label("revision"), EDITION)
        .add_columns(Event.settings, Event.verification, Submission.public_id.label("submission"))
        .add_columns(Review.public_id.label("review"))
        .outerjoin(Milestone, Milestone.id == Event.milestone_id)
        .outerjoin(Evidence, Evidence.id == Event.evidence_id)
        .outerjoin(Edition, Edition.id == Event.edition_id)
        .outerjoin(Submission, Submission.id == Event.submission_id)
        .outerjoin(Review, Review.id == Event.review_id)
        .order_by(Event.enrollment_id, Event.number),
    ),
    ExportedTable(
        "notes",
        "Your private notes; a new number for each saved state.",
        (Note,),
        of_own_enrollments(Note, ENROLLMENT, Note.id.label("number"), MILESTONE, Note.text)
        .join(Milestone, Milestone.id == Note.milestone_id)
        .order_by(Note.id),
    ),
    ExportedTable(
        "reasons",
        "Your reasons for marks; events show which mark.",
        (Reason,),
        of_own_enrollments(Reason, ENROLLMENT, Reason.id.label("number"))
        .add_columns(null().label("milestone"), Reason.text)
        .order_by(Reason.id),
    ),
    ExportedTable(
        "evidence",
        "Your evidence; each change is a separate revision.",
        (Evidence, EvidenceRevision),
        of_own_enrollments(Evidence, ENROLLMENT, MILESTONE, Evidence.public_id.label("evidence"))
        .add_columns(EvidenceRevision.id.label("revision"))
        .add_columns(
            case((Evidence.revision_id == EvidenceRevision.id, True), else_=False).label("is_current")
        )
        .add_columns(EvidenceRevision.title, EvidenceRevision.url, EvidenceRevision.text)
        .join(EvidenceRevision, EvidenceRevision.evidence_id == Evidence.id)
        .join(Milestone, Milestone.id == Evidence.milestone_id)
        .order_by(EvidenceRevision.id),
    ),
)


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
