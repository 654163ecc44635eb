"""Which schema a database has is answered without Alembic, and as Alembic would."""

from pathlib import Path

import pytest
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from roadmap.db.database import Database
from roadmap.db.migrations import (
    Schema,
    downgrade,
    head,
    migration_connection,
    revision_of,
    revisions,
    schema_of,
)
from roadmap.paths import MIGRATIONS


def run(database: Database, statement: str) -> None:
    with migration_connection(database) as connection:
        connection.execute(text(statement))


def test_the_names_of_the_files_say_what_alembic_reads_in_them() -> None:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    walked = [each.revision for each in scripts.walk_revisions()]
    assert revisions() == walked[::-1]
    assert scripts.get_heads() == [head()]


def test_what_is_no_migration_counts_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "versions" / "__pycache__").mkdir(parents=True)
    for name in ("0002_b.py", "0001_a.py", "__init__.py", "0003_c.py~"):
        (tmp_path / "versions" / name).touch()
    monkeypatch.setattr("roadmap.db.migrations.MIGRATIONS", tmp_path)
    assert revisions() == ["0001", "0002"]


def test_the_revision_is_the_one_that_alembic_finds(own_database: Database) -> None:
    for step in ("-1", "base"):
        downgrade(own_database, step)
        with own_database.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        assert revision_of(own_database) == found


def test_a_schema_from_the_future_is_unknown(own_database: Database) -> None:
    run(own_database, "UPDATE alembic_version SET version_num = '9999'")
    assert schema_of(own_database) is Schema.UNKNOWN


def test_a_schema_of_two_branches_is_unknown(own_database: Database) -> None:
    run(own_database, "INSERT INTO alembic_version VALUES ('0001')")
    assert schema_of(own_database) is Schema.UNKNOWN


def test_tables_of_something_else_are_unknown(empty_database: Database) -> None:
    run(empty_database, "CREATE TABLE wp_posts (id INTEGER)")
    assert schema_of(empty_database) is Schema.UNKNOWN


def test_an_older_schema_is_older(own_database: Database) -> None:
    downgrade(own_database, "-1")
    assert schema_of(own_database) is Schema.OLDER
