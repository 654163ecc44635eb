"""What the benchmark prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import ge, le

from tools.bench.pairs import MARK, TABLE
from tools.bench.rounds import Compared

LEAST_SHARES = {MARK: 0.35, TABLE: 0.5}
LEAST_SHARE_OF_PAGES = 0.8
MOST_SPREAD = 2.5
_HEAD = ("load", "conn", "server", "rate/s", "share", "p50 ms", "p99 ms", "cpu ms", "cpu share")


@dataclass(frozen=True)
class Target:
    """One promise: `measured` must be at least or at most `target`."""

    what: str
    sense: str
    target: float
    measured: float

    @property
    def verdict(self) -> str:
        holds = {"at least": ge, "at most": le}[self.sense]
        return "ok" if holds(self.measured, self.target) else "missed"


def targets_of(compared: Sequence[Compared]) -> list[Target]:
    """The promises about rates and about how long the slowest wait."""
    shares = [
        Target(
            f"{each.kind}, {each.connections} conn: share of baseline",
            "at least",
            LEAST_SHARES.get(each.kind, LEAST_SHARE_OF_PAGES),
            each.ratio,
        )
        for each in compared
    ]
    spreads = [
        Target(f"{each.kind}, 4 conn: p99 / p50", "at most", MOST_SPREAD, each.app.p99 / each.app.p50)
        for each in compared
        if each.connections == 4 and each.kind != TABLE
    ]
    return shares + spreads


def print_loads(compared: Sequence[Compared], names: tuple[str, str] = ("app", "baseline")) -> None:
    """One line for each kind of load, number of connections and server."""
    print(("{:<24} {:>4} {:<7}" + " {:>8}" * 5 + " {:>9}").format(*_HEAD))
    for each in compared:
        for name, found in zip(names, (each.app, each.baseline), strict=True):
            share = f"{each.ratio:.2f}" if found is each.app else ""
            of_cpu = f"{each.cpu_ratio:.2f}" if found is each.app else ""
            print(
                f"{each.kind:<24} {each.connections:>4} {name:<7} {found.rate:>8.0f} {share:>8}"
                f" {1000 * found.p50:>8.2f} {1000 * found.p99:>8.2f} {found.cpu_milliseconds:>8.2f}"
                f" {of_cpu:>9}"
            )


def print_targets(targets: Sequence[Target]) -> None:
    """One line for each promise."""
    print()
    for each in targets:
        print(
            f"{each.what:<47} {each.sense} {each.target:>5g}   "
            f"measured {each.measured:>6.2f}   {each.verdict}"
        )
