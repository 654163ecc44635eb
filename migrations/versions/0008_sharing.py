"""Share links, badges, calendars, and frozen reports."""

import sqlalchemy as sa
from alembic import op

from roadmap.domain.base import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("share", "badge", "calendar", name="linkpurpose", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=True),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(purpose = 'badge') = (enrollment_id IS NOT NULL)", name=op.f("ck_feeds_enrollment")
        ),
        sa.CheckConstraint("purpose IN ('badge', 'calendar')", name=op.f("ck_feeds_purpose")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_feeds_enrollment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_feeds_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feeds_token_hash")),
    )
    op.create_index(op.f("ix_feeds_enrollment_id"), "feeds", ["enrollment_id"], unique=False)
    op.create_index(op.f("ix_feeds_user_id"), "feeds", ["user_id"], unique=False)
    op.create_index(
        "uq_feeds_badge",
        "feeds",
        ["enrollment_id"],
        unique=True,
        sqlite_where=sa.text("purpose = 'badge' AND revoked_at IS NULL"),
        postgresql_where=sa.text("purpose = 'badge' AND revoked_at IS NULL"),
    )
    op.create_index(
        "uq_feeds_calendar",
        "feeds",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("purpose = 'calendar' AND revoked_at IS NULL"),
        postgresql_where=sa.text("purpose = 'calendar' AND revoked_at IS NULL"),
    )
    op.create_table(
        "issued_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=19), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("json_hash", sa.String(length=64), nullable=False),
        sa.Column("pdf_hash", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollments.id"],
            name=op.f("fk_issued_reports_enrollment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_reports")),
        sa.UniqueConstraint("identifier", name=op.f("uq_issued_reports_identifier")),
    )
    op.create_index(
        op.f("ix_issued_reports_enrollment_id"), "issued_reports", ["enrollment_id"], unique=False
    )
    op.create_index(op.f("ix_issued_reports_json_hash"), "issued_reports", ["json_hash"], unique=False)
    op.create_index(op.f("ix_issued_reports_pdf_hash"), "issued_reports", ["pdf_hash"], unique=False)
    op.create_table(
        "shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("show_evidence", sa.Boolean(), nullable=False),
        sa.Column("show_names", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("last_opened_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("expires_on >= created_on", name=op.f("ck_shares_expires_on")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_shares_enrollment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shares_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_shares_token_hash")),
    )
    op.create_index(op.f("ix_shares_enrollment_id"), "shares", ["enrollment_id"], unique=False)


def downgrade() -> None:
    op.drop_table("shares")
    op.drop_table("issued_reports")
    op.drop_table("feeds")
