"""When an account was approved as a mentor, and when its address was confirmed."""

import sqlalchemy as sa
from alembic import op

from roadmap.domain.base import UtcDateTime

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = ("email_confirmed_at", "mentor_approved_at")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("users", sa.Column(name, UtcDateTime(), nullable=True))


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("users", name)
