"""Where a message was written, for milestones that an edition merges."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

MERGED = sa.text("SELECT 1 FROM events WHERE kind IN ('submission_moved', 'verification_set') LIMIT 1")


def upgrade() -> None:
    # In one statement, because SQLite adds a foreign key only together with its column.
    op.execute(
        "ALTER TABLE messages ADD COLUMN written_on_id INTEGER"
        " CONSTRAINT fk_messages_written_on_id REFERENCES milestones (id)"
    )
    op.create_index("ix_messages_written_on_id", "messages", ["written_on_id"])


def downgrade() -> None:
    if op.get_bind().execute(MERGED).scalar() is not None:
        raise RuntimeError("Submissions of merged milestones were moved, which the older version can’t read.")
    op.execute("UPDATE messages SET milestone_id = written_on_id WHERE written_on_id IS NOT NULL")
    op.drop_index("ix_messages_written_on_id", "messages")
    op.drop_column("messages", "written_on_id")
