"""What the owner of a share link calls it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shares", sa.Column("name", sa.String(length=80), nullable=True))


def downgrade() -> None:
    op.drop_column("shares", "name")
