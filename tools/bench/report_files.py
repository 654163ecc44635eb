"""What the first file of a report after a new event costs, in each format."""

import os
import subprocess
import sys
from itertools import cycle

from roadmap.exports.report_formats import FORMATS
from tools.bench.installations import SLUG, Installation
from tools.bench.pairs import mark_requests, open_page, send
from tools.bench.processes import Server
from tools.bench.reports import Target

# A process counts from what its parent held when it was started, and this one holds more than a report
# takes; so a small one starts it.
WATCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
MOST_PDF_SECONDS, MOST_PDF_MEGABYTES = 0.12, 120


def measure_files(server: Server, made: Installation, times: int) -> dict[str, float]:
    """Processor seconds of the server for the file that is asked for after a mark, by format."""
    _, token, cookie = open_page(server, made.reader)
    # One milestone back and forth: each of its marks is a new event.
    marks = cycle(mark_requests(server, made.reader, made.keys[:1], token, cookie))
    return {kind: _cost(server, made, kind, marks, times) for kind in FORMATS}


def pdf_targets(made: Installation, seconds: float) -> list[Target]:
    """The promises about a PDF: its processor time, and the memory of a process that makes one."""
    return [
        Target("a PDF, seconds of cpu", "at most", MOST_PDF_SECONDS, seconds),
        Target("a process that makes a PDF, peak MB", "at most", MOST_PDF_MEGABYTES, _pdf_megabytes(made)),
    ]


def print_files(seconds: dict[str, float]) -> None:
    """One line for all formats."""
    costs = ", ".join(f"{kind} {1000 * cpu:.1f}" for kind, cpu in seconds.items())
    print(f"first file of a report after a new event, cpu ms: {costs}")


def _cost(server: Server, made: Installation, kind: str, marks: "cycle[str]", times: int) -> float:
    path, cookie = (
        f"/enrollments/{made.reader.enrollment}/report.{kind}",
        f"roadmap_session={made.reader.secret}",
    )
    seconds_of = 0.0
    # The first ones load the writer and what it needs, in each thread.
    for number in range(-6, times):
        send(server, next(marks))
        begun = server.cpu_seconds
        status, _, _ = server.ask("GET", path, Cookie=cookie)
        if status != 200:
            raise SystemExit(f"{path} answers {status}")
        seconds_of += server.cpu_seconds - begun if number >= 0 else 0.0
    return seconds_of / times


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
