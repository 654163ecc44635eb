"""Evidence has a link, a text, or both."""

from alembic import op

from roadmap.db.triggers import rebuilt_table

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "ck_evidence_revisions_link_or_text"


def upgrade() -> None:
    with rebuilt_table("evidence_revisions") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), "title IS NULL OR url IS NOT NULL OR text IS NOT NULL")


def downgrade() -> None:
    # The earlier rule knows one of the two, so a link moves into the text it came with.
    op.execute(
        "UPDATE evidence_revisions SET text = url || '\n\n' || text, url = NULL "
        "WHERE url IS NOT NULL AND text IS NOT NULL"
    )
    with rebuilt_table("evidence_revisions") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), "url IS NULL OR text IS NULL")
