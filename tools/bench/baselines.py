"""The baseline, a process of its own: a bare Flask view with raw SQL that sends the same bytes.

The session check is one select. The page is one query, whose rows are rendered by the row template of the
application; all around the rows is text it was given. The mentor's table is one aggregate. The mark is
the same durable SQL, and answers text it was given. Whoever accepts gzip gets it at the application's level.
There is no cache and nothing else: no headers, no log, no forms, no messages, no rights but the session's.
"""

import gzip
import hashlib
import hmac
import json
import logging
import re
import sqlite3
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from jinja2 import Environment
from markupsafe import Markup
from waitress import create_server

from roadmap.exports.formatting import write_day
from roadmap.paths import TEMPLATES
from roadmap.server.serving import freeze_gc
from roadmap.web.compression import LEVEL
from tools.bench.baseline_tables import TableBaseline

SESSION = """
SELECT s.id, s.user_id FROM sessions s JOIN users u ON u.id = s.user_id
WHERE s.token_hash = ? AND s.expires_at > ? AND u.disabled_at IS NULL
"""
ROWS = """
SELECT m.key, t.title, t.hours_low, t.hours_high, t.optional,
    coalesce(p.status, 'not_started'),
    coalesce(p.verification, 'none'), p.revisit_on,
    CASE WHEN p.status <> 'not_started' AND NOT p.known THEN p.occurred_on END, t.topics
FROM enrollments e
JOIN milestone_texts t ON t.edition_id = e.edition_id
JOIN milestones m ON m.id = t.milestone_id
LEFT JOIN progress p ON p.enrollment_id = e.id AND p.milestone_id = t.milestone_id
WHERE e.public_id = ? AND e.user_id = ? ORDER BY t.position
"""
ENROLLMENT = (
    "SELECT id, last_number FROM enrollments WHERE public_id = ? AND user_id = ? AND state <> 'archived'"
)
EVENT = """
INSERT INTO events (enrollment_id, number, change, kind, actor_id, recorded_at, recorded_on, occurred_on,
    milestone_id, status, known) VALUES (?, ?, ?, 'progress_set', ?, ?, ?, ?, ?, ?, 0)
"""
PROGRESS = """
INSERT INTO progress (enrollment_id, milestone_id, status, occurred_on, known, verification)
VALUES (?, ?, ?, ?, 0, 'none') ON CONFLICT (enrollment_id, milestone_id)
DO UPDATE SET status = excluded.status, occurred_on = excluded.occurred_on, known = 0, reason_id = NULL
"""
NEXT = "UPDATE enrollments SET last_number = ?, last_recorded_on = ? WHERE id = ?"
TIME = Markup('<time datetime="{}">{}</time>')
PATH_ENDS = {"milestones.show": "", "progress.update": "/progress"}


def token_of(session: int) -> str:
    """The CSRF token of a session: nothing to store, one HMAC to check."""
    return hmac.digest(b"a key of the baseline", str(session).encode(), "sha256").hex()


def write_time(text: str) -> Markup:
    """A day as the application writes it."""
    day, year = date.fromisoformat(text), datetime.now(UTC).year
    return TIME.format(text, write_day(day, year_now=year))


def _whole_source(name: str) -> str:
    """A template with the source of what it includes in place of each include."""
    source = (TEMPLATES / name).read_text().removesuffix("\n")
    return re.sub(r'{% include "([^"]+)" %}\n?', lambda found: _whole_source(found[1]), source)


def _row_template() -> Any:
    """The rows of a page with the text before each of them."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["day"] = write_time
    environment.globals["hours"] = lambda low, high: f"{low:g} h" if low == high else f"{low:g}–{high:g} h"
    environment.globals["url_for"] = lambda endpoint, public_id, key: (
        f"/enrollments/{public_id}/milestones/{key}{PATH_ENDS[endpoint]}"
    )
    row = _whole_source("learning/enrollments/_row.html")
    loop = "{% for text, row in pairs %}{% set m = row %}{{ text }}" + row + "{% endfor %}{{ after }}"
    return environment.from_string(loop)


class PageText:
    """What a page is besides its rows."""

    def __init__(self, around: list[str], ready: list[str]) -> None:
        self.around, self.ready = [Markup(text) for text in around], frozenset(ready)


class Row(NamedTuple):
    """What the row template reads, of a milestone and of its mark."""

    key: str
    title: str
    hours_low: float
    hours_high: float
    optional: int
    status: str
    verification: str
    revisit_on: str | None
    shown_on: str | None
    topics: list[str]
    ready: bool


class Baseline:
    """The three views; `given` holds the database, the texts around the rows, and the answer to a mark."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given, self.template = given, _row_template()
        self.pages = {public_id: PageText(**parts) for public_id, parts in given["pages"].items()}
        self.table = TableBaseline(*given["table"])
        self.write_lock, self.local = threading.Lock(), threading.local()
        found = self.database.execute("SELECT key, id FROM milestones")
        self.ids: dict[str, int] = dict(found.fetchall())

    @property
    def database(self) -> sqlite3.Connection:
        if not hasattr(self.local, "connection"):
            self.local.connection = sqlite3.connect(self.given["database"], isolation_level=None, timeout=10)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                self.local.connection.execute(f"PRAGMA {pragma}")
            self.local.connection.execute("PRAGMA recursive_triggers = ON")
        connection: sqlite3.Connection = self.local.connection
        return connection

    def person(self) -> tuple[int, int]:
        secret = request.cookies.get("roadmap_session", "")
        digest, now = hashlib.sha256(secret.encode()).hexdigest(), datetime.now(UTC).replace(tzinfo=None)
        found: tuple[int, int] | None = self.database.execute(SESSION, (digest, str(now))).fetchone()
        return found or abort(401)

    def show(self, public_id: str) -> ResponseReturnValue:
        _, person = self.person()
        rows = self.database.execute(ROWS, (public_id, person)).fetchall()
        page = self.pages[public_id]
        filled = [Row(*row[:-1], json.loads(row[-1]), row[0] in page.ready) for row in rows]
        pairs = zip(page.around, filled, strict=False)
        html = self.template.render(pairs=pairs, after=page.around[-1], public_id=public_id)
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return gzip.compress(html.encode(), LEVEL, mtime=0), {"Content-Encoding": "gzip"}
        return html

    def show_table(self) -> ResponseReturnValue:
        _, person = self.person()
        return self.table.render(self.database, person)

    def update(self, public_id: str, key: str) -> ResponseReturnValue:
        session, person = self.person()
        if not hmac.compare_digest(request.form["csrf_token"], token_of(session)):
            abort(400)
        with self.write_lock:
            self._mark(public_id, self.ids[key], person, request.form["status"])
        return str(self.given["fragment"])

    def _mark(self, public_id: str, milestone: int, person: int, status: str) -> None:
        database, now = self.database, datetime.now(UTC).replace(tzinfo=None)
        moment, today = str(now), str(now.date())
        database.execute("BEGIN IMMEDIATE")
        found = database.execute(ENROLLMENT, (public_id, person)).fetchone()
        enrollment, number = found[0], found[1] + 1
        known = (enrollment, number, number, person, moment, today, today, milestone, status)
        database.execute(EVENT, known)
        database.execute(PROGRESS, (enrollment, milestone, status, today))
        database.execute(NEXT, (number, today, enrollment))
        database.execute("COMMIT")


def main() -> None:
    """Serve what the file named on the command line describes."""
    baseline = Baseline(json.loads(Path(sys.argv[1]).read_text()))
    app = Flask("baseline")
    app.get("/enrollments/<public_id>")(baseline.show)
    app.get("/mentoring")(baseline.show_table)
    app.post("/enrollments/<public_id>/milestones/<key>/progress")(baseline.update)
    # waitress would write a line for each request that waits for a thread.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(app, host="127.0.0.1", port=0, threads=4, ident="")
    freeze_gc()
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)
    server.run()


if __name__ == "__main__":
    main()
