"""A restore fills an empty database that nobody uses with the very rows of the backup, or with nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text, update

from roadmap.db import backups
from roadmap.db.backup_files import BackupProblem
from roadmap.db.backups import restore
from roadmap.db.database import Database
from roadmap.db.server_locks import InUse
from roadmap.db.table_copies import copy_rows
from roadmap.domain.accounts.users import User
from tests.support.backups import contents
from tests.support.outlines import add_roadmap


def test_a_database_with_roadmaps_of_its_own_is_not_replaced(real_database: Database, backup: Path) -> None:
    with real_database.writing() as session:
        add_roadmap(session)
        session.commit()
    before = contents(real_database)
    real_database.dispose()
    with pytest.raises(BackupProblem, match="is not empty: it has 0 accounts and 1 roadmaps"):
        restore(real_database, backup)
    assert contents(real_database) == before


def test_what_differs_once_it_is_copied_is_taken_back(
    real_database: Database, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(real_database)
    real_database.dispose()

    def copy_and_change(source: Connection, target: Connection, advance: Callable[[int], None]) -> None:
        copy_rows(source, target, advance)
        target.execute(update(User).values(name="Eve"))

    monkeypatch.setattr(backups, "copy_rows", copy_and_change)
    with pytest.raises(BackupProblem, match="differs from the backup, so it was rolled back"):
        restore(real_database, backup)
    assert contents(real_database) == before


# On SQLite, what keeps a restore out is the file beside the database, which a server locks.
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_whoever_is_connected_without_serving_keeps_it_out(real_database: Database, backup: Path) -> None:
    other = Database(real_database.url.render_as_string(hide_password=False))
    with other, other.reading() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(InUse, match="Roadmap is running: stop it, and the timer of roadmap mail, first"):
            restore(real_database, backup)
