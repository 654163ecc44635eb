"""How commands open the installation: an empty database is set up, any other must have the present schema."""

from roadmap import clock
from roadmap.config import Config, prepared
from roadmap.database import Database
from roadmap.schemas import WAYS_OUT, Schema, SchemaProblem, schema_of


def opened() -> tuple[Config, Database]:
    """The settings and a database that can be used; raises SchemaProblem that says what to do."""
    config = prepared(Config.from_environ())
    database = Database(config)
    schema = schema_of(database)
    if schema is Schema.CURRENT:
        return config, database
    # Setting up reads roadmap files, which is a quarter of the memory of a command that only asks.
    from roadmap.installation import open_schema

    if schema is Schema.EMPTY:
        open_schema(config, database, at=clock.now())
    else:
        raise SchemaProblem(f"The database has an {schema} schema. {WAYS_OUT[schema]}")
    return config, database
