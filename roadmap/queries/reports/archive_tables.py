"""The table of tables: what is exported of each database table, or why it is not.

Rows name each other by the public ids, keys and numbers that pages show; a note, a reason and a revision by
the number they have in this installation.
"""

from sqlalchemy import case, or_, select

from roadmap.domain.accounts.audits import Audit
from roadmap.domain.accounts.mails import Lease, Mail
from roadmap.domain.accounts.sessions import Attempt, PostedForm, SignIn, Token
from roadmap.domain.accounts.users import Erasure, Installation, User
from roadmap.domain.base import Base
from roadmap.domain.learning.progress import Progress
from roadmap.domain.mentoring.submissions import Claim
from roadmap.domain.reports.archives import EMAIL, NOW, PERSON_ID, ExportedTable, of_own_enrollments, who
from roadmap.domain.reports.issued import IssuedReport
from roadmap.domain.reports.links import Feed, Share
from roadmap.domain.roadmaps.drafts import Draft, DraftRevision
from roadmap.domain.roadmaps.editions import Area, MilestoneText, Pathway, PathwaySkill, Prerequisite, Skill
from roadmap.domain.roadmaps.roadmaps import Milestone, Roadmap
from roadmap.queries.reports.archive_learning import ENROLLMENT, LEARNING_TABLES, ROADMAP
from roadmap.queries.reports.archive_mentoring import MENTORING_TABLES

EXPORTED = (
    ExportedTable(
        "profile",
        "Your account and its settings.",
        (User,),
        select(User.name, User.email, User.time_zone, User.created_at, User.is_admin, User.letter_keys)
        .add_columns(User.wants_digest, User.digested_at, User.news_seen_at, User.disabled_at)
        .add_columns(User.email_confirmed_at, User.mentor_approved_at)
        .where(User.id == PERSON_ID),
        is_single=True,
    ),
    *LEARNING_TABLES,
    ExportedTable(
        "drafts",
        "The roadmaps you are writing. Each is a roadmap file in “roadmaps”; some may be incomplete.",
        (Draft,),
        select(ROADMAP, Draft.source, Draft.version, Draft.updated_at, Draft.notes)
        .join(Roadmap, Roadmap.id == Draft.roadmap_id)
        .where(Roadmap.author_id == PERSON_ID)
        .order_by(Draft.id),
    ),
    ExportedTable(
        "draft_revisions",
        "The saved states of these roadmaps, without their texts.",
        (DraftRevision,),
        select(ROADMAP, DraftRevision.number, DraftRevision.what, DraftRevision.saved_at)
        .add_columns(who(DraftRevision.saved_by_id).label("by"))
        .join(Draft, Draft.id == DraftRevision.draft_id)
        .join(Roadmap, Roadmap.id == Draft.roadmap_id)
        .where(Roadmap.author_id == PERSON_ID)
        .order_by(DraftRevision.id),
    ),
    *MENTORING_TABLES,
    ExportedTable(
        "shares",
        "Your share links, and how often each was opened.",
        (Share,),
        of_own_enrollments(Share, Share.public_id.label("share"), ENROLLMENT, Share.created_at)
        .add_columns(Share.created_on, Share.expires_on, Share.as_of, Share.shows_evidence)
        .add_columns(Share.shows_names, Share.name, Share.opens, Share.first_opened_at)
        .add_columns(Share.last_opened_at, Share.revoked_at)
        .order_by(Share.id),
    ),
    ExportedTable(
        "feeds",
        "Your badges and calendars.",
        (Feed,),
        of_own_enrollments(Feed, Feed.public_id.label("feed"), ENROLLMENT, Feed.purpose)
        .add_columns(Feed.created_at, Feed.revoked_at)
        .order_by(Feed.id),
    ),
    ExportedTable(
        "issued",
        "Frozen reports about you; their files are in “reports”.",
        (IssuedReport,),
        of_own_enrollments(IssuedReport, IssuedReport.code, ENROLLMENT)
        .add_columns(who(IssuedReport.issuer_id).label("by"), IssuedReport.as_of, IssuedReport.issued_at)
        .add_columns(IssuedReport.issued_on, IssuedReport.shows_evidence, IssuedReport.shows_names)
        .add_columns(IssuedReport.json_hash, IssuedReport.pdf_hash, IssuedReport.withdrawn_at)
        .add_columns(IssuedReport.is_disclosed, IssuedReport.listed)
        .order_by(IssuedReport.id),
    ),
    ExportedTable(
        "sessions",
        "Where you are signed in.",
        (SignIn,),
        select(SignIn.agent, SignIn.created_at, SignIn.last_seen_at, SignIn.expires_at, SignIn.is_remembered)
        .where(SignIn.user_id == PERSON_ID, SignIn.expires_at > NOW)
        .order_by(SignIn.id),
    ),
    ExportedTable(
        "audits",
        "Sign-ins and permission changes, by you or to your account.",
        (Audit,),
        select(Audit.at, Audit.kind, who(Audit.actor_id).label("by"), who(Audit.subject_id).label("subject"))
        # The network address of somebody else is theirs.
        .add_columns(
            case((or_(Audit.actor_id == PERSON_ID, Audit.actor_id.is_(None)), Audit.address)).label("address")
        )
        .where(or_(Audit.actor_id == PERSON_ID, Audit.subject_id == PERSON_ID))
        .order_by(Audit.id),
    ),
    ExportedTable(
        "mails",
        "Emails to you, without their texts.",
        (Mail,),
        select(Mail.recipient, Mail.subject, Mail.created_at, Mail.due_at, Mail.expires_at, Mail.sent_at)
        .where(or_(Mail.user_id == PERSON_ID, Mail.recipient == EMAIL))
        .order_by(Mail.id),
    ),
)
"""The lists in the order of the archive."""

IN_ROADMAP_FILES = (Area, Skill, Milestone, MilestoneText, Prerequisite, Pathway, PathwaySkill)
"""Tables that hold the outlines of editions, which are exported as roadmap files."""

NOT_EXPORTED: dict[type[Base], str] = {
    Progress: "it is computed from the events",
    Claim: "half an hour of somebody answering; the review stays",
    Token: "links that were mailed; they are secrets and live for hours",
    PostedForm: "a hash of what was sent, for a day",
    Attempt: "counted under a hash, for a day",
    Erasure: "it exists only while an account is being deleted",
    Installation: "about the installation",
    Lease: "about the installation",
}
