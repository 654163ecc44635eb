"""Events and the progress they add up to."""

import sqlalchemy as sa
from alembic import op

from roadmap.domain.base import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "progress",
        sa.Column("enrollment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("milestone_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "not_started", "in_progress", "done", "skipped", name="status", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column(
            "verification",
            sa.Enum(
                "none",
                "submitted",
                "returned",
                "verified",
                "self",
                name="verification",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("NOT known OR status = 'done'", name=op.f("ck_progress_known")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_progress_enrollment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_progress_milestone_id")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_progress_note_id")),
        sa.ForeignKeyConstraint(["reason_id"], ["reasons.id"], name=op.f("fk_progress_reason_id")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_progress_review_id")),
        sa.PrimaryKeyConstraint("enrollment_id", "milestone_id", name=op.f("pk_progress")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_progress_milestone_id"), "progress", ["milestone_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("enrollment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "enrolled",
                "progress_set",
                "revisit_set",
                "note_set",
                "evidence_set",
                "settings_set",
                "edition_set",
                "submitted",
                "withdrawn",
                "reviewed",
                name="eventkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "not_started", "in_progress", "done", "skipped", name="status", native_enum=False, length=32
            ),
            nullable=True,
        ),
        sa.Column("known", sa.Boolean(), nullable=True),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=True),
        sa.Column(
            "verification",
            sa.Enum(
                "none",
                "submitted",
                "returned",
                "verified",
                "self",
                name="verification",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'progress_set' OR (milestone_id IS NOT NULL AND status IS NOT NULL)",
            name=op.f("ck_events_progress_set"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('submitted', 'withdrawn', 'reviewed') OR (milestone_id IS NOT NULL"
            " AND submission_id IS NOT NULL AND verification IS NOT NULL)",
            name=op.f("ck_events_verification"),
        ),
        sa.CheckConstraint("change <= number", name=op.f("ck_events_change")),
        sa.CheckConstraint(
            "occurred_on IS NULL OR occurred_on <= recorded_on", name=op.f("ck_events_occurred_on")
        ),
        sa.CheckConstraint("undoes < change", name=op.f("ck_events_undoes")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_events_actor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_events_edition_id")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_events_enrollment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_events_evidence_id")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_events_milestone_id")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_events_note_id")),
        sa.ForeignKeyConstraint(["reason_id"], ["reasons.id"], name=op.f("fk_events_reason_id")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_events_review_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_events_submission_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["evidence_revisions.id"], name=op.f("fk_events_revision_id")
        ),
        sa.PrimaryKeyConstraint("enrollment_id", "number", name=op.f("pk_events")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_events_actor_id"), "events", ["actor_id"], unique=False)
    op.create_index("ix_events_milestone", "events", ["enrollment_id", "milestone_id"], unique=False)
    op.create_index(op.f("ix_events_milestone_id"), "events", ["milestone_id"], unique=False)


def downgrade() -> None:
    op.drop_table("events")
    op.drop_table("progress")
