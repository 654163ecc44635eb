"""What single requests cost beside the loads: the map, signing in, files of reports, and their statements."""

import os
import re
import subprocess
import sys
import time
from itertools import cycle
from urllib.parse import urlencode

from flask.testing import FlaskClient

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.exports.report_formats import FORMATS
from roadmap.passwords import Passwords
from tests.support.cast import PASSWORD
from tests.support.statements import counted_statements
from tools.bench.installations import SLUG, Installation
from tools.bench.pairs import mark_requests, open_page, send
from tools.bench.processes import Server
from tools.bench.reports import Target

MOST_SHARE, MOST_KILOBYTES = 1.5, 16
MOST_PDF_SECONDS, MOST_PDF_MEGABYTES = 0.12, 120
MAP_LOOKS, MAP_BLOCKS = 150, 6
SIGN_INS, SIGN_IN_BLOCKS = 10, 5
# A process counts from what its parent held when it was started, and this one holds more than a report
# takes; so a small one starts it.
WATCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def map_targets(server: Server, made: Installation) -> list[Target]:
    """The map's processor time as a share of the list's, in alternating blocks, and its compressed weight."""
    path = f"/enrollments/{made.reader.enrollment}"
    cookie = f"roadmap_session={made.reader.secret}"
    seconds_of = {"": 0.0, "?view=map&skills=all": 0.0}
    for number in range(MAP_BLOCKS + 1):
        for query in seconds_of:
            cost = _map_cost(server, path + query, cookie)
            # The first block fills the caches.
            seconds_of[query] += cost if number else 0.0
    of_list, of_map = seconds_of.values()
    compressed = server.ask("GET", f"{path}?view=map&skills=all", Cookie=cookie, Accept_Encoding="gzip")[1]
    return [
        Target("map, share of the list in cpu", "at most", MOST_SHARE, of_map / of_list),
        Target("map compressed, KB", "at most", MOST_KILOBYTES, len(compressed) / 1024),
    ]


def _map_cost(server: Server, address: str, cookie: str) -> float:
    begun = server.cpu_seconds
    for _ in range(MAP_LOOKS):
        server.ask("GET", address, Cookie=cookie)
    return server.cpu_seconds - begun


def measure_sign_ins(server: Server, made: Installation) -> tuple[float, float]:
    """Processor milliseconds of the server for one sign-in, and of one hash; in alternating blocks.

    Not more than the sixty that one address may try in a minute.
    """
    passwords = Passwords()
    stored = passwords.hash(PASSWORD)
    # Each thread of the server takes the memory of its first hash from the system, and keeps it.
    sign_in(server, made)
    of_server = of_hash = 0.0
    for _ in range(SIGN_IN_BLOCKS):
        begun = time.process_time()
        for _ in range(SIGN_INS):
            passwords.matches(stored, PASSWORD)
        of_hash += time.process_time() - begun
        of_server += sign_in(server, made)[0]
    count = SIGN_IN_BLOCKS * SIGN_INS
    return 1000 * of_server / count, 1000 * of_hash / count


def sign_in(server: Server, made: Installation) -> tuple[float, list[float]]:
    """Sign in SIGN_INS times; the server's processor seconds for it, and the seconds that each took."""
    headers, body = server.ask("GET", "/login")
    token = re.findall(r'name="csrf_token" value="([^"]+)"', body.decode())[0]
    form = urlencode({"csrf_token": token, "email": made.reader.email, "password": PASSWORD})
    asked = {
        "Content_Type": "application/x-www-form-urlencoded",
        "Cookie": headers["Set-Cookie"].partition(";")[0],
    }
    cpu_begun, latencies = server.cpu_seconds, []
    for _ in range(SIGN_INS):
        begun = time.perf_counter()
        server.ask("POST", "/login", form, status=303, **asked)
        latencies.append(time.perf_counter() - begun)
    return server.cpu_seconds - cpu_begun, latencies


def measure_files(server: Server, made: Installation, times: int) -> dict[str, float]:
    """Processor seconds of the server for the file that is asked for after a mark, by format."""
    _, token, cookie = open_page(server, made.reader)
    # One milestone back and forth: each of its marks is a new event.
    marks = cycle(mark_requests(server, made.reader, made.keys[:1], token, cookie))
    return {kind: _file_cost(server, made, kind, marks, times) for kind in FORMATS}


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


def _file_cost(server: Server, made: Installation, kind: str, marks: "cycle[str]", times: int) -> float:
    path, cookie = (
        f"/enrollments/{made.reader.enrollment}/report.{kind}",
        f"roadmap_session={made.reader.secret}",
    )
    seconds_of = 0.0
    # The first ones load the writer and what it needs, in each thread.
    for number in range(-6, times):
        send(server, next(marks))
        begun = server.cpu_seconds
        server.ask("GET", path, Cookie=cookie)
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


def count_statements(made: Installation) -> tuple[int, int]:
    """Statements of page and table without BEGIN and COMMIT, those of session and header included."""
    config = Config(data=made.data, database_url=made.url, secret_key="a key for counting statements only")
    looks = ((f"/enrollments/{made.reader.enrollment}", made.reader.secret), ("/mentoring", made.mentor))
    with Database(config) as database:
        client = create_app(config, database).test_client()
        page, table = (_count(client, database, path, secret) for path, secret in looks)
    return page, table


def _count(client: FlaskClient, database: Database, path: str, secret: str) -> int:
    client.set_cookie("roadmap_session", secret)
    client.get(path)  # fills the caches
    with counted_statements(database) as statements:
        status = client.get(path).status_code
    if status != 200:
        raise SystemExit(f"{path} answers {status}")
    return len(statements)
