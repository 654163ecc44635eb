"""Mentorships, invitations, submissions with their claims, and reviews."""

import sqlalchemy as sa
from alembic import op

from roadmap.domain.base import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("inviter_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column(
            "invited_as",
            sa.Enum("mentor", "learner", name="invitedas", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted", "declined", "withdrawn", name="invitationoutcome", native_enum=False, length=32
            ),
            nullable=True,
        ),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name=op.f("ck_invitations_ended")),
        sa.ForeignKeyConstraint(
            ["inviter_id"], ["users.id"], name=op.f("fk_invitations_inviter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmaps.id"], name=op.f("fk_invitations_roadmap_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitations_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index("ix_invitations_email", "invitations", ["email"], unique=False)
    op.create_index(op.f("ix_invitations_roadmap_id"), "invitations", ["roadmap_id"], unique=False)
    op.create_index(
        "uq_invitations_all",
        "invitations",
        ["inviter_id", "email", "invited_as"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL AND roadmap_id IS NULL"),
        postgresql_where=sa.text("outcome IS NULL AND roadmap_id IS NULL"),
    )
    op.create_index(
        "uq_invitations_one",
        "invitations",
        ["inviter_id", "email", "invited_as", "roadmap_id"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_table(
        "mentorships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("note_version", sa.Integer(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("learner_id <> mentor_id", name=op.f("ck_mentorships_two_people")),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["users.id"], name=op.f("fk_mentorships_ended_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["users.id"], name=op.f("fk_mentorships_learner_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["users.id"], name=op.f("fk_mentorships_mentor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmaps.id"], name=op.f("fk_mentorships_roadmap_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorships")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mentorships_public_id")),
    )
    op.create_index(op.f("ix_mentorships_ended_by_id"), "mentorships", ["ended_by_id"], unique=False)
    op.create_index(op.f("ix_mentorships_learner_id"), "mentorships", ["learner_id"], unique=False)
    op.create_index(op.f("ix_mentorships_mentor_id"), "mentorships", ["mentor_id"], unique=False)
    op.create_index(op.f("ix_mentorships_roadmap_id"), "mentorships", ["roadmap_id"], unique=False)
    op.create_index(
        "uq_mentorships_all",
        "mentorships",
        ["learner_id", "mentor_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND roadmap_id IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND roadmap_id IS NULL"),
    )
    op.create_index(
        "uq_mentorships_one",
        "mentorships",
        ["learner_id", "mentor_id", "roadmap_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column(
            "came_from",
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
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "withdrawn", "answered", name="submissionstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("nudges", sa.Integer(), nullable=False),
        sa.CheckConstraint("came_from IN ('none', 'returned')", name=op.f("ck_submissions_came_from")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_submissions_edition_id")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollments.id"],
            name=op.f("fk_submissions_enrollment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_submissions_milestone_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_submissions_public_id")),
    )
    op.create_index(op.f("ix_submissions_edition_id"), "submissions", ["edition_id"], unique=False)
    op.create_index(
        "ix_submissions_milestone", "submissions", ["enrollment_id", "milestone_id"], unique=False
    )
    op.create_index(op.f("ix_submissions_milestone_id"), "submissions", ["milestone_id"], unique=False)
    op.create_index(
        "uq_submissions_open",
        "submissions",
        ["enrollment_id", "milestone_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "claims",
        sa.Column("submission_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["users.id"], name=op.f("fk_claims_mentor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_claims_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_mentor_id"), "claims", ["mentor_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("reviewer_name", sa.String(length=100), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("verified", "returned", name="outcome", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("feedback", sa.String(), nullable=True),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("reviewed_at", UtcDateTime(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("(replaces_id IS NULL) = (reason IS NULL)", name=op.f("ck_reviews_replacement")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["reviews.id"], name=op.f("fk_reviews_replaces_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["users.id"], name=op.f("fk_reviews_reviewer_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_reviews_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reviews_public_id")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_reviews_replaces_id")),
    )
    op.create_index(op.f("ix_reviews_reviewer_id"), "reviews", ["reviewer_id"], unique=False)
    op.create_index("ix_reviews_submission_id", "reviews", ["submission_id"], unique=False)
    op.create_index(
        "uq_reviews_first",
        "reviews",
        ["submission_id"],
        unique=True,
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )
    op.create_table(
        "submission_evidence",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["evidence_revisions.id"],
            name=op.f("fk_submission_evidence_revision_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_submission_evidence_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", "revision_id", name=op.f("pk_submission_evidence")),
    )
    op.create_index(
        op.f("ix_submission_evidence_revision_id"), "submission_evidence", ["revision_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("submission_evidence")
    op.drop_table("reviews")
    op.drop_table("claims")
    op.drop_table("submissions")
    op.drop_table("mentorships")
    op.drop_table("invitations")
