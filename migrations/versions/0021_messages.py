"""Messages: the conversation of a learner and their mentors on a milestone."""

import sqlalchemy as sa
from alembic import op

from roadmap.domain.base import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollments.id"],
            name=op.f("fk_messages_enrollment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_messages_milestone_id")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_messages_author_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("public_id", name=op.f("uq_messages_public_id")),
    )
    op.create_index("ix_messages_milestone", "messages", ["enrollment_id", "milestone_id"])
    op.create_index(op.f("ix_messages_milestone_id"), "messages", ["milestone_id"])
    op.create_index(op.f("ix_messages_author_id"), "messages", ["author_id"])
    op.create_index(
        "ix_messages_open", "messages", ["enrollment_id"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
    )


def downgrade() -> None:
    op.drop_table("messages")
