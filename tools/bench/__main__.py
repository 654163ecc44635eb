"""The benchmark: `uv run python -m tools.bench [--quick]`. It informs, and always ends with 0.

It fills a temporary installation, serves it as people do, serves beside it a *baseline* (see `baselines.py`:
the least that a Flask application does for the same bytes), and loads both in turn from a third process.

How to read what it prints:

- A *rate* is answers per second in the median round; the *share* is the application's rate divided by
  the baseline's, in the median of the pairs of rounds, so that a slow minute of the machine hits both.
  Compare shares between machines and between commits, not rates. A share above 1 is faster than the baseline.
- *p50* and *p99* are milliseconds over all rounds, each of which begins with requests that are not counted;
  *cpu* is the server's processor time for one answer, and the *cpu share* the baseline's divided by the
  application's: believe it on a machine that is busy besides.
- `page after a mark` is a roadmap page that the same learner looks at after marking a milestone on each
  connection; only the looks are counted. `page unchanged` is one that nobody changes. Both also with gzip.
  `mark` is one milestone marked: CSRF, event, progress, a durable commit, and the changed parts back.
  `mentor's table` is the desk of a mentor with thirty mentees, all milestones of each marked, among 100,000
  such rows.
- A report's file is asked for after a mark each time. These costs have no target, but for the PDF's.
- With `--postgresql`, two applications are compared: one among 100,000 learners with 60 marks each, and one
  among 1,000, as its baseline, both in databases of one PostgreSQL server that the benchmark starts.
- The last table names each target with what was measured. `missed` is news, not a failure: run it again on a
  quiet machine before believing a miss by a few hundredths.
"""

import argparse
import tempfile
from pathlib import Path

from tools.bench.backups import measure_backups, print_backups
from tools.bench.costs import (
    count_statements,
    map_targets,
    measure_files,
    measure_sign_ins,
    pdf_targets,
    print_files,
)
from tools.bench.installations import make_installation
from tools.bench.pairs import compressed_bytes, running_pair
from tools.bench.postgresql import measure_crowds
from tools.bench.reports import Target, print_loads, print_targets, targets_of
from tools.bench.rounds import compare


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench", description="Measure against the baseline."
    )
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: a first impression")
    parser.add_argument("--learners", type=int, default=50, help="how many others act, beside the crowd (50)")
    parser.add_argument(
        "--postgresql",
        type=int,
        metavar="LEARNERS",
        nargs="?",
        const=100_000,
        help="instead of the baseline, compare so many learners (100,000) on PostgreSQL with 1,000",
    )
    options = parser.parse_args()
    rounds, seconds = (3, 0.5) if options.quick else (9, 1.5)
    with tempfile.TemporaryDirectory(prefix="roadmap-bench-") as folder:
        if options.postgresql:
            measure_crowds(Path(folder), options.postgresql, rounds=rounds, seconds=seconds)
            return
        _measure(Path(folder), options.learners, rounds, seconds)


def _measure(folder: Path, learners: int, rounds: int, seconds: float) -> None:
    made = make_installation(folder / "data", learners)
    with running_pair(made) as (app, baseline):
        compared = compare(app, baseline, (1, 4), rounds=rounds, seconds=seconds)
        print_loads(compared)
        peaks = [f"{side.name} {side.server.peak_megabytes:.0f} MB" for side in (app, baseline)]
        print(f"peak memory: {', '.join(peaks)}")
        sign_in, hashing = measure_sign_ins(app.server, made)
        compressed = compressed_bytes(app.server, made.reader)
        of_map = map_targets(app.server, made)
        backups = measure_backups(app, made, rounds)
        print_backups(backups)
        files = measure_files(app.server, made, 5 * rounds)
        print_files(files)
    page, table = count_statements(made)
    print_targets(
        [
            *targets_of(compared),
            *of_map,
            *pdf_targets(made, files["pdf"]),
            Target("statements for a page", "at most", 5, page),
            Target("statements for the table", "at most", 6, table),
            Target("page compressed, KB", "at most", 12.5, compressed / 1024),
            Target("marks lost to a backup each minute", "at most", 0.1, backups.slowdown),
            Target("sign-in, share of its hash in cpu", "at most", 1.5, sign_in / hashing),
        ]
    )


if __name__ == "__main__":
    main()
