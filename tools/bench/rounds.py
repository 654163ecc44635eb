"""Rounds of load on the application and its baseline in turn, so that noise of the machine hits both."""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

from tools.bench.pairs import MARK, Side, follows_mark
from tools.bench.processes import Server

# The other server was loaded meanwhile. After seconds of idling the first answer can take a virtual machine
# a hundred times as long, on either side, and would be all that p99 says.
WAKES = 0.15


@dataclass
class Measured:
    """What one server did in all rounds of one kind of load."""

    rates: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    cpu_seconds: float = 0.0

    def add(self, result: dict[str, Any]) -> None:
        """Add what the load generator noted in one round."""
        self.rates.append(len(result["latencies"]) / result["seconds"])
        self.latencies += result["latencies"]
        self.cpu_seconds += result["cpu_seconds"]

    @property
    def rate(self) -> float:
        """Answers per second, in the median round."""
        return statistics.median(self.rates)

    @property
    def p50(self) -> float:
        return statistics.median(self.latencies)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.latencies, n=100)[98]

    @property
    def cpu_milliseconds(self) -> float:
        """Processor time for one answer."""
        return 1000 * self.cpu_seconds / len(self.latencies)


@dataclass
class Compared:
    """The application and the baseline under the same load."""

    kind: str
    connections: int
    app: Measured = field(default_factory=Measured)
    baseline: Measured = field(default_factory=Measured)

    @property
    def ratio(self) -> float:
        """How fast the application is as a share of its baseline: the median of the rounds."""
        pairs = zip(self.app.rates, self.baseline.rates, strict=True)
        return statistics.median(app / baseline for app, baseline in pairs)

    @property
    def cpu_ratio(self) -> float:
        """The same in processor time, which other work on the machine touches less."""
        return self.baseline.cpu_milliseconds / self.app.cpu_milliseconds


class Generator:
    """The load generator's process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.bench.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def prepare(self, name: str, requests: list[str]) -> None:
        """Give it a series of requests, to be asked in turn."""
        self._send({"name": name, "requests": requests})

    def run(
        self, name: str, server: Server, connections: int, seconds: float, *, before: str | None = None
    ) -> dict[str, Any]:
        """Ask requests of that series for so long, each after one of `before`; returns what it noted."""
        job = {"name": name, "before": before, "host": server.host, "port": server.port, "pid": server.pid}
        self._send({**job, "connections": connections, "seconds": seconds})
        assert self._process.stdout is not None
        result: dict[str, Any] = json.loads(self._process.stdout.readline())
        if result["refused"]:
            raise SystemExit(f"{name}: {result['refused']} answers were not 200")
        return result

    def stop(self) -> None:
        """Let it end."""
        self._process.communicate()

    def _send(self, job: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        print(json.dumps(job), file=self._process.stdin, flush=True)


def compare(
    app: Side, baseline: Side, connections: tuple[int, ...], *, rounds: int, seconds: float
) -> list[Compared]:
    """Measure all kinds of load, each kind in rounds of one server after the other."""
    generator = Generator()
    compared = [Compared(kind, number) for kind in app.requests for number in connections]
    for side in (app, baseline):
        for kind, requests in side.requests.items():
            generator.prepare(f"{side.name} {kind}", requests)
        for each in compared:
            _load(generator, side, each, seconds / 2)
    for number in range(rounds):
        for each in compared:
            turns = [(app, each.app), (baseline, each.baseline)]
            for side, measured in turns if number % 2 else reversed(turns):
                _load(generator, side, each, WAKES)
                measured.add(_load(generator, side, each, seconds))
    generator.stop()
    return compared


def _load(generator: Generator, side: Side, compared: Compared, seconds: float) -> dict[str, Any]:
    before = f"{side.name} {MARK}" if follows_mark(compared.kind) else None
    name = f"{side.name} {compared.kind}"
    return generator.run(name, side.server, compared.connections, seconds, before=before)
