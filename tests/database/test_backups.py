"""A backup is whole and restores into either database; what is in the way is told, and nothing changes."""

import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from roadmap.config.addresses import sqlite_url
from roadmap.db.backups import check_file, restore
from roadmap.db.database import Database
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.sessions import Attempt, PostedForm, SignIn, Token
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.events import Event
from tests.support.backups import back_up, contents, empty_target, triggers
from tests.support.cast import add_user
from tests.support.rows.sample_rows import count_rows

ONLY_SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_a_backup_restores_to_the_same_rows_on_either_database(
    filled_database: Database, tmp_path: Path, postgresql_address: str
) -> None:
    manifest = back_up(filled_database, tmp_path / "backup")
    assert manifest == check_file(tmp_path / "backup")
    assert manifest.rows["events"] == 2
    for kind in ("sqlite", "postgresql"):
        with empty_target(kind, tmp_path, postgresql_address) as target:
            restore(target, tmp_path / "backup")
            assert contents(target) == manifest.sha256
            if filled_database.is_sqlite == target.is_sqlite:
                assert triggers(target) == triggers(filled_database)
            with pytest.raises(IntegrityError), target.writing() as session:
                session.execute(delete(Event))
            with target.writing() as session:
                last = session.scalar(select(func.max(User.id))) or 0
                assert add_user(session, "Otto").id == last + 1
            back_up(target, tmp_path / f"backup of {kind}")
        assert check_file(tmp_path / f"backup of {kind}").sha256 == manifest.sha256


@ONLY_SQLITE
def test_paths_may_have_characters_that_addresses_escape(filled_database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "50%20 a?b#"
    folder.mkdir()
    manifest = back_up(filled_database, folder / "at%41?.backup")
    with Database(sqlite_url(folder / "target.sqlite3")) as target:
        restore(target, folder / "at%41?.backup")
        assert contents(target) == manifest.sha256


def test_the_file_is_private_and_whole_without_what_signs_in_or_tells_secrets(
    filled_database: Database, tmp_path: Path
) -> None:
    back_up(filled_database, tmp_path / "backup")
    assert [file.name for file in tmp_path.iterdir()] == ["backup"]
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
    with Database(f"sqlite:///{tmp_path}/backup") as copy, copy.reading() as session:
        counts = count_rows(session)
        mail = session.scalars(select(Mail)).one()
    with filled_database.reading() as session:
        everything = count_rows(session)
    left_out = {name for name, number in counts.items() if number < everything[name]}
    assert left_out == {kind.__tablename__ for kind in (SignIn, Attempt, PostedForm, Token)} | {"leases"}
    assert (mail.body, mail.failure) == (None, "not sent: its text is not in backups")
    assert mail.started_at is not None


@ONLY_SQLITE
def test_nobody_else_opens_the_folder_it_is_made_in(filled_database: Database, tmp_path: Path) -> None:
    modes: list[int] = []

    def advance(_: int) -> None:
        (folder,) = tmp_path.iterdir()
        modes.append(stat.S_IMODE(folder.stat().st_mode))

    back_up(filled_database, tmp_path / "backup", progress=lambda _: advance)
    assert set(modes) == {0o700}


def dies_at(step: int) -> Callable[[int], Callable[[int], None]]:
    """A progress that kills its own process at one of its steps."""
    steps = iter(range(1_000))

    def advance(_: int) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return lambda _: advance


def in_a_process_that_dies(work: Callable[[], object]) -> None:
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("step", [0, 50])
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_backup_that_is_killed_leaves_no_file(filled_database: Database, step: int, tmp_path: Path) -> None:
    filled_database.dispose()
    address = filled_database.url.render_as_string(hide_password=False)

    def work() -> None:
        back_up(Database(address), tmp_path / "backup", progress=dies_at(step))

    in_a_process_that_dies(work)
    assert not (tmp_path / "backup").exists()
    back_up(filled_database, tmp_path / "backup")
    assert [file.name for file in tmp_path.iterdir()] == ["backup"]


@pytest.mark.slow
@pytest.mark.parametrize("step", [10, 80], ids=["while the file is checked", "while rows are written"])
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_restore_that_is_killed_leaves_the_empty_database(
    own_database: Database, backup: Path, step: int
) -> None:
    before = contents(own_database)
    own_database.dispose()
    address = own_database.url.render_as_string(hide_password=False)
    in_a_process_that_dies(lambda: restore(Database(address), backup, progress=dies_at(step)))
    assert contents(own_database) == before
    own_database.dispose()
    manifest = restore(own_database, backup)
    assert contents(own_database) == manifest.sha256
