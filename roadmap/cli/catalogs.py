"""`roadmap catalog`: the roadmaps of this installation, and the files they come from and go to."""

from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from roadmap.domain.roadmaps.outlines import Outline


@click.group()
def catalog() -> None:
    """List, import, export and check roadmap files."""


@catalog.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
def list_roadmaps(as_json: bool) -> None:
    """List every roadmap with its last edition."""
    from dataclasses import asdict

    from roadmap.cli.databases import open_installation
    from roadmap.cli.output import print_rows
    from roadmap.queries.roadmaps.roadmaps import all_roadmaps

    _, database = open_installation()
    with database.reading() as session:
        rows = all_roadmaps(session)
    print_rows([asdict(row) for row in rows], as_json=as_json)


@catalog.command("import")
@click.argument("file", type=click.File("rb"))
def import_file(file: IO[bytes]) -> None:
    """Publish a roadmap file as the next edition of its roadmap; - reads standard input."""
    from roadmap.cli.databases import open_or_create
    from roadmap.clock import now
    from roadmap.operations.roadmaps.catalogs import import_outline

    outline = _read(file)
    _, database = open_or_create()
    with database.writing() as session:
        edition = import_outline(session, outline, by=None, at=now())
        number = edition.number if edition else None
        session.commit()
    outcome = "says the same as its newest edition" if number is None else f"edition {number} is published"
    click.echo(f"{outline.slug}: {outcome}")


@catalog.command("export")
@click.argument("slug")
def export_roadmap(slug: str) -> None:
    """Write the last edition of a roadmap as a file to standard output."""
    from roadmap.cli.databases import open_installation
    from roadmap.exports.outlines import write_outline
    from roadmap.queries.roadmaps.roadmaps import find_outline

    _, database = open_installation()
    with database.reading() as session:
        outline = find_outline(session, slug)
    click.echo(write_outline(outline), nl=False)


@catalog.command("check")
@click.argument("file", type=click.File("rb"))
def check_file(file: IO[bytes]) -> None:
    """Check a roadmap file and list its problems by line; - reads standard input."""
    from roadmap.exports.formatting import plural

    outline = _read(file)
    click.echo(
        f"{file.name}: ok, {outline.slug} with {plural(len(outline.skills), 'skill')},"
        f" {plural(len(outline.milestones), 'milestone')} and {plural(len(outline.pathways), 'pathway')}"
    )


def _read(file: IO[bytes]) -> "Outline":
    from roadmap.imports.outline_yaml import MAX_BYTES
    from roadmap.imports.outlines import OutlineProblems, read_outline

    try:
        # One byte more than allowed is enough to be refused, however much there is.
        return read_outline(file.read(MAX_BYTES + 1))
    except OutlineProblems as refused:
        for problem in refused.problems:
            click.echo(f"{file.name}:{problem.line}: {problem.field}: {problem.message}", err=True)
        raise click.exceptions.Exit(1) from refused
