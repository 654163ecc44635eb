"""Forms that were sent, each once."""

import sqlalchemy as sa
from alembic import op

from roadmap.domain.base import UtcDateTime

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posted_forms",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_posted_forms")),
    )


def downgrade() -> None:
    op.drop_table("posted_forms")
