"""The key of a milestone in an edition, where it was published under another one first."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("milestone_texts", sa.Column("key", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("milestone_texts", "key")
