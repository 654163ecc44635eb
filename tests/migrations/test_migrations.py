"""Migrations run both ways on both databases, and lose nothing on the way."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import op
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Integer, Text, inspect, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.db.database import Database
from roadmap.db.migrations import (
    BrokenReferences,
    Schema,
    differences,
    downgrade,
    migration_connection,
    revisions,
    schema_of,
    upgrade,
)
from roadmap.db.triggers import rebuilt_table
from roadmap.domain.accounts.users import Installation, User
from roadmap.domain.reports.links import Share
from roadmap.paths import MIGRATIONS
from tests.support.cast import NOON
from tests.support.rows.sample_rows import count_rows

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(t.oid) || prosrc FROM pg_trigger t "
    "JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal ORDER BY tgname",
}


def triggers_of(connection: Connection | Session, database: Database) -> dict[str, str]:
    rows = connection.execute(text(TRIGGERS[database.url.get_backend_name()]))
    return {row[0]: row[1] for row in rows}


def test_the_schema_is_what_the_mapped_classes_say(own_database: Database) -> None:
    assert differences(own_database) == []


def test_a_missing_column_is_found(own_database: Database) -> None:
    with migration_connection(own_database) as connection:
        connection.execute(text("ALTER TABLE reasons DROP COLUMN text"))
    assert len(differences(own_database)) == 1


def test_the_installation_row_is_there_from_the_start(own_database: Database) -> None:
    with own_database.reading() as session:
        assert session.get_one(Installation, 1).first_account_at is None


def test_down_to_nothing_and_up_again(filled_database: Database) -> None:
    downgrade(filled_database, "base")
    assert schema_of(filled_database) is Schema.EMPTY
    upgrade(filled_database)
    assert schema_of(filled_database) is Schema.CURRENT
    assert differences(filled_database) == []


def test_the_filled_database_has_a_row_in_every_table(filled_database: Database) -> None:
    with filled_database.reading() as session:
        counts = count_rows(session)
    assert {name for name, count in counts.items() if count == 0} == {"erasures"}


def test_a_step_down_and_up_keeps_triggers_and_the_rows_of_older_tables(filled_database: Database) -> None:
    with filled_database.reading() as session:
        before, triggers = count_rows(session), triggers_of(session, filled_database)
    downgrade(filled_database, "-1")
    older = set(inspect(filled_database.engine).get_table_names())
    upgrade(filled_database)
    with filled_database.reading() as session:
        assert triggers_of(session, filled_database) == triggers
        after = count_rows(session)
    assert {name: after[name] if name in older else before[name] for name in before} == before


def test_going_back_to_a_link_or_a_text_keeps_both(filled_database: Database) -> None:
    with filled_database.writing() as session:
        session.execute(text("UPDATE evidence_revisions SET url = 'https://example.org'"))
        session.commit()
    downgrade(filled_database, "0012")
    upgrade(filled_database)
    with filled_database.reading() as session:
        row = session.execute(text("SELECT url, text FROM evidence_revisions")).one()
    assert tuple(row) == (None, "https://example.org\n\nIt works.")


@pytest.mark.parametrize("opens", [0, 1, 2])
def test_what_happened_before_there_was_news_is_none(filled_database: Database, opens: int) -> None:
    with filled_database.writing() as session:
        session.execute(update(Share).values(opens=opens, last_opened_at=NOON if opens else None))
        session.commit()
    before = clock.now()
    downgrade(filled_database, "0024")
    upgrade(filled_database)
    with filled_database.reading() as session:
        assert all(moment >= before for moment in session.scalars(select(User.news_seen_at)))
        # How often is known, and when only the last time was.
        assert session.scalars(select(Share.first_opened_at)).one() == (NOON if opens == 1 else None)


@pytest.mark.parametrize("table", ["editions", "users", "enrollments", "milestone_texts", "events"])
def test_rebuilding_a_table_keeps_rows_and_triggers(filled_database: Database, table: str) -> None:
    with migration_connection(filled_database) as connection:
        before = count_rows(connection), triggers_of(connection, filled_database)
        with Operations.context(MigrationContext.configure(connection)):
            with rebuilt_table(table) as batch:
                batch.add_column(Column("extra", Integer()))
            with rebuilt_table(table) as batch:
                batch.alter_column("extra", type_=Text(), existing_type=Integer())
        assert (count_rows(connection), triggers_of(connection, filled_database)) == before
    with filled_database.writing() as session, pytest.raises(IntegrityError, match="published edition"):
        session.execute(text("UPDATE areas SET title = 'x' WHERE edition_id = 1"))


def _drop_a_table_and_fail(database: Database) -> None:
    with migration_connection(database) as connection:
        with Operations.context(MigrationContext.configure(connection)):
            op.drop_table("attempts")
        raise ZeroDivisionError


def test_a_failed_migration_leaves_nothing(filled_database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _drop_a_table_and_fail(filled_database)
    assert differences(filled_database) == []


def _delete_a_parent(database: Database) -> None:
    with migration_connection(database) as connection:
        connection.execute(text("DROP TABLE reasons"))
        connection.execute(text("CREATE TABLE reasons (id INTEGER PRIMARY KEY)"))


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_migration_that_breaks_references_is_undone(filled_database: Database) -> None:
    with pytest.raises(BrokenReferences, match="events, progress"):
        _delete_a_parent(filled_database)
    with filled_database.writing() as session:
        assert session.scalars(text("SELECT text FROM reasons")).all() == ["a reason"]
        assert session.scalars(text("PRAGMA foreign_keys")).one() == 1


def test_two_migrations_at_once_run_one_after_the_other(empty_database: Database) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    others = [Database(url), Database(url)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(upgrade, others))
    assert schema_of(empty_database) is Schema.CURRENT
    for each in others:
        each.dispose()


def test_no_migration_rebuilds_a_table_behind_the_back_of_its_triggers() -> None:
    versions = list((MIGRATIONS / "versions").glob("*.py"))
    assert len(versions) == len(revisions())
    assert [each.name for each in versions if re.search("batch_alter_table", each.read_text())] == []
