"""Which milestones a frozen report lists, where that was chosen."""

import sqlalchemy as sa
from alembic import op

from roadmap.db.triggers import Trigger, create_triggers, drop_triggers

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ISSUED = "an issued report is on record as it is"
TRIGGERS = [
    Trigger("guard_issued_reports_listed", "issued_reports", "UPDATE", "TRUE", ISSUED, ("listed",)),
]


def upgrade() -> None:
    listed = sa.Enum("done", "verified", "all", name="listed", native_enum=False, length=32)
    op.add_column("issued_reports", sa.Column("listed", listed, nullable=True))
    create_triggers(TRIGGERS)


def downgrade() -> None:
    drop_triggers(TRIGGERS)
    op.drop_column("issued_reports", "listed")
