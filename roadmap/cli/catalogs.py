"""`roadmap catalog`: the roadmaps of this installation, and the files they come from and go to."""

import sys
from dataclasses import asdict
from typing import IO

import click
from sqlalchemy import select

from roadmap.cli.catalog_findings import (
    dead_links,
    describe_import,
    draft_outline,
    foreign_kind,
    totals_lines,
)
from roadmap.cli.databases import open_installation, open_or_create
from roadmap.cli.output import json_option, print_rows
from roadmap.clock import now
from roadmap.domain.errors import or_not_found
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.exports.formatting import plural
from roadmap.exports.outline_documents import write_outline
from roadmap.imports.foreign import foreign_texts
from roadmap.imports.outline_problems import OutlineProblems
from roadmap.imports.outline_yaml import MAX_BYTES
from roadmap.imports.outlines import read_outline
from roadmap.operations.roadmaps.authoring import end_editions
from roadmap.operations.roadmaps.catalogs import import_outline
from roadmap.paths import CONTENT
from roadmap.queries.roadmaps.roadmaps import all_roadmaps, find_outline

file_argument = click.argument("file", type=click.File("rb"))


@click.group()
def catalog() -> None:
    """List, import, export and check roadmap files."""


@catalog.command("list")
@json_option
def list_roadmaps(as_json: bool) -> None:
    """List all roadmaps with their latest editions."""
    _, database = open_installation()
    with database.reading() as session:
        rows = all_roadmaps(session)
    print_rows([asdict(row) for row in rows], as_json=as_json)


@catalog.command("import")
@file_argument
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Publish without asking.")
def import_file(file: IO[bytes], dry_run: bool, yes: bool) -> None:
    """Publish a roadmap file as the next edition.

    Use - for standard input. Shows what changes and for how many people, and asks first if anyone follows the
    roadmap.
    """
    outline = _read(file)
    _, database = open_or_create()
    with database.reading() as session:
        changes = describe_import(session, outline)
    for line in changes.lines:
        click.echo(line, err=True)
    if dry_run:
        click.echo(f"{outline.slug}: nothing was published")
        return
    if changes.learners and not yes and sys.stdin.isatty():
        click.confirm("Publish it?", abort=True, err=True)
    with database.writing() as session:
        edition = import_outline(session, outline, by=None, at=now())
        number = edition.number if edition else None
        session.commit()
    outcome = "identical to its latest edition" if number is None else f"edition {number} is published"
    click.echo(f"{outline.slug}: {outcome}")


@catalog.command("retire")
@click.argument("slug")
def retire_roadmap(slug: str) -> None:
    """Retire a roadmap so that no one new can start it."""
    _, database = open_installation()
    with database.writing() as session:
        roadmap = or_not_found(
            session.scalar(select(Roadmap).where(Roadmap.slug == slug)),
            f"There is no roadmap “{slug}”. See: roadmap catalog list",
        )
        was_deleted = end_editions(session, roadmap, at=now())
        session.commit()
    click.echo(f"{slug}: {'the draft is deleted' if was_deleted else 'retired'}")


@catalog.command("example")
def print_example() -> None:
    """Print a small example of a roadmap file."""
    click.echo((CONTENT / "templates" / "skeleton.yaml").read_text(encoding="utf-8"), nl=False)


@catalog.command("draft")
@file_argument
@click.option("--title", default="", help="The roadmap's title; by default the first heading in the file.")
def draft_file(file: IO[bytes], title: str) -> None:
    """Convert a list or table into a roadmap file.

    Also reads CASE packages and roadmap.sh maps. Use - for standard input.

    Writes the file to standard output, and notes on what was left out or guessed to standard error.
    """
    outline, remarks = draft_outline(file.read(foreign_texts.MAX_BYTES + 1), name=file.name, title=title)
    for remark in remarks:
        click.echo(remark, err=True)
    click.echo(write_outline(outline), nl=False)


@catalog.command("export")
@click.argument("slug")
def export_roadmap(slug: str) -> None:
    """Print the latest edition of a roadmap."""
    _, database = open_installation()
    with database.reading() as session:
        outline = find_outline(session, slug)
    click.echo(write_outline(outline), nl=False)


@catalog.command("check")
@file_argument
@click.option("--links", is_flag=True, help="Also check every link; list those that don't respond.")
def check_file(file: IO[bytes], links: bool) -> None:
    """Check a roadmap file.

    Lists problems with line numbers or, if there are none, totals such as hours. Use - for standard input.
    """
    outline = _read(file)
    click.echo(
        f"{file.name}: ok, {outline.slug} with {plural(len(outline.skills), 'skill')},"
        f" {plural(len(outline.milestones), 'milestone')} and {plural(len(outline.pathways), 'pathway')}"
    )
    for line in totals_lines(outline):
        click.echo(line)
    if links and (dead := dead_links(outline)):
        raise click.ClickException("\n".join(dead))


def _read(file: IO[bytes]) -> Outline:
    # One byte more than allowed is enough to be refused, however much there is.
    data = file.read(MAX_BYTES + 1)
    try:
        return read_outline(data)
    except OutlineProblems as refused:
        for problem in refused.problems:
            click.echo(f"{file.name}:{problem.line}: {problem.field}: {problem.message}", err=True)
        if kind := foreign_kind(data, name=file.name):
            click.echo(f'Not a roadmap file ({kind}); "roadmap catalog draft" can convert it.', err=True)
        raise click.exceptions.Exit(1) from refused
