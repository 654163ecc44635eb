"""One PostgreSQL server with two installations, one of which has a hundred times as many learners."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import text

from roadmap.db.database import Database
from tests.support.fixtures.postgresql import new_postgresql_database, postgresql_server
from tools.bench.costs import sign_in
from tools.bench.crowds import MARKS, add_large_crowd
from tools.bench.installations import Installation, make_installation
from tools.bench.pairs import Side, served_side
from tools.bench.processes import Server
from tools.bench.reports import Target, print_loads, print_targets
from tools.bench.rounds import Compared, Measured, compare

FEW = 1_000
LEAST_SHARE = 0.8
BLOCKS = 5


def measure_crowds(folder: Path, learners: int, *, rounds: int, seconds: float) -> None:
    """Compare what people do among so many learners with the same among a thousand, and print it."""
    with postgresql_server() as address, ExitStack() as stack:
        few, many = (
            stack.enter_context(_served(folder / str(number), address, number)) for number in (FEW, learners)
        )
        sides = [side for side, _ in (many, few)]
        compared = compare(*sides, (1, 4), rounds=rounds, seconds=seconds)
        compared.append(_compare_sign_ins(many, few))
        print_loads(compared, names=(f"{learners:,}", f"{FEW:,}"))
    print_targets(
        [
            Target(
                f"{each.kind}, {each.connections} conn: share of {FEW:,}", "at least", LEAST_SHARE, each.ratio
            )
            for each in compared
        ]
    )


@contextmanager
def _served(data: Path, address: str, learners: int) -> Iterator[tuple[Side, Installation]]:
    with new_postgresql_database(address) as url:
        begun = time.monotonic()
        made = make_installation(
            data,
            0,
            url=url,
            crowd=lambda session, stored, at: add_large_crowd(session, stored, learners, at=at),
        )
        with Database(url) as database, database.autocommit() as connection:
            # As autovacuum would have done meanwhile.
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text("VACUUM ANALYZE"))
            size = connection.scalar(text("SELECT pg_size_pretty(pg_database_size(current_database()))"))
        took = time.monotonic() - begun
        print(
            f"{learners:,} learners, {learners * MARKS:,} marks: {size}, filled in {took:.0f} s", flush=True
        )
        environ = {"ROADMAP_DATA": str(data), "ROADMAP_DATABASE_URL": url}
        with closing(Server("roadmap", "serve", "--port", "0", **environ)) as server:
            yield served_side(f"{learners:,}", server, made), made


def _compare_sign_ins(many: tuple[Side, Installation], few: tuple[Side, Installation]) -> Compared:
    """Sign in on both in turn; most of it is the password's hash."""
    compared = Compared("sign-in", 1)
    for number in range(BLOCKS + 1):
        for (side, made), measured in ((many, compared.app), (few, compared.baseline)):
            _measure_sign_ins(side, made, measured if number else Measured())
    return compared


def _measure_sign_ins(side: Side, made: Installation, measured: Measured) -> None:
    cpu, latencies = sign_in(side.server, made)
    measured.add({"latencies": latencies, "seconds": sum(latencies), "cpu_seconds": cpu})
