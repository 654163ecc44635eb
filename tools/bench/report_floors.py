"""The floor of a report's files, a process of its own: a bare view, one raw query, and `csv` or `json`.

The session check is one raw select, as in `floors`. The query gives a row for each milestone with all its
columns; what of the JSON is not about milestones it was given as values. It sends the same bytes.
"""

import csv
import hashlib
import json
import sqlite3
import sys
import threading
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from waitress import create_server

from roadmap.server.serving import freeze_gc
from tools.bench.floors import SESSION

ROWS = """
SELECT m.key, t.title, a.title, s.title, m.key IN (SELECT value FROM json_each(:plan)),
    t.optional OR s.optional, coalesce(p.status, 'not_started'),
    CASE t.verification WHEN 'self' THEN 'self' ELSE coalesce(p.verification, 'none') END,
    coalesce(p.known, 0),
    t.hours_low, t.hours_high, CASE p.status WHEN 'done' THEN (t.hours_low + t.hours_high) / 2 ELSE 0.0 END,
    CASE p.status WHEN 'done' THEN p.occurred_on END, CASE p.status WHEN 'done' THEN d.recorded_on END,
    CASE p.verification WHEN 'verified' THEN date(r.reviewed_at) END, r.reviewer_name,
    CASE p.status WHEN 'skipped' THEN w.text END, 0, 0, NULL
FROM enrollments e
JOIN milestone_texts t ON t.edition_id = e.edition_id
JOIN milestones m ON m.id = t.milestone_id
JOIN skills s ON s.id = t.skill_id
JOIN areas a ON a.id = s.area_id
LEFT JOIN progress p ON p.enrollment_id = e.id AND p.milestone_id = t.milestone_id
LEFT JOIN reviews r ON r.id = p.review_id
LEFT JOIN reasons w ON w.id = p.reason_id
LEFT JOIN (
    SELECT milestone_id, max(recorded_on) AS recorded_on FROM events
    WHERE kind = 'progress_set' AND enrollment_id = (SELECT id FROM enrollments WHERE public_id = :enrollment)
    GROUP BY milestone_id
) d ON d.milestone_id = t.milestone_id
WHERE e.public_id = :enrollment AND e.user_id = :person ORDER BY t.position
"""
NAMES = (
    *("key", "title", "area", "skill", "in_plan", "optional", "status", "verification", "known"),
    *("hours_low", "hours_high", "hours_credited", "done_on", "recorded_on", "verified_on", "reviewer"),
    *("reason", "rounds", "returns", "waited_days"),
)
TRUTHS, HOURS = (4, 5, 8), (9, 10, 11)


class Floor:
    """The two views; `given` holds the database, the keys of the plan, and what is around the milestones."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given, self.plan, self.local = given, json.dumps(given["plan"]), threading.local()

    @property
    def database(self) -> sqlite3.Connection:
        if not hasattr(self.local, "connection"):
            self.local.connection = sqlite3.connect(self.given["database"], isolation_level=None)
        connection: sqlite3.Connection = self.local.connection
        return connection

    def rows(self, public_id: str) -> list[tuple[Any, ...]]:
        secret = request.cookies.get("roadmap_session", "")
        digest, now = hashlib.sha256(secret.encode()).hexdigest(), datetime.now(UTC).replace(tzinfo=None)
        _, person = self.database.execute(SESSION, (digest, str(now))).fetchone() or abort(401)
        asked = {"enrollment": public_id, "person": person, "plan": self.plan}
        return self.database.execute(ROWS, asked).fetchall()

    def show_csv(self, public_id: str) -> Response:
        lines = StringIO(newline="")
        writer = csv.writer(lines)
        writer.writerow(self.given["header"])
        for row in self.rows(public_id):
            cells = list(row)
            for place in TRUTHS:
                cells[place] = "yes" if cells[place] else "no"
            for place in HOURS:
                cells[place] = f"{cells[place]:g}"
            writer.writerow([*cells, "", "no", *self.given["about"]])
        return Response("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")

    def show_json(self, public_id: str) -> Response:
        milestones = []
        for row in self.rows(public_id):
            values: dict[str, Any] = dict(zip(NAMES, row, strict=True))
            values["evidence"] = []
            for place in TRUTHS:
                values[NAMES[place]] = bool(row[place])
            milestones.append(values)
        report = self.given["report"] | {"milestones": milestones}
        text = json.dumps(report, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return Response(text + "\n", content_type="application/json")


def main() -> None:
    """Serve what the file named on the command line describes."""
    floor = Floor(json.loads(Path(sys.argv[1]).read_text()))
    app = Flask("floor")
    app.get("/enrollments/<public_id>/report.csv")(floor.show_csv)
    app.get("/enrollments/<public_id>/report.json")(floor.show_json)
    server = create_server(app, host="127.0.0.1", port=0, threads=4, ident="")
    freeze_gc()
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)
    server.run()


if __name__ == "__main__":
    main()
