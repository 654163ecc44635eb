"""Topics of milestones, and the keys that milestones and skills had in earlier editions."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = (("milestone_texts", "topics"), ("milestone_texts", "was"), ("skills", "was"))


def upgrade() -> None:
    for table, name in COLUMNS:
        op.add_column(table, sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def downgrade() -> None:
    for table, name in reversed(COLUMNS):
        op.drop_column(table, name)
