"""Issued reports: frozen files that anybody can check, and the guards that keep them as they are."""

import sqlalchemy as sa
from alembic import op

from roadmap.db.triggers import Trigger, create_triggers, drop_triggers
from roadmap.domain.base import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ISSUED = "an issued report is on record as it is"
OWNED = "only an erasure of its owner deletes this"
NOT_BEING_ERASED = "NOT EXISTS (SELECT 1 FROM erasures WHERE erasures.user_id = users.id)"
FIXED = (
    "id code enrollment_id as_of issued_at issued_on shows_evidence shows_names json_hash pdf_hash json pdf"
)

TRIGGERS = [
    Trigger(
        "guard_issued_reports_insert", "issued_reports", "INSERT", "NEW.withdrawn_at IS NOT NULL", ISSUED
    ),
    Trigger("guard_issued_reports_update", "issued_reports", "UPDATE", "TRUE", ISSUED, tuple(FIXED.split())),
    Trigger(
        "guard_issued_reports_withdrawn_at",
        "issued_reports",
        "UPDATE",
        "OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL",
        ISSUED,
        ("withdrawn_at",),
    ),
    Trigger(
        "guard_issued_reports_issuer_id",
        "issued_reports",
        "UPDATE",
        "NEW.issuer_id IS NOT NULL OR EXISTS (SELECT 1 FROM users WHERE users.id = OLD.issuer_id"
        f" AND {NOT_BEING_ERASED})",
        ISSUED,
        ("issuer_id",),
    ),
    Trigger(
        "guard_issued_reports_delete",
        "issued_reports",
        "DELETE",
        "EXISTS (SELECT 1 FROM enrollments JOIN users ON users.id = enrollments.user_id"
        f" WHERE enrollments.id = OLD.enrollment_id AND {NOT_BEING_ERASED})",
        OWNED,
    ),
]


def upgrade() -> None:
    op.create_table(
        "issued_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("shows_evidence", sa.Boolean(), nullable=False),
        sa.Column("shows_names", sa.Boolean(), nullable=False),
        sa.Column("json_hash", sa.String(length=64), nullable=False),
        sa.Column("pdf_hash", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("json", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("as_of <= issued_on", name=op.f("ck_issued_reports_as_of")),
        sa.CheckConstraint("withdrawn_at >= issued_at", name=op.f("ck_issued_reports_withdrawn_at")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollments.id"],
            name=op.f("fk_issued_reports_enrollment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"], ["users.id"], name=op.f("fk_issued_reports_issuer_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_reports")),
        sa.UniqueConstraint("code", name=op.f("uq_issued_reports_code")),
        sa.UniqueConstraint("json_hash", name=op.f("uq_issued_reports_json_hash")),
        sa.UniqueConstraint("pdf_hash", name=op.f("uq_issued_reports_pdf_hash")),
    )
    op.create_index(op.f("ix_issued_reports_enrollment_id"), "issued_reports", ["enrollment_id"])
    op.create_index(op.f("ix_issued_reports_issuer_id"), "issued_reports", ["issuer_id"])
    create_triggers(TRIGGERS)


def downgrade() -> None:
    drop_triggers(reversed(TRIGGERS))
    op.drop_table("issued_reports")
