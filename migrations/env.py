"""Where Alembic starts: on the connection it is given, or on the one the settings name."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.db.migrations import migration_connection
from roadmap.domain.base import UtcDateTime
from roadmap.domain.models import METADATA


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types by name, so that a migration does not spell out what they stand on."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from roadmap.domain.base import UtcDateTime")
        return "UtcDateTime()"
    return False


def run(connection: Connection) -> None:
    """Run what the command asks for; the transaction belongs to whoever made the connection."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with migration_connection(Database(Config.from_environ())) as own:
        run(own)
