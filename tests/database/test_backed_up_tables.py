"""Each table was decided to be in backups or not."""

from roadmap.db.table_copies import copied_tables
from roadmap.domain.models import METADATA

# A new table belongs into one of both: what is copied is restored as it was, what is left out starts empty.
COPIED = {
    "areas",
    "audits",
    "claims",
    "draft_revisions",
    "drafts",
    "editions",
    "enrollments",
    "erasures",
    "events",
    "evidence",
    "evidence_revisions",
    "feeds",
    "installations",
    "invitations",
    "issued_reports",
    "mails",
    "mentorships",
    "messages",
    "milestone_texts",
    "milestones",
    "notes",
    "pathway_skills",
    "pathways",
    "prerequisites",
    "progress",
    "reasons",
    "reviews",
    "roadmaps",
    "shares",
    "skills",
    "submission_evidence",
    "submissions",
    "users",
}
SIGNS_IN_OR_IS_FRESH_FOR_MINUTES = {"attempts", "leases", "posted_forms", "sessions", "tokens"}


def test_each_table_was_decided_to_be_copied_or_left_out() -> None:
    assert {table.name for table in copied_tables()} == COPIED
    assert set(METADATA.tables) - COPIED == SIGNS_IN_OR_IS_FRESH_FOR_MINUTES
