"""The benchmark: `uv run python -m tools.bench [--quick]`. It informs, and always ends with 0.

It fills a temporary installation, serves it as people do, serves beside it a *floor* (see `floors.py`: the
least that a Flask application does for the same bytes), and loads both in turn from a third process.

How to read what it prints:

- A *rate* is answers per second in the median round; the *share* is the application's rate divided by
  the floor's, in the median of the pairs of rounds, so that a slow minute of the machine hits both.
  Compare shares between machines and between commits, not rates. A share above 1 is faster than the floor.
- *p50* and *p99* are milliseconds over all rounds, each of which begins with requests that are not counted;
  *cpu* is the server's processor time for one answer, and the *cpu share* the floor's divided by the
  application's: believe it on a machine that is busy besides.
- `page` is a roadmap page as it is, `packed page` the same with gzip on both sides, `mark` is one milestone
  marked: CSRF, event, progress, a durable commit, and the changed parts back.
  `table` is the desk of a mentor with thirty mentees, all milestones of each marked, among 100,000 such rows.
- A report's files are asked again and again, as after its page was read, so that the report is kept; the
  first after a new event takes two and a half times as long.
- The last table names each target with what was measured. `missed` is news, not a failure: run it again on a
  quiet machine before believing a miss by a few hundredths.
"""

import argparse
import tempfile
from pathlib import Path

from tools.bench.installations import make_installation
from tools.bench.maps import map_targets
from tools.bench.pairs import open_page, packed_bytes, running_pair
from tools.bench.report_files import measure_files
from tools.bench.reports import Target, print_loads, print_targets, targets_of
from tools.bench.rounds import compare
from tools.bench.sign_ins import measure_sign_ins
from tools.bench.statements import count_statements


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Measure against the floor.")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: a first impression")
    parser.add_argument("--learners", type=int, default=50, help="how many others act, beside the crowd (50)")
    options = parser.parse_args()
    rounds, seconds = (3, 0.5) if options.quick else (9, 1.5)
    with tempfile.TemporaryDirectory(prefix="roadmap-bench-") as folder:
        _measure(Path(folder), options.learners, rounds, seconds)


def _measure(folder: Path, learners: int, rounds: int, seconds: float) -> None:
    made = make_installation(folder / "data", learners)
    with running_pair(made) as (app, floor):
        compared = compare(app, floor, (1, 4), rounds=rounds, seconds=seconds)
        sign_in, hashing = measure_sign_ins(app.server, made)
        of_map = map_targets(app.server, made)
        page = open_page(app.server, made.reader)[0].encode()
        packed = packed_bytes(app.server, made.reader)
        print_loads(compared)
        print(
            f"peak memory: application {app.server.peak_megabytes:.0f} MB, "
            f"floor {floor.server.peak_megabytes:.0f} MB; page {len(page) / 1024:.1f} KB"
        )
    files = measure_files(made, rounds=rounds, seconds=seconds)
    counts = count_statements(made)
    print_targets(
        [
            *targets_of(compared),
            *of_map,
            *files,
            Target("statements for a page", "at most", 5, counts["page"]),
            Target("statements for the table", "at most", 6, counts["table"]),
            Target("page compressed, KB", "at most", 12, packed / 1024),
            Target("sign-in, share of its hash in cpu", "at most", 1.4, sign_in / hashing),
        ]
    )


if __name__ == "__main__":
    main()
