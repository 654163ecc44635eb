"""Drafts with their revisions, and who may see a roadmap."""

import sqlalchemy as sa
from alembic import op

from roadmap.db.triggers import rebuilt_table
from roadmap.domain.base import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

VISIBILITY = sa.Enum("private", "listed", "public", name="visibility", native_enum=False, length=32)
SOURCE = sa.Enum("empty", "copy", "import", name="draftsource", native_enum=False, length=32)


def upgrade() -> None:
    with rebuilt_table("roadmaps") as batch:
        batch.add_column(sa.Column("visibility", VISIBILITY, nullable=False, server_default="private"))
        batch.add_column(sa.Column("is_restricted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE roadmaps SET visibility = CASE WHEN is_public THEN 'public' ELSE 'private' END")
    with rebuilt_table("roadmaps") as batch:
        batch.alter_column(
            "visibility", server_default=None, existing_type=VISIBILITY, existing_nullable=False
        )
        batch.drop_column("is_public")
        batch.create_check_constraint(
            op.f("ck_roadmaps_restricted"), "NOT is_restricted OR visibility = 'private'"
        )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("source", SOURCE, nullable=False),
        sa.Column("outline", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmaps.id"], name=op.f("fk_drafts_roadmap_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["users.id"], name=op.f("fk_drafts_updated_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["editions.id"], name=op.f("fk_drafts_copied_from_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("roadmap_id", name=op.f("uq_drafts_roadmap_id")),
    )
    op.create_index(op.f("ix_drafts_updated_by_id"), "drafts", ["updated_by_id"])
    op.create_index(op.f("ix_drafts_copied_from_id"), "drafts", ["copied_from_id"])
    op.create_table(
        "draft_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("outline", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_draft_revisions_draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["users.id"], name=op.f("fk_draft_revisions_saved_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revisions")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_revisions_draft_id_number")),
    )
    op.create_index(op.f("ix_draft_revisions_saved_by_id"), "draft_revisions", ["saved_by_id"])


def downgrade() -> None:
    op.drop_table("draft_revisions")
    op.drop_table("drafts")
    with rebuilt_table("roadmaps") as batch:
        batch.drop_constraint(op.f("ck_roadmaps_restricted"), type_="check")
        batch.add_column(sa.Column("is_public", sa.Boolean(), nullable=False, server_default=sa.true()))
    # What only people with an account saw becomes private: visitors were never meant to see it.
    op.execute("UPDATE roadmaps SET is_public = (visibility = 'public')")
    with rebuilt_table("roadmaps") as batch:
        batch.alter_column(
            "is_public", server_default=None, existing_type=sa.Boolean(), existing_nullable=False
        )
        batch.drop_column("visibility")
        batch.drop_column("is_restricted")
