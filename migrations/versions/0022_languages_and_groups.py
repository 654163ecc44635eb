"""The language of an edition, the groups of its pathways, and what is the same in other roadmaps."""

import sqlalchemy as sa
from alembic import op

from roadmap.db.triggers import Trigger, create_triggers, drop_triggers

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LISTS = (("editions", "groups"), ("skills", "same_as"), ("milestone_texts", "same_as"))


def texts_stay(*added: str) -> list[Trigger]:
    """The trigger that refuses to change these columns of a published edition."""
    texts = ("title", "summary", "description", "source", *added)
    columns = ("id", "roadmap_id", "number", "content_hash", *texts)
    message = "a published edition does not change"
    return [Trigger("guard_editions_update", "editions", "UPDATE", "OLD.state <> 'draft'", message, columns)]


def upgrade() -> None:
    drop_triggers(texts_stay())
    op.add_column("editions", sa.Column("language", sa.String(length=35), nullable=False, server_default=""))
    for table, name in LISTS:
        op.add_column(table, sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    create_triggers(texts_stay("language", "groups"))


def downgrade() -> None:
    drop_triggers(texts_stay("language", "groups"))
    for table, name in reversed(LISTS):
        op.drop_column(table, name)
    op.drop_column("editions", "language")
    create_triggers(texts_stay())
