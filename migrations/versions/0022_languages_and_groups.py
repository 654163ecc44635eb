"""The language of an edition, the groups of its pathways, and what is the same in other roadmaps."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LISTS = (("editions", "groups"), ("skills", "same_as"), ("milestone_texts", "same_as"))


def upgrade() -> None:
    op.add_column("editions", sa.Column("language", sa.String(length=35), nullable=False, server_default=""))
    for table, name in LISTS:
        op.add_column(table, sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def downgrade() -> None:
    for table, name in reversed(LISTS):
        op.drop_column(table, name)
    op.drop_column("editions", "language")
