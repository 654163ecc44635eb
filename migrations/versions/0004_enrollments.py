"""Enrollments: settings, and the texts that events point to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrollments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("pathways", sa.JSON(), nullable=False),
        sa.Column("weekly_hours", sa.Double(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("active", "paused", "archived", name="enrollmentstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("shows_forecast", sa.Boolean(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_recorded_on", sa.Date(), nullable=True),
        sa.CheckConstraint("weekly_hours BETWEEN 0.5 AND 100.0", name=op.f("ck_enrollments_weekly_hours")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_enrollments_edition_id")),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmaps.id"], name=op.f("fk_enrollments_roadmap_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_enrollments_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_enrollments_public_id")),
    )
    op.create_index(op.f("ix_enrollments_edition_id"), "enrollments", ["edition_id"], unique=False)
    op.create_index(op.f("ix_enrollments_roadmap_id"), "enrollments", ["roadmap_id"], unique=False)
    op.create_index("ix_enrollments_user_id", "enrollments", ["user_id"], unique=False)
    op.create_index(
        "uq_enrollments_active",
        "enrollments",
        ["user_id", "roadmap_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'archived'"),
        postgresql_where=sa.text("state <> 'archived'"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_evidence_enrollment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_evidence_milestone_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["evidence_revisions.id"],
            name=op.f("fk_evidence_revision_id"),
            ondelete="SET NULL",
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
    )
    op.create_index(op.f("ix_evidence_enrollment_id"), "evidence", ["enrollment_id"], unique=False)
    op.create_index(op.f("ix_evidence_milestone_id"), "evidence", ["milestone_id"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_notes_enrollment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_notes_milestone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_enrollment_id"), "notes", ["enrollment_id"], unique=False)
    op.create_index(op.f("ix_notes_milestone_id"), "notes", ["milestone_id"], unique=False)
    op.create_table(
        "reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_reasons_enrollment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reasons")),
    )
    op.create_index(op.f("ix_reasons_enrollment_id"), "reasons", ["enrollment_id"], unique=False)
    op.create_table(
        "evidence_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.CheckConstraint("url IS NULL OR text IS NULL", name=op.f("ck_evidence_revisions_link_or_text")),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_evidence_revisions_evidence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_revisions")),
    )
    op.create_index(
        op.f("ix_evidence_revisions_evidence_id"), "evidence_revisions", ["evidence_id"], unique=False
    )
    if op.get_bind().dialect.name == "postgresql":
        # These two tables point to each other; SQLite takes the constraint before the table exists.
        op.create_foreign_key(
            "fk_evidence_revision_id",
            "evidence",
            "evidence_revisions",
            ["revision_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_evidence_revision_id", "evidence")
    op.drop_table("evidence_revisions")
    op.drop_table("reasons")
    op.drop_table("notes")
    op.drop_table("evidence")
    op.drop_table("enrollments")
