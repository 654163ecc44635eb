"""The application and its baseline as running servers, with the same learners, page and marks."""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from roadmap.domain.accounts.sessions import hash_secret
from tools.bench.baselines import token_of
from tools.bench.installations import Installation, Learner
from tools.bench.processes import Server

_ROW = re.compile(r'<li [^>]*?data-milestone="([^"]+)".*?</li>', re.DOTALL)
_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
_STATUSES = ("in_progress", "done", "skipped", "not_started")


MARK, TABLE = "mark", "mentor's table"
AFTER_MARK, UNCHANGED = "page after a mark", "page unchanged"


@dataclass(frozen=True)
class Side:
    """One of the two servers, and the requests that it is measured with by kind of load."""

    name: str
    server: Server
    requests: dict[str, list[str]]


def follows_mark(kind: str) -> bool:
    """Whether each request of this kind follows a mark, which is not counted."""
    return kind.startswith(AFTER_MARK)


def _request(server: Server, method: str, path: str, body: str = "", **headers: str) -> str:
    names = {"Host": f"{server.host}:{server.port}", **headers}
    if body:
        names |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in names.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}"


def mark_requests(
    server: Server, learner: Learner, keys: tuple[str, ...], token: str, cookie: str
) -> list[str]:
    """One request for each milestone and status, in an order in which each mark changes something."""
    return [
        _request(
            server,
            "POST",
            f"/enrollments/{learner.enrollment}/milestones/{key}/progress",
            urlencode({"csrf_token": token, "status": status}),
            X_Fragment="1",
            Cookie=cookie,
        )
        for status in _STATUSES
        for key in keys
    ]


def open_page(server: Server, learner: Learner) -> tuple[str, str, str]:
    """The learner's page with the CSRF token in it and the cookies that go with that."""
    cookie = f"roadmap_session={learner.secret}"
    headers, body = server.ask("GET", f"/enrollments/{learner.enrollment}", Cookie=cookie)
    html = body.decode()
    (token,) = _TOKEN.findall(html)
    return html, token, f"{cookie}; {headers['Set-Cookie'].partition(';')[0]}"


def compressed_bytes(server: Server, learner: Learner) -> int:
    """How large the learner's page is on the wire."""
    path, cookie = f"/enrollments/{learner.enrollment}", f"roadmap_session={learner.secret}"
    return len(server.ask("GET", path, Cookie=cookie, Accept_Encoding="gzip")[1])


def _side(name: str, server: Server, made: Installation, token: str, reading: str, marking: str) -> Side:
    """The requests of both: one learner marks and looks, another looks at a page that nobody changes."""
    pages = {
        AFTER_MARK: (f"/enrollments/{made.marker.enrollment}", marking),
        UNCHANGED: (f"/enrollments/{made.reader.enrollment}", reading),
    }
    requests = {}
    for kind, (path, cookie) in pages.items():
        requests[kind] = [_request(server, "GET", path, Cookie=cookie)]
        requests[f"{kind}, gzip"] = [_request(server, "GET", path, Cookie=cookie, Accept_Encoding="gzip")]
    requests[MARK] = mark_requests(server, made.marker, made.keys, token, marking)
    requests[TABLE] = [_request(server, "GET", "/mentoring", Cookie=f"roadmap_session={made.mentor}")]
    return Side(name, server, requests)


def served_side(name: str, server: Server, made: Installation) -> Side:
    """A server of the application and its requests, without those for compressed pages."""
    reading = open_page(server, made.reader)[2]
    _, token, marking = open_page(server, made.marker)
    side = _side(name, server, made, token, reading, marking)
    for kind in (AFTER_MARK, UNCHANGED):
        side.requests.pop(f"{kind}, gzip")
    return side


def _baseline_side(server: Server, database: Path, made: Installation) -> Side:
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT id FROM sessions WHERE token_hash = ?"
        (session,) = connection.execute(query, (hash_secret(made.marker.secret),)).fetchone()
    reading, marking = (f"roadmap_session={each.secret}" for each in (made.reader, made.marker))
    return _side("baseline", server, made, token_of(session), reading, marking)


def send(server: Server, request: str) -> str:
    """Send one of the requests; returns the text of the answer, which has to be 200."""
    head, _, body = request.partition("\r\n\r\n")
    method, path, _ = head.partition("\r\n")[0].split(" ")
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    return server.ask(method, path, body, **headers)[1].decode()


def _around_table(page: str) -> tuple[str, str, str]:
    """The text before and after the rows of the table, and the title of its roadmap."""
    before, _, rest = page.partition("<tbody>")
    rows, _, after = rest.partition("</tbody>")
    title = rows.partition('<span class="fine"><span>')[2].partition("</span>")[0]
    return f"{before}<tbody>", f"</tbody>{after}", title


def _parts(page: str) -> dict[str, object]:
    """What the baseline gets of a page: the text around its rows, and the milestones that are ready."""
    rows = list(_ROW.finditer(page))
    ends = [0, *(row.end() for row in rows)]
    starts = [*(row.start() for row in rows), len(page)]
    return {
        "around": [page[end:start] for end, start in zip(ends, starts, strict=True)],
        "ready": [row[1] for row in rows if " data-ready" in row[0].partition(">")[0]],
    }


def _usual_fragment(app: Side) -> str:
    """The answer to a mark that is neither long nor short."""
    marks = app.requests[MARK]
    return sorted((send(app.server, mark) for mark in marks[len(marks) // 2 :: 7][:21]), key=len)[10]


def _check_same(page: str, of_baseline: str) -> None:
    if page != of_baseline:
        raise SystemExit("the baseline renders another page: look at its rows")


def _check_near(table: str, of_baseline: str) -> None:
    """The baseline sums up more simply, so its figures differ; the pages are of one size."""
    if abs(len(table) - len(of_baseline)) > len(table) / 100:
        raise SystemExit(
            f"the baseline renders another table: {len(of_baseline)} instead of {len(table)} bytes"
        )


@contextmanager
def running_pair(made: Installation) -> Iterator[tuple[Side, Side]]:
    """Serve the installation and, on a copy of its database, the baseline; checks that both send the same."""
    database, given = made.data / "baseline.sqlite3", made.data / "baseline.json"
    shutil.copy(made.data / "roadmap.sqlite3", database)
    with closing(Server("roadmap", "serve", "--port", "0", ROADMAP_DATA=str(made.data))) as server:
        read, _, reading = open_page(server, made.reader)
        marked, token, marking = open_page(server, made.marker)
        app = _side("app", server, made, token, reading, marking)
        table = send(server, app.requests[TABLE][0])
        parts = {made.reader.enrollment: _parts(read), made.marker.enrollment: _parts(marked)}
        fragment = _usual_fragment(app)
        given.write_text(
            json.dumps(
                {
                    "database": str(database),
                    "pages": parts,
                    "table": _around_table(table),
                    "fragment": fragment,
                }
            )
        )
        with closing(Server("tools.bench.baselines", str(given))) as beside:
            baseline = _baseline_side(beside, database, made)
            _check_same(read, send(beside, baseline.requests[UNCHANGED][0]))
            _check_same(marked, send(beside, baseline.requests[AFTER_MARK][0]))
            _check_near(table, send(beside, baseline.requests[TABLE][0]))
            yield app, baseline
