"""Indexes of what names a text, on PostgreSQL, where an erasure among 100,000 events took 20 s."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS = {
    "events": ("reason_id", "note_id", "evidence_id", "revision_id", "submission_id", "review_id"),
    "progress": ("reason_id", "note_id", "review_id"),
    "evidence": ("revision_id",),
}


def upgrade() -> None:
    # SQLite makes its own for the time of an erasure.
    if op.get_bind().dialect.name == "postgresql":
        for table, name in [(table, name) for table, names in COLUMNS.items() for name in names]:
            where = sa.text(f"{name} IS NOT NULL")
            op.create_index(f"ix_{table}_{name}", table, [name], postgresql_where=where)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, name in [(table, name) for table, names in COLUMNS.items() for name in names]:
            op.drop_index(f"ix_{table}_{name}", table_name=table)
