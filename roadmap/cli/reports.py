"""`roadmap report`: somebody's progress report as a file, without the site."""

from contextlib import suppress
from datetime import date
from typing import IO

import click
from sqlalchemy.orm import Session

from roadmap.cli.databases import open_installation
from roadmap.cli.output import Misuse
from roadmap.clock import now
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.reports import ReportQuery
from roadmap.domain.reports.selections import read_listed
from roadmap.exports.report_formats import CALENDAR, write_report
from roadmap.operations.accounts.accounts import known_spelling
from roadmap.operations.accounts.users import find_user_by_address
from roadmap.queries.learning.enrollments import find_enrollment_on
from roadmap.queries.reports.feeds import calendar_of
from roadmap.queries.reports.reports import report_of

FORMAT_NAMES = ("pdf", "html", "csv", "xlsx", "json", "md", "ics")
LISTED = ("done", "verified", "all")


class Day(click.ParamType[date]):
    """A day as people type it."""

    name = "yyyy-mm-dd"

    def convert(self, value: str, param: click.Parameter | None, _: click.Context | None) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            option = f"{param.opts[0]}: " if param else ""
            raise Misuse(
                f"{option}{value!r} is not a date. Write it as year-month-day, such as 2026-03-31."
            ) from None


@click.command()
@click.argument("email")
@click.option("--roadmap", "slug", required=True, help="The roadmap's slug.")
@click.option("--format", "name", required=True, type=click.Choice(FORMAT_NAMES))
@click.option("--as-of", type=Day(), help="The last day to include; today by default.")
@click.option("--since", type=Day(), help="Also list what changed after this day.")
@click.option(
    "--only",
    type=click.Choice(LISTED),
    help="The milestones to list; by default all in JSON, done in other formats.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.File("wb", lazy=True),
    help="File to write; - for standard output.",
)
def report(
    email: str,
    slug: str,
    *,
    name: str,
    as_of: date | None,
    since: date | None,
    only: str | None,
    output: IO[bytes],
) -> None:
    """Write the progress report of EMAIL as a file."""
    if name == "ics" and (since or only):
        raise click.UsageError("A calendar only shows what's ahead, so it takes neither --since nor --only.")
    config, database = open_installation()
    question = ReportQuery(as_of=as_of, since=since, installation=config.installation)
    with database.reading() as session:
        learner = find_user_by_address(session, known_spelling(email))
        enrollment = find_enrollment_on(session, slug, of=learner)
        content = _file_content(session, enrollment, name, question, only or "")
    try:
        output.write(content)
        output.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is still in the buffer would fail once more when click closes the file.
        with suppress(OSError):
            output.close()
        raise click.ClickException(f"{output.name} cannot be written: {error.strerror}.") from error


def _file_content(
    session: Session, enrollment: Enrollment, name: str, question: ReportQuery, only: str
) -> bytes:
    if name == "ics":
        return CALENDAR.make(calendar_of(session, enrollment, at=now(), as_of=question.as_of))
    return write_report(report_of(session, enrollment, question, at=now()), name, read_listed(only))
