"""News: up to when a person has seen it, and when a share link was opened for the first time."""

import sqlalchemy as sa
from alembic import op

from roadmap import clock
from roadmap.domain.base import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("news_seen_at", UtcDateTime(), nullable=True))
    op.add_column("shares", sa.Column("first_opened_at", UtcDateTime(), nullable=True))
    users = sa.table("users", sa.column("news_seen_at", UtcDateTime()))
    # What happened before the upgrade is not news.
    op.execute(users.update().values(news_seen_at=clock.now()))
    moments = [sa.column(name, UtcDateTime()) for name in ("first_opened_at", "last_opened_at")]
    shares = sa.table("shares", sa.column("opens", sa.Integer()), *moments)
    once = shares.update().where(shares.c.opens == 1)
    op.execute(once.values(first_opened_at=shares.c.last_opened_at))


def downgrade() -> None:
    op.drop_column("shares", "first_opened_at")
    op.drop_column("users", "news_seen_at")
