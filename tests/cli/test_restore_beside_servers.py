"""`roadmap restore` beside servers that run on PostgreSQL, whom nobody has asked for anything."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from roadmap.db.server_locks import PROBE_SECONDS, SERVER_LOCK
from tests.support.command_line import Terminal
from tests.support.fixtures.instances import Instance
from tests.support.fixtures.postgresql import new_postgresql_database
from tests.support.replication import until

pytestmark = pytest.mark.slow


@pytest.fixture
def address(postgresql_address: str, postgresql_template: str) -> Iterator[str]:
    """A database of this test's own."""
    with new_postgresql_database(postgresql_address, postgresql_template) as url:
        yield url


def ask(address: str, statement: str) -> object:
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.connect() as connection:
            return connection.scalar(text(statement))
    finally:
        engine.dispose()


def is_seen(address: str) -> bool:
    locks = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = {SERVER_LOCK >> 32}"
    return bool(ask(address, locks))


def check_is_refused(terminal: Terminal, backup: Path) -> None:
    done = terminal.run("restore", str(backup))
    line = "Error: Roadmap is running: stop it, and the timer of roadmap mail, first\n"
    assert (done.exit_code, done.stdout, done.stderr.partition("\n")[2] or done.stderr) == (1, "", line)


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["threads", "workers"])
def test_an_idle_server_is_refused_also_after_its_connections_were_lost(
    address: str, backup: Path, new_instance: Callable[..., Instance], options: tuple[str, ...]
) -> None:
    instance = new_instance(ROADMAP_DATABASE_URL=address).start(*options)
    terminal = Terminal(instance.data, instance.environ)
    until(lambda: is_seen(address))
    check_is_refused(terminal, backup)
    ask(
        address,
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'roadmap'",
    )
    assert not is_seen(address)
    until(lambda: is_seen(address))
    check_is_refused(terminal, backup)
    assert instance.stop() == 0
    assert "restored" in terminal.run("restore", str(backup)).stdout
    assert PROBE_SECONDS < 10
