"""How much a backup slows marks down: rounds of marks with and without `roadmap backup` beside them."""

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tools.bench.installations import Installation
from tools.bench.pairs import MARK, Side
from tools.bench.rounds import Generator

ROUND_SECONDS = 0.5
CONNECTIONS = 4
MINUTE = 60


@dataclass
class MeasuredBackups:
    """Rates of marks without and with a backup, and how many seconds each backup took."""

    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The rate of marks during a backup, as a share of their rate without one."""
        pairs = zip(self.beside, self.alone, strict=True)
        return statistics.median(beside / alone for beside, alone in pairs)

    @property
    def slowdown(self) -> float:
        """The share of marks that is lost to a backup each minute."""
        return (1 - self.share) * statistics.median(self.seconds) / MINUTE


def measure_backups(side: Side, made: Installation, times: int) -> MeasuredBackups:
    """Back up so many times while marks go on; each backup is checked."""
    measured, generator = MeasuredBackups(), Generator()
    generator.prepare(MARK, side.requests[MARK])
    for number in range(times):
        file = made.data / f"backup{number}"
        measured.alone.append(_rate(generator, side, rounds=6))
        begun = time.monotonic()
        process = _start(made, "backup", str(file))
        rates = []
        while process.poll() is None:
            rates.append(_rate(generator, side))
        measured.seconds.append(time.monotonic() - begun)
        measured.beside.append(statistics.fmean(rates))
        if process.returncode or _start(made, "backup", str(file), "--check").wait():
            raise SystemExit("the backup failed")
        Path(file).unlink()
    generator.stop()
    return measured


def _start(made: Installation, *arguments: str) -> subprocess.Popen[bytes]:
    environ = {"ROADMAP_DATA": str(made.data), "ROADMAP_DATABASE_URL": made.url}
    command = [sys.executable, "-m", "roadmap", *arguments]
    return subprocess.Popen(command, env={**os.environ, **environ}, stdout=subprocess.DEVNULL)


def _rate(generator: Generator, side: Side, *, rounds: int = 1) -> float:
    results = [generator.run(MARK, side.server, CONNECTIONS, ROUND_SECONDS) for _ in range(rounds)]
    return sum(len(result["latencies"]) for result in results) / sum(each["seconds"] for each in results)


def print_backups(measured: MeasuredBackups) -> None:
    """One line."""
    print(
        f"backup: {statistics.median(measured.seconds):.1f} s, in which marks on {CONNECTIONS} connections"
        f" have {measured.share:.2f} of their rate: one each minute costs {measured.slowdown:.1%} of them"
    )
