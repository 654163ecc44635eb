"""How quickly the files of a report are made: CSV and JSON against their floor, PDF by itself."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from tools.bench.installations import SLUG, Installation
from tools.bench.processes import Server
from tools.bench.reports import Target
from tools.bench.rounds import Compared, Generator, Measured

KINDS = ("csv", "json")
LEAST_SHARE = 0.7
# A process counts from what its parent held when it was started, and this one holds more than a report
# takes; so a small one starts it.
WATCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
MOST_PDF_SECONDS, MOST_PDF_MEGABYTES = 0.12, 120


def measure_files(made: Installation, *, rounds: int, seconds: float) -> list[Target]:
    """The promises about a report's files; each format is asked on one connection."""
    with _running(made) as (app, floor):
        compared = [_compare(app, floor, made, kind, rounds, seconds) for kind in KINDS]
    return [
        *(
            Target(f"{each.kind} of a report: share of floor", "at least", LEAST_SHARE, each.ratio)
            for each in compared
        ),
        *_measure_pdf(made, 5 * rounds),
    ]


def _path(made: Installation, kind: str) -> str:
    return f"/enrollments/{made.reader.enrollment}/report.{kind}"


def _cookie(made: Installation) -> str:
    return f"roadmap_session={made.reader.secret}"


def _compare(
    app: Server, floor: Server, made: Installation, kind: str, rounds: int, seconds: float
) -> Compared:
    compared, generator = Compared(kind, 1), Generator()
    turns = (("app", app, compared.app), ("floor", floor, compared.floor))
    for name, server, _ in turns:
        head = f"Host: {server.host}:{server.port}\r\nCookie: {_cookie(made)}\r\n"
        generator.prepare(name, [f"GET {_path(made, kind)} HTTP/1.1\r\n{head}\r\n"])
        generator.run(name, server, 1, seconds / 2)
    for number in range(rounds):
        for name, server, measured in turns if number % 2 else reversed(turns):
            before = server.cpu_seconds
            _note(measured, generator.run(name, server, 1, seconds))
            measured.cpu_seconds += server.cpu_seconds - before
    generator.stop()
    return compared


def _note(measured: Measured, result: dict[str, object]) -> None:
    latencies = result["latencies"]
    assert isinstance(latencies, list)
    measured.rates.append(len(latencies) / float(str(result["seconds"])))
    measured.latencies += latencies


def _measure_pdf(made: Installation, times: int) -> list[Target]:
    """Processor time of the whole server for one PDF once it is warm, and the memory of making one alone."""
    server = Server("roadmap", "serve", "--port", "0", ROADMAP_DATA=str(made.data))
    try:
        for _ in range(6):
            _ask(server, made, "pdf")
        before = server.cpu_seconds
        for _ in range(times):
            _ask(server, made, "pdf")
        spent = (server.cpu_seconds - before) / times
    finally:
        server.stop()
    return [
        Target("a PDF, seconds of cpu", "at most", MOST_PDF_SECONDS, spent),
        Target("a process that makes a PDF, peak MB", "at most", MOST_PDF_MEGABYTES, _pdf_megabytes(made)),
    ]


def _pdf_megabytes(made: Installation) -> float:
    """The most memory that `roadmap report` held; a server that printed needs 35 MB more than before."""
    arguments = ("report", made.reader.email, "--roadmap", SLUG, "--format", "pdf", "-o", os.devnull)
    environ = {**os.environ, "ROADMAP_DATA": str(made.data)}
    done = subprocess.run(
        [sys.executable, "-c", WATCHER, sys.executable, "-m", "roadmap", *arguments],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / 1024


def _ask(server: Server, made: Installation, kind: str) -> bytes:
    status, _, body = server.ask("GET", _path(made, kind), Cookie=_cookie(made))
    if status != 200:
        raise SystemExit(f"report.{kind} answers {status}")
    return body


@contextmanager
def _running(made: Installation) -> Iterator[tuple[Server, Server]]:
    """The application and the floor, which must send the same bytes."""
    # A name of its own: beside that of the page's floor its old log would lie, and be read into the copy.
    database, given = made.data / "report-floor.sqlite3", made.data / "report-floor.json"
    shutil.copy(made.data / "roadmap.sqlite3", database)
    app = Server("roadmap", "serve", "--port", "0", ROADMAP_DATA=str(made.data))
    try:
        sent = {kind: _ask(app, made, kind) for kind in KINDS}
        given.write_text(json.dumps(_given(sent, database)))
        floor = Server("tools.bench.report_floors", str(given))
        try:
            for kind, content in sent.items():
                if _ask(floor, made, kind) != content:
                    raise SystemExit(f"the floor sends another {kind}: look at its rows")
            yield app, floor
        finally:
            floor.stop()
    finally:
        app.stop()


def _given(sent: dict[str, bytes], database: Path) -> dict[str, object]:
    header, first, *_ = csv.reader(StringIO(sent["csv"].decode("utf-8-sig"), newline=""))
    report = json.loads(sent["json"])
    milestones = report.pop("milestones")
    return {
        "database": str(database),
        "header": header,
        "about": first[header.index("retired") + 1 :],
        "plan": [each["key"] for each in milestones if each["in_plan"]],
        "report": report,
    }
