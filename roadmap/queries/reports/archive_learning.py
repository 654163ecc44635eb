"""What is exported of learning: enrollments and the editions they name, events, texts, evidence."""

from sqlalchemy import case, null, or_, select

from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event
from roadmap.domain.learning.evidence import Evidence, EvidenceRevision
from roadmap.domain.learning.progress import Note, Reason
from roadmap.domain.mentoring.submissions import Review, Submission
from roadmap.domain.reports.archives import PERSON_ID, ExportedTable, of_own_enrollments, who
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
