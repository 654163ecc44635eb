"""Whether the identifier of a frozen report shows name, roadmap and numbers to whoever enters it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The triggers that refuse changes name their columns, so this one may change.
    op.add_column(
        "issued_reports", sa.Column("is_disclosed", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("issued_reports", "is_disclosed")
